"""Slips: one file a kind, found by walking this package.

A kind is a frozen dataclass of plain values (str, int, bool, None, tuples of str) that knows its own
layout. Packed it is JSON, so that it can wait in a database; its kind is kept beside it, not in it.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from PIL import Image

    from printing.drawing.canvas import Paper
    from printing.drawing.layout import Block


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class UnknownSlip(ValueError):
    """There is no slip of this kind."""


class BadSlip(ValueError):
    """The packed text is not a slip of this kind: not JSON, or a field is missing, unknown or wrong."""


@dataclass(frozen=True)
class Slip(ABC):
    """What one slip says. `lang` chooses the labels: zh or en.

    A `is_secret` kind is for its owner's eyes: it is written nowhere but on paper.
    """

    kind: ClassVar[str]
    is_secret: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def sample(cls) -> Self:
        """A slip of this kind as a centre would print it: to warm the fonts, to try a printer, to look at."""

    @abstractmethod
    def plans(self, paper: Paper, job: str) -> Iterator[Block]:
        """The slip as blocks for `paper`, set as that says, the code from large to small.

        `job` is the small id that stands on it.
        """

    def layout(self, paper: Paper, job: str) -> Block:
        """The roomiest plan that is short enough; when none is, the shortest of all."""
        from printing.drawing.layout import shortest

        return shortest((plan for way in paper.ways() for plan in self.plans(way, job)), paper.longest)


def kinds() -> dict[str, type[Slip]]:
    """Every kind of slip by name, in alphabetical order."""
    return dict(_kinds())


def pack(slip: Slip) -> str:
    """`slip` as JSON text, without its kind."""
    return _JSON.encode(vars(slip))


def unpack(kind: str, text: str) -> Slip:
    """The slip that `pack` made `text` of; fields added since then take their defaults.

    Raises UnknownSlip when there is no such kind, BadSlip when `text` does not fit it.
    """
    if kind not in _kinds():
        raise UnknownSlip(f"没有“{kind}”这种小票。")
    made_of = _kinds()[kind]
    try:
        values = json.loads(text)
    except ValueError as fault:
        raise BadSlip(f"小票 {kind} 的内容不是 JSON。") from fault
    if not isinstance(values, dict):
        raise BadSlip(f"小票 {kind} 的内容不是一组字段。")
    return made_of(**_checked(made_of, values))


def draw(slip: Slip, paper: Paper, job: str) -> Image.Image:
    """`slip` as a one-bit picture (mode "1", ink = 1) as wide as `paper` and as high as it needs.

    Raises FontMissing (printing.drawing.fonts) when the machine has no Chinese typeface.
    """
    # imported here: packing a slip, which happens inside a web request, needs no drawing code
    from printing.drawing import lacking
    from printing.drawing.layout import on_paper, stack
    from printing.drawing.lettering import text

    missing = text(lacking.note(_words(slip), vars(slip)["lang"]), paper.small, paper.width_dots)
    return on_paper(stack(slip.layout(paper, job), missing), paper).image


def _words(slip: Slip) -> str:
    """Everything that a slip says besides its labels."""
    return "".join("".join(each) for each in vars(slip).values() if isinstance(each, str | tuple))


@cache
def _kinds() -> dict[str, type[Slip]]:
    found = {}
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Slip) and value is not Slip:
                found[value.kind] = value
    return dict(sorted(found.items()))


def _checked(made_of: type[Slip], values: dict[str, Any]) -> dict[str, Any]:
    wanted = {field.name: field for field in fields(made_of)}
    hints = get_type_hints(made_of)
    needed = {name for name, field in wanted.items() if field.default is MISSING}
    wrong = sorted((values.keys() - wanted.keys()) | (needed - values.keys()))
    wrong += [name for name, value in values.items() if name in wanted and not _is_a(hints[name], value)]
    if wrong:
        raise BadSlip(f"小票 {made_of.kind} 的这些字段不对：{'、'.join(wrong)}。")
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _is_a(hint: Any, value: object) -> bool:
    """Whether `value`, fresh from JSON, is of the annotated type. A bool is not an int here."""
    if get_origin(hint) is tuple:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) in (get_args(hint) or (hint,))
