"""The form of a notice: what was typed, what is wrong with it, and the plan that it makes."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import request

from kiosk import notices
from kiosk.screens.web.forms import Draft, Reading
from kiosk.screens.web.page import typed

LONGEST_TYPED = 300
"""Characters of a field that are kept for the page that says what is wrong."""
FIRST_DAYS = 7


def blank(local: datetime) -> Draft:
    """The form of a new notice: from now on, for a week, at the station and on the board."""
    until = local.date() + timedelta(days=FIRST_DAYS)
    values = {
        "from_on": f"{local:%Y-%m-%d}",
        "from_time": f"{local:%H:%M}",
        "until_on": f"{until}",
        "until_time": "18:00",
    }
    return Draft(values, ticked={"places": (notices.Place.STATION, notices.Place.BOARD)})


def draft_of(plan: notices.NoticePlan, zone: ZoneInfo, seen: int) -> Draft:
    """The form of a notice that is there; `seen` is its newest change."""
    start, end = plan.from_at.astimezone(zone), plan.until_at.astimezone(zone)
    values = {
        "zh": plan.zh,
        "en": plan.en,
        "from_on": f"{start:%Y-%m-%d}",
        "from_time": f"{start:%H:%M}",
        "until_on": f"{end:%Y-%m-%d}",
        "until_time": f"{end:%H:%M}",
        "service": plan.service or "",
        "is_spoken": "1" if plan.is_spoken else "",
        "seen": str(seen),
    }
    return Draft(values, ticked={"places": tuple(place for place in notices.Place if place in plan.places)})


def read(
    zone: ZoneInfo, now: datetime, codes: Collection[str]
) -> tuple[Draft, notices.NoticePlan | None]:  # fmt: skip
    """What was sent, judged field by field, and the plan that it makes: None while something is wrong."""
    values = {name: typed(text)[:LONGEST_TYPED] for name, text in request.form.items()}
    sent = request.form.getlist("places")
    places = frozenset(place for place in notices.Place if place in sent)
    reading = Reading(values)
    start, end = _moment(reading, "from", zone), _moment(reading, "until", zone)
    service = reading.choice("service", codes) if values.get("service") else None
    # what cannot be read is judged as if it were well, so that all other fields are judged too
    plan = notices.NoticePlan(
        zh=values.get("zh", ""),
        en=values.get("en", ""),
        from_at=start or now,
        until_at=end or max(start or now, now) + timedelta(days=1),
        places=places,
        is_spoken=bool(values.get("is_spoken")),
        service=service,
    )
    faults = notices.plan_faults(plan, now) | reading.faults
    draft = Draft(values, ticked={"places": tuple(places)}).judged(faults)
    return draft, None if faults else plan


def _moment(reading: Reading, name: str, zone: ZoneInfo) -> datetime | None:
    on: date | None = reading.day(f"{name}_on")
    at: time | None = reading.clock(f"{name}_time")
    if on is None or at is None:
        return None
    try:
        return datetime.combine(on, at, zone).astimezone(UTC)
    except OverflowError:
        reading.faults[f"{name}_on"] = "years"
        return None
