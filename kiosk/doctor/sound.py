"""Sound: every clip that a call or a screen needs, and a device to play them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from kiosk import services, speech
from kiosk.box import folder_beside
from kiosk.database import Tx
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target

TITLE = ("声音", "Sound")

CLIPS = folder_beside("static") / "audio"
RECORD = "clips.json"
"""Names every clip with its SHA-256, written when the clips were made."""

DEVICES = Path("/proc/asound/cards")
REINSTALL = ("请重新安装邻里站。", "Install Linli again.")


def check(target: Target) -> Iterator[Finding]:
    """Yield what cannot be heard."""
    concerns = [*_clips(), *_unspeakable(target), *_device()]
    yield from concerns
    if not concerns:
        yield well("语音齐全，有声卡。", "every clip is whole, and there is a device.")


def _clips() -> Iterator[Finding]:
    try:
        record = json.loads((CLIPS / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        yield broken((f"语音目录打不开：{fault}。", f"the list of clips cannot be read: {fault}."), REINSTALL)
        return
    spoken_ones = {f"{lang}/{stem}.mp3" for lang in speech.LANGUAGES for stem in speech.catalogue(lang)}
    lost = [name for name in sorted(spoken_ones | set(record)) if not _is_whole(name, record)]
    if lost:
        named = "、".join(lost[:5]) + (f" +{len(lost) - 5}" if len(lost) > 5 else "")
        yield broken(
            (
                f"有 {len(lost)} 段语音缺失或损坏：{named}。",
                f"{len(lost)} clips are missing or damaged: {named}.",
            ),
            REINSTALL,
            lost=lost,
        )


def _is_whole(name: str, record: dict[str, dict[str, str]]) -> bool:
    # the same bytes that were played and listened to when they were made
    path = CLIPS / name
    return (
        name in record and path.is_file() and sha256(path.read_bytes()).hexdigest() == record[name]["sha256"]
    )


def _unspeakable(target: Target) -> Iterator[Finding]:
    """Services whose letter, and counters whose number, no clip says."""
    nothing: tuple[Sequence[str], Sequence[int]] = ((), ())
    letters, counters = target.ask(_called, nothing)
    mute = [letter for letter in letters if not _can_say(f"{letter}001", 1)]
    mute += [str(number) for number in counters if not _can_say("A001", number)]
    if mute:
        yield remark(
            (
                f"这些叫号时读不出来：{'、'.join(mute)}。",
                f"these cannot be spoken in a call: {', '.join(mute)}.",
            ),
            (
                "业务用一个或两个字母，窗口用1到99。",
                "Use one or two letters for a service and 1 to 99 for a counter.",
            ),
            mute=mute,
        )


def _called(tx: Tx) -> tuple[Sequence[str], Sequence[int]]:
    offered = services.all_services(tx, "zh", date.min)
    letters = list(dict.fromkeys(service.letter for service in offered))
    return letters, [counter.number for counter in services.counters(tx, "zh")]


def _can_say(number: str, counter: int) -> bool:
    try:
        speech.call_clips(number, counter)
    except ValueError:
        return False
    return True


def _device() -> Iterator[Finding]:
    try:
        has_one = "[" in DEVICES.read_text(encoding="utf-8", errors="replace")
    except OSError:
        has_one = False
    if not has_one:
        yield remark(
            ("这台机器没有声卡。", "this machine has no sound device."),
            (
                "电视或自助机由别的机器放声音，就不要紧。",
                "That is all right where another machine drives the television and the station.",
            ),
        )
