"""What the centre is called and the rules that it may change by itself: all at once, without a restart."""

import dataclasses
import re
from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from kiosk import changes, opening, services, staff
from kiosk.opening import RuleKind
from kiosk.opening_hours import are_periods
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, done, text, whole
from kiosk.screens.web.labels import zone_choices
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.settings import Settings
from kiosk.words import mark

screen = staffed(__name__, staff.Role.ADMIN, menu=None, under="centre.opening", url_prefix="/admin/centre")

LONGEST_NAME = {"centre_name": 32, "centre_name_en": 64}
"""Signs that fit the top of a slip and of the station."""

RULE_WORDS = {
    "centre_name": (mark("本站的名字"), mark("写在每块屏幕和每张小票的最上面。")),
    "centre_name_en": (mark("本站的名字（英文）"), ""),
    "time_zone": (
        mark("时区"),
        mark("屏幕上的钟，一天从几点算起。今天发过号就不能改，请在开门以前改。"),
    ),
    "guard_s": (
        mark("几秒内同一台机器再取同样的号，算同一张"),
        mark("手抖按了两下，不会多出一张。0：不管。"),
    ),
    "no_show_calls": (mark("叫几次没人来，才可以过号"), ""),
    "no_show_s": (mark("第一次叫号以后至少等几秒，才可以过号"), ""),
    "slow_s": (mark("走得慢的人，再多等几秒"), ""),
    "rejoin_after": (mark("过号的人回来，排在几个人后面"), ""),
    "estimate_after": (mark("办过多少件以后，才告诉要等多久"), mark("太少就说不准。")),
    "numbers_a_minute": (mark("一台机器一分钟取几张以上，请人去看看"), ""),
    "plea_s": (
        mark("自助机上有人求助，多少秒没人去，大屏上也说"),
        mark("写的是“有人要帮忙”，不写是谁。"),
    ),
    "idle_s": (mark("自助机多少秒没人碰，就问还在不在"), ""),
    "long_wait_min": (mark("有人等了几分钟以上，大厅页提醒"), mark("响一声，写出来。0：不提醒。")),
    "long_visit_min": (mark("一个人办了几分钟以上，大厅页提醒"), mark("0：不提醒。")),
    "long_pause_min": (mark("窗口暂停了几分钟以上，大厅页提醒"), mark("0：不提醒。")),
    "scan_keep_days": (mark("签到记录里的名字，多少天以后忘掉"), ""),
    "phone_tickets": (mark("让居民用自己的手机取号"), mark("一部手机一次一个号，不能优先，没有小票。")),
    "when_not_printing": (mark("小票打不出来的时候"), ""),
    "volume": (mark("平时的音量（％）"), mark("自助机和大屏。自助机最多到100。")),
    "quiet_hours": (mark("早上安静的时候"), mark("例如 08:00-09:00。空着：没有。")),
    "quiet_volume": (mark("安静时的音量（％）"), ""),
    "loud_hours": (mark("大厅最吵的时候"), mark("例如 09:30-11:00 15:00-16:00。空着：没有。")),
    "loud_volume": (mark("吵的时候的音量（％）"), ""),
    "call_twice": (mark("每次叫号读两遍"), ""),
    "advice_service": (mark("没有找到要办的事，取哪个号"), mark("自助机上点“没有找到”，就能取这个号来问。")),
    "wait_promise_min": (
        mark("承诺取号后多少分钟以内叫到"),
        mark("统计里会算出做到了多少。"),
    ),
    "figures_by_clerk": (
        mark("统计可以按工作人员分开看"),
        mark("只有主管和管理员看得到，大屏和自助机上没有。"),
    ),
}
"""What each rule is called, and a hint."""

PRINTING = {
    "show": mark("照样给号，记住屏幕上的号就行"),
    "stop": mark("自助机不给号，只有工作人员能取"),
}
"""What is done while no slip comes out."""

_LIMITS = {
    one.name: (int(one.metadata["low"] or 0), int(one.metadata["high"] or 0))
    for one in dataclasses.fields(Settings)
    if one.name in opening.EDITABLE
}


@screen.get("")
def form() -> str:
    """The rules as they are."""
    with box().database.read() as tx:
        settings = box().centre.as_of(tx).settings
        seen = changes.newest(tx, "setting", opening.CENTRE)
    return _form(_written(settings), seen)


@screen.post("")
def save() -> Response | tuple[str, int]:
    """Keep them."""
    values, seen = {name: text(name) for name in opening.EDITABLE}, whole("seen")
    reading = Reading(values)
    rules = {name: _read(reading, name, kind) for name, kind in opening.EDITABLE.items()}
    ticks = (name for name, kind in opening.EDITABLE.items() if kind == RuleKind.TICK)
    ticked = {name: ("1",) if rules[name] else () for name in ticks}
    if reading.faults:
        return _form(Draft(values, ticked=ticked).judged(reading.faults), seen), 400
    try:
        with box().database.write() as tx:
            changes.check_seen(tx, "setting", opening.CENTRE, seen)
            opening.set_rules(tx, box().centre, asked(), rules)
    except (opening.DayBegun, opening.DayIsOver) as refusal:
        draft = Draft(values, {"time_zone": words_of(refusal)}, ticked)
        return _form(draft, seen), status_of(refusal)
    except changes.ChangedMeanwhile as refusal:
        newest = refusal.changes[-1].id if refusal.changes else seen
        draft = Draft(values, {"rules": words_of(refusal)}, ticked)
        return _form(draft, newest, refusal.changes), status_of(refusal)
    return done(say(mark("改好了，马上就用。")), ".form")


def _read(reading: Reading, name: str, kind: RuleKind) -> Any:
    if kind == RuleKind.TICK:
        return name in request.form
    if kind == RuleKind.CHOICE:
        return reading.choice(name, PRINTING)
    if kind in _READ:
        return _READ[kind](reading, name)
    written = reading.values[name]
    if kind == RuleKind.PERIODS:
        tidy = " ".join(re.sub("[,，、;；]", " ", written.replace("：", ":")).split())
        if not are_periods(tidy):
            reading.faults[name] = "periods"
        return tidy
    if not written:
        reading.faults[name] = "empty"
    reading.faults |= opening.words_faults({name: written}, LONGEST_NAME)
    return written


def _services() -> list[tuple[str, str]]:
    """What may be the service for advice: all that are offered every day, or none."""
    with box().database.read() as tx:
        offered = services.all_services(tx, lang(), box().centre.day(box().now()))
    named = [(one.code, f"{one.code} {one.name}") for one in offered if not one.is_timed]
    return [("", say(mark("没有"))), *named]


def _zone(reading: Reading, name: str) -> str | None:
    used = box().settings.time_zone
    # one that is in use stays, even when this machine's list does not have it any more
    return reading.choice(name, {*opening.zones(), used}) if name in request.form else used


def _number(reading: Reading, name: str) -> int | None:
    low, high = _LIMITS[name]
    number = reading.whole(name, high, low)
    if number is None and name not in reading.faults:
        reading.need(name)
    return number


def _advice(reading: Reading, name: str) -> str | None:
    # one that is left out is none
    return reading.choice(name, dict(_services())) if request.form.get(name) else ""


_READ = {RuleKind.SERVICE: _advice, RuleKind.ZONE: _zone, RuleKind.NUMBER: _number}


def _written(settings: Settings) -> Draft:
    kinds = opening.EDITABLE.items()
    values = {name: str(getattr(settings, name)) for name, kind in kinds if kind != RuleKind.TICK}
    ticked = {name: ("1",) for name, kind in kinds if kind == RuleKind.TICK and getattr(settings, name)}
    return Draft(values, ticked=ticked)


def _form(draft: Draft, seen: int, since: tuple[changes.Change, ...] = ()) -> str:
    return render_template(
        "centre/rules/form.html",
        draft=draft,
        seen=seen,
        kinds=opening.EDITABLE,
        rule_words=RULE_WORDS,
        limits=_LIMITS,
        longest=LONGEST_NAME,
        zones=zone_choices(),
        offered=_services(),
        printing=[(value, say(words)) for value, words in PRINTING.items()],
        names={name: words for name, (words, _) in RULE_WORDS.items()},
        differences=[
            one for change in since for one in changes.differing(change.noted.before, change.noted.after)
        ],
    )
