"""What is otherwise today than on other days, as one line for station, board, phone and slip."""

from datetime import datetime

from kiosk.centre import Centre
from kiosk.opening_hours import Phase
from kiosk.words import Lang, Own

ENDS = {"zh": "今天%s关门", "en": "Open until %s today"}
OFF = {"zh": "今天休息", "en": "Closed today"}
STOPPED = {"zh": "今天不再取号", "en": "No more numbers today"}


def gives_numbers(centre: Centre, now: datetime) -> bool:
    """Whether the centre gives numbers now, by its hours and its closings; a stall has hours of its own."""
    is_closed = any(one.on == centre.day(now) and not one.group for one in centre.closings)
    return not is_closed and centre.opening(now).phase == Phase.OPEN


def today_text(centre: Centre, now: datetime, lang: Lang) -> str:
    """Whether all is closed or the day ends otherwise than the week says, and why; empty on a usual day.

    A Saturday that is worked has no other hours to be compared with: its visitors see that it is open.
    """
    day = centre.day(now)
    closed = next((one for one in centre.closings if one.on == day and not one.group), None)
    if closed is not None:
        return _with(STOPPED[lang], closed.words, lang)
    special = centre.hours.days.get(day)
    usual = centre.hours.week[day.weekday()] if centre.hours.week else ()
    if special is None or special.periods == usual or (special.periods and centre.hours.week and not usual):
        return ""
    if special.is_off:
        return _with(OFF[lang], special.words, lang)
    return _with(ENDS[lang] % f"{special.periods[-1].closes:%H:%M}", special.words, lang)


def _with(told: str, why: Own, lang: Lang) -> str:
    colon = ": " if lang == "en" else "："
    return f"{told}{colon}{why.said(lang)}" if why else told
