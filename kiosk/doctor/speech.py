"""What staff write: is there an engine to say it, how much is said, and are the centre's own clips whole."""

from collections.abc import Iterator

from msgspec import Struct

from kiosk import speech
from kiosk.centre import Centre
from kiosk.database import Tx
from kiosk.doctor._findings import Finding, remark, well
from kiosk.doctor._target import Target

TITLE = ("读出来的话", "Speech")


class _Spoken(Struct, frozen=True):
    """How many texts there are, how many nothing says, how many are recordings."""

    texts: int = 0
    mute: int = 0
    recordings: int = 0


def check(target: Target) -> Iterator[Finding]:
    """Yield what of staff's own words is not heard."""
    engine = speech.find_engine(target.settings)
    spoken = _spoken(target)
    damaged = _damaged(target)
    if damaged:
        yield remark(
            (f"有 {len(damaged)} 段本站的语音坏了。", f"{len(damaged)} clips of this centre are damaged."),
            ("今天夜里会自己再做好。", "They are made again tonight."),
            damaged=damaged,
        )
    if spoken.mute and engine.lacks:
        yield remark(
            (
                f"有 {spoken.mute} 句您写的话读不出来：没有装语音合成（缺 {engine.lacks}）。",
                f"{spoken.mute} texts of yours are not spoken: no speech engine (missing: {engine.lacks}).",
            ),
            (
                "装 linli[voice]，或者在后台“语音”里自己录。",
                "Install linli[voice], or record them on the page Voice of the back office.",
            ),
            mute=spoken.mute,
        )
    elif spoken.mute:
        yield remark(
            (f"有 {spoken.mute} 句话还读不出来。", f"{spoken.mute} texts are not spoken yet."),
            (
                "站开着的时候会自己合成；一直读不出来的，在后台“语音”里写读音或者录一段。",
                "They are made while the station runs; give what stays mute a reading, or record it.",
            ),
            mute=spoken.mute,
        )
    elif not damaged:
        yield well(
            f"您写的 {spoken.texts} 句话都读得出来，其中录音 {spoken.recordings} 段。",
            f"all {spoken.texts} texts of yours are spoken, {spoken.recordings} of them recorded.",
        )


def _spoken(target: Target) -> _Spoken:
    def ask(tx: Tx) -> _Spoken:
        speech.open_shelves(tx.engine, target.folder)
        settings = target.settings
        centre = Centre(settings, b"", settings.zone, settings.hours)
        texts = speech.texts_of(tx, centre, target.now()).values()
        mute = sum(not speech.is_said(tx, one.words, one.lang) for one in texts)
        recordings = sum(bool(one.recording) for one in speech.all_told(tx).values())
        return _Spoken(len(texts), mute, recordings)

    return target.ask(ask, _Spoken())


def _damaged(target: Target) -> list[str]:
    """The names of files that do not hold what their names say."""
    shelf = speech.Shelf(target.folder / speech.FOLDER)
    found = ((name, shelf.read(name)) for name in sorted(shelf.names()))
    return [name for name, sound in found if sound is not None and not speech.is_whole(name, sound)]
