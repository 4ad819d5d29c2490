"""The centre this box serves: its settings, its secret, and what follows from both."""

import os
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk import qr_codes
from kiosk.clock import service_day, start_of_day
from kiosk.opening_hours import Hours, OpeningMoment
from kiosk.settings import Settings
from kiosk.words import Lang

SECRET_FILE = "secret"  # noqa: S105 - a file name


@dataclass(frozen=True)
class Centre:
    """One centre; rooms get it beside their transaction."""

    settings: Settings
    secret: bytes
    zone: ZoneInfo
    hours: Hours

    def name(self, lang: Lang) -> str:
        """The centre's name."""
        return self.settings.centre_name_en if lang == "en" else self.settings.centre_name

    def day(self, now: datetime) -> date:
        """The service day at `now`."""
        return service_day(now, self.zone)

    def day_start(self, now: datetime) -> datetime:
        """The local midnight before `now`."""
        return start_of_day(now, self.zone)

    def opening(self, now: datetime) -> OpeningMoment:
        """Whether numbers are given at `now`, and if not, when they are next."""
        settings = self.settings
        early, last = (timedelta(minutes=m) for m in (settings.numbers_early_min, settings.last_ticket_min))
        return self.hours.at(self.local(now), early, last)

    def closes_at(self, now: datetime) -> time | None:
        """When today's service ends on the wall clock; None when no hours are set."""
        return self.hours.closes_at(self.day(now))

    def local(self, moment: datetime) -> datetime:
        """`moment` on the wall clock."""
        return moment.astimezone(self.zone)

    def token(self, kind: qr_codes.CodeKind, serial: int, revision: int) -> str:
        """The 24 digits of one of our records."""
        return qr_codes.issue(kind, serial, revision, self.secret)

    def qr_text(self, token: str) -> str:
        """What stands in a QR code: an address where phones can reach us, else the bare digits."""
        base = self.settings.public_url.rstrip("/")
        return f"{base}/t/{token}" if base else token


def open_centre(settings: Settings) -> Centre:
    """The centre of `settings.folder`; its secret is made at the first start."""
    return Centre(settings, _secret(settings.folder / SECRET_FILE), settings.zone, settings.hours)


def _secret(path: Path) -> bytes:
    if not path.exists():
        _write_once(path, secrets.token_bytes(32))
    return path.read_bytes()


def _write_once(path: Path, secret: bytes) -> None:
    # written beside and linked into place: a pulled plug leaves no half secret, and of two starts one wins
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
