"""Figures as they are said in Chinese: numbers, times, days, telephones, ticket numbers. Pure."""

import re
from collections.abc import Callable
from typing import Final

DIGITS: Final = "零一二三四五六七八九"
_SPELT: Final = str.maketrans("0123456789", "零幺二三四五六七八九")
_WIDE: Final = str.maketrans("０１２３４５６７８９：．％－～—–", "0123456789:.%-~~~")
_PLACES: Final = ("", "十", "百", "千")
_GREAT: Final = ("", "万", "亿", "万亿")
_MEASURED: Final = "个张份位次天年间套本条件岁元块分秒周项页步种人口遍头杯户棵支把台只封处排组双场声句"
"""Before these 2 is 两."""
_OFTEN_STRING: Final = ("110", "112", "114", "119", "120", "122")
"""Telephones of three digits; those of five are told by their first: 12345, 95588."""

_Rule = tuple["re.Pattern[str]", Callable[["re.Match[str]"], str]]


def spell_out(words: str) -> str:
    """Chinese words with every figure as it is said; letters and all else stay.

    >>> spell_out("A012号，8:30到3号窗口")
    'A零幺二号，八点半到三号窗口'
    """
    said = words.translate(_WIDE)
    for pattern, rule in _RULES:
        said = pattern.sub(rule, said)
    return said


def digits_of(figures: str) -> str:
    """Digit by digit, 1 as 幺: telephones and numbers of tickets, rooms, cards."""
    return figures.translate(_SPELT)


def count_of(figures: str) -> str:
    """A number as it is counted: 20 二十, 105 一百零五, 2.5 二点五. More than sixteen digits: one by one."""
    whole, _, part = figures.partition(".")
    if len(whole) > 16:
        return digits_of(whole)
    said = _whole(int(whole or "0"))
    return said + ("点" + "".join(DIGITS[int(one)] for one in part) if part else "")


def _whole(number: int) -> str:
    if number == 0:
        return DIGITS[0]
    groups: list[str] = []
    rest, power, is_gap = number, 0, False
    while rest:
        rest, low = divmod(rest, 10_000)
        if low:
            # a zero is said where the places between are empty
            groups.append(_four(low) + _GREAT[power] + ("零" if is_gap else ""))
        is_gap = bool(groups) and low < 1000
        power += 1
    said = "".join(reversed(groups))
    return said[1:] if said.startswith("一十") else said


def _four(number: int) -> str:
    said, is_gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            said += ("零" if is_gap and said else "") + DIGITS[digit] + _PLACES[power]
        is_gap = digit == 0
    return said


def _time(found: "re.Match[str]") -> str:
    hour, minute = found[1], int(found[2])
    end = {0: "", 30: "半"}.get(minute, f"{'零' if minute < 10 else ''}{count_of(str(minute))}分")
    said_hour = "两" if int(hour) == 2 else count_of(hour)
    return f"{said_hour}点{end}"


def _day(found: "re.Match[str]") -> str:
    year, month, day = found.groups()
    return f"{''.join(DIGITS[int(one)] for one in year)}年{count_of(month)}月{count_of(day)}日"


def _counted(found: "re.Match[str]") -> str:
    figures, after = found[0], found.string[found.end() : found.end() + 2]
    is_place_in_a_row = found.string[: found.start()].endswith("第")
    if figures == "2" and after and not is_place_in_a_row and (after[0] in _MEASURED or after == "小时"):
        return "两"
    return digits_of(figures) if re.match(r"0\d", figures) else count_of(figures)


_RULES: Final[tuple[_Rule, ...]] = (
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), lambda _: ""),
    (re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)"), _day),
    (re.compile(r"(?<!\d)(\d{4})(?=年)"), lambda found: "".join(DIGITS[int(one)] for one in found[1])),
    (re.compile(r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?!\d)"), _time),
    # a telephone's own hyphens and spaces are not said
    (
        re.compile(r"(?<![\d.])(?:0\d{2,3}|\d{3,4})[- ]\d{3,4}[- ]?\d{4}(?!\d)|(?<![\d.])\d{7,}(?![\d.])"),
        lambda found: digits_of(re.sub(r"\D", "", found[0])),
    ),
    (re.compile(r"(?<=[A-Za-z])\d{3,5}(?!\d)"), lambda found: digits_of(found[0])),
    (re.compile(r"(?<!\d)(?:1[0-9]|9[56])\d{3}(?![\d元年个人])"), lambda found: digits_of(found[0])),
    (
        re.compile(rf"(?<!\d)(?:{'|'.join(_OFTEN_STRING)})(?![\d元年个人])|(?<!\d)\d{{3,4}}(?=室|房间)"),
        lambda found: digits_of(found[0]),
    ),
    (re.compile(r"(\d+(?:\.\d+)?)%"), lambda found: f"百分之{count_of(found[1])}"),
    (re.compile(r"(?<=[\d点半分月日年号楼天岁时])\s*[-~]+\s*(?=[\d一二三四五六七八九十两])"), lambda _: "到"),
    (re.compile(r"\d+(?:\.\d+)?"), _counted),
)
"""In this order: what is most of its own first."""
