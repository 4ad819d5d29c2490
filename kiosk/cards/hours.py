"""When whoever is on a card is there: the week that is written on it, as `kiosk.opening_hours` reads it."""

from datetime import datetime, timedelta

from kiosk.opening_hours import BadOpeningHours, Hours, OpeningMoment, parse_hours


def hours_of(week: str) -> Hours | None:
    """The week as hours; None where nobody has said when, or nobody can read it."""
    try:
        hours = parse_hours(week)
    except BadOpeningHours:
        return None
    return hours if any(hours.week) else None


def there_at(week: str, local: datetime) -> OpeningMoment | None:
    """Whether somebody is there at `local`, a time of the wall clock; None where nobody has said when."""
    hours = hours_of(week)
    return hours.at(local, timedelta(), timedelta()) if hours else None
