"""Three months of what residents said, of every state, and what the hall may know of it."""

import dataclasses
from datetime import timedelta

import sqlalchemy as sa
from msgspec.structs import replace

from kiosk import concerns, households, kinds, openness, staff
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.centre import Centre
from kiosk.concerns.tables import concern
from kiosk.database import Tx
from kiosk.database.joining import PUBLIC

# place, and the buildings in it
PLACES = (("一号院", "Court 1", 6), ("二号院", "Court 2", 4), ("三号院", "Court 3", 3))

# category, days ago, what staff wrote, and what became of it
CONCERNS = (
    ("lights", 88, "二单元楼道灯不亮", "solved"),
    ("rubbish", 85, "垃圾桶满了没人收", "solved"),
    ("noise", 83, "晚上十点后有人跳舞", "explained"),
    ("help", 80, "老人要人陪着去医院", "solved"),
    ("water_power", 78, "整栋楼停水", "solved"),
    ("parking", 76, "消防通道停了车", "solved"),
    ("property", 74, "电梯常常坏", "planned"),
    ("idea", 72, "门口加一把长椅", "planned"),
    ("other", 70, "想学用智能手机", "solved"),
    ("lights", 66, "院门口路灯太暗", "half"),
    ("rubbish", 64, "楼道里堆了旧家具", "no"),
    ("help", 62, "家里水龙头漏水", "solved"),
    ("noise", 60, "楼上装修太早", "solved"),
    ("parking", 58, "充电桩少", "planned"),
    ("staff", 56, "等了很久没人说一声", "explained"),
    ("idea", 54, "活动室晚点关门", "solved"),
    ("property", 50, "物业费怎么算的", "explained"),
    ("water_power", 48, "三楼跳闸", "solved"),
    ("lights", 45, "三单元楼道灯不亮", "solved"),
    ("other", 42, "楼下的树挡住窗户", "impossible"),
    ("rubbish", 38, "宠物粪便没人清", "solved"),
    ("help", 35, "腿脚不好，想要个扶手", "recheck"),
    ("parking", 33, "电动车占了人行道", "solved"),
    ("idea", 30, "多几次理发", "solved"),
    ("noise", 27, "早上装卸货太吵", "declined"),
    ("property", 25, "单元门关不上", "solved"),
    ("lights", 22, "地下车库太暗", "withdrawn"),
    ("lights", 21, "地下车库太暗", "merged"),
    ("rubbish", 18, "垃圾桶太少", "answered"),
    ("help", 16, "想找人说说话", "answered"),
    ("property", 15, "外墙掉砖", "late"),
    ("other", 9, "快递柜太远", "open"),
    ("parking", 8, "充电桩坏了一个", "paused"),
    ("lights", 6, "五楼的灯一闪一闪", "open"),
    ("rubbish", 5, "装修垃圾堆在路边", "handed"),
    ("idea", 4, "议事会改到晚上", "open"),
    ("noise", 2, "隔壁夜里打牌", "open"),
    ("help", 1, "轮椅借几天", "new"),
    ("water_power", 0, "一单元没有热水", "new"),
    ("other", 0, "", "new"),
)

HOPED = "轮椅借几天"
LAST_DONE = (
    (kinds.WhatRunsOut.PENSION, 20), (kinds.WhatRunsOut.PENSION, 250), (kinds.WhatRunsOut.CARE, 120),
)  # fmt: skip
"""What runs out, and how many days ago it was done last: none is to be reminded of on the first day."""

CHEAP = "scrypt:128:8:1"
"""The demo's passwords are public: hashing six of them at full cost took 2.3 s of the first start.

The fewest rounds that the library takes: 0.4 ms, where 1024 take 3 of each log-in of a test.
"""

OUTSIDE = {
    "secretary": staff.Role.SECRETARY, "street": staff.Role.STREET,
    "grid1": staff.Role.GRID, "grid2": staff.Role.GRID,
}  # fmt: skip
"""Who reads and does what residents say, without a window."""

GRIDS = (("第一网格", "grid1", ("一号院",)), ("第二网格", "grid2", ("二号院", "三号院")))
COLOURS = (
    ("红", "每天看一次", "red"), ("橙", "每周看一次", "orange"), ("黄", "每月看一次", "yellow"),
    ("绿", "过节看一次", "green"),
)  # fmt: skip
DOORS = (("101", 1), ("302", 2), ("403", 3), ("502", 4), ("601", 4))
"""Doors of each grid, and which colour each has: they stand for nobody."""

TASKS = ("楼道堆物查一遍", "燃气软管查一遍", "电动车飞线查一遍")

# what staff wrote of a concern, and what the hall reads of it
FOR_THE_HALL = (
    ("单元门关不上", openness.Tells.DONE, "单元门关不上", "换了门轴，现在一推就关好。"),
    ("多几次理发", openness.Tells.DONE, "理发的日子太少", "每月多加一次，日子写在活动里。"),
    ("电动车占了人行道", openness.Tells.DONE, "电动车占了人行道", "画了停车线，每天有人去看一遍。"),
    ("楼下的树挡住窗户", openness.Tells.CANNOT, "树挡住了窗户", "树是市里管的，已经报上去，现在不能移。"),
)


def furnish_concerns(box: Box) -> None:
    """Three months of what residents said, of every state; nothing is printed of it."""
    centre = replace(box.centre, settings=dataclasses.replace(box.settings, printer="off:"))
    with box.database.write() as tx:
        if tx.execute(sa.select(concern.c.id).limit(1)).scalar() is not None:
            return
        inside = _buildings(tx, Asked(box.now()))
        for turn, (category, days, about, end) in enumerate(CONCERNS):
            at = Asked(box.now() - timedelta(days=days, hours=turn % 5), station="demo")
            source = concerns.Source.STATION if turn % 3 else concerns.Source.COUNTER
            place = inside[turn % len(inside)]
            left = concerns.Contact("阿姨", tail=f"{1000 + turn * 7}") if turn % 2 else concerns.Contact()
            said = concerns.Said(category, f"demo-{turn}", source, place_id=place, about=about, contact=left)
            taken = concerns.take_in(tx, centre, at, said)
            _became(tx, centre, at, taken.id, end)
            if about == HOPED:
                kinds.write_sentence(tx, _hand(at, 0), taken.id, "一位老人脚扭了，想借几天轮椅")
                kinds.release(tx, Asked(at.now, 3), taken.id)
        _dates(tx, box, inside)
        for name, role in OUTSIDE.items():
            staff.add_staff(tx, Asked(box.now()), name, role, staff.hashed(PUBLIC[name], CHEAP))
        _grids(tx, box)
        _tasks(tx, box)
        _tell_the_hall(tx, box)


def _buildings(tx: Tx, asked: Asked) -> list[int]:
    for name, english, buildings in PLACES:
        court = concerns.add_place(tx, asked, concerns.PlacePlan(name, english))
        for number in range(1, buildings + 1):
            plan = concerns.PlacePlan(f"{number}号楼", f"Building {number}", court)
            concerns.add_place(tx, asked, plan)
    return [number for number, plan in concerns.place_plans(tx) if plan.parent_id]


def _dates(tx: Tx, box: Box, inside: list[int]) -> None:
    for turn, (what, days_ago) in enumerate(LAST_DONE):
        left = concerns.Contact("大爷", tail=f"{2000 + turn * 7}")
        last = box.centre.day(box.now() - timedelta(days=days_ago))
        new = kinds.NewDate(what, left, last, what.months, f"demo-{turn}", inside[turn])
        kinds.add_date(tx, box.centre, Asked(box.now(), 2), new)


def _grids(tx: Tx, box: Box) -> None:
    """Which places lie in whose grid, and the households that said themselves which colour is theirs."""
    at, who = Asked(box.now(), 1), {name: number for number, name in staff.staff_names(tx).items()}
    for name, meaning, swatch in COLOURS:
        households.add_colour(tx, at, households.Colour(name, meaning, swatch))
    plans = dict(concerns.place_plans(tx))
    for grid, worker, courts in GRIDS:
        made = concerns.add_grid(tx, at, concerns.GridPlan(grid, who[worker]))
        for place in [number for number, plan in plans.items() if plan.name in courts]:
            concerns.put_place(tx, at, place, made)
        own = households.places_of(tx, who[worker], "zh")
        buildings = [number for number, _ in own if plans[number].parent_id]
        for turn, (door, colour) in enumerate(DOORS):
            noted = households.Noted(buildings[turn % len(buildings)], door, colour, has_consent=True)
            households.note_colour(tx, box.centre, Asked(box.now(), who[worker]), noted)


def _tasks(tx: Tx, box: Box) -> None:
    """A batch of the street, one of which is done."""
    due_on = box.centre.day(box.now() + timedelta(days=10))
    new = kinds.NewBatch("冬季安全检查", "街道平安办", due_on, TASKS, "other", "demo-tasks")
    batch = kinds.add_batch(tx, box.centre, Asked(box.now(), 1), new)
    first = kinds.tasks_of(tx, batch)[0]
    reply = concerns.Reply(concerns.Outcome.SOLVED, "查过了，没有堆物。")
    concerns.settle(tx, box.centre, _hand(Asked(box.now()), 0), first.concern_id, reply)


def _tell_the_hall(tx: Tx, box: Box) -> None:
    """One writes, another releases."""
    number_of = {about: number for number, (_, _, about, _) in enumerate(CONCERNS, 1)}
    for about, tells, said, done in FOR_THE_HALL:
        plan = openness.Plan(number_of[about], tells, said, done)
        written = openness.write(tx, Asked(box.now(), 2), plan)
        openness.release(tx, Asked(box.now(), 3), written)


def _became(tx: Tx, centre: Centre, taken: Asked, number: int, end: str) -> None:
    """What became of one, in its own days."""
    if end == "new" or _ended_early(tx, centre, taken, number, end):
        return
    concerns.accept(tx, centre, _hand(taken, 0.1), number)
    if end == "paused":
        until = centre.day(taken.now + timedelta(days=20))
        rest = (until, "等厂家送零件")
        concerns.pause(tx, centre, _hand(taken, 1), number, concerns.PauseReason.OUTSIDE, rest)
    elif end == "handed":
        concerns.hand_over(tx, _hand(taken, 1), number, 3, "这一片归他管")
    elif end not in ("open", "late"):
        _answered(tx, centre, taken, number, end)


def _ended_early(tx: Tx, centre: Centre, taken: Asked, number: int, end: str) -> bool:
    if end == "withdrawn":
        concerns.withdraw(tx, centre, _hand(taken, 0.1).asked, number)
    elif end == "merged":
        concerns.merge(tx, centre, _hand(taken, 0.1), number, "S0010")
    elif end == "declined":
        reason = concerns.DeclineReason.PETITION
        concerns.decline(tx, _hand(taken, 0.2), number, reason, "这家店不归社区管，请打12345。")
    else:
        return False
    return True


def _answered(tx: Tx, centre: Centre, taken: Asked, number: int, end: str) -> None:
    concerns.step(tx, _hand(taken, 1), number, "去看过了")
    outcome = end if end in tuple(concerns.Outcome) else concerns.Outcome.SOLVED
    reply = concerns.Reply(concerns.Outcome(outcome), ENDINGS.get(end, "已经办好了，请您再看看。"))
    concerns.answer(tx, centre, _hand(taken, 3), number, reply)
    if end == "answered":
        return
    said = {"half": concerns.Solved.HALF, "no": concerns.Solved.NO, "recheck": concerns.Solved.NO}
    resident = Asked(taken.now + timedelta(days=5))
    concerns.say_solved(tx, centre, resident, number, said.get(end, concerns.Solved.YES))
    if end in ("half", "recheck"):
        concerns.answer(tx, centre, _hand(taken, 8), number, reply)


def _hand(taken: Asked, days: float) -> concerns.Hand:
    return concerns.Hand(Asked(taken.now + timedelta(days=days), 2), is_lead=True)


ENDINGS = {
    "explained": "我们和两边都说过了，原因也说给您听了。",
    "planned": "已经列入明年的计划，开工前告诉您。",
    "impossible": "树是市里管的，我们报上去了，现在不能移。",
}
