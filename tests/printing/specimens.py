"""Slips to look at and to measure: each kind as it usually is, and as full as a real centre makes it."""

from dataclasses import replace
from typing import Any

from kiosk.tickets.slips import MISSED
from printing.slips import Slip
from printing.slips.come_back import ComeBackSlip
from printing.slips.contact_card import ContactCardSlip
from printing.slips.first_password import FirstPasswordSlip
from printing.slips.receipt import ReceiptSlip
from printing.slips.ruler import RulerSlip
from printing.slips.sign_in import SignInSlip
from printing.slips.ticket import TicketSlip
from printing.slips.trial import TrialSlip
from printing.slips.volunteer_card import VolunteerCardSlip

WIDTHS = (576, 512, 384)
SIZES = (False, True)
LANGS = ("zh", "en")

TEN = {
    "zh": (
        "身份证（原件）",
        "身份证复印件（1份）",
        "户口本（首页和本人页）",
        "银行卡复印件（1份）",
        "1寸照片（1张）",
        "手机（收验证码用）",
        "残疾人证（原件）",
        "租房合同或房产证",
        "结婚证",
        "收入或困难证明（没有也可以先咨询）",
    ),
    "en": (
        "ID card",
        "Copy of the ID card",
        "Household register",
        "Copy of the bank card",
        "1-inch photo",
        "Mobile phone",
        "Disability card",
        "Lease or property deed",
        "Marriage certificate",
        "Proof of income or hardship",
    ),
}
ADDRESS = "http://192.168.100.100:8000/t/"
LONG_SERVICE = {
    "zh": "城乡居民基本养老保险待遇领取资格认证",
    "en": "Certification of eligibility for the basic pension insurance",
}

NOTICE = {
    "zh": "养老保险资格认证开始了，请带身份证来；走不动的，我们上门办。",
    "en": "Pension certification has begun: bring your ID card. If you cannot walk, we come to you.",
}

_ENGLISH: tuple[Slip, ...] = (
    TicketSlip(
        centre="Community Service Centre",
        number="A012",
        service="Pension certification",
        ahead=3,
        where="Ground floor hall",
        materials=("ID card", "Mobile phone", "The agent's own ID card"),
        missed=MISSED["en"],
        qr=TicketSlip.sample().qr,
        taken="2026-11-21 09:05",
        priority="Aged 70+",
        estimate="about 10 to 20 min",
        lang="en",
    ),
    ComeBackSlip(
        centre="Community Service Centre",
        number="A012",
        service="Pension certification",
        bring=("ID card", "Household register", "1-inch photo"),
        by="by 17:30 today",
        where="window 1, 2",
        qr=ComeBackSlip.sample().qr,
        printed="2026-11-21 09:05",
        note="The photo must be recent.",
        lang="en",
    ),
    ContactCardSlip(
        centre="Community Service Centre",
        post="Community secretary",
        name="",
        phone="0000-2251001",
        address="Ground floor, community service centre",
        hours="Daily 8:30–17:30; phone on day and night",
        vcard="BEGIN:VCARD\r\nVERSION:3.0\r\nN:Community secretary;;;;\r\nFN:Community secretary\r\n"
        "TEL:0000-2251001\r\nEND:VCARD\r\n",
        wechat=ContactCardSlip.sample().wechat,
        lang="en",
    ),
    FirstPasswordSlip("Community Service Centre", "window3", "abcd-2345-wxyz", "2026-11-21 09:05", lang="en"),
    ReceiptSlip(
        centre="Community Service Centre",
        number="S021",
        concern="suggestion",
        by="by Saturday 28 November",
        where="we call you; or ask at the service desk",
        qr=ReceiptSlip.sample().qr,
        taken="2026-11-21 09:05",
        lang="en",
    ),
    RulerSlip(RulerSlip.sample().printer, "2026-11-21 09:05", lang="en"),
    SignInSlip(
        centre="Community Service Centre",
        event="Neighbours' day, volunteers",
        when="Sat 21 November 9:00–11:00",
        where="Activity room, ground floor",
        qr=SignInSlip.sample().qr,
        printed="2026-11-21 08:50",
        name="Wang *",
        lang="en",
    ),
    VolunteerCardSlip(
        centre="Community Service Centre",
        name="So-and-so",
        teams=("Barbers", "Repairs of e-bikes"),
        qr=VolunteerCardSlip.sample().qr,
        printed="2026-11-21 09:05",
        lang="en",
    ),
    TrialSlip("Community Service Centre", TrialSlip.sample().printer, "2026-11-21 09:05", lang="en"),
)

USUAL: dict[str, dict[str, Any]] = {
    english.kind: {"zh": type(english).sample(), "en": english} for english in _ENGLISH
}
"""By kind and language."""


def full(kind: str, lang: str, address: str = "") -> Any:
    """The slip with all that a real centre puts on it; `address` goes before the 24 digits of its code."""
    slip: Slip = USUAL[kind][lang]
    service = LONG_SERVICE[lang]
    is_english = lang == "en"
    centre = (
        "Community Service Centre of the Old Town" if is_english else "老城街道邻里社区党群服务中心（东区）"
    )
    if isinstance(slip, TicketSlip):
        return replace(
            slip,
            centre=centre,
            service=service,
            materials=TEN[lang],
            missed=MISSED["en" if is_english else "zh"],
            qr=address + slip.qr,
            for_someone_else=True,
            reprint=True,
        )
    if isinstance(slip, ComeBackSlip):
        return replace(slip, centre=centre, service=service, bring=TEN[lang], qr=address + slip.qr)
    if isinstance(slip, ContactCardSlip):
        place = "Room 203, community service centre" if is_english else "党群服务中心二楼203室，电梯右手边"
        return replace(slip, centre=centre, address=place)
    if isinstance(slip, TrialSlip | FirstPasswordSlip | RulerSlip):
        return _of_staff(slip, centre)
    if isinstance(slip, ReceiptSlip):
        return replace(slip, centre=centre, qr=address + slip.qr)
    if isinstance(slip, VolunteerCardSlip):
        teams = (
            ("Barbers of the old town", "Repairs of e-bikes", "Sunday walks along the river")
            if is_english
            else ("老城街道理发服务队", "电动车家电维修队", "江小团青少年防溺水巡河队")
        )
        return replace(slip, centre=centre, teams=teams, qr=address + slip.qr, is_renewed=True)
    assert isinstance(slip, SignInSlip)
    event = (
        "Repairs, haircuts and health checks" if is_english else "便民生活日：修电动车、理发、量血压、磨剪刀"
    )
    return replace(slip, centre=centre, event=event, qr=address + slip.qr)


def _of_staff(slip: TrialSlip | FirstPasswordSlip | RulerSlip, centre: str) -> Slip:
    if isinstance(slip, RulerSlip):
        return slip
    if isinstance(slip, TrialSlip):
        return replace(slip, centre=centre)
    # the widest letters that a made password can have
    return replace(slip, centre=centre, name="综合服务大厅东侧一号窗口", password="mmww-wwmm-wmwm")
