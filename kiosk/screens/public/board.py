"""The hall display: called now, last calls, people waiting, and what is to be spoken."""

from collections import Counter
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import Response, make_response, render_template, request
from msgspec import Struct

from kiosk import devices, notices, pleas, services, speech, tickets
from kiosk.database import Tx
from kiosk.screens.public.quiet import Quiet, quiet_at, turn_at
from kiosk.screens.public.strip import Beside, Counted, Strip, in_runs, page_at, shape_of, strip
from kiosk.screens.web.devices import is_device
from kiosk.screens.web.forms import choice, whole_or_none
from kiosk.screens.web.labels import PAUSE_WORDS, station_words
from kiosk.screens.web.page import box, lang, say, volume_now
from kiosk.screens.web.polling import is_old, mark_of, news_of, version_seen
from kiosk.screens.web.screen import Frame, public
from kiosk.words import Malformed, mark

screen = public(__name__, Frame.STAFF)


LONG_NUMBER = 4
"""Letters and digits of a number that stands in the large type; a longer one is set smaller."""
MOST_RECENT = 5
"""Calls beside the newest."""
FEW_PAUSES = 3
"""Paused windows that are named one by one."""
PAUSE_SIGNS = 12
"""Spaces as wide as what else is said of one: icon, 号窗口, and the gap behind it."""
MOST_NAMED = 999
"""Pages of the strip that a poll may name."""
MOST_TOLD = 200
"""Spoken calls in one message of a board."""


CALLS = {
    pleas.Kind.UNWELL: mark("请工作人员马上到%(where)s：有人不舒服"),
    pleas.Kind.HELP: mark("请工作人员到%(where)s：有人要帮忙"),
}
"""What the hall is told of a plea that nobody answers."""

AS_EVER = (100, False)
"""How loud a call is, percent, and whether it is said twice, where nobody has set anything."""


class Standing(StrEnum):
    """What became of a call: still heard, served at its counter, or over."""

    CALLING = "calling"
    SERVING = "serving"
    PAST = "past"


class BoardCall(Struct, frozen=True):
    """A call as the board shows it; `is_new` when it came with this very answer."""

    number: str
    counter: int
    ticket_id: int
    standing: Standing
    is_new: bool

    @property
    def is_past(self) -> bool:
        """Whether nobody of it is before a counter any more."""
        return self.standing == Standing.PAST

    @property
    def is_calling(self) -> bool:
        """Whether the person is still asked to come."""
        return self.standing == Standing.CALLING

    @property
    def is_long(self) -> bool:
        """Whether the number needs the smaller type."""
        return len(self.number) > LONG_NUMBER


class Announcement(Struct, frozen=True):
    """A call as the board speaks it: `clips` are file stems, separated by spaces; `short` when it is late.

    `place` is who is called where; `is_again` when they had been called there before. `instead` says the
    same where a clip of `clips` is lost: by joined clips if it is one, digit by digit if it is joined.
    """

    id: int
    number: str
    place: str
    is_again: bool
    clips: str
    short: str
    instead: str = ""


class Display(Struct, frozen=True):
    """All that the hall display shows: the newest call, the `recent` beside it, of `count` in all.

    `calling` are the places of those who are still asked to come, separated by spaces.
    """

    v: int
    also: str
    newest: BoardCall | None
    recent: tuple[BoardCall, ...]
    count: int
    pauses: tuple[tuple[str, str], ...]
    strip: Strip
    calling: str
    announcements: tuple[Announcement, ...]
    updated: str
    utc_offset_s: int
    notice: str
    is_plea: bool
    """Whether the notice is that nobody goes to who waits for help."""
    is_shut: bool
    volume: int
    """Percent."""
    is_twice: bool
    """Whether each call is said twice."""
    quiet: Quiet | None
    """What the hall is told in the place of a call, while nobody is being called."""


@screen.get("/board")
def board() -> str:
    """The whole display, which speaks nothing old when it was just loaded; or, asked so, the test picture."""
    if "test" in request.args:
        percent = f"{box().settings.board_overscan:g}"
        return render_template("public/board/test.html", percent=percent, is_enrolled=is_device())
    with box().database.read() as tx:
        return render_template("public/board/board.html", **_content(tx, None))


@screen.get("/board/now")
def now() -> Response:
    """The display's content when something is newer than `v`, else 204: no swap, polling goes on."""
    with box().database.read() as tx:
        if is_old(tx, _mark(tx, _notice(tx), is_shut=_is_shut())) and _page_stands():
            return Response(status=204)
        return make_response(render_template("public/board/now.html", **_content(tx, version_seen())))


def _page_stands() -> bool:
    # the strip's page turns without a change: the board that has more than one asks with `page` and `pages`
    pages = whole_or_none("pages", MOST_NAMED, 1, request.args) or 1
    return pages == 1 or whole_or_none("page", MOST_NAMED, 1, request.args) == page_at(box().now(), pages) + 1


def _pauses(tx: Tx) -> tuple[tuple[str, str], ...]:
    """The windows that pause and why: each for itself while they are few, else by their reason."""
    paused = [(one.number, one.pause) for one in services.seats(tx) if one.pause]
    if len(paused) <= FEW_PAUSES:
        return tuple((str(number), say(PAUSE_WORDS[pause])) for number, pause in paused)
    reasons = dict.fromkeys(pause for _, pause in paused)
    return tuple(
        (in_runs(number for number, pause in paused if pause == reason), say(PAUSE_WORDS[reason]))
        for reason in reasons
    )


def _strip(tx: Tx, waiting: tuple[tickets.WaitingCount, ...], beside: Beside, at: datetime) -> Strip:
    def by_group() -> list[Counted]:
        groups, sums = services.group_names(tx, lang()), Counter[str]()
        for one in waiting:
            sums[groups[one.code]] += one.count
        return [Counted(name, count) for name, count in sums.items()]

    settings = box().settings
    shape = shape_of(settings.board_width_px, settings.board_height_px)
    return strip([Counted(one.name, one.count) for one in waiting], by_group, beside, at, shape)


def _content(tx: Tx, since: int | None) -> dict[str, Any]:
    moment = box().now()
    shown = tickets.board_now(tx, box().centre, since, moment, lang())
    calls, local = board_calls(shown), box().centre.local(moment)
    notice = _notice(tx)
    pauses = _pauses(tx)
    said = tuple(f"{number}{words}" + " " * PAUSE_SIGNS for number, words in pauses)
    offset = local.utcoffset()
    is_plea = bool(_plea(tx, moment))
    calling = " ".join(_place(call) for call in shown.called if not call.is_serving)
    return {
        "now": Display(
            v=shown.v,
            also=news_of(shown.v, shown.other).also + _mark(tx, notice, is_shut=_is_shut()),
            newest=calls[0] if calls else None,
            recent=calls[1 : 1 + MOST_RECENT],
            count=len(calls),
            pauses=pauses,
            strip=_strip(tx, shown.waiting, Beside(said, notice), moment),
            calling=calling,
            announcements=tuple(_announcement(tx, call) for call in shown.announcements),
            updated=f"{local:%H:%M:%S}",
            utc_offset_s=int(offset.total_seconds()) if offset else 0,
            notice=notice,
            is_plea=is_plea,
            is_shut=_is_shut(),
            volume=volume_now(),
            is_twice=box().settings.call_twice,
            quiet=None if calling or is_plea or shown.announcements else quiet_at(tx, moment),
        )
    }


def _notice(tx: Tx) -> str:
    """That nobody goes to who waits for help; else what is otherwise today and the notices, in turns."""
    moment = box().now()
    if plea := _plea(tx, moment):
        return plea
    told = tickets.today_text(box().centre, moment, lang())
    found = [*([told] if told else []), *(one.words(lang()) for one in notices.on_board(tx, moment))]
    return found[int(moment.timestamp() // 60) % len(found)] if found else ""


def _plea(tx: Tx, moment: datetime) -> str:
    """That somebody at a station is waited for too long, and where; who it is nobody is told."""
    after_s = box().settings.plea_s
    late = next((one for one in pleas.cached_open(tx) if one.is_overdue(moment, after_s)), None)
    if late is None:
        return ""
    return say(CALLS[late.kind], where=station_words(tx, late))


def _is_shut() -> bool:
    """Whether nobody can take a number now, by the hour or by staff."""
    return not tickets.gives_numbers(box().centre, box().now())


def _mark(tx: Tx, notice: str, *, is_shut: bool) -> str:
    how_loud, turn = (volume_now(), box().settings.call_twice), turn_at(tx, box().now())
    seen = (notice, is_shut, *(() if how_loud == AS_EVER else how_loud), *((turn,) if turn else ()))
    return f".{mark_of(seen)}" if notice or is_shut or how_loud != AS_EVER or turn else ""


def board_calls(shown: tickets.BoardNow) -> tuple[BoardCall, ...]:
    """Each ticket's call once: the last calls of who is at a counter, then who else is, then who was."""
    at_counters = {call.ticket_id: call for call in shown.called}
    fresh = {call.ticket_id for call in shown.announcements}
    still = [call for call in shown.last if call.ticket_id in at_counters]
    first: dict[int, tickets.Called] = {}
    for call in (*still, *shown.called, *shown.last):
        first.setdefault(call.ticket_id, call)
    return tuple(
        BoardCall(
            call.number,
            call.counter,
            call.ticket_id,
            _standing(at_counters.get(call.ticket_id)),
            call.ticket_id in fresh,
        )
        for call in first.values()
    )


def _standing(at_counter: tickets.Called | None) -> Standing:
    if at_counter is None:
        return Standing.PAST
    return Standing.SERVING if at_counter.is_serving else Standing.CALLING


def _announcement(tx: Tx, call: tickets.Called) -> Announcement:
    joined, short = (
        " ".join(speech.in_own_voice(tx, clips(call.number, call.counter)))
        for clips in (speech.call_clips, speech.short_call_clips)
    )
    whole = speech.call_clip(tx, call.number, call.counter)
    spelt = " ".join(speech.spelt_clips(joined.split()))
    return Announcement(
        call.id,
        call.number,
        _place(call),
        call.is_again,
        whole or joined,
        short,
        joined if whole else (spelt if spelt != joined else ""),
    )


def _place(call: tickets.Called) -> str:
    return f"{call.ticket_id}@{call.counter}"


@screen.post("/board/voice")
def voice() -> Response:
    """A board tells whether it can be heard, and which calls it has said aloud.

    Raises NotEnrolled, Malformed.
    """
    if not is_device():  # a laptop could else have calls count that nobody has heard, or none
        raise devices.NotEnrolled
    can_speak = choice("voice", ("on", "off")) == "on"
    spoken = request.form.get("spoken", "").split()
    if len(spoken) > MOST_TOLD or not all(
        one.isascii() and one.isdigit() and len(one) < 10 for one in spoken
    ):
        raise Malformed
    with box().database.write() as tx:
        tickets.note_voice(tx, box().now(), can_speak=can_speak, spoken=[int(one) for one in spoken])
    return Response(status=204)
