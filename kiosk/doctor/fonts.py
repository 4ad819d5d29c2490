"""Typefaces: whether every character that this centre prints can be drawn."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from kiosk import cards, people, services, tickets
from kiosk.database import Tx
from kiosk.database.joining import rules_of
from kiosk.doctor._findings import Finding, broken, remark, well
from kiosk.doctor._target import Target
from kiosk.words import LANGS, Lang
from printing import slips
from printing.drawing import fonts

TITLE = ("字体", "Typeface")
SHOWN = 20


def check(target: Target) -> Iterator[Finding]:
    """Yield which characters cannot be drawn."""
    text = "".join((labels(), centre_words(target), target.ask(lambda tx: _words(tx, target), "")))
    try:
        fonts.use(target.settings.font or None)
        lacking = fonts.undrawn(text)
    except fonts.FontMissing as missing:
        yield broken(
            (f"小票没有字体可用：{missing}", f"slips cannot be drawn: {missing}"),
            (f"请运行：{fonts.APT_LINE}", f"Run: {fonts.APT_LINE}"),
        )
        return
    if lacking:
        yield _lacks(lacking)
    else:
        count = len(set(text))
        yield well(
            f"用到的 {count} 个字都能打印。", f"all {count} characters in use can be printed.", count=count
        )


def _lacks(lacking: str) -> Finding:
    named = "、".join(f"{c}（U+{ord(c):04X}）" for c in lacking[:SHOWN])
    more = f" +{len(lacking) - SHOWN}" if len(lacking) > SHOWN else ""
    return remark(
        (
            f"小票上有 {len(lacking)} 个字打不出来：{named}{more}。",
            f"{len(lacking)} characters cannot be printed: {named}{more}.",
        ),
        (
            "请换一个写法，或用 font 设一个有这些字的字体。",
            "Write them otherwise, or set font to a typeface that has them.",
        ),
        lacking=lacking,
    )


def labels() -> str:
    """Every word that stands in the slips themselves, read out of their source."""
    sources = (
        path.read_text(encoding="utf-8") for folder in slips.__path__ for path in Path(folder).glob("*.py")
    )
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    return "".join(
        node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def centre_words(target: Target) -> str:
    """What the centre's rules put on slips."""
    settings = target.settings
    of_settings = {"centre_name": settings.centre_name, "centre_name_en": settings.centre_name_en}
    nothing: dict[str, Any] = {}
    return str({**of_settings, **target.ask(rules_of, nothing)})


def _words(tx: Tx, target: Target) -> str:
    """What the centre wrote of its services and cards, in both languages, and the letters of names."""
    day = target.now().astimezone(target.zone).date()
    rows: list[Struct] = []
    for lang in LANGS:
        offered = services.all_services(tx, lang, day)
        rows += [*offered, *cards.cards(tx, lang), *tickets.priorities(tx, lang)]
        for service in offered:
            rows += _materials(tx, service.code, lang)
    written = "".join(str(value) for row in rows for value in astuple(row))
    return written + people.letters(tx)


def _materials(tx: Tx, code: str, lang: Lang) -> list[services.Material]:
    return [m for agents in (False, True) for m in services.materials(tx, code, lang, agents=agents)]
