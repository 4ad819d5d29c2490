"""The hall display: called now, last calls, people waiting, and what is to be spoken."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, make_response, render_template

from kiosk import services, speech, tickets
from kiosk.database import Tx
from kiosk.screens.web.labels import PAUSE_WORDS
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.polling import is_old, news, version_seen

screen = Blueprint("board", __name__)


@dataclass(frozen=True)
class BoardCall:
    """A call as the board shows it; `is_new` when it came with this very answer."""

    number: str
    counter: int
    ticket_id: int
    is_new: bool
    is_serving: bool


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
    with box().database.read() as tx:
        return render_template("public/board/board.html", **_content(tx, None))


@screen.get("/board/now")
def now() -> Response:
    """The display's content when something is newer than `v`, else 204: no swap, polling goes on."""
    with box().database.read() as tx:
        if is_old(tx):
            return Response(status=204)
        return make_response(render_template("public/board/now.html", **_content(tx, version_seen())))


def _content(tx: Tx, since: int | None) -> dict[str, Any]:
    moment = box().now()
    shown = tickets.board_now(tx, box().centre, since, moment, lang())
    pauses = [counter for counter in services.counters(tx, lang()) if counter.pause]
    fresh = {call.ticket_id for call in shown.announcements}
    return {
        "now": {
            "v": shown.v,
            "also": news(tx).also,
            "pauses": [
                (counter.number, say(PAUSE_WORDS[counter.pause])) for counter in pauses if counter.pause
            ],
            "called": [_call(call, fresh) for call in shown.called],
            "last": [_call(call, fresh) for call in shown.last],
            "waiting": shown.waiting,
            "announcements": [_announcement(call) for call in shown.announcements],
            "updated": f"{box().centre.local(moment):%H:%M:%S}",
        }
    }


def _call(call: tickets.Called, fresh: set[int]) -> BoardCall:
    return BoardCall(call.number, call.counter, call.ticket_id, call.ticket_id in fresh, call.is_serving)


def _announcement(call: tickets.Called) -> Announcement:
    return Announcement(
        call.id, call.number, call.counter, " ".join(speech.call_clips(call.number, call.counter))
    )
