"""What is otherwise today than on other days, as one line for station, board, phone and slip."""

from datetime import datetime, time, timedelta

from kiosk.centre import Centre
from kiosk.opening_hours import DAY_NAMES, Phase
from kiosk.words import Lang, Own

ENDS = {"zh": "今天%s关门", "en": "Open until %s today"}
OFF = {"zh": "今天休息", "en": "Closed today"}
LIKE = {"zh": "今天照%s的时间", "en": "Hours today are as on a %s"}
STOPPED = {"zh": "今天不再取号", "en": "No more numbers today"}


RESTING = {
    Phase.BEFORE: {"zh": "还没到取号时间", "en": "Not open yet"},
    Phase.BREAK: {"zh": "现在是午休时间", "en": "Lunch break"},
    Phase.OVER: {"zh": "今天的取号时间过了", "en": "Closed for today"},
    Phase.DAY_OFF: OFF,
}


def gives_numbers(centre: Centre, now: datetime) -> bool:
    """Whether the centre gives numbers now, by its hours and its closings; a stall has hours of its own."""
    is_closed = any(one.on == centre.day(now) and not one.group for one in centre.closings)
    return not is_closed and centre.opening(now).phase == Phase.OPEN


def resting_text(centre: Centre, now: datetime, lang: Lang) -> tuple[str, datetime | None] | None:
    """Why no numbers are given at all now, and when they are next on the wall clock; None while they are."""
    moment = centre.opening(now)
    closed = next((one for one in centre.closings if one.on == centre.day(now) and not one.group), None)
    if closed is not None:
        evening = datetime.combine(centre.day(now), time.max, centre.zone)
        opens = centre.hours.at(evening, timedelta(), timedelta()).opens
        return _with(STOPPED[lang], closed.words, lang), opens
    if moment.phase == Phase.OPEN:
        return None
    return _with(RESTING[moment.phase][lang], moment.reason, lang), moment.opens


def today_text(centre: Centre, now: datetime, lang: Lang) -> str:
    """Whether all is closed or the day ends otherwise than the week says, and why; empty on a usual day.

    A Saturday that is worked with hours of its own has none to be compared with: its visitors see that it is
    open. Of one that is worked as a Friday they are told so, since services go by their Friday too.
    """
    day = centre.day(now)
    closed = next((one for one in centre.closings if one.on == day and not one.group), None)
    if closed is not None:
        return _with(STOPPED[lang], closed.words, lang)
    special = centre.hours.days.get(day)
    if special is None:
        return ""
    if special.follows is not None:
        return _with(LIKE[lang] % DAY_NAMES[special.follows].said(lang), special.words, lang)
    usual = centre.hours.of_weekday(day.weekday() if special.like is None else special.like)
    if special.periods == usual or (special.periods and centre.hours.week and not usual):
        return ""
    if special.is_off:
        return _with(OFF[lang], special.words, lang)
    return _with(ENDS[lang] % f"{special.periods[-1].closes:%H:%M}", special.words, lang)


def _with(told: str, why: Own, lang: Lang) -> str:
    colon = ": " if lang == "en" else "："
    return f"{told}{colon}{why.said(lang)}" if why else told
