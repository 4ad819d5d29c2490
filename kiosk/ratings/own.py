"""What somebody of staff may know of the ratings of their own visits: totals of whole months, long over.

A month is told when another whole month has gone by, and does not change from then on: it has the faces that
were pressed in it, whenever the visit was. Never by day, hour, service or window.
"""

from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk.centre import Centre
from kiosk.ratings.rules import VISIT, Counted, OwnMonth, month_before, months_told, own_month
from kiosk.ratings.tables import rating

OWN_MONTHS = 6


def own_months(tx: Connection, centre: Centre, staff_id: int, now: datetime) -> tuple[OwnMonth, ...]:
    """First ratings of visits of `staff_id` by month, the newest first: the OWN_MONTHS that may be told."""
    today = centre.day(now)
    months = months_told(today, OWN_MONTHS)
    since, until = _begins(centre, months[-1]), _begins(centre, month_before(today))
    mine = (rating.c.subject == VISIT, rating.c.round == 0, rating.c.staff_id == staff_id)
    asked = sa.select(rating.c.at, rating.c.grade).where(*mine, rating.c.at >= since, rating.c.at < until)
    grades = {first: [0] * 5 for first in months}
    for at, grade in tx.execute(asked):
        grades[centre.day(at).replace(day=1)][grade - 1] += 1
    return tuple(own_month(first, _counted(of_grade)) for first, of_grade in grades.items())


def _begins(centre: Centre, day: date) -> datetime:
    return datetime.combine(day, time(), centre.zone)


def _counted(of_grade: list[int]) -> Counted:
    one, two, three, four, five = of_grade
    return Counted((one, two, three, four, five), sum(of_grade))
