"""Printers: one file a kind, found by the scheme of its address, e.g. tcp://192.168.1.50:9100.

A printer never blocks without a deadline and never says "printed" of what it cannot know.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from PIL import Image

State = Literal["printed", "unconfirmed", "failed"]
Status = Literal[
    "ready", "paper_low", "paper_out", "cover_open", "cutter_error", "error", "offline", "unknown"
]
"""How a printer is. Silence is `unknown`, never `ready`."""


class BadPrinter(ValueError):
    """The address names no printer that can be used; the message says why."""


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


@dataclass(frozen=True)
class Address:
    """A printer's address in parts; `out` is the folder for printers that write files."""

    url: str
    host: str
    port: int | None
    path: str
    options: dict[str, str]
    out: Path


class Printer(ABC):
    """One printer. `print` and `status` may be called from one thread at a time."""

    def __init__(self, address: Address) -> None:
        self.url = address.url

    @abstractmethod
    def print(self, job: str, image: Image.Image) -> Outcome:
        """Print a one-bit picture as one slip; `job` names it. Never raises for a printer's fault."""

    @abstractmethod
    def status(self) -> Status:
        """Ask the printer how it is."""

    def close(self) -> None:  # noqa: B027 - most kinds hold nothing open
        """Let go of what is held open."""


def kinds() -> tuple[str, ...]:
    """The schemes that addresses may begin with."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def open_printer(url: str, out: Path) -> Printer:
    """The printer at `url`. Raises BadPrinter when the address is not understood; touches no device yet."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        raise BadPrinter(f"打印机地址 {url!r} 看不懂。This printer address is not understood.") from fault
    if parts.scheme not in kinds():
        raise BadPrinter(
            f"打印机地址 {url!r} 要以这些开头 must begin with: {', '.join(f'{k}:' for k in kinds())}"
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    address = Address(url, parts.hostname or "", port, parts.path, options, out)
    made: Printer = import_module(f"{__name__}.{parts.scheme}").open_at(address)
    return made


def no_options_left(address: Address, *known: str) -> None:
    """Raise BadPrinter when the address has an option that this kind does not know."""
    unknown = sorted(address.options.keys() - set(known))
    if unknown:
        raise BadPrinter(f"打印机地址里的 {', '.join(unknown)} 不认识。Unknown in {address.url!r}.")
