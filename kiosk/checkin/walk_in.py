"""Without a name on any list: put down, signed in and given a slip by one press."""

from datetime import datetime

from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.checkin.registration import Registered, register
from kiosk.checkin.rules import Word
from kiosk.checkin.scan import sign_in_registration
from kiosk.checkin.slips import print_registration
from kiosk.checkin.verdict import Verdict
from kiosk.words import Lang


def walk_in(
    tx: Connection,
    centre: Centre,
    event_day: int,
    tap: str,
    now: datetime,
    station: str,
    staff_id: int | None = None,
    *,
    name: str = "",
    phone_tail: str = "",
    together: int = 1,
    lang: Lang = "zh",
) -> tuple[Registered, Verdict]:
    """Sign in somebody who comes without having put the name down; the same `tap` does it once.

    Before the doors open the name is on the list all the same, and the verdict says when they open; the
    slip says which of the two it was. Raises what `register` raises.
    """
    registered = register(
        tx, centre, event_day, tap, now,
        name=name, phone_tail=phone_tail, together=together, station=station, staff_id=staff_id,
    )  # fmt: skip
    verdict = sign_in_registration(tx, centre, registered.id, tap, now, station, staff_id, lang=lang)
    if not registered.already:
        has_come = verdict.word in (Word.OK_IN, Word.NEEDS_CONFIRM)
        print_registration(tx, centre, registered.id, lang, now, has_come=has_come)
    return registered, verdict
