"""The centre this box serves: its settings, its secret, and what follows from both."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kiosk import qr_codes
from kiosk.clock import service_day, start_of_day
from kiosk.database.joining import SECRET_FILE, written_once
from kiosk.opening_hours import Hours, OpeningMoment
from kiosk.settings import Settings
from kiosk.words import Lang


@dataclass(frozen=True)
class Centre:
    """One centre; rooms get it beside their transaction."""

    settings: Settings
    secret: bytes
    zone: ZoneInfo
    hours: Hours

    @property
    def address(self) -> str:
        """A name that no other centre has, for what leaves the house; it tells nothing of the secret."""
        return f"{hmac.digest(self.secret, b'address', 'sha256')[:6].hex()}.linli"

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
        return self.opening_by(self.hours, now)

    def opening_by(self, hours: Hours, now: datetime) -> OpeningMoment:
        """The same by other hours than the centre's: those of one service."""
        settings = self.settings
        early, last = (timedelta(minutes=m) for m in (settings.numbers_early_min, settings.last_ticket_min))
        return hours.at(self.local(now), early, last)

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
    return Centre(settings, written_once(settings.folder / SECRET_FILE, _made), settings.zone, settings.hours)


def _made() -> bytes:
    return secrets.token_bytes(32)
