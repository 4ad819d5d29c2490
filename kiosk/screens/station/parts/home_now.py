"""What the home page shows at this moment, as staff wrote it and as the clock has it."""

from collections.abc import Iterable

from msgspec import Struct

from kiosk import notices, services, speech, tickets
from kiosk.database import Tx
from kiosk.screens.station.parts.choices import Choice, Rest, at_rest, group_choice, pages, popular_choice
from kiosk.screens.station.parts.rest import centre_rest
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.polling import mark_of
from kiosk.screens.web.ticket_form import shut
from kiosk.words import mark

LARGE = 24
"""Services that pages of groups still show at a glance; of more, one is also found by its first letter."""

MOST_POPULAR = 4
"""Services that stand on the home page themselves: two groups are always there too."""


class HomeNow(Struct, frozen=True):
    """All of the home page that changes by itself; `has_more` when there are more groups than fit.

    `notice` is the one that stands here, empty without one; `said` the clips that are spoken. `rest` is why
    no numbers are given at all, None while they are; `bell` how that at the foot stands.
    """

    choices: tuple[Choice, ...]
    has_more: bool
    is_large: bool
    notice: str
    said: str
    rest: Rest | None = None
    bell: str = ""

    @property
    def v(self) -> int:
        """A number that differs when the page does: opening and closing come by time alone."""
        return mark_of(self)


def home_now(tx: Tx) -> HomeNow:
    groups = services.groups(tx, lang())
    first, *others = pages(home_choices(tx, groups))
    is_large = bool(others) or is_catalogue_large(groups)
    now, centre = box().now(), box().centre
    rest = centre_rest()
    today = "" if rest else tickets.today_text(centre, now, lang())
    words, said = (today, "") if today else notice_now(tx, notices.shown_at(tx, notices.Place.STATION, now))
    if rest is not None:
        first = tuple(map(at_rest, first))
    asks = "home" if first else "not_ready"
    said = f"{rest.said if rest else asks} {said}".strip()
    return HomeNow(first, bool(others), is_large, words, said, rest)


def notice_now(tx: Tx, found: tuple[notices.Notice, ...]) -> tuple[str, str]:
    """The one notice that stands, the first of them, and the clips that say it where there are any."""
    if not found:
        return "", ""
    words = found[0].words(lang())
    is_spoken = found[0].plan.is_spoken
    return words, " ".join(speech.said(tx, words, speech.language_of(lang()))) if is_spoken else ""


def home_choices(tx: Tx, groups: tuple[services.Group, ...]) -> list[Choice]:
    popular = services.popular_services(tx, lang(), box().centre.day(box().now()))[:MOST_POPULAR]
    closed = shut(tx, popular)
    firsts = [popular_choice(one, closed.get(one.code, "")) for one in popular]
    today = box().centre.day(box().now())
    stopped = {one.group for one in box().centre.closings if one.on == today and one.group}
    no_more = say(mark("今天不再取号"))
    return [*firsts, *(group_choice(one, no_more if one.slug in stopped else "") for one in groups)]


def is_catalogue_large(groups: Iterable[services.Group]) -> bool:
    return sum(group.count for group in groups) > LARGE
