"""Every size of letters, corner and distance is a step of tokens.css: read as text, without a browser."""

import re
from collections import Counter
from pathlib import Path

CSS = Path(__file__).parent.parent / "static" / "css"
TOKENS = CSS / "tokens.css"
SHEETS = sorted(path for path in CSS.glob("*.css") if path != TOKENS)
STEPS = {"station": 11, "page": 11, "board": 11, "space": 8, "round": 4}
"""So many steps a scale has at most; one more is a question for all screens, not for one."""

LETTERS = re.compile(r"inherit|var\(--(?:station|page|board)-[\w-]+\)")
CORNER = re.compile(r"(?:0|50%|var\(--round-\w+\))")
DISTANCE = re.compile(
    r"0|auto|\d*\.?\d+(?:em|vh)|var\(--space-\d+\)|calc\(-1 \* var\(--(?:space-\d+|edge-w)\)\)"
)
"""Beside the steps: what follows the letters (em), a share of the window, and a step back over an edge."""

PART = re.compile(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+")
"""One part of a value: a word, or a function with one more inside it."""


def read(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def strangers(prop: str, allowed: re.Pattern[str]) -> list[str]:
    """The declarations of `prop` with a part that `allowed` does not know."""
    found = [
        (path.name, *match.groups())
        for path in SHEETS
        for match in re.finditer(rf"[{{;\s]({prop}):\s*([^;}}]+)", read(path))
    ]
    assert found, prop
    return [
        f"{name}: {which}: {value}"
        for name, which, value in found
        if not all(allowed.fullmatch(part) for part in PART.findall(value))
    ]


def test_every_size_of_letters_is_a_step():
    assert strangers("font-size", LETTERS) == []
    assert strangers("font", re.compile("inherit")) == []


def test_every_corner_is_a_step():
    assert strangers(r"border-[a-z-]*radius", CORNER) == []


def test_every_distance_is_a_step():
    assert strangers(r"(?:row-|column-)?gap|(?:padding|margin)[a-z-]*", DISTANCE) == []


def test_a_scale_has_few_steps():
    names = set(re.findall(r"--([\w-]+):", read(TOKENS)))
    count = Counter(name.partition("-")[0] for name in names)
    assert {scale: count[scale] for scale in STEPS} == STEPS


def test_every_token_is_used_and_every_used_one_is_there():
    texts = [read(path) for path in (TOKENS, *SHEETS)]
    used = set(re.findall(r"var\((--[\w-]+)", " ".join(texts)))
    assert set(re.findall(r"(--[\w-]+):", texts[0])) - used == set()
    given = set(re.findall(r"(--[\w-]+):", " ".join(texts)))
    assert used - given == {"--mm", "--overscan"}, "these two come out of the settings"
