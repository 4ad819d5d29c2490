"""The demo centre: services, counters and cards of a real kind. It shows posts, never people."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa

from kiosk import concerns, events, kinds, people, services, setup, staff
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.cards.tables import contact_card
from kiosk.centre import Centre
from kiosk.concerns.tables import concern
from kiosk.database import Tx
from kiosk.database.joining import PUBLIC
from kiosk.events.tables import event
from kiosk.services.tables import counter, counter_service, material, outcome, service, service_group
from kiosk.tickets.tables import priority

_ROLES = {"admin": staff.Role.ADMIN, "desk": staff.Role.DESK}
STAFF = tuple((name, password, _ROLES.get(name, staff.Role.CLERK)) for name, password in PUBLIC.items())

CHEAP = "scrypt:128:8:1"
"""The demo's passwords are public: hashing six at full cost took 2.3 s of the first start.

The fewest rounds that the library takes: 0.4 ms, where 1024 take 3 of each log-in of a test.
"""

GROUPS = (
    ("pension", "养老和补贴", "Pensions and allowances", "hand-heart"),
    ("papers", "证件和医保", "Papers and health cover", "id-card"),
    ("help", "困难帮扶", "Help in hardship", "heart-handshake"),
    ("home", "住房和生活", "Home and daily life", "building-2"),
)

# code, group, name, English, icon, popular; the materials follow below
SERVICES = (
    ("A", "pension", "养老保险资格认证", "Pension certification", "shield-check", True),
    ("B", "pension", "高龄补贴", "Old-age allowance", "wallet", True),
    ("C", "pension", "老年人优待证", "Senior citizen card", "badge-check", False),
    ("D", "pension", "残疾人补贴", "Disability allowance", "accessibility", False),
    ("E", "papers", "居住证代办", "Residence permit", "id-card", False),
    ("F", "papers", "医保参保缴费", "Health insurance", "shield-check", False),
    ("G", "papers", "生育登记", "Birth registration", "baby", False),
    ("H", "papers", "退役军人登记", "Veterans' registration", "medal", False),
    ("J", "help", "低保和临时救助", "Low-income and emergency aid", "hand-heart", False),
    ("K", "help", "帮办代办", "Help with errands and forms", "users-round", False),
    ("L", "home", "用电报装和缴费", "Electricity", "zap", False),
    ("M", "home", "老旧小区改造", "Renewal of older buildings", "wrench", False),
    ("N", "home", "物业和公共晾衣区", "Property and shared drying areas", "house", False),
)

ENDS = {"A": "certify", "B": "apply", "K": "apply"}
"""What is asked at the end of a visit, as the starter catalogue calls it."""

ID_CARD = ("身份证", "ID card", "原件", "original")
ID_COPY = ("身份证复印件", "Copy of the ID card", "1份", "1 copy")
HOUSEHOLD = ("户口本", "Household register", "首页和本人页", "first page and own page")
BANK_CARD = ("银行卡复印件", "Copy of the bank card", "1份", "1 copy")
PHOTO = ("1寸照片", "1-inch photo", "1张", "one")
PHONE = ("手机", "Mobile phone", "收验证码用", "for a code by text message")
AGENT = (("代办人身份证", "The agent's own ID card", "原件", "original"),)

MATERIALS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "A": (ID_CARD, PHONE),
    "B": (ID_CARD, ID_COPY, HOUSEHOLD, BANK_CARD, PHOTO),
    "C": (ID_CARD, PHOTO),
    "D": (ID_CARD, ("残疾人证", "Disability card", "原件", "original"), BANK_CARD),
    "E": (ID_CARD, ("租房合同或房产证", "Lease or property deed", "", ""), PHOTO),
    "F": (ID_CARD, PHONE, ("银行卡", "Bank card", "", "")),
    "G": (ID_CARD, HOUSEHOLD, ("结婚证", "Marriage certificate", "", "")),
    "H": (ID_CARD, ("退役证件", "Discharge papers", "原件", "original"), PHOTO),
    "J": (
        ID_CARD,
        HOUSEHOLD,
        ("收入或困难证明", "Proof of income or hardship", "没有也可以先咨询", "ask first if none"),
    ),
    "K": (ID_CARD,),
    "L": (ID_CARD, ("电费单或户号", "Electricity bill or customer number", "", "")),
    "M": (("身份证", "ID card", "", ""), ("楼栋和门牌号", "Building and door number", "", "")),
    "N": (("现场照片", "Photos of the place", "有就带上", "if you have any"),),
}

AGENT_MATERIALS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "A": (*AGENT, ("本人近期照片，或现场视频", "A recent photo of the person, or a video call", "", "")),
}

PRIORITIES = (
    ("elder", "70岁以上", "Aged 70+", 15),
    ("disabled", "残疾人", "Disabled", 20),
    ("veteran", "军人", "Veteran", 15),
)

# each counter can do everything, as in a hall of 一岗多能, but papers need the machines of counters 1 and 2
SKILLS = {1: "ABCDEFGHJKLMN", 2: "ABCDEFGHJKLMN", 3: "ABCDJKLMN", 4: "ABCDJKLMN"}

HOURS = ("周一至周日 8:30–17:30；电话24小时开机", "Daily 8:30–17:30; phone on day and night")
ADDRESS = ("党群服务中心一楼", "Ground floor, community service centre")
CARDS = (
    ("社区书记", "Community secretary", "0000-2251001", ADDRESS, HOURS),
    (
        "网格长",
        "Neighbourhood lead",
        "0000-2251002",
        ADDRESS,
        ("周一至周五 8:30–17:30", "Monday to Friday 8:30–17:30"),
    ),
    ("青少年心理热线", "Youth counselling line", "2251885", ADDRESS, ("每天 9:00–21:00", "Daily 9:00–21:00")),
    ("物业服务", "Property office", "0000-2251004", ("小区东门", "East gate"), ("24小时", "Day and night")),
)


TEAMS = (
    ("邻里守望服务队", people.TeamKind.TEAM, "Good Neighbours team"),
    ("便民服务队", people.TeamKind.TEAM, "Handy Hands team"),
    ("社区卫生服务站", people.TeamKind.PARTNER, "Community health station"),
)

# posts, not people: team, post, telephone; the last four digits sign in at the station
VOLUNTEERS = (
    (0, "楼道长", "2250101"),
    (0, "网格员", "2250102"),
    (1, "理发师傅", "2250103"),
    (1, "电工师傅", "2250104"),
    (2, "社区医生", "2250105"),
)

# Days are counted from a week long before the demo begins; the first is open at every hour of every day.
EVENTS = (
    events.EventPlan(
        events.EventKind.SHIFT, "邻里守望志愿服务", "一楼大厅", date(2024, 1, 1), time(7), 16 * 60 + 59,
        rule="FREQ=DAILY", team_id=0, early_min=7 * 60, grace_min=0,
        title_en="Neighbours look out for neighbours", place_en="Ground floor hall",
        about="在大厅帮老人取号、填表、找人。",
        about_en="Help older people in the hall: numbers, forms, whom to ask.",
    ),
    events.EventPlan(
        events.EventKind.SHIFT, "便民生活日", "中心门前广场", date(2024, 1, 1), time(9), 150,
        rule="FREQ=WEEKLY;BYDAY=MO", team_id=1, early_min=60,
        title_en="Everyday help day", place_en="Square at the front door",
        about="理发、修电动车、磨刀、量血压，都不收钱。",
        about_en="Haircuts, e-bike repair, knives, blood pressure: free.",
    ),
    events.EventPlan(
        events.EventKind.ACTIVITY, "健康讲座和义诊", "二楼活动室", date(2024, 1, 4), time(14, 30), 90,
        rule="FREQ=WEEKLY;BYDAY=TH", team_id=2, capacity=40,
        title_en="Health talk and check-up", place_en="Activity room, first floor",
        about="讲怎么防摔倒，医生在场量血压。", about_en="How not to fall; blood pressure taken.",
    ),
    events.EventPlan(
        events.EventKind.MEETING, "居民议事", "议事厅", date(2024, 1, 6), time(18), 90,
        rule="FREQ=WEEKLY;BYDAY=SA", title_en="Residents' meeting", place_en="Meeting hall",
        about="小区的事大家商量。", about_en="Talk over what concerns the neighbourhood.",
    ),
    events.EventPlan(
        events.EventKind.MEETING, "倾听666", "一楼接待室", date(2024, 1, 6), time(18), 60,
        rule="FREQ=WEEKLY;BYDAY=SA",
        title_en="Listening hour 666", place_en="Reception room, ground floor",
        about="每周六晚上六点，六方的人坐下来听您说。",
        about_en="Every Saturday at six, six parties sit down and listen.",
    ),
)  # fmt: skip

WITH_STALLS = "便民生活日"

# letter, name, English, where somebody sits
STALLS = (
    ("P", "理发", "Haircut", 5),
    ("Q", "修电动车", "E-bike repair", 6),
    ("R", "磨刀", "Knife sharpening", 6),
)


def furnish(box: Box) -> None:
    """Fill an empty database with the demo centre; leave a hall that has services, or events, as they are."""
    furnish_hall(box)
    furnish_events(box)
    furnish_concerns(box)


def furnish_hall(box: Box) -> None:
    """Services, counters, cards and who works there, unless there are services."""
    with box.database.write() as tx:
        if tx.execute(sa.select(service.c.code).limit(1)).scalar() is not None:
            return
        _services(tx)
        _counters(tx)
        _cards(tx)
        for name, password, role in STAFF:
            staff.add_staff(tx, Asked(box.now()), name, role, staff.hashed(password, CHEAP))


def furnish_events(box: Box) -> None:
    """Teams, volunteers, events and their stalls, unless there are events."""
    with box.database.write() as tx:
        if tx.execute(sa.select(event.c.id).limit(1)).scalar() is not None:
            return
        staff_id = next(number for number, name in staff.staff_names(tx).items() if name == "desk")
        teams = [
            people.add_team(tx, Asked(box.now(), staff_id), name, kind, "", english)
            for name, kind, english in TEAMS
        ]
        for team, post, phone in VOLUNTEERS:
            people.add_person(tx, Asked(box.now(), staff_id), post, phone, [teams[team]])
        for plan in EVENTS:
            team_id = None if plan.team_id is None else teams[plan.team_id]
            began_on = _half_a_year_ago(plan.first_on, box.centre.day(box.now()))
            _hold(tx, box, replace(plan, team_id=team_id, first_on=began_on), staff_id)


def _half_a_year_ago(first_on: date, today: date) -> date:
    """The same day of a week."""
    half_a_year_ago = today - timedelta(weeks=26)
    return half_a_year_ago + (first_on - half_a_year_ago) % timedelta(weeks=1)


def _hold(tx: Tx, box: Box, plan: events.EventPlan, staff_id: int) -> None:
    event_id = events.add_event(tx, box.centre, Asked(box.now(), staff_id), plan)
    if plan.title != WITH_STALLS:
        return
    for code, name, english, number in STALLS:
        stall = events.NewStall(code, name, (number,), english)
        events.add_stall(tx, Asked(box.now(), staff_id), event_id, stall)


def _services(tx: Tx) -> None:
    for position, (slug, name, english, icon) in enumerate(GROUPS):
        _add(tx, service_group, slug=slug, name=name, name_en=english, icon=icon, position=position)
    for position, (code, group, name, english, icon, is_popular) in enumerate(SERVICES):
        _add(
            tx, service, code=code, letter=code, initials=services.initials_of(name), group_slug=group,
            name=name, name_en=english, icon=icon,
            position=position, is_popular=is_popular,
            place="一楼等候区", place_en="Ground floor hall",
        )  # fmt: skip
        _materials(tx, code, MATERIALS[code], services.MaterialKind.OWN)
        _materials(tx, code, AGENT_MATERIALS.get(code, AGENT), services.MaterialKind.AGENT)
    ends = setup.starter_ends()
    for code, asked in ENDS.items():
        for position, line in enumerate(ends[asked]):
            _add(tx, outcome, service_code=code, position=position, **vars(line))
    for position, (code, name, english, minutes) in enumerate(PRIORITIES):
        _add(tx, priority, code=code, name=name, name_en=english, head_start_min=minutes, position=position)


def _materials(tx: Tx, code: str, lines: tuple[tuple[str, str, str, str], ...], kind: str) -> None:
    for position, (text, english, note, english_note) in enumerate(lines):
        _add(
            tx, material, service_code=code, position=position, kind=kind,
            text=text, text_en=english, note=note, note_en=english_note,
        )  # fmt: skip


def _counters(tx: Tx) -> None:
    for number, skills in SKILLS.items():
        _add(tx, counter, number=number)
        for code in skills:
            _add(tx, counter_service, counter_number=number, service_code=code)


def _cards(tx: Tx) -> None:
    for position, (post, english, phone, address, hours) in enumerate(CARDS):
        _add(
            tx, contact_card, position=position, post=post, post_en=english, phone=phone,
            address=address[0], address_en=address[1], hours=hours[0], hours_en=hours[1],
        )  # fmt: skip


def _add(tx: Tx, table: sa.Table, **values: Any) -> None:
    tx.execute(sa.insert(table).values(values))


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


def furnish_concerns(box: Box) -> None:
    """Three months of what residents said, of every state; nothing is printed of it."""
    centre = replace(box.centre, settings=replace(box.settings, printer="off:"))
    with box.database.write() as tx:
        if tx.execute(sa.select(concern.c.id).limit(1)).scalar() is not None:
            return
        now = Asked(box.now())
        for name, english, buildings in PLACES:
            court = concerns.add_place(tx, now, concerns.PlacePlan(name, english))
            for number in range(1, buildings + 1):
                plan = concerns.PlacePlan(f"{number}号楼", f"Building {number}", court)
                concerns.add_place(tx, now, plan)
        inside = [number for number, plan in concerns.place_plans(tx) if plan.parent_id]
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
        for turn, (what, days_ago) in enumerate(LAST_DONE):
            left = concerns.Contact("大爷", tail=f"{2000 + turn * 7}")
            last = centre.day(box.now() - timedelta(days=days_ago))
            new = kinds.NewDate(what, left, last, what.months, f"demo-{turn}", inside[turn])
            kinds.add_date(tx, centre, Asked(box.now(), 2), new)


HOPED = "轮椅借几天"
LAST_DONE = (
    (kinds.WhatRunsOut.PENSION, 20), (kinds.WhatRunsOut.PENSION, 250), (kinds.WhatRunsOut.CARE, 120),
)  # fmt: skip
"""What runs out, and how many days ago it was done last: none is to be reminded of on the first day."""


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
