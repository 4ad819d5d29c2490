"""What states and kinds are called on screens, and how a moment is said."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from kiosk import (
    cards,
    changes,
    concerns,
    devices,
    opening,
    pleas,
    ratings,
    services,
    speech,
    surveys,
    tickets,
)
from kiosk.database import Tx
from kiosk.opening_hours import Phase
from kiosk.screens.web.forms import whole
from kiosk.screens.web.page import box, lang, say
from kiosk.staff import Role
from kiosk.tickets import Status, TicketView
from kiosk.words import Malformed, mark

STATUS_WORDS = {
    "waiting": mark("等候"),
    "called": mark("已叫号"),
    "serving": mark("办理中"),
    "held": mark("挂起"),
    "served": mark("已办结"),
    "no_show": mark("过号"),
    "cancelled": mark("已取消"),
}

PAUSE_WORDS = {
    services.Pause.REST: mark("暂停服务"),
    services.Pause.LUNCH: mark("午休"),
    services.Pause.MEETING: mark("开会"),
    services.Pause.ERRAND: mark("马上回来"),
}

HOLD_WORDS = {
    tickets.Hold.FETCH: mark("回家拿材料"),
    tickets.Hold.KEPT: mark("材料留在这里"),
    tickets.Hold.WAIT: mark("等盖章、复印"),
}

DEVICE_WORDS = {
    devices.Kind.STATION: mark("自助机"),
    devices.Kind.BOARD: mark("大厅的大屏"),
    devices.Kind.COUNTER: mark("窗口电脑"),
    devices.Kind.DESK: mark("签到台"),
    devices.Kind.RATING: mark("评价器"),
}

CONCERN_STATES = concerns.STATE_WORDS
"""Where what a resident said stands, for staff."""

PLACE_WORDS = {
    surveys.PlaceKind.CANTEEN: mark("老年食堂"),
    surveys.PlaceKind.SITE: mark("工地"),
    surveys.PlaceKind.EVENT: mark("活动"),
    surveys.PlaceKind.OTHER: mark("别的地方"),
}
"""What a score sheet is about."""

GRADE_WORDS = {
    ratings.Grade.VERY_GOOD: mark("非常满意"),
    ratings.Grade.GOOD: mark("满意"),
    ratings.Grade.FAIR: mark("基本满意"),
    ratings.Grade.BAD: mark("不满意"),
    ratings.Grade.VERY_BAD: mark("非常不满意"),
}
"""The best first, as the faces stand."""

CHIP_WORDS = {
    "quick": mark("快"), "patient": mark("耐心"), "clear": mark("一次说清"), "one_trip": mark("不用多跑"),
    "pleasant": mark("环境好"), "helped": mark("帮了大忙"), "slow": mark("等太久"),
    "manner": mark("态度不好"), "unclear": mark("说不清"), "many_trips": mark("让我多跑"),
    "more_papers": mark("多要材料"), "not_done": mark("没办成"),
}  # fmt: skip


def chips_in_words(chips: Iterable[str]) -> list[tuple[str, str]]:
    """Reasons beside a face, as `parts/faces.html` offers them: (code, marked words)."""
    return [(chip, CHIP_WORDS[chip]) for chip in chips]


DAY_WORDS = (
    mark("周一"), mark("周二"), mark("周三"), mark("周四"), mark("周五"), mark("周六"), mark("周日"),
)  # fmt: skip
"""Monday first."""

ZONE_WORDS = {
    "Asia/Shanghai": mark("北京时间"),
    "Asia/Urumqi": mark("新疆时间（比北京晚两小时）"),
    "Asia/Hong_Kong": mark("香港时间"),
    "Asia/Macau": mark("澳门时间"),
    "Asia/Taipei": mark("台北时间"),
}
"""The time zones of the country, which stand before all others."""

UNKNOWN_WAIT = mark("等了多久说不准")
"""In place of minutes that a clock which was set back cannot tell."""


def zone_choices() -> dict[str, list[tuple[str, str]]]:
    """What a list of time zones offers, under its headings: the country's own first, then every other."""
    own = [(name, say(words)) for name, words in ZONE_WORDS.items()]
    others = [(name, name.replace("_", " ")) for name in opening.zones() if name not in ZONE_WORDS]
    return {say(mark("国内")): own, say(mark("其他地方")): others}


def when(local: datetime) -> str:
    """A moment of the centre's wall clock; the day is named when it is not today."""
    if local.date() == box().centre.day(box().now()):
        return f"{local:%H:%M}"
    if lang() == "en":
        return f"{local:%a %d %b %H:%M}"
    return f"{local.month}月{local.day}日{local:%H:%M}"


def when_next(local: datetime) -> str:
    """When something begins, by its weekday: "周一 8:30"; the date is named a week ahead."""
    days = (local.date() - box().centre.day(box().now())).days
    clock = f"{local.hour}:{local.minute:02}"
    if days <= 0:
        return when(local)
    weekday = say(DAY_WORDS[local.weekday()])
    if days == 1:
        return say(mark("明天（%(day)s）%(time)s"), day=weekday, time=clock)
    if days < len(DAY_WORDS):
        return f"{weekday} {clock}"
    if lang() == "en":
        return f"{local:%a %d %b} {clock}"
    return f"{local.month}月{local.day}日（{weekday}）{clock}"


def where_it_stands(seen: TicketView) -> str:
    """Where a queue ticket stands, as one sentence."""
    status = say(STATUS_WORDS[seen.status])
    if seen.counter is not None:
        sentence = mark("%(number)s在%(counter)s号窗口，%(status)s。")
        return say(sentence, number=seen.number, counter=seen.counter, status=status)
    if seen.status == Status.WAITING:
        return say(mark("%(number)s还在等候，前面有%(ahead)s人。"), number=seen.number, ahead=seen.ahead)
    return say(mark("%(number)s现在是“%(status)s”。"), number=seen.number, status=status)


def there_words(week: str, *, is_brief: bool = False) -> str:
    """Whether whoever is on a card is there now, and if not when next (unless `is_brief`).

    Empty where nobody has said when they are there.
    """
    local = box().centre.local(box().now())
    found = cards.there_at(week, local)
    if found is None:
        return ""
    if found.phase == Phase.OPEN:
        return say(mark("现在在"))
    if found.opens is None or is_brief:
        return say(mark("现在不在"))
    time = f"{found.opens:%H:%M}"
    if found.opens.date() == local.date():
        return say(mark("现在不在，今天%(time)s在"), time=time)
    return say(mark("现在不在，%(day)s%(time)s在"), day=say(DAY_WORDS[found.opens.weekday()]), time=time)


def is_there(week: str) -> bool:
    """Whether whoever is on a card is there now, as far as anybody has said."""
    found = cards.there_at(week, box().centre.local(box().now()))
    return found is not None and found.phase == Phase.OPEN


VERB_WORDS = {
    "add": mark("新建"),
    "edit": mark("修改"),
    "end": mark("撤下"),
    "show": mark("又显示"),
    "move": mark("换位置"),
    "retire": mark("停用"),
    "bring_back": mark("恢复"),
    "wechat": mark("换微信码"),
    "read": mark("改读音"),
    "record": mark("录音"),
    "unrecord": mark("不用录音"),
    "undo": mark("撤销了一次修改"),
}


class Told(Struct, frozen=True):
    """A change as a page shows it; `lines` say what was and what is."""

    at: str
    who: str
    verb: str
    lines: tuple[str, ...]


def told_changes(
    past: tuple[changes.Change, ...], fact_words: Mapping[str, str], people: Mapping[int, str]
) -> tuple[Told, ...]:
    """Changes in words; `fact_words` name the thing's fields, `people` are the names of staff by id."""
    return tuple(_told(change, fact_words, people) for change in past)


def undo_id(past: tuple[changes.Change, ...]) -> int:
    """The newest of these changes, the newest first, when it can be taken back; 0 else."""
    newest = past[0] if past else None
    return newest.id if newest and newest.undone_by is None and newest.noted.undoes is None else 0


def change_to_undo(tx: Tx, *kinds: str) -> changes.Change:
    """The change that a form of a page with these kinds names. Raises Malformed, UnknownChange."""
    change = changes.change_of(tx, whole("change"))
    if change.noted.kind not in kinds:
        raise Malformed
    return change


def _told(change: changes.Change, fact_words: Mapping[str, str], people: Mapping[int, str]) -> Told:
    noted = change.noted
    differing = changes.differing(noted.before, noted.after) if noted.before else ()
    lines = tuple(_line(one, fact_words) for one in differing)
    who = people.get(change.staff_id or 0, "") or say(mark("机器"))
    return Told(when(box().centre.local(change.at)), who, say(VERB_WORDS.get(noted.verb, noted.verb)), lines)


def _line(one: changes.Difference, fact_words: Mapping[str, str]) -> str:
    field = say(fact_words.get(one.field, one.field))
    return f"{field}{say(mark('：'))}{_fact(one.before)} → {_fact(one.after)}"


def _fact(value: object) -> str:
    if value is None or value in ("", []):
        return say(mark("没有"))
    if isinstance(value, bool):
        return say(mark("是")) if value else say(mark("否"))
    if isinstance(value, list):
        return say(mark("、")).join(str(one) for one in value)
    text = str(value)
    try:
        return f"{box().centre.local(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}" if "T" in text else text
    except ValueError:
        return text


PLEA_WORDS = {pleas.Kind.UNWELL: mark("有人不舒服"), pleas.Kind.HELP: mark("有人要帮忙")}

COMES_WORDS = {
    Role.CLERK: mark("窗口人员来了，请稍等"),
    Role.DESK: mark("志愿者来了，请稍等"),
    Role.MANAGER: mark("主管来了，请稍等"),
    Role.ADMIN: mark("管理员来了，请稍等"),
}
"""Told at the station, by the role of who comes."""

POST_WORDS = {
    Role.CLERK: mark("窗口人员"),
    Role.DESK: mark("志愿者"),
    Role.MANAGER: mark("主管"),
    Role.ADMIN: mark("管理员"),
}


def comes_words(plea: pleas.Plea) -> str:
    """Who comes, in a sentence for whoever waits at the station."""
    if plea.counter is not None:
        return say(mark("%(number)s号窗口的人来了，请稍等"), number=plea.counter)
    return say(COMES_WORDS.get(Role(plea.post), COMES_WORDS[Role.CLERK]))


def comes_stem(plea: pleas.Plea) -> str:
    """The clips (kiosk.speech) that say the same, between spaces."""
    if plea.counter is not None:
        return " ".join(speech.comes_clips(plea.counter, speech.language_of(lang())))
    return f"plea_comes_{plea.post}"


def station_words(tx: Tx, plea: pleas.Plea) -> str:
    """Which machine it was pressed on, as the centre calls it."""
    device_id = devices.device_in(plea.station)
    name = devices.device_called(tx, device_id) if device_id is not None else ""
    return name or say(mark("自助机"))
