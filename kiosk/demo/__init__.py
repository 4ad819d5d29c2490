"""The demo centre: services, counters and cards of a real kind. It shows posts, never people."""

from datetime import date, time, timedelta
from typing import Any

import sqlalchemy as sa
from msgspec.structs import asdict, replace

from kiosk import events, people, services, setup, staff
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.cards.tables import contact_card
from kiosk.database import Tx
from kiosk.database.joining import PUBLIC
from kiosk.demo.concerns import CHEAP as CHEAP  # tests hash as it does
from kiosk.demo.concerns import OUTSIDE, furnish_concerns
from kiosk.events.tables import event
from kiosk.services.tables import counter, counter_service, material, outcome, service, service_group
from kiosk.tickets.tables import priority

_ROLES = {"admin": staff.Role.ADMIN, "desk": staff.Role.DESK}
STAFF = tuple(
    (name, PUBLIC[name], _ROLES.get(name, staff.Role.CLERK)) for name in PUBLIC if name not in OUTSIDE
)
"""Who works in the hall; whoever else has to do with concerns comes with them."""

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

WAITING_PLACE, WAITING_PLACE_EN = "一楼等候区", "Ground floor hall"

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
            place=WAITING_PLACE, place_en=WAITING_PLACE_EN,
        )  # fmt: skip
        _materials(tx, code, MATERIALS[code], services.MaterialKind.OWN)
        _materials(tx, code, AGENT_MATERIALS.get(code, AGENT), services.MaterialKind.AGENT)
    ends = setup.starter_ends()
    for code, asked in ENDS.items():
        for position, line in enumerate(ends[asked]):
            _add(tx, outcome, service_code=code, position=position, **asdict(line))
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
