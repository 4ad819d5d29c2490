"""The centre this box serves: its settings, its secret, and what follows from both."""

import dataclasses
import hmac
import secrets
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk import qr_codes
from kiosk.clock import service_day, start_of_day
from kiosk.database.joining import (
    CLOSINGS,
    FIRST_MARK,
    RULES,
    SECRET_FILE,
    SPECIAL_DAYS,
    rules_mark,
    rules_of,
    written_once,
)
from kiosk.opening_hours import Closing, Hours, OpeningMoment, SpecialDay, parse_periods, periods_text
from kiosk.settings import Settings
from kiosk.words import Lang, Own


class Centre(Struct, frozen=True):
    """One centre by the rules of one moment; rooms get it beside their transaction."""

    settings: Settings
    secret: bytes
    zone: ZoneInfo
    hours: Hours
    closings: tuple[Closing, ...] = ()
    rules_mark: str = FIRST_MARK
    """Which change of the rules it is made of."""

    def as_of(self, tx: Connection) -> "Centre":
        """The same centre by the rules that hold in `tx`.

        Who gives a number asks for it: another box on the database may have closed the centre just now.
        A look at one row; the rules are read when they are others.
        """
        mark = rules_mark(tx)
        return self if mark == self.rules_mark else self.by_rules(rules_of(tx), mark)

    def by_rules(self, rules: Mapping[str, Any], mark: str) -> "Centre":
        """The same centre by these rules, as `rules_of` reads them."""
        settings = dataclasses.replace(
            self.settings, **{name: rules[name] for name in RULES if name in rules}
        )
        days = {**settings.hours.days, **days_from_facts(rules.get(SPECIAL_DAYS, {}))}
        return replace(
            self,
            settings=settings,
            zone=settings.zone,
            hours=replace(settings.hours, days=days),
            closings=closings_from_facts(rules.get(CLOSINGS, [])),
            rules_mark=mark,
        )

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


def day_facts(special: SpecialDay) -> dict[str, str]:
    """A special day as plain JSON; `like`, where it has one, as in the week's text: 1 is Monday."""
    facts = {
        "hours": periods_text(special.periods), "words": special.words.zh, "words_en": special.words.en
    }  # fmt: skip
    return facts if special.like is None else facts | {"like": str(special.like + 1)}


def days_from_facts(facts: Mapping[str, Mapping[str, str]]) -> dict[date, SpecialDay]:
    """Special days by their dates, from plain JSON. Raises ValueError for what is none."""
    return {
        date.fromisoformat(day): SpecialDay(
            parse_periods(one["hours"]),
            Own(one["words"], one.get("words_en", "")),
            int(one["like"]) - 1 if "like" in one else None,
        )
        for day, one in facts.items()
    }


def closing_facts(closing: Closing) -> dict[str, str]:
    """A closing as plain JSON."""
    return {
        "group": closing.group, "on": closing.on.isoformat(),
        "words": closing.words.zh, "words_en": closing.words.en,
    }  # fmt: skip


def closings_from_facts(facts: list[dict[str, str]]) -> tuple[Closing, ...]:
    """Closings, from plain JSON."""
    return tuple(
        Closing(one["group"], date.fromisoformat(one["on"]), Own(one["words"], one["words_en"]))
        for one in facts
    )


def _made() -> bytes:
    return secrets.token_bytes(32)
