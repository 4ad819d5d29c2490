"""Numbers, counters and calls, put together from short clips."""

import re
from collections.abc import Callable, Iterable
from datetime import date, time
from typing import Final

from kiosk.speech.sentences import Language

LAST_COUNTER: Final = 99
WHOLE_COUNTERS: Final = {"zh": 20, "en": 6}
"""Counters up to this one are said in one breath."""
PAUSE: Final = ","
"""Stands among clip stems for a short silence."""

# In a number the digit 1 is said 幺, as in 幺幺零 and 幺二零: to an eighty-year-old's hearing 一 and 七 are
# the two digits most alike, since q is all high frequencies. A counter is a place in a row, not a string
# of digits, so it keeps 一 ("一号窗口").
_CHINESE_DIGITS: Final = "零幺二三四五六七八九"
_ENGLISH_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ENGLISH_COUNTING: Final = (
    *_ENGLISH_DIGITS, "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_ENGLISH_TENS: Final = {2: "twenty", 3: "thirty", 4: "forty", 5: "fifty"}
_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_CHINESE_COUNTING: Final = "零一二三四五六七八九"
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
NOON: Final = 12
EVENING: Final = 18
HALF: Final = 30
_NUMBER: Final = re.compile(r"[A-Z]{0,2}[0-9]{1,5}")
GROUP: Final = "group-"
"""How the stems begin of clips that say the last letter of a ticket's number, with 组: "A组"."""
ROW: Final = "row-"
"""How the stems begin of clips that say all three digits of a number in one breath, with 第 and 号."""
SIGN: Final = "sign-"
"""How those begin of a digit within a number, said by who calls; a digit of a sentence is `0` to `9`."""
FIRST_SPELT: Final = 200
"""From this number on digits are said one by one: as many people come for few letters on any day."""


def number_clips(number: str, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for a number: `S001` → s row-001 ("S，第零零幺号"), in English number s 0 0 1.

    A number is at most two letters A–Z and one to five digits; anything else raises ValueError.
    """
    if not _NUMBER.fullmatch(number):
        raise ValueError(f"not a ticket number that can be spoken: {number!r}")
    if lang == "en":
        return ("number", *number.lower())
    letters, digits = number.rstrip("0123456789").lower(), number.lstrip(_LETTERS.upper())
    is_row = len(digits) == 3 and int(digits) < FIRST_SPELT
    return (*letters, *((ROW + digits,) if is_row else _one_by_one(digits)))


def ticket_clips(number: str, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for a ticket's number: `A001` → group-a row-001 ("A组，第零零幺号").

    After a letter alone an ear takes the first digit for its end, or for another word: 组 and 第 tell that a
    number begins. Raises ValueError as `number_clips` does.
    """
    stems = number_clips(number, lang)
    if lang == "en":
        return stems
    last = sum(sign.isalpha() for sign in number) - 1
    return tuple(GROUP + stem if place == last else stem for place, stem in enumerate(stems))


def composed_of(stem: str) -> tuple[str, ...]:
    """The stems that say in parts what one says; () for those that have none.

    row-023 → di, two of SIGN and end-3; end-3 → one of SIGN and hao; group-a → a zu.
    """
    kind, _, signs = stem.partition("-")
    parts = {"row": _one_by_one(signs), "end": (SIGN + signs, "hao"), "group": (signs, "zu")}
    return parts.get(kind, ()) if signs else ()


def _one_by_one(digits: str) -> tuple[str, ...]:
    return ("di", *(SIGN + digit for digit in digits[:-1]), f"end-{digits[-1:]}")


def spelt_clips(clips: Iterable[str]) -> tuple[str, ...]:
    """The same call with its number digit by digit: for where the clip of the whole number is lost."""
    return tuple(part for stem in clips for part in composed_of(stem) or (stem,))


def counter_clips(counter: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for "到3号窗口办理", one clip up to WHOLE_COUNTERS, put together from digits up to 99.

    Raises ValueError outside 1–99.
    """
    if not 1 <= counter <= LAST_COUNTER:
        raise ValueError(f"counters are spoken from 1 to {LAST_COUNTER}, not {counter}")
    if counter <= WHOLE_COUNTERS[lang]:
        return (f"counter-{counter}",)
    tens, ones = divmod(counter, 10)
    if lang == "en":
        return ("window", *_spelt(counter))
    last = () if ones == 0 else ("one" if ones == 1 else str(ones),)
    return ("dao", str(tens), "ten", *last, "window", "banli")


def call_clips(number: str, counter: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for one call, in the order they are played: "请，A组，第零零幺号，到一号窗口办理".

    In English "number A 0 0 1, please go to window 1". Raises ValueError for a number or counter that
    cannot be spoken.
    """
    if lang == "en":
        return (*number_clips(number, lang), *counter_clips(counter, lang))
    return ("qing", *ticket_clips(number, lang), *counter_clips(counter, lang))


def short_call_clips(number: str, counter: int) -> tuple[str, ...]:
    """The same in Chinese as short as it can be understood: "A组，第零二三号，到三号窗口办理".

    Raises ValueError for a number or counter that cannot be spoken.
    """
    return (*ticket_clips(number), *counter_clips(counter))


def ahead_clips(count: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for how many people are ahead: "前面有十二个人", in English "People ahead of you: one two".

    Nobody and more than LAST_COUNTER have a clip of their own. Raises ValueError below 0.
    """
    if count < 0:
        raise ValueError(f"nobody can be ahead less than nobody: {count}")
    if count == 0 or count > LAST_COUNTER:
        return ("ahead-none" if count == 0 else "ahead-many",)
    tens, ones = divmod(count, 10)
    if lang == "en":
        return ("ahead", *_spelt(count))
    last = {0: (), 1: ("one",), 2: ("two" if tens == 0 else "2",)}.get(ones, (str(ones),))
    first = (str(tens), "ten") if tens > 1 else ("ten",) * tens
    return ("ahead", *first, *last, "people")


def counted_clips(count: int) -> tuple[str, ...]:
    """Clip stems for a number as people count, 1 to 99, in Chinese: "两", "十五", "三十".

    Raises ValueError outside.
    """
    if not 1 <= count <= LAST_COUNTER:
        raise ValueError(f"counted from 1 to {LAST_COUNTER}, not {count}")
    tens, ones = divmod(count, 10)
    last = {0: (), 1: ("one",), 2: ("two" if tens == 0 else "2",)}.get(ones, (str(ones),))
    return (*((str(tens),) if tens > 1 else ()), *(("ten",) if tens else ()), *last)


def wait_clips(low: int, high: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for how long one waits: "大约要等五到十分钟"; () for what `minutes_clips` does not say."""
    minutes = minutes_clips(low, high, lang)
    return ("wait", *minutes) if minutes else ()


def earlier_clips(minutes: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for what a priority is worth: "相当于早到十五分钟"; () as for `wait_clips`."""
    said = minutes_clips(minutes, minutes, lang)
    return ("earlier", *said) if said else ()


def minutes_clips(low: int, high: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for a span of minutes: "五到十分钟"; one length when both are the same.

    () for what no clip says: nothing, or more than LAST_COUNTER.
    """
    if not 1 <= low <= high <= LAST_COUNTER:
        return ()
    if lang == "en":
        return (*_spelt(low), *(("to", *_spelt(high)) if high > low else ()), "minutes")
    return (*counted_clips(low), *(("dao", *counted_clips(high)) if high > low else ()), "minutes")


def due_clips(on: date, lang: Language = "zh", at: time | None = None) -> tuple[str, ...]:
    """Clip stems for until when an answer comes: "最晚答复十二月二号"."""
    hour = () if at is None else time_clips(at, None, lang)
    if lang == "en":
        return ("due", f"month-{on.month}", *_spelt(on.day), *hour)
    return ("due", *_dated(on.month), "month", *_dated(on.day), "hao", *hour)


def served_clips(minutes: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for how long somebody served: "这次服务两小时十五分钟"; () for nothing, or 100 hours."""
    hours, rest = divmod(minutes, 60)
    if minutes < 1 or hours > LAST_COUNTER:
        return ()
    count = counted_clips if lang == "zh" else _spelt
    said = (*((*count(hours), "hours") if hours else ()), *((*count(rest), "minutes") if rest else ()))
    return ("served", *said)


def comes_clips(counter: int, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for from which window somebody comes: "二号窗口的人来了，请稍等"; up to LAST_COUNTER."""
    if lang == "en":
        return ("comes", *_spelt(counter))
    return (*_dated(counter), "window", "comes")


def _dated(count: int) -> tuple[str, ...]:
    """A month or a day is no amount: 二月二号, not 两."""
    return ("2",) if count == 2 else counted_clips(count)


def _spelt(count: int) -> tuple[str, ...]:
    """A number as it is said in English: "fifty nine"; from 60 on, which no clock shows, digit by digit."""
    if count < len(_ENGLISH_COUNTING):
        return (str(count),)
    tens, ones = divmod(count, 10)
    if tens not in _ENGLISH_TENS:
        return tuple(str(count))
    return ("half" if tens == 3 else f"{tens}0", *((str(ones),) if ones else ()))


def time_clips(at: time, weekday: int | None = None, lang: Language = "zh") -> tuple[str, ...]:
    """Clip stems for a time of the day, with its weekday (0 is Monday) if one is given: "周一八点半".

    In English "Monday, eight thirty in the morning", "eight oh five", "eleven fifty nine in the evening".
    """
    day = () if weekday is None else (f"day-{weekday + 1}",)
    if lang == "en":
        oh = ("o",) if 0 < at.minute < 10 else ()
        minutes = (*oh, *_spelt(at.minute)) if at.minute else ()
        part = "am" if at.hour < NOON else "pm" if at.hour < EVENING else "evening"
        return (*day, str(at.hour % 12 or 12), *minutes, part)
    hour = counted_clips(at.hour) if at.hour else ("0",)
    if at.minute in (0, HALF):
        return (*day, *hour, "clock", *(("half",) if at.minute else ()))
    digits = ("0", *_counted(at.minute)) if at.minute < 10 else counted_clips(at.minute)
    return (*day, *hour, "clock", *digits, "minute")


def _counted(ones: int) -> tuple[str, ...]:
    """One digit after 零: "八点零五分"."""
    return ("one",) if ones == 1 else (str(ones),)


_GAPS: Final = re.compile(r"[\s；;，,、]*")
_PLACES: Final = {"号楼": "lou", "号院": "yuan", "单元": "unit", "Building": "building", "Court": "court"}
_TOKENS: Final[dict[Language, re.Pattern[str]]] = {
    "zh": re.compile(
        r"(?P<count>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<place>号楼|号院|单元)"
        r"|(?P<hour>[0-9]{1,2})[:：](?P<minute>[0-9]{2})|(?P<hours>[0-9]{1,2})小时|周(?P<day>[一二三四五六日])"
        r"|(?P<to>[至到–—~～-])|(?P<every>每天|工作日)|(?P<other>[^\s；;，,、]+)"
    ),
    "en": re.compile(
        r"(?P<place>Building|Court) (?P<count>[0-9]{1,2})\b|(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
        rf"|(?P<day>{'|'.join(_WEEK)})|(?P<to>to\b|[–—~-])|(?P<every>Daily|Weekdays)|(?P<other>[^;,]+)"
    ),
}
"""What is typed again and again with other figures: a building, hours; `other` is up to the next comma."""


def joined_clips(words: str, lang: Language, clip_of: Callable[[str], str]) -> tuple[str, ...]:
    """Clip stems for a place or hours as they are typed: "一号院5号楼", "周一至周五 8:30–17:30".

    `clip_of` finds the clip of what else stands between commas; () unless all of it is said.
    """
    found: list[str] = []
    at = 0
    while at < len(words):
        token = _TOKENS[lang].match(words, at)
        said = _token_clips(token, lang, clip_of) if token else ()
        if token is None or not said:
            return ()
        found += said
        gap = _GAPS.match(words, token.end())
        at = gap.end() if gap else token.end()
    return tuple(found)


def _token_clips(token: re.Match[str], lang: Language, clip_of: Callable[[str], str]) -> tuple[str, ...]:
    part = {name: text for name, text in token.groupdict().items() if text}
    if other := part.get("other"):
        return (stem,) if (stem := clip_of(other)) else ()
    if "to" in part:
        return ("dao",) if lang == "zh" else ("to",)
    if "every" in part:
        return ("daily",) if part["every"] in ("每天", "Daily") else ("workdays",)
    if day := part.get("day"):
        return (f"day-{(_WEEK.index(day) if lang == 'en' else '一二三四五六日'.index(day)) + 1}",)
    if "hour" in part:
        hour, minute = int(part["hour"]), int(part["minute"])
        is_time = hour <= time.max.hour and minute <= time.max.minute
        return time_clips(time(hour, minute), None, lang) if is_time else ()
    if "hours" in part:
        return (*counted_clips(int(part["hours"])), "hours") if int(part["hours"]) else ()
    return _place_clips(_counted_in(part["count"]), _PLACES[part["place"]], lang)


def _place_clips(count: int, unit: str, lang: Language) -> tuple[str, ...]:
    if not count:
        return ()
    return (unit, *_spelt(count)) if lang == "en" else (*_dated(count), unit)


def _counted_in(figure: str) -> int:
    """The number that stands there: 12, or 十二; 0 for what is none."""
    if figure.isascii():
        return int(figure)
    return next((n for n in range(1, LAST_COUNTER + 1) if _chinese_count(n) == figure), 0)


def parts_of(lang: Language) -> dict[str, str]:
    """The short clips that numbers, counters and calls are put together from: stem → words."""
    return _chinese_parts() if lang == "zh" else _english_parts()


def _chinese_parts() -> dict[str, str]:
    parts = {"qing": "请", "hao": "号", "zu": "组", "di": "第"}
    parts |= {"dao": "到", "ten": "十", "one": "一", "two": "两", "window": "号窗口", "banli": "办理"}
    parts |= {"minutes": "分钟", "clock": "点", "half": "半", "minute": "分", "earlier": "相当于早到"}
    parts |= {"wait": "大约要等", "begins": "开始办理", "comes": "的人来了，请稍等"}
    parts |= {"lou": "号楼", "yuan": "号院", "unit": "单元", "daily": "每天", "workdays": "工作日"}
    parts |= {"due": "最晚答复", "month": "月", "served": "这次服务", "hours": "小时"}
    parts |= {f"day-{n}": f"周{day}" for n, day in enumerate("一二三四五六日", 1)}
    parts |= {"ahead": "前面有", "people": "个人", "ahead-none": "前面没有人，马上就轮到您。"}
    parts |= {"ahead-many": "前面有一百多人，请耐心等一等。"}
    digits = {str(digit): word for digit, word in enumerate(_CHINESE_DIGITS)}
    parts |= digits | {letter: letter.upper() for letter in _LETTERS}
    parts |= {GROUP + letter: f"{letter.upper()}组" for letter in _LETTERS}
    rows = [f"{n:03}" for n in range(FIRST_SPELT)]
    parts |= {ROW + row: f"第{''.join(digits[one] for one in row)}号" for row in rows}
    parts |= {f"end-{figure}": f"{said}号" for figure, said in digits.items()}
    parts |= {SIGN + figure: said for figure, said in digits.items()}
    counters = range(1, WHOLE_COUNTERS["zh"] + 1)
    return parts | {f"counter-{n}": f"到{_chinese_count(n)}号窗口办理" for n in counters}


def _chinese_count(n: int) -> str:
    tens, ones = divmod(n, 10)
    ten = "" if tens == 0 else ("十" if tens == 1 else _CHINESE_COUNTING[tens] + "十")
    return ten + (_CHINESE_COUNTING[ones] if ones else "")


def _english_parts() -> dict[str, str]:
    parts = {"number": "Number", "window": "please go to window", "ahead": "People ahead of you:"}
    parts |= {"minutes": "minutes", "to": "to", "half": "thirty", "earlier": "Counts as coming earlier by"}
    parts |= {str(n): word for n, word in enumerate(_ENGLISH_COUNTING) if n >= len(_ENGLISH_DIGITS)}
    parts |= {f"{tens}0": word for tens, word in _ENGLISH_TENS.items() if word != parts["half"]}
    parts |= {"am": "in the morning", "pm": "in the afternoon", "evening": "in the evening"}
    parts |= {"comes": "Somebody is coming from window", "building": "Building", "court": "Court"}
    parts |= {"daily": "Daily", "workdays": "Weekdays"}
    parts |= {"wait": "You wait about", "begins": "We begin on"}
    parts |= {f"day-{n}": day for n, day in enumerate(_WEEK, 1)}
    parts |= {f"month-{n}": month for n, month in enumerate(_MONTHS, 1)}
    parts |= {"due": "You get an answer by", "served": "You served", "hours": "hours"}
    parts |= {"ahead-none": "Nobody is ahead of you. It is your turn soon."}
    parts |= {"ahead-many": "More than a hundred people are ahead of you. Please be patient."}
    parts |= {str(digit): word for digit, word in enumerate(_ENGLISH_DIGITS)}
    parts |= {letter: letter.upper() for letter in _LETTERS}
    return parts | {f"counter-{n}": f"please go to window {n}" for n in range(1, WHOLE_COUNTERS["en"] + 1)}


def call_words(number: str, counter: int) -> str:
    """One call as one sentence in Chinese: "请，A组，第零二三号，到三号窗口办理。"

    Raises ValueError for a number or counter that cannot be spoken.
    """
    parts = _chinese_parts()
    signs, count = ticket_clips(number), sum(sign.isalpha() for sign in number)
    letters = "".join(f"{parts[stem]}，" for stem in signs[:count])
    digits = "".join(parts[stem] for stem in signs[count:])
    place = "".join(parts[stem] for stem in counter_clips(counter))
    return f"请，{letters}{digits}，{place}。"
