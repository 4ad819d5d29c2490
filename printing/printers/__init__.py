"""Printers: one file a kind, found by the scheme of its address, e.g. tcp://192.168.1.50:9100.

A printer never blocks without a deadline and never says "printed" of what it cannot know.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from printing.answers import CAN_PRINT, Status
from printing.printers import _form
from printing.printers._form import BadPrinter, Choice, Fault, Field, Value, mark

if TYPE_CHECKING:
    from PIL import Image

    from printing.printers._transport.probe import Probed

__all__ = [
    "CAN_PRINT", "BadPrinter", "Choice", "Fault", "Field", "Outcome", "Printer", "State", "Status",
    "address_of", "form_of", "keeps_slips", "kinds", "label_of", "mark", "open_printer", "values_of",
]  # fmt: skip

State = Literal["printed", "unconfirmed", "failed"]


@dataclass(frozen=True)
class Outcome:
    """How one attempt ended. `accepted` is how many bytes of the slip went to the printer's side.

    Only `failed` with `accepted` 0 may be tried again: after the first byte a slip may be on paper.
    `is_hopeless` says that trying again cannot help either: the slip itself is at fault.
    """

    state: State
    accepted: int
    note: str = ""
    is_hopeless: bool = False


class Printer(ABC):
    """One printer. `print` and `status` may be called from one thread at a time.

    `keeps_slips` says that what it printed can be looked at later, on the disk.
    `label` names the kind on the settings page (a Chinese sentence of the catalogue); `form` is the kind's
    frozen dataclass of `settings`; `out` is the folder for printers that write files and
    for what is known of a printer; `system` is the os.name that it needs, if any.
    """

    label: ClassVar[str]
    system: ClassVar[str] = ""
    keeps_slips: ClassVar[bool] = False
    form: ClassVar[type]

    def __init__(self, settings: Any, url: str, out: Path) -> None:
        self.settings = settings
        self.url = url
        self.out = out

    @abstractmethod
    def print(self, job: str, image: Image.Image) -> Outcome:
        """Print a one-bit picture as one slip; `job` names it. Never raises for a printer's fault."""

    @abstractmethod
    def status(self) -> Status:
        """Ask the printer how it is."""

    def probe(self) -> Probed | None:
        """Find out what the printer answers, without printing; None when this kind cannot be asked.

        Raises OSError when the printer cannot be reached.
        """
        return None

    def remember(self, probed: Probed) -> Path:
        """Write down what was found out, for `confirm=auto`; returns the file. Raises OSError."""
        from printing.printers._transport.known import remember

        return remember(self.out, self.url, probed.known)

    def close(self) -> None:  # noqa: B027 - most kinds hold nothing open
        """Let go of what is held open."""


def kinds() -> tuple[str, ...]:
    """The schemes that addresses may begin with on this system."""
    return tuple(_found())


def label_of(kind: str) -> str:
    """What people call this kind of printer, as a Chinese sentence of the catalogue. Raises BadPrinter."""
    return _printer(kind, kind).label


def keeps_slips(kind: str) -> bool:
    """Whether what such a printer prints lies on the disk afterwards. Raises BadPrinter."""
    return _printer(kind, kind).keeps_slips


def form_of(kind: str) -> tuple[Field, ...]:
    """The lines of this kind's settings form, in the order to show them. Raises BadPrinter."""
    return _form.lines(_printer(kind, kind).form)


def address_of(kind: str, values: Mapping[str, object]) -> str:
    """The address of a filled-in form; a line that is missing or empty takes its default.

    Raises BadPrinter with all faults by field.
    """
    form = form_of(kind)
    return _form.write(kind, form, _form.checked(form, values))


def values_of(url: str) -> tuple[str, dict[str, Value]]:
    """The kind of printer at an address, and what its form says, defaults too. Raises BadPrinter."""
    kind, colon, _ = url.partition(":")
    kind = kind.lower() if colon else ""
    form = _form.lines(_printer(kind, url).form)
    try:
        texts = _form.read(url, form)
    except ValueError as fault:
        raise BadPrinter({"kind": Fault(mark("看不懂这个打印机地址。"))}, url) from fault
    try:
        return kind, _form.checked(form, texts)
    except BadPrinter as fault:
        raise BadPrinter(fault.faults, url) from None  # told with the address as it was written


def open_printer(url: str, out: Path) -> Printer:
    """The printer at `url`. Raises BadPrinter when the address is not understood; touches no device yet."""
    kind, values = values_of(url)
    made_of = _printer(kind, url)
    return made_of(made_of.form(**values), address_of(kind, values), out)


def _printer(kind: str, what: str) -> type[Printer]:
    if kind not in kinds():
        known = "、".join(f"{kind}:" for kind in kinds())
        raise BadPrinter({"kind": Fault(mark("地址要以这些开头：%(kinds)s。"), {"kinds": known})}, what)
    return _found()[kind]


@cache
def _found() -> dict[str, type[Printer]]:
    """The printers of the files beside this one, but for the shared _parts, that this system can have."""
    found: dict[str, type[Printer]] = {}
    for name in sorted(module.name for module in iter_modules(__path__) if module.name[0] != "_"):
        with suppress(ImportError):  # e.g. termios, which is not for Windows
            printer = import_module(f"{__name__}.{name}").PRINTER
            if printer.system in ("", os.name):
                found[name] = printer
    return found
