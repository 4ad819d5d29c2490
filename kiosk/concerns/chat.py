"""Messages pasted from a chat, as drafts of concerns: a sentence each, without its writer's name."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from kiosk.concerns.reads import Category, Place
from kiosk.concerns.refusals import TooManyMessages
from kiosk.concerns.rules import LONGEST_ABOUT

MOST_MESSAGES = 30

_HEAD = re.compile(r"^.{0,30}?\s*(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d{2})?\s*$")
_TIME = re.compile(r"^.{0,30}?\s*(?:上午|下午|晚上|昨天|今天)?\s*\d{1,2}:\d{2}(?::\d{2})?\s*$")
_NAME_ALONE = re.compile(r"^.{1,20}[:：]$")
_NAME = re.compile(r"^([^，。！？,!?:：]{1,12})[:：]\s*(?=\S)")
_PLACE = re.compile(r"[楼号栋幢室门路区院巷]|单元|小区|地点|时间|建议|反映|问题|需求|投诉|咨询")
"""Before a colon these are no name."""

_SIGNS = re.compile(r"\[[^\[\]\s]{1,8}\]|@所有人|@[^\s@]{1,16}\s")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")

WORDS_OF: Mapping[str, tuple[str, ...]] = {
    "water_power": ("停水", "停电", "没水", "没电", "跳闸"),
    "lights": ("路灯", "楼道灯", "灯不亮", "灯坏", "灯"),
    "rubbish": ("垃圾", "臭", "脏", "卫生", "清扫", "打扫"),
    "noise": ("吵", "噪音", "噪声", "音响", "扰民"),
    "parking": ("停车", "车位", "充电", "飞线", "电动车"),
    "help": ("上门", "帮忙", "陪", "送餐", "看病", "行动不便"),
    "property": ("物业", "电梯", "漏水", "门禁", "绿化"),
    "staff": ("态度", "工作人员"),
    "idea": ("建议", "希望", "能不能", "可不可以"),
}
"""By the codes of the categories that every centre begins with; a centre's own are known by their names."""


class Draft(Struct, frozen=True):
    """A message as it may be taken in: what it says, the category and the place that it sounds like."""

    about: str
    category: str
    place_id: int | None
    phone: str


def drafts_of(pasted: str, categories: Sequence[Category], places: Sequence[Place]) -> tuple[Draft, ...]:
    """The messages in pasted text, in their order, each once. Raises TooManyMessages."""
    said: dict[str, None] = {}
    for line in pasted.splitlines():
        if words := _words(line):
            said[words] = None
    if len(said) > MOST_MESSAGES:
        raise TooManyMessages(most=MOST_MESSAGES)
    return tuple(_draft(words, categories, places) for words in said)


def _words(line: str) -> str:
    line = " ".join(line.split())
    if not line or any(head.fullmatch(line) for head in (_HEAD, _TIME, _NAME_ALONE)):
        return ""
    found = _NAME.match(line)
    if found and not _PLACE.search(found[1]):
        line = line[found.end() :]
    return _SIGNS.sub("", line).strip(" -—·")


def _draft(words: str, categories: Sequence[Category], places: Sequence[Place]) -> Draft:
    found = _PHONE.search(words)
    about = _PHONE.sub("", words).strip(" ，,、;；") if found else words
    return Draft(
        about[:LONGEST_ABOUT], _category(words, categories), _place(words, places), found[0] if found else ""
    )


def _category(words: str, categories: Sequence[Category]) -> str:
    """The code of the first category that a word of the message belongs to; "" where none does."""
    for one in categories:
        if one.name in words or any(word in words for word in WORDS_OF.get(one.code, ())):
            return one.code
    return ""


def _place(words: str, places: Sequence[Place]) -> int | None:
    """The place whose name is in the message, a building before its compound."""
    named = [one for one in places if one.name in words]
    inside = [one for one in named if one.parent_id in {place.id for place in named}]
    found = inside or [one for one in named if one.parent_id is None]
    return found[0].id if found else None
