"""The hall display: called now, last calls, people waiting, and what is to be spoken."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from kiosk import spoken, tickets
from kiosk.screens._page import box, lang
from kiosk.words import Malformed

screen = Blueprint("board", __name__)


@dataclass(frozen=True)
class BoardCall:
    """A call as the board shows it; `is_new` when it came with this very answer."""

    number: str
    counter: int
    ticket_id: int
    is_new: bool


@dataclass(frozen=True)
class Announcement:
    """A call as the board speaks it: `clips` are file stems, separated by spaces."""

    id: int
    number: str
    counter: int
    clips: str


@screen.get("/board")
def board() -> str:
    """The whole display; a board that has just been loaded speaks nothing old."""
    return render_template("board/board.html", **_content(None))


@screen.get("/board/now")
def now() -> Response:
    """The display's content when something is newer than `v`, else 204: no swap, polling goes on."""
    since = version_asked()
    if since is not None and not is_newer(since):
        return Response(status=204)
    return make_response(render_template("board/now.html", **_content(since)))


def version_asked() -> int | None:
    """The `v` of a poll; None when it has none yet. Raises Malformed."""
    text = request.args.get("v", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Malformed
    return int(text) if text else None


def is_newer(since: int) -> bool:
    """Whether anything changed after `since`. A version from the future (a restored backup) counts too."""
    with box().database.read() as tx:
        return tickets.version(tx) != since


def _content(since: int | None) -> dict[str, Any]:
    moment = box().now()
    with box().database.read() as tx:
        shown = tickets.board_now(tx, box().centre, since, moment, lang())
    fresh = {call.ticket_id for call in shown.announcements}
    return {
        "now": {
            "v": shown.v,
            "called": [_call(call, fresh) for call in shown.called],
            "last": [_call(call, fresh) for call in shown.last],
            "waiting": shown.waiting,
            "announcements": [_announcement(call) for call in shown.announcements],
            "updated": f"{box().centre.local(moment):%H:%M:%S}",
        }
    }


def _call(call: tickets.Called, fresh: set[int]) -> BoardCall:
    return BoardCall(call.number, call.counter, call.ticket_id, call.ticket_id in fresh)


def _announcement(call: tickets.Called) -> Announcement:
    return Announcement(
        call.id, call.number, call.counter, " ".join(spoken.call_clips(call.number, call.counter))
    )
