"""In which sentence a clip is said, before it is cut out: a digit alone has the tone of a list's end."""

from dataclasses import dataclass
from typing import Final

from kiosk.speech import GROUP, SIGN, Language
from kiosk.synthesis.speaking import SPEEDS, signs_of
from kiosk.synthesis.takes import as_cast

CARRIERS: Final[dict[Language, dict[str, tuple[str, str]]]] = {
    "zh": {
        "qing": ("", "，"),
        "row": ("", "，"),
        "end": ("", "，"),
        "counter": ("", "。"),
        "di": ("", "八号"),
        "zu": ("请，八", "，八号"),
        "hao": ("请，A零八", "，到八号窗口"),
        "banli": ("到八号窗口", "。"),
        "dao": ("", "八十号窗口"),
        "ten": ("到八", "八号窗口"),
        "one": ("到八十", "号窗口"),
        "two": ("前面有", "个人。"),
        "window": ("到八十八", "办理"),
        "ahead": ("", "八个人"),
        "people": ("前面有八", "。"),
        "minutes": ("大约要等八", "。"),
        "minute": ("八点八", "开始"),
        "clock": ("早上八", "半"),
        "half": ("早上八点", "开始"),
        "wait": ("", "八分钟"),
        "earlier": ("", "八分钟"),
        "begins": ("八点半", "。"),
        "comes": ("八号窗口", "。"),
        "lou": ("", "。"),
        "yuan": ("", "。"),
        "unit": ("", "。"),
        "daily": ("", "八点半"),
        "workdays": ("", "八点半"),
        "due": ("", "，"),
        "month": ("八", "八号。"),
        "served": ("", "八小时。"),
        "hours": ("这次服务八", "八分钟。"),
        "day": ("", "八点半"),
        "letter": ("", "，"),
        "digit": ("", "八号"),
    },
    "en": {
        "number": ("", " A eight two"),
        "window": ("", " eight eight"),
        "ahead": ("", " eight"),
        "minutes": ("eight ", "."),
        "to": ("eight ", " eight"),
        "half": ("eight ", " in the morning"),
        "am": ("eight thirty ", "."),
        "pm": ("eight thirty ", "."),
        "evening": ("eight thirty ", "."),
        "comes": ("", " eight."),
        "building": ("", " eight."),
        "court": ("", " eight."),
        "daily": ("", ", eight thirty"),
        "workdays": ("", ", eight thirty"),
        "wait": ("", " eight minutes"),
        "earlier": ("", " eight minutes"),
        "begins": ("", " Monday"),
        "due": ("", " December"),
        "month": ("You get an answer by ", ", eight."),
        "served": ("", " eight hours."),
        "hours": ("You served eight ", "."),
        "day": ("", ", eight thirty"),
        "letter": ("Number ", ", eight two"),
        "digit": ("Number A, ", ", eight"),
        "counter": ("Eight, ", "."),
    },
}
"""Before and after the words of a clip, by its stem or its kind. 八 and "eight" are stopped by lips and
tongue: what stands beside them is cut out clean. Without a full stop it is made in two thirds of the time.
What is a breath of its own in a call needs no cut: it is said alone, as before a comma or a full stop."""


@dataclass(frozen=True)
class Take:
    """What the voice is given: the signs before, those of the clip, and those after; and how fast."""

    before: str
    signs: str
    after: str
    speed: float

    def __str__(self) -> str:
        return f"{self.before}[{self.signs}]{self.after}"


def take_of(stem: str, words: str, lang: Language) -> Take:
    """How a clip is said. Raises Unreadable."""
    before, after = CARRIERS[lang].get(_kind(stem), ("", ""))
    signs, speed = as_cast(words, _signs(words, lang, ""), SPEEDS[lang])
    return Take(_signs(before, lang, " "), signs, _after(after, lang), speed)


def _kind(stem: str) -> str:
    if stem.removeprefix(SIGN).isdigit():
        return "digit"
    if len(stem) == 1 or stem.startswith(GROUP):
        return "letter"
    kind = stem.partition("-")[0]
    return kind if kind in ("counter", "day", "month", "row", "end") else stem


def _signs(words: str, lang: Language, gap: str) -> str:
    """With the comma at its end, which is no part of what is said alone."""
    if not words:
        return ""
    comma = "," if words.rstrip()[-1] in "，," else ""
    return signs_of(words, lang) + comma + gap


_ENDS: Final = {"。": ".", ".": ".", "，": ","}


def _after(words: str, lang: Language) -> str:
    if not words:
        return ""
    if words in _ENDS:
        return _ENDS[words]
    begins = words.lstrip()
    comma = ", " if begins[0] in "，," else " "
    return comma + signs_of(begins.lstrip("，, "), lang)
