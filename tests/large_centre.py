"""A centre as large as they come: 88 services in 8 groups, 30 counters, names as long as a form takes them.

It is the demo's hall with more of everything, and can be made larger still for measuring.
"""

from collections.abc import Iterator
from itertools import count, islice, product
from string import ascii_uppercase
from typing import Any

import sqlalchemy as sa

from kiosk import services
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.database import Tx
from kiosk.services.tables import counter, counter_service, material, service, service_group

SERVICES, COUNTERS = 88, 30

GROUPS = (
    ("pension", "养老和补贴", "Pensions and allowances", "hand-heart"),
    ("papers", "证件和医保", "Papers and health cover", "id-card"),
    ("help", "困难帮扶", "Help in hardship", "heart-handshake"),
    ("home", "住房和生活", "Home and daily life", "building-2"),
    ("work", "就业和创业", "Work and starting a business", "users-round"),
    ("family", "婚育和儿童", "Families and children", "baby"),
    ("party", "党员和志愿服务", "Party members and volunteers", "medal"),
    (
        "others",
        "法律援助、信访、矛盾调解、公共安全和其他没有列在上面的事项",
        "Legal aid, petitions, mediation, safety and what is not above",
        "circle-help",
    ),
)

NAMES = {
    "pension": "养老金领取 城乡居民养老保险参保 养老机构补贴 居家养老服务 助餐卡办理 丧葬补助 遗属补助",
    "papers": "医保异地就医备案 医保卡补办 门诊慢特病认定 户籍证明 居民身份证代办 流动人口登记 老年乘车卡",
    "help": "低保申请 特困人员供养 临时救助 残疾人证办理 残疾人辅具申请 困境儿童救助 医疗救助 慈善帮扶",
    "home": "公租房申请 廉租房年审 物业投诉 供水报修 燃气开户 供暖报停 加装电梯 宠物登记 停车位登记",
    "work": "失业登记 就业困难认定 灵活就业补贴 创业担保贷款 技能培训报名 招聘信息登记 社保卡激活 个体户咨询",
    "family": "婚姻状况证明 二孩登记 独生子女奖励 托育补贴 儿童疫苗预约 入学证明 计划生育证明 家庭教育咨询",
    "party": "党组织关系转接 流动党员报到 党费收缴 志愿者注册 志愿服务证明 退役军人优待证 双拥慰问",
    "others": "法律咨询 人民调解 信访登记 矫正人员报到 消防安全咨询 反诈宣传 居民意见 公证预约 开具证明",
}
"""What else is done there, under the group that it belongs to."""

LONG = "（含本人、配偶和未成年子女，跨省跨区办理的请先核对户籍所在地和参保地，材料不全的可以先受理后补交，代办请带委托书）"  # noqa: E501
LONG_ENGLISH = "Allowance for long-standing residents, spouses and children, across provinces and districts"
NAME, NAME_EN, TEXT = 60, 96, 64
"""The most characters of a name, of an English one, of a line of what to bring."""

MATERIALS = ("身份证", "户口本", "银行卡复印件", "居住证明", "收入证明", "一寸照片", "诊断证明", "委托书")
"""Some bring two of them, some all."""

CLERK = 2


def furnish_large(box: Box, most: int = SERVICES, counters: int = COUNTERS) -> None:
    """Make the demo's hall large: so many services and counters, all of them open."""
    with box.database.write() as tx:
        _groups(tx)
        _services(tx, most)
        _counters(tx, counters)
        for number in range(1, counters + 1):
            services.open_counter(tx, Asked(box.now(), CLERK), number)


def _groups(tx: Tx) -> None:
    known = set(tx.execute(sa.select(service_group.c.slug)).scalars())
    rows = [
        {"slug": slug, "name": name, "name_en": english, "icon": icon, "position": position}
        for position, (slug, name, english, icon) in enumerate(GROUPS)
        if slug not in known
    ]
    _insert(tx, service_group, rows)


def _services(tx: Tx, most: int) -> None:
    known = tx.execute(sa.select(sa.func.count()).where(~service.c.is_timed)).scalar_one()
    rows, lines = [], []
    for nth, (code, (slug, name)) in enumerate(islice(zip(_codes(), _names(), strict=False), most - known)):
        is_long = nth % 9 == 4
        rows.append({
            "code": code, "letter": code, "initials": services.initials_of(name),
            "group_slug": slug, "icon": "file-text", "position": known + nth,
            "name": f"{name}{LONG}"[:NAME] if is_long else name,
            "name_en": LONG_ENGLISH[:NAME_EN] if is_long else f"Service {code}, which helps with a matter",
            "place": "二楼东侧综合服务大厅等候区" if is_long else "一楼等候区",
            "place_en": "Ground floor hall",
        })  # fmt: skip
        lines += [{
            "service_code": code, "position": place,
            "text": f"{text}{LONG}"[:TEXT] if place == 2 else text, "text_en": f"Paper {place + 1}",
            "note": "原件和复印件", "note_en": "original and copy",
        } for place, text in enumerate(MATERIALS if is_long else MATERIALS[:2])]  # fmt: skip
    _insert(tx, service, rows)
    _insert(tx, material, lines)


def _codes() -> Iterator[str]:
    return ("".join(pair) for pair in product(ascii_uppercase, repeat=2))


def _names() -> Iterator[tuple[str, str]]:
    """Group and name, one group after the other, and with a number from the second round on."""
    every = [(slug, name) for slug, names in NAMES.items() for name in names.split()]
    return ((slug, f"{name}{turn}" if turn > 1 else name) for turn in count(1) for slug, name in every)


def _counters(tx: Tx, most: int) -> None:
    """Each new one serves two groups, and every fifth everything."""
    listed = tx.execute(sa.select(service.c.code, service.c.group_slug).where(~service.c.is_timed)).all()
    known = set(tx.execute(sa.select(counter.c.number)).scalars())
    slugs = [slug for slug, *_ in GROUPS]
    new = [number for number in range(1, most + 1) if number not in known]
    rows = []
    for number in new:
        own = {slugs[number % len(slugs)], slugs[(number // 4) % len(slugs)]}
        rows += [
            {"counter_number": number, "service_code": code}
            for code, slug in listed
            if slug in own or number % 5 == 0
        ]
    _insert(tx, counter, [{"number": number} for number in new])
    _insert(tx, counter_service, rows)


def _insert(tx: Tx, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(sa.insert(table), rows)
