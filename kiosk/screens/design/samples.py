"""What the parts are shown with: plain values, as the pages that use them have them."""

from datetime import date, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from kiosk.ratings import GOOD_CHIPS, Share
from kiosk.screens.web.forms import FAULTS, Draft
from kiosk.screens.web.labels import CHIP_WORDS, DAY_WORDS, GRADE_WORDS, HOLD_WORDS, PAUSE_WORDS
from kiosk.screens.web.page import box, say
from kiosk.words import mark

SERVICE = mark("高龄补贴")
MATERIALS = (mark("身份证"), mark("户口本"))


def of_pages() -> dict[str, Any]:
    """For the parts of the office's pages."""
    today = box().centre.day(box().now())
    wrong = FAULTS["phone"]
    draft = Draft(
        {"name": say(SERVICE), "phone": "12", "team_id": "1", "kind": "activity", "repeat": "weekly"},
        {"phone": say(wrong)},
        {"team": ("1",), "day": ("MO",)},
    )
    lists = [Sample(sheet="2026", hidden_rows=[3, 4]), Sample(sheet="2025", hidden_rows=[])]
    people = (
        Sample(id=1, name="甲", phone="13800000000", tail="0000", team_ids=(1,), is_active=True),
        Sample(id=2, name="乙", phone="", tail="", team_ids=(), is_active=False),
    )
    return {
        "draft": draft,
        "plain": Draft(dict(draft.values), {}, dict(draft.ticked)),
        "choices": ((1, say(mark("一楼"))), (2, say(mark("二楼")))),
        "grouped": {say(mark("养老和补贴")): (("pension", say(SERVICE)),)},
        "paging": Sample(before="#", after="#", first=13, last=24, found=60),
        "told": _told(),
        "differing": (Sample(field=say(mark("名称")), before=say(SERVICE), after=say(mark("老年人优待证"))),),
        "span": Sample(first=today - timedelta(days=30), last=today),
        "expected": (Sample(registration_id=1, on=today, number="001", name="甲", phone="", people=2),),
        "spoken": Sample(words=say(SERVICE), stem="home", address="#", lang="zh"),
        "silent": Sample(words=say(SERVICE), stem="", address="", lang="zh"),
        "kept": Sample(file=Sample(lists=lists, aside=["2024"])),
        "choice": Sample(sheet=0, with_hidden=False),
        "undrawn": {"\U0002ebf0": "U+2EBF0"},
        "teams": (Sample(id=1, name=say(mark("邻里守望"))), Sample(id=2, name=say(mark("文化队")))),
        "team_names": {1: say(mark("邻里守望"))},
        "people": people,
        "most_rows": 2000,
        "shares": (Share(3, 4), Share(11, 12)),
    } | _of_event_form(today)


def _of_event_form(today: date) -> dict[str, Any]:
    activity, weekly = Sample(value="activity"), Sample(value="weekly")
    return {
        "kinds": {_Key(activity): mark("活动")},
        "repeats": {_Key(weekly): mark("每周")},
        "weekdays": (("MO", DAY_WORDS[0]), ("TU", DAY_WORDS[1])),
        "day_words": DAY_WORDS,
        "hosts": ((1, say(mark("邻里守望"))),),
        "dates": tuple(today + timedelta(days=7 * week) for week in range(3)),
    }


class _Key:
    """A choice with its `value`, that can stand as a key."""

    def __init__(self, of: Sample) -> None:
        self.value = of.value


def _told() -> tuple[Sample, ...]:
    lines = (f"{say(mark('名称'))}{say(mark('：'))}{say(SERVICE)}",)
    return (Sample(verb=say(mark("改了")), at="09:30", who="admin", lines=lines),)


def of_counter() -> dict[str, Any]:
    """For the parts of a clerk's page: one person at hand, one waiting, one on hold."""
    look = Sample(number="A01", service="", panel="", is_all=False, is_here=False)
    link = Sample(page="#", fragment="#")
    tag = Sample(words=say(mark("走得慢")), icon="footprints", is_first=False)
    first = Sample(words=say(mark("70岁以上")), icon="medal", is_first=True)
    person = Sample(
        id=2, number="B001", service=say(SERVICE), tags=(tag,), acts=(), why=say(mark("其他原因")), hold="",
        is_elsewhere=False, is_meant=False,
    )  # fmt: skip
    back = act("resume", say(mark("接着办")), "play", ticket=3)
    held = Sample(**vars(person) | {"id": 3, "number": "C001", "hold": "fetch", "acts": (back,)})
    hand = Sample(
        id=1, number="A001", service=say(SERVICE), service_code="B", note=say(mark("听力不好")),
        past=(Sample(at="09:30", words=say(mark("叫号")), said=say(mark("%(number)s号窗口"), number=1)),),
        tags=(first, tag),
    )  # fmt: skip
    listed = (Sample(code="A", name=say(SERVICE)), Sample(code="C", name=say(mark("老年人优待证"))))
    why = say(mark("本人没来"))
    now = Sample(
        hand=hand,
        look=look,
        materials=tuple(Sample(text=say(one), note="", is_optional=False) for one in MATERIALS),
        paging=Sample(is_needed=True, first=1, last=12, found=30),
        reasons=(say(mark("身体不适")), say(mark("其他原因"))),
        found=2,
        ways=(Sample(words=say(mark("本人")), sent="本人", is_chosen=True),),
        ends=(
            Sample(words=say(mark("已受理")), key="1", sent="已受理", reasons=()),
            Sample(words=say(mark("未认证")), key="2", sent="未认证", reasons=((why, "未认证：本人没来"),)),
        ),
        left=(act("cancel", say(mark("等太久了")), "", reason="too_long"),),
    )
    groups = ((say(mark("养老和补贴")), listed),)
    offered = Sample(is_many=True, found=2, groups=groups, near=lambda _: listed)
    others = (Sample(number=2, skills=(say(SERVICE),)),)
    shown = Sample(
        address="/counter/1", after=0, offered=offered, others=others, before=link, next=link, everybody=link
    )
    return {
        "now": now,
        "shown": shown,
        "holds": HOLD_WORDS,
        "pause_words": PAUSE_WORDS,
        "few_counters": 6,
        "runs_on": True,
        "person": person,
        "held": held,
        "main": act("finish", say(mark("办结")), "check", key="Space"),
        "link": link,
        "scanned": None,
        "notice": say(mark("没有看懂这次操作，请回首页再试一次。")),
        "notice_kind": "error",
    }


def act(verb: str, words: str, icon: str, **more: Any) -> Sample:
    """A button that does one verb."""
    known = {"key": "", "ticket": 1, "reason": "", "is_off": False, "wait": None, "name": f"{verb}-1"}
    known |= {"also": "", "calls_next": False}
    return Sample(verb=verb, words=words, icon=icon, **known | more)


def of_station() -> dict[str, Any]:
    """For the parts of the touchscreen."""
    own = tuple(Sample(text=say(one), note="", is_optional=False) for one in MATERIALS)
    choice = {"name": say(SERVICE), "href": "#", "icon": "wallet", "looks": "", "note": "", "is_on": False}
    return {
        "service": Sample(code="A", name=say(SERVICE)),
        "tap": "sample",
        "own": own,
        "agent": own[:1],
        "priorities": (Sample(code="elder", name=say(mark("70岁以上")), words="", then=""),),
        "choice": Sample(**choice, then=""),
        "closed": Sample(**choice | {"looks": " tile--shut", "note": say(mark("今天不办"))}, then=""),
        "page": Sample(number=2, count=3),
        "card": Sample(
            id=1, post=say(mark("社区书记")), phone="0000-2251001", address="", has_wechat=False, then=""
        ),
        "stays_here": True,
        "grades": GRADE_WORDS,
        "scored": Sample(criteria=(Sample(id=1, name=say(mark("口味"))),)),
        "unmarked": Draft({"mark-1": "4"}),
        "chips": tuple((chip, CHIP_WORDS[chip]) for chip in GOOD_CHIPS),
    }
