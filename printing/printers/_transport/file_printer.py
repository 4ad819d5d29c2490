"""What printers behind a file of the system have in common: the file may have got another number."""

from __future__ import annotations

from abc import ABC
from dataclasses import dataclass

from printing.printers._transport import identity
from printing.printers._transport.file_wire import FileWire
from printing.printers._transport.probe import Probed
from printing.printers._transport.talk import TalkingPrinter, TalkSettings


@dataclass(frozen=True, kw_only=True)
class FileSettings(TalkSettings):
    """Which file; each kind says it in its own words."""

    path: str


class FilePrinter(TalkingPrinter, ABC):
    """Finds its printer by who it is once it has been opened."""

    settings: FileSettings

    def probe(self) -> Probed:
        """As every printer that talks; the one at the file is taken for the one that is meant from now on."""
        identity.forget(self.out, self.url)
        return super().probe()

    def _opened(self) -> FileWire:
        path = identity.found(self.settings.path, self.out, self.url)
        wire = FileWire(path)
        identity.note(path, self.out, self.url)
        return wire
