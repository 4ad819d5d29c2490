"""The centre's own clips: made here or recorded by staff. What is behind an address never changes."""

from flask import Response, abort, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import speech
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import public

screen = public(__name__)

A_YEAR_S = 365 * 24 * 3600


@screen.get("/voice/<name>")
def own_clip(name: str) -> AnyResponse:
    """One clip; unknown for any other name, and for a damaged file that nothing mends."""
    if not speech.NAME.fullmatch(name):
        abort(404)
    with box().database.read(is_blind=True) as tx:
        sound = speech.sound_of(tx, name)
    if sound is None:
        abort(404)
    answer = Response(sound, mimetype="audio/wav" if sound.startswith(b"RIFF") else "audio/mpeg")
    answer.cache_control.public = answer.cache_control.immutable = True
    answer.cache_control.max_age = A_YEAR_S
    return answer.make_conditional(request, accept_ranges=True, complete_length=len(sound))
