"""Changing the centre's hours and rules: each one change in the history, which can be taken back."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import changes, services, tickets
from kiosk.asked import Asked
from kiosk.centre import Centre, closing_facts, day_facts, days_from_facts
from kiosk.changes import Change, Facts, Noted
from kiosk.clock import service_day
from kiosk.database.joining import CLOSINGS, SPECIAL_DAYS, write_rules
from kiosk.opening.refusals import DayBegun, DayIsOver, NoClosingTime, UnknownGroup
from kiosk.opening.rules import EDITABLE, LONGEST_WORDS, LONGEST_WORDS_EN, WEEKDAYS, Week, is_past, later
from kiosk.opening_hours import Closing, Hours, Period, SpecialDay, parse_periods, periods_text, week_text
from kiosk.services.tables import service, service_group
from kiosk.settings import FILE, Settings
from kiosk.words import NO_WORDS, Own

STOPPED = Own("今天已停止取号", "no more numbers today")
"""Said of a service that was closed without a word."""

WEEK, CENTRE, ALL = "week", "centre", "all"
"""Keys in the history: of the week, of the centre's rules, of the closing of all services."""

HOLIDAYS = "holidays:"
"""How the keys of holidays begin that a file has brought."""


def set_week(tx: Connection, centre: Centre, asked: Asked, week: Week) -> bool:
    """Give the centre these hours each week; whether anything is otherwise than before."""
    present = centre.as_of(tx)
    days = tuple(tuple(Period(*span) for span in spans) for spans in week.days)
    after = _week_facts(Hours(days if any(days) else ()), week.early_min, week.last_min)
    return _write_week(tx, asked, _present_week(present), after, "change")


def set_days(
    tx: Connection, centre: Centre, asked: Asked, days: Mapping[date, SpecialDay | None], name: str = ""
) -> bool:
    """Make these days special, or (None) like the week again; whether anything is otherwise than before."""
    known = centre.as_of(tx).hours.days
    before, after = _of_days(known, days), _of_days(days, days)
    if before == after:
        return False
    _write_days(tx, asked, known, days)
    verb = "add" if not any(before.values()) else "change" if any(after.values()) else "remove"
    key = f"{min(days)}+{len(days)}" if len(days) > 1 else f"{min(days)}"
    changes.note(tx, asked, Noted("opening", key, name or str(min(days)), verb, before, after))
    return True


def extend_today(tx: Connection, centre: Centre, asked: Asked, minutes: int) -> time:
    """Let today end so many minutes later, or after now where it is over; until when it is open then.

    Raises NoClosingTime on a day off, and where the centre never closes.
    """
    present, day = centre.as_of(tx), centre.day(asked.now)
    periods, special = present.hours.on(day), present.hours.days.get(day)
    if not periods:
        raise NoClosingTime
    until = later(periods[-1].closes, present.local(asked.now).time(), minutes)
    ends = (*periods[:-1], Period(periods[-1].opens, until))
    words, like = (special.words, special.like) if special else (NO_WORDS, None)
    set_days(tx, centre, asked, {day: SpecialDay(ends, words, like)})
    return until


def clear_day(tx: Connection, centre: Centre, asked: Asked, day: date) -> bool:
    """Let a day be as the week says; whether it was otherwise."""
    return set_days(tx, centre, asked, {day: None})


def close(tx: Connection, centre: Centre, asked: Asked, group: str, words: Own) -> bool:
    """Give no more numbers today for one group of services, or for all where `group` is empty.

    False when it is closed with the same words already. Raises UnknownGroup.
    """
    return _set_closing(tx, centre, asked, Closing(group, centre.day(asked.now), _short(words)), group)


def reopen(tx: Connection, centre: Centre, asked: Asked, group: str) -> bool:
    """Give numbers again; whether it was closed. Raises UnknownGroup."""
    return _set_closing(tx, centre, asked, None, group)


def close_service(tx: Connection, centre: Centre, asked: Asked, code: str, words: Own) -> None:
    """Give no more numbers today for one service; said twice it is done once. Raises UnknownService."""
    day, why = centre.day(asked.now), _short(words) if words.zh else STOPPED
    before = _service_facts(tx, code, day)
    if before != _shown(Closing(code, day, why)):
        services.close_service(tx, asked, code, why.zh, why.en, day)
        _note_service(tx, asked, code, before, day)


def reopen_service(tx: Connection, centre: Centre, asked: Asked, code: str) -> None:
    """Give numbers for it again. Raises UnknownService."""
    day = centre.day(asked.now)
    before = _service_facts(tx, code, day)
    if before is None and code in tx.execute(sa.select(service.c.code)).scalars():
        return
    services.reopen_service(tx, asked, code)
    _note_service(tx, asked, code, before, day)


def set_rules(tx: Connection, centre: Centre, asked: Asked, rules: Mapping[str, Any]) -> bool:
    """Change rules of EDITABLE; whether any is otherwise than before.

    Raises DayBegun, DayIsOver for another time zone; ValueError for another name.
    """
    if unknown := rules.keys() - EDITABLE.keys():
        raise ValueError(*sorted(unknown))
    present = centre.as_of(tx).settings
    before = {name: getattr(present, name) for name in rules}
    return _write_rules(tx, asked, before, dict(rules), "change")


def bring_settings(tx: Connection, centre: Centre, asked: Asked, settings: Settings) -> None:
    """Have the centre do as `settings` say, which were read from a file: hours, days off, name, rules."""
    spans = tuple(tuple((one.opens, one.closes) for one in day) for day in settings.hours.week)
    minutes = settings.numbers_early_min, settings.last_ticket_min
    set_week(tx, centre, asked, Week(spans or ((),) * len(WEEKDAYS), *minutes))
    known = centre.as_of(tx).hours.days
    if days := dict.fromkeys(known) | dict(settings.hours.days):
        set_days(tx, centre, asked, days, FILE)
    set_rules(tx, centre, asked, {name: getattr(settings, name) for name in EDITABLE})


def put_back(tx: Connection, centre: Centre, asked: Asked, change: Change) -> None:
    """Take back a change of this room.

    Raises what `check_undoable` raises.
    """
    check_undoable(tx, centre, asked, change)
    _PUT_BACK[change.noted.kind](tx, centre, asked, change)


def check_undoable(tx: Connection, centre: Centre, asked: Asked, change: Change) -> None:
    """Refuse to take back what is no longer as this change has left it; what others changed beside it stays.

    Raises changes.UndoneAlready, changes.ChangedSince, of rules PartChangedSince with their names, and
    changes.NotToBeUndone for holidays that a file has brought.
    """
    noted = change.noted
    if noted.key.startswith(HOLIDAYS):
        raise changes.NotToBeUndone
    if changes.is_undone(tx, change.id):
        raise changes.UndoneAlready
    now, left = _facts_now(tx, centre, asked, noted), noted.after
    if now == left:
        return
    if noted.kind == "setting":
        raise changes.PartChangedSince(tuple(one.field for one in changes.differing(left, now)))
    raise changes.ChangedSince


def _facts_now(tx: Connection, centre: Centre, asked: Asked, noted: Noted) -> Facts | None:
    present, after = centre.as_of(tx), noted.after or {}
    if noted.kind == "setting":
        return {name: getattr(present.settings, name) for name in after}
    if noted.kind == "closing":
        return _closing_now(tx, present, asked, noted.key)
    if noted.key == WEEK:
        return _present_week(present)
    days = days_from_facts({day: {"hours": "", "words": ""} for day in after})
    return _of_days(present.hours.days, days)


def _back_opening(tx: Connection, centre: Centre, asked: Asked, change: Change) -> None:
    noted, before = change.noted, change.noted.before or {}
    if noted.key == WEEK:
        _write_week(tx, asked, noted.after or {}, before, "undo", change.id)
        return
    days = {
        date.fromisoformat(day): days_from_facts({day: one})[date.fromisoformat(day)] if one else None
        for day, one in before.items()
    }
    _write_days(tx, asked, centre.as_of(tx).hours.days, days)
    _note_undo(tx, asked, change)


def _back_closing(tx: Connection, centre: Centre, asked: Asked, change: Change) -> None:
    kind, _, name = change.noted.key.partition(":")
    before = change.noted.before
    if kind == "service":
        if before:
            words = str(before["words"]), str(before["words_en"])
            services.close_service(tx, asked, name, *words, date.fromisoformat(before["on"]))
        else:
            services.reopen_service(tx, asked, name)
    else:
        closing = Closing(name, date.fromisoformat(before["on"]), _own(before)) if before else None
        _write_closing(tx, centre, asked, closing, name)
    _note_undo(tx, asked, change)


def _back_setting(tx: Connection, centre: Centre, asked: Asked, change: Change) -> None:
    noted = change.noted
    _write_rules(tx, asked, noted.after or {}, dict(noted.before or {}), "undo", change.id)


_PUT_BACK = {"opening": _back_opening, "closing": _back_closing, "setting": _back_setting}


def _note_undo(tx: Connection, asked: Asked, change: Change) -> None:
    was = change.noted
    undo = Noted(was.kind, was.key, was.name, "undo", was.after, was.before, change.id)
    changes.note(tx, asked, undo)


def _present_week(centre: Centre) -> Facts:
    settings = centre.settings
    return _week_facts(centre.hours, settings.numbers_early_min, settings.last_ticket_min)


def _week_facts(hours: Hours, early_min: int, last_min: int) -> Facts:
    days = hours.week or ((),) * len(WEEKDAYS)
    facts: dict[str, Any] = {number: periods_text(day) for number, day in zip(WEEKDAYS, days, strict=True)}
    return facts | {"numbers_early_min": early_min, "last_ticket_min": last_min}


def _write_week(
    tx: Connection, asked: Asked, before: Facts, after: Facts, verb: str, undoes: int | None = None
) -> bool:
    if before == after:
        return False
    rules = {name: value for name, value in after.items() if name not in WEEKDAYS}
    week = tuple(parse_periods(after[number]) for number in WEEKDAYS)
    write_rules(tx, rules | {"opening_hours": week_text(week)})
    changes.note(tx, asked, Noted("opening", WEEK, "每周", verb, before, after, undoes))
    return True


def _of_days(known: Mapping[date, SpecialDay | None], days: Mapping[date, Any]) -> dict[str, Any]:
    found = {day: known.get(day) for day in sorted(days)}
    return {day.isoformat(): None if one is None else day_facts(one) for day, one in found.items()}


def _write_days(
    tx: Connection, asked: Asked, known: Mapping[date, SpecialDay], days: Mapping[date, SpecialDay | None]
) -> None:
    kept = {day: one for day, one in ({**known, **days}).items() if one and not is_past(day, asked.now)}
    facts = {day.isoformat(): day_facts(one) for day, one in sorted(kept.items())}
    # those that kiosk.toml once gave stand among them now
    write_rules(tx, {SPECIAL_DAYS: facts, "days_off": ""})


def _set_closing(tx: Connection, centre: Centre, asked: Asked, closing: Closing | None, group: str) -> bool:
    name = _group_name(tx, group) if group else "全部"
    key = f"group:{group}" if group else ALL
    present = centre.as_of(tx)
    before = _closing_now(tx, present, asked, key)
    after = None if closing is None else _shown(closing)
    if before == after:
        return False
    _write_closing(tx, centre, asked, closing, group)
    verb = "open" if closing is None else "close"
    changes.note(tx, asked, Noted("closing", key, name, verb, before, after))
    return True


def _write_closing(tx: Connection, centre: Centre, asked: Asked, closing: Closing | None, group: str) -> None:
    today = centre.day(asked.now)
    kept = [one for one in centre.as_of(tx).closings if one.group != group and one.on == today]
    write_rules(tx, {CLOSINGS: [closing_facts(one) for one in (*kept, *([closing] if closing else []))]})


def _closing_now(tx: Connection, present: Centre, asked: Asked, key: str) -> Facts | None:
    kind, _, name = key.partition(":")
    today = present.day(asked.now)
    if kind == "service":
        return _service_facts(tx, name, today)
    found = (one for one in present.closings if one.group == name and one.on == today)
    return next((_shown(one) for one in found), None)


def _shown(closing: Closing) -> Facts:
    return {"on": closing.on.isoformat(), "words": closing.words.zh, "words_en": closing.words.en}


def _group_name(tx: Connection, slug: str) -> str:
    name = tx.execute(sa.select(service_group.c.name).where(service_group.c.slug == slug)).scalar()
    if name is None:
        raise UnknownGroup
    return str(name)


def _service_facts(tx: Connection, code: str, day: date) -> Facts | None:
    columns = service.c.closed_reason, service.c.closed_reason_en, service.c.closed_on
    row = tx.execute(sa.select(*columns).where(service.c.code == code)).first()
    if row is None or not row.closed_reason or row.closed_on != day:
        return None
    return {"on": day.isoformat(), "words": row.closed_reason, "words_en": row.closed_reason_en}


def _note_service(tx: Connection, asked: Asked, code: str, before: Facts | None, day: date) -> None:
    after = _service_facts(tx, code, day)
    if before != after:
        name = tx.execute(sa.select(service.c.name).where(service.c.code == code)).scalar_one()
        verb = "open" if after is None else "close"
        noted = Noted("closing", f"service:{code}", f"{code} {name}", verb, before, after)
        changes.note(tx, asked, noted)


def _write_rules(
    tx: Connection, asked: Asked, before: Facts, after: Facts, verb: str, undoes: int | None = None
) -> bool:
    changed = [name for name in after if before.get(name) != after[name]]
    if not changed:
        return False
    if "time_zone" in changed:
        _check_zone(tx, asked, str(before["time_zone"]), str(after["time_zone"]))
    write_rules(tx, {name: after[name] for name in changed})
    were, are = ({name: facts.get(name) for name in changed} for facts in (before, after))
    changes.note(tx, asked, Noted("setting", CENTRE, "本站", verb, were, are, undoes))
    return True


def _check_zone(tx: Connection, asked: Asked, before: str, after: str) -> None:
    """Let pass another time zone while no number of today would be of another day by it."""
    today, then = (service_day(asked.now, ZoneInfo(name)) for name in (before, after))
    if any(tickets.has_day_begun(tx, day) for day in (today, then)):
        raise DayBegun
    if tickets.is_day_over(tx, then):
        raise DayIsOver


def _short(words: Own) -> Own:
    return Own(words.zh[:LONGEST_WORDS], words.en[:LONGEST_WORDS_EN])


def _own(facts: Facts) -> Own:
    return Own(str(facts["words"]), str(facts["words_en"]))
