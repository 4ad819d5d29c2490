"""A page on which nothing gives numbers says why once, above its choices; each choice only what differs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from kiosk import services, speech, tickets
from kiosk.screens.station.parts.choices import Choice, Page, Rest, at_rest, page_of, pages, service_choice
from kiosk.screens.web.labels import DAY_WORDS, when_next
from kiosk.screens.web.page import box, lang, say
from kiosk.words import mark


def centre_rest() -> Rest | None:
    """Why the whole centre gives no numbers now; None while it does."""
    resting = tickets.resting_text(box().centre, box().now(), lang())
    if resting is None:
        return None
    why, opens = resting
    begins = say(mark("%(when)s开始"), when=when_next(opens)) if opens else ""
    return Rest(why, begins, " ".join(("resting", *_begins_said(opens))))


def _begins_said(opens: datetime | None) -> tuple[str, ...]:
    """The clips that say when numbers are given again: today, or by its weekday within a week."""
    days = (opens.date() - box().centre.day(box().now())).days if opens else len(DAY_WORDS)
    if opens is None or days >= len(DAY_WORDS):
        return ()
    language = speech.language_of(lang())
    at = speech.time_clips(opens.time(), opens.weekday() if days else None, language)
    return (*at, "begins") if language == "zh" else ("begins", *at)


def services_page(listed: Sequence[services.Service], closed: Mapping[str, str], asked: int) -> Page:
    """The page `asked` for of these services; `closed` are those that take nobody, each with why.

    Where all are closed, the reason that most of them share stands above them, and not in their tiles.
    """
    shared = ""
    if listed and all(one.code in closed for one in listed):
        shared = Counter(closed[one.code] for one in listed).most_common(1)[0][0]
    page = page_of(pages(_choices(listed, closed, shared)), asked)
    return replace(page, rest=centre_rest() or Rest(shared)) if shared else page


def _choices(listed: Iterable[services.Service], closed: Mapping[str, str], shared: str) -> Iterable[Choice]:
    for one in listed:
        why = closed.get(one.code, "")
        yield at_rest(service_choice(one, "")) if why and why == shared else service_choice(one, why)
