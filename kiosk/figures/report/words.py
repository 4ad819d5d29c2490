"""What figures, their keys and what they are told apart by are called on screens, in workbooks and on paper.

Whoever writes them says in which language: `say` takes a marked sentence and what fills it.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from kiosk.figures.rules import By, Channel, End
from kiosk.words import mark

Say = Callable[..., str]


def in_chinese(sentence: str, **facts: Any) -> str:
    """A marked sentence as it is written here."""
    return sentence % facts if facts else sentence


DAY_WORDS = (
    mark("周一"), mark("周二"), mark("周三"), mark("周四"), mark("周五"), mark("周六"), mark("周日"),
)  # fmt: skip
"""Monday first."""

BY_WORDS = {
    By.SERVICE: mark("按业务"),
    By.GROUP: mark("按分类"),
    By.COUNTER: mark("按窗口"),
    By.HOUR: mark("按钟点"),
    By.WEEKDAY: mark("按星期"),
    By.DAY: mark("按日期"),
    By.CHANNEL: mark("按取号的地方"),
    By.PRIORITY: mark("按优先"),
    By.OUTCOME: mark("按结果"),
    By.CLERK: mark("按工作人员"),
}

HEADS = {
    By.SERVICE: mark("业务"),
    By.GROUP: mark("分类"),
    By.COUNTER: mark("窗口"),
    By.HOUR: mark("钟点"),
    By.WEEKDAY: mark("星期"),
    By.DAY: mark("日期"),
    By.CHANNEL: mark("取号的地方"),
    By.PRIORITY: mark("优先"),
    By.OUTCOME: mark("结果"),
    By.CLERK: mark("工作人员"),
}

CHANNEL_WORDS = {
    Channel.STATION: mark("自助机"),
    Channel.STAFF: mark("工作人员帮忙取"),
    Channel.PHONE: mark("居民自己的手机"),
}

END_WORDS = {
    End.OPEN: mark("还没办完"),
    End.SERVED: mark("办结"),
    End.TRANSFERRED: mark("转走"),
    End.LEFT: mark("弃号"),
    End.MISSED: mark("过号没回来"),
    End.CLOSED: mark("下班还没办"),
}

NOBODY = {
    By.SERVICE: mark("没有业务"),
    By.GROUP: mark("没有分类"),
    By.COUNTER: mark("没有叫到窗口"),
    By.PRIORITY: mark("没有优先"),
    By.OUTCOME: mark("没有记结果"),
    By.CLERK: mark("没有叫到"),
}
"""What the empty key is called."""


class Column(NamedTuple):
    """A figure as a column: its name in `figures.values`, what it is called, how it is written, its list.

    `unit` is count, time (seconds, written as minutes), share, or long (seconds, written as hours).
    """

    name: str
    words: str
    unit: str
    listed: str = ""


COLUMNS = (
    Column("tickets", mark("取号"), "count", "tickets"),
    Column("cases", mark("办事件数"), "count", "cases"),
    Column("served", mark("办结"), "count", "served"),
    Column("wait_median_s", mark("等候（中位）"), "time", "waits"),
    Column("wait_p90_s", mark("等候（九成以内）"), "time", "waits"),
    Column("promise_share", mark("承诺时间内叫到"), "share", "in_promise"),
    Column("walk_mean_s", mark("走到窗口（平均）"), "time", "walks"),
    Column("serve_mean_s", mark("办理（平均）"), "time", "serves"),
    Column("holds", mark("挂起次数"), "count", "holds"),
    Column("misses", mark("过号次数"), "count", "misses"),
    Column("recalls", mark("重呼次数"), "count", "recalls"),
    Column("transferred", mark("转走"), "count", "transferred"),
    Column("left", mark("弃号"), "count", "left"),
    Column("missed_out", mark("过号没回来"), "count", "missed_out"),
    Column("closed", mark("下班还没办"), "count", "closed"),
    Column("told_share", mark("预计说准了"), "share", "in_range"),
)
DESK_COLUMNS = (
    Column("open_s", mark("窗口开着"), "long"),
    Column("busy_s", mark("有人在办"), "long"),
    Column("pause_s", mark("暂停"), "long"),
    Column("idle_s", mark("空着"), "long"),
    Column("idle_share", mark("空着的比例"), "share"),
)
"""What only counters and those who sit there have."""

LIST_WORDS = {one.listed: one.words for one in COLUMNS if one.listed} | {
    "waits": mark("叫到的"),
    "late": mark("超过承诺时间才叫到"),
    "in_promise": mark("承诺时间内叫到"),
    "walks": mark("开始办理的"),
    "serves": mark("办理过的"),
    "told": mark("告诉过要等多久的"),
    "in_range": mark("预计说准了"),
    "unsure": mark("时间说不清的"),
}
"""What the list of a figure is called."""


_HOURS = tuple(f"{hour:02d}" for hour in range(24))
_WEEKDAYS = tuple("1234567")


def columns_of(by: By) -> tuple[Column, ...]:
    """The columns of a table told apart by this."""
    return COLUMNS + DESK_COLUMNS if by in (By.COUNTER, By.CLERK) else COLUMNS


def key_words(by: By, key: str, names: Mapping[str, str], say: Say = in_chinese) -> str:
    """What a key is called: "A 养老保险资格认证", "3号窗口", "9:00"."""
    if not key and by in NOBODY:
        return say(NOBODY[by])
    if by == By.SERVICE:
        return f"{key} {names.get(key, '')}".strip()
    if by == By.COUNTER:
        return say(mark("%(number)s号窗口"), number=key)
    if by == By.HOUR and key in _HOURS:
        return f"{int(key)}:00"
    if by == By.WEEKDAY and key in _WEEKDAYS:
        return say(DAY_WORDS[_WEEKDAYS.index(key)])
    if by == By.CHANNEL and key in CHANNEL_WORDS:
        return say(CHANNEL_WORDS[Channel(key)])
    return names.get(key, key)


def written(value: float | None, unit: str, say: Say = in_chinese) -> str:
    """A figure as people read it; – where there are too few to say."""
    if value is None:
        return "–"
    if unit == "time":
        return say(mark("%(minutes)s分"), minutes=_minutes(value))
    if unit == "share":
        return f"{value * 100:.0f}%"
    if unit == "long":
        hours, minutes = divmod(round(value / 60), 60)
        return say(mark("%(hours)s小时%(minutes)s分"), hours=hours, minutes=minutes)
    return f"{value:.0f}"


def _minutes(seconds: float) -> str:
    minutes = seconds / 60
    return f"{minutes:.1f}" if minutes < 10 else f"{minutes:.0f}"
