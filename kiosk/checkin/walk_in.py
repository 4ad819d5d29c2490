"""Without a name on any list: put down, signed in and given a slip by one press."""

from sqlalchemy import Connection

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.checkin.registration import Registered, Registrant, register
from kiosk.checkin.rules import Word
from kiosk.checkin.scanning.scan import sign_in_registration
from kiosk.checkin.scanning.verdict import Verdict
from kiosk.checkin.slips import print_registration


def walk_in(
    tx: Connection, centre: Centre, asked: Asked, event_day: int, tap: str, who: Registrant
) -> tuple[Registered, Verdict]:
    """Sign in somebody who comes without having put the name down; the same `tap` does it once.

    Before the doors open the name is on the list all the same, and the verdict says when they open; the
    slip says which of the two it was. Raises what `register` raises.
    """
    registered = register(tx, centre, asked, event_day, tap, who)
    verdict = sign_in_registration(tx, centre, asked, registered.id, tap)
    if not registered.already:
        has_come = verdict.word in (Word.OK_IN, Word.NEEDS_CONFIRM)
        print_registration(tx, centre, registered.id, asked.lang, asked.now, has_come=has_come)
    return registered, verdict
