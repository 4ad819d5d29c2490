"""The slip of who has put the name down or come: what, when, where, and the code for the way in or out."""

from datetime import datetime

from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.checkin.registration import registration_row, registration_token
from kiosk.events import day_of, when_text
from kiosk.people import masked
from kiosk.spool import has_printer, print_slip
from kiosk.words import Lang
from printing.slips.sign_in import SignInSlip


def registration_subject(registration_id: int) -> str:
    """The name under which the spool keeps this registration's slips."""
    return f"registration:{registration_id}"


def print_registration(
    tx: Connection, centre: Centre, registration_id: int, lang: Lang, now: datetime, *, has_come: bool
) -> bool:
    """Put the slip on the spool; False where no printer is. Raises UnknownRegistration."""
    row = registration_row(tx, registration_id)
    if not has_printer(tx, centre.settings):
        return False
    day = day_of(tx, row.event_day_id, lang)
    slip = SignInSlip(
        centre=centre.name(lang),
        event=day.title,
        when=when_text(centre, day, lang),
        where=day.place,
        qr=centre.qr_text(registration_token(tx, centre, registration_id)),
        printed=f"{centre.local(now):%Y-%m-%d %H:%M}",
        name=masked(row.name) if row.name else "",
        is_registration=not has_come,
        has_sign_out=day.counts_hours and row.person_id is not None,  # nobody's hours need no way out
        lang=lang,
    )
    print_slip(tx, slip, registration_subject(registration_id), now, centre.settings)
    return True
