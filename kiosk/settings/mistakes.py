"""What can be wrong with a setting, said in Chinese and English: where, what, and how it must be."""

import dataclasses
import ipaddress
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from msgspec import Struct

from kiosk.opening_hours import BadOpeningHours, are_periods, parse_hours
from kiosk.settings.known import Settings

Both = tuple[str, str]
"""The same in Chinese and in English."""

LONGEST_SHOWN = 60


class Mistake(Struct, frozen=True):
    """One mistake of the settings: where it stands and what is wrong there."""

    at: Both
    said: Both

    @property
    def zh(self) -> str:
        """The Chinese sentence."""
        zh = f"{self.at[0]}：{self.said[0]}"
        return zh if zh.endswith("？") else f"{zh}。"

    @property
    def en(self) -> str:
        """The English one."""
        en = f"{self.at[1]}: {self.said[1]}"
        return en if en.endswith("?") else f"{en}."

    def __str__(self) -> str:
        return f"{self.zh}{self.en}"


class BadSettings(Exception):
    """Every mistake of the settings at once, one a line; `mistakes` holds them."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = tuple(mistakes)


KINDS: dict[Any, Both] = {
    bool: (" true 或 false（不加引号）", "true or false, without quotes"),
    int: ("整数（不加引号）", "a whole number, without quotes"),
    float: ("数（不加引号）", "a number, without quotes"),
    str: ('文字（放在英文引号 "…" 里）', 'text, in straight quotes "…"'),
}
"""What a setting of each type has to be in the file."""

ONE_LINE_EACH = (
    '一行一项，写成 名字 = 值；文字放在英文引号 "…" 里，整行不要的前面加 #',
    'one NAME = VALUE a line, text in straight quotes "…", # before a line that does not count',
)


def of_the_toml(why: str) -> Both:
    """What is wrong with a file that is no TOML, given what its reader says of it, in English."""
    zh, en = ONE_LINE_EACH
    if found := re.search(r"\(at line (\d+), column (\d+)\)", why):
        where = f"第{found[1]}行第{found[2]}个字"
    else:
        where = "最后" if "end of document" in why else "里面"
    if "overwrite" in why:
        return f"{where}又写了一遍同一项，请只留一行", f"the same thing stands twice; keep one: {why}"
    return f"{where}写得不对（要{zh}）", f"not readable as TOML: {why} ({en})"


def faults(name: str, value: Any) -> list[Both]:
    """What is wrong with the value of a setting; nothing when it is right."""
    known = {f.name: f for f in dataclasses.fields(Settings)}[name]
    allowed: Any = (int, float) if known.type is float else known.type
    if not isinstance(value, allowed) or (isinstance(value, bool) and known.type is not bool):
        zh, en = KINDS[known.type]
        return [(f"{name} 要写{zh}，不能是 {shown(value)}", f"{name} must be {en}, not {shown(value)}")]
    low, high = known.metadata["low"], known.metadata["high"]
    if low is not None and not low <= value <= high:
        return [
            (
                f"{name} 要在 {low} 到 {high} 之间，不能是 {value}",
                f"{name} must lie between {low} and {high}, not {value}",
            )
        ]
    wrong, is_wrong = _special(name, value)
    return [wrong] if is_wrong else []


def shown(value: Any) -> str:
    """A value as it is told: as TOML has it, short, and without the password of an address."""
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value) if isinstance(value, str | list | dict | float | int) else str(value)
    text = re.sub(r"(//[^:@/]*):.*@", r"\1:***@", text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _must_be(name: str, value: Any, zh: str, en: str) -> Both:
    return f"{name} 要写成{zh}，不能是 {shown(value)}", f"{name} must be {en}, not {shown(value)}"


URL_ZH = (
    " postgresql+psycopg://用户:密码@主机/库名"
    "（空着就用文件 kiosk.db；密码里的 @ : / % 写成 %40 %3A %2F %25）"
)
URL_EN = (
    "like postgresql+psycopg://name:password@host/linli (empty: the file kiosk.db; @ : / % in a password are "
    "written %40 %3A %2F %25)"
)
_CHOICES: dict[str, tuple[tuple[Any, ...], str, str]] = {
    "paper_width_dots": ((384, 512, 576), " 384、512 或 576", "384, 512 or 576"),
    "when_not_printing": (("show", "stop"), " show 或 stop", "show or stop"),
}


def _special(name: str, value: Any) -> tuple[Both, bool]:
    """What would be said of a value that is of the right type, and whether it is to be said."""
    if name in _CHOICES:
        allowed, zh, en = _CHOICES[name]
        return _must_be(name, value, zh, en), value not in allowed
    if name == "time_zone":
        zh, en = "时区的名字，比如 Asia/Shanghai", "the name of a time zone, e.g. Asia/Shanghai"
        return _must_be(name, value, zh, en), value not in available_timezones()
    if name == "public_url":
        fits = value == "" or re.fullmatch(r"https?://[^/\s]+(/[^\s?#]*)?", value)
        zh, en = " http:// 或 https:// 开头的网址", "an address that begins with http:// or https://"
        return _must_be(name, value, zh, en), not fits
    if name == "database_url":
        return _must_be(name, value, URL_ZH, URL_EN), not _is_server(value)
    if name == "trusted_proxy":
        zh, en = "一个地址，比如 127.0.0.1", "one address like 127.0.0.1"
        return _must_be(name, value, zh, en), not _is_address(value)
    return _hours(name, value)


def _hours(name: str, value: Any) -> tuple[Both, bool]:
    if name == "opening_hours":
        fault = _not_hours(value, "")
        zh = en = "1-5 08:30-12:00 13:30-17:30"
    elif name == "days_off":
        fault = _not_hours("", value)
        zh = en = "2026-10-01 国庆节"
    elif name in ("quiet_hours", "loud_hours"):
        fault = "" if are_periods(value) else value
        zh = en = "09:30-11:00 15:00-16:00"
    else:
        return ("", ""), False
    return _must_be(name, fault, f" {zh}", f"like {en}"), bool(fault)


def _not_hours(week: str, days_off: str) -> str:
    """The part that cannot be read; empty when all can."""
    try:
        parse_hours(week, days_off)
    except BadOpeningHours as wrong:
        return str(wrong)
    return ""


def _is_address(value: str) -> bool:
    try:
        return not value or bool(ipaddress.ip_address(value))
    except ValueError:
        return False


def _is_server(value: str) -> bool:
    """Whether it is empty or can be an address of a PostgreSQL."""
    if not value:
        return True
    if not re.fullmatch(r"postgresql\+psycopg://([^@/\s]*@)?[^@/\s]*/[^\s/?]+(\?\S*)?", value):
        return False
    try:
        return urlsplit(value).port != 0
    except ValueError:  # a port that is no number, a bracket that is not closed
        return False
