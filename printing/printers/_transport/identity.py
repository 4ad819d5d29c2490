"""Which device is meant by a device file: the kernel numbers them as they come, so lp0 may return as lp1.

Linux tells in /sys what stands behind a file: maker, product and serial number of the USB device, what a
printer says of itself (IEEE 1284), and the socket that it is plugged into. That of the printer in use is
noted beside the slips; its file is then looked for by it.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from printing.printers._transport import notes

FILE = "device.json"
SYSTEM = Path("/sys/dev/char")
_DEEPEST = 6
"""Folders from a serial port up to its USB device: tty, port, interface, device."""

_OF_1284 = re.compile(r"(\w+):([^;]*);")
"""KEY:value; of which some tell the printer's state: only names count."""


@dataclass(frozen=True)
class Identity:
    """A USB device. Cheap ones have no serial number: then two alike differ by their `socket` only."""

    maker: str
    product: str
    serial: str = ""
    name: str = ""
    socket: str = ""

    def is_like(self, other: Identity) -> bool:
        """Whether it may be the same device, in whatever socket."""
        return (self.maker, self.product, self.serial, self.name) == (
            other.maker, other.product, other.serial, other.name,
        )  # fmt: skip


def found(path: str, folder: Path, url: str) -> str:
    """The file at which the printer of `path` is now; `path` itself where the system does not know devices.

    `folder` holds the note of who it was. Raises OSError (ENODEV) when it is not here, or nobody can tell
    which of several it is: a slip that comes out of somebody else's printer is worse than none.
    """
    meant = _noted(folder, url)
    if meant is None:
        return path
    there = {file: one for file in _siblings(path) if (one := identity_of(file)) is not None}
    here = there.get(path)
    if here is not None and (here == meant or (len(there) == 1 and not here.is_like(meant))):
        return path  # also another one in its place, if it is the only one: the old one was exchanged
    alike = [file for file, one in there.items() if one.is_like(meant)]
    at_socket = [file for file in alike if there[file].socket == meant.socket]
    for some in (at_socket, alike):
        if len(some) == 1:
            return some[0]
    if not there:
        return path  # nothing is plugged in, or it is no USB device: opening it says what is the matter
    raise OSError(errno.ENODEV, f"the printer of {path} is not here, and the others are not it")


def forget(folder: Path, url: str) -> None:
    """Whoever is at the file from now on is meant: somebody says that another printer was put there."""
    if _noted(folder, url) is not None:
        with suppress(OSError):
            notes.write(folder / FILE, url, {})


def note(path: str, folder: Path, url: str) -> None:
    """Keep who is at `path`, which was opened, if that is new. A disk that takes nothing stops no slip."""
    identity = identity_of(path)
    if identity is not None and identity != _noted(folder, url):
        with suppress(OSError):
            notes.write(folder / FILE, url, asdict(identity))


def identity_of(path: str) -> Identity | None:
    """Who is behind a device file; None for what is no USB device, or where the system does not tell."""
    try:
        number = os.stat(path).st_rdev  # noqa: PTH116 - Path has no more to say
        at = (SYSTEM / f"{os.major(number)}:{os.minor(number)}" / "device").resolve(strict=True)
    except OSError:
        return None
    told = dict(_OF_1284.findall(_told(at / "ieee1284_id")))
    name = " ".join(told[key] for key in ("MFG", "MANUFACTURER", "MDL", "MODEL") if key in told)
    for place in (at, *at.parents[:_DEEPEST]):
        if maker := _told(place / "idVendor"):
            serial = _told(place / "serial") or told.get("SN", "")
            return Identity(maker, _told(place / "idProduct"), serial, name, place.name)
    return None


def _noted(folder: Path, url: str) -> Identity | None:
    try:
        return Identity(**notes.read(folder / FILE)[notes.place(url)])
    except (KeyError, TypeError):
        return None


def _siblings(path: str) -> Iterable[str]:
    """`path` and the files that differ from it in their number only."""
    stem = re.sub(r"\d+$", "", path)
    beside = (str(file) for file in Path(path).parent.glob(f"{Path(stem).name}*")) if stem != path else ()
    return sorted({path, *(file for file in beside if re.fullmatch(re.escape(stem) + r"\d+", file))})


def _told(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
