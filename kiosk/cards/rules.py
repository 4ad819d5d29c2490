"""Contact cards as values, and as a vCard that a phone can save."""

import re
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from kiosk.signs import text_faults

KIND = "card"
SEQUENCE, PROBLEMS = "sequence", "problems"
"""The keys under which the history keeps in which sequence the cards and the problems stand."""
PROBLEM = "problem-"
"""What the key of one problem begins with; that of a card is its id alone."""

LENGTHS = {
    "post": 20,
    "post_en": 64,
    "name": 16,
    "phone": 32,
    "address": 96,
    "address_en": 128,
    "hours": 96,
    "hours_en": 128,
}
"""The fields a centre edits, and how many characters each may have."""

CONTACT = re.compile(
    r"(?i:https?://)(?:"
    r"(?i:u\.wechat\.com)/[\w-]{4,64}"  # a person
    r"|(?i:weixin\.qq\.com)/(?:r|r/mp|g)/[\w-]{4,128}"  # an account, a group; older codes of persons too
    r"|(?i:work\.weixin\.qq\.com)/(?:u|ct|ca|gm)/[\w-]{4,64}"  # WeCom: a person, 联系我, 获客链接, a group
    r")(?:\?[\w.=&-]{0,120})?",
    re.ASCII,
)
"""What a code on a card may hold: the addresses that WeChat's own scanner takes for somebody to turn to
(u.wechat.com, weixin.qq.com/r and /g, work.weixin.qq.com/u and /ct), and WeCom's documented links to add a
member or join a group. After them stand a token and a few plain words, never another address.
"""

PAYMENT = (
    "wxp:", "alipay", "//qr.alipay.com", "//wx.tenpay.com", "//payapp.weixin.qq.com", "//qr.95516.com",
    "weixin://wxpay",
)  # fmt: skip
"""What payment codes begin with, the web scheme left out: whoever offers one is told that it takes money."""


class ContactCard(Struct, frozen=True):
    """One card in one language; `wechat` is the text of the WeChat code, empty without one."""

    id: int
    post: str
    name: str
    phone: str
    address: str
    hours: str
    wechat: str
    week: str = ""


class Kept(Struct, frozen=True):
    """A card as the office knows it: every field, and whether it is shown; `key` names it in the history."""

    id: int
    fields: Mapping[str, str]
    is_retired: bool

    @property
    def key(self) -> str:
        """How the history calls it."""
        return str(self.id)


class Problem(Struct, frozen=True):
    """What a resident comes with, in one language: a name, an icon, and who helps, in their sequence."""

    id: int
    name: str
    icon: str
    cards: tuple[ContactCard, ...]


class ProblemPlan(Struct, frozen=True):
    """What staff decide of a problem; `cards` are ids, the first to be asked first."""

    zh: str
    en: str
    icon: str
    cards: tuple[int, ...]
    is_retired: bool = False


LONGEST_ZH, LONGEST_EN = 16, 48
"""What a tile of the station holds on three lines."""


class Edition(Struct, frozen=True):
    """Whose card it is, and when it was last edited (UTC; None: never): a phone knows it again by these."""

    address: str
    at: datetime | None = None


def vcard(card: ContactCard, centre: str, edition: Edition | None = None) -> str:
    """The card as vCard 3.0 (RFC 2426), which both old and new phones read.

    Without an `edition` it is brief, for a QR code: all of it makes a code of 77 modules a side, the brief
    one of 53.
    """
    shown = _escaped(card.name or card.post)
    kind = ";TYPE=WORK,VOICE" if edition else ""
    tel = [f"TEL{kind}:{_dialled(card.phone)}"] if card.phone else []
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{shown};;;;", f"FN:{shown}", *tel]
    if edition:
        revised = [f"REV:{edition.at:%Y%m%dT%H%M%SZ}"] if edition.at else []
        lines += [
            f"UID:card-{card.id}@{edition.address}",
            *revised,
            f"ORG:{_escaped(centre)}",
            f"TITLE:{_escaped(card.post)}",
            f"ADR;TYPE=WORK:;;{_escaped(card.address)};;;;",
            f"NOTE:{_escaped('；'.join(filter(None, (_extension(card.phone), card.hours))))}",
        ]
    return "".join(line + "\r\n" for line in [*lines, "END:VCARD"])


def _dialled(phone: str) -> str:
    """What a phone dials: without the extension, whose digits would be taken for more of the number."""
    return re.sub(r"[^0-9+-]", "", phone.partition("转")[0])


def _extension(phone: str) -> str:
    """The extension as a note: phones differ in how they write a pause, and some drop it."""
    return "".join(phone.partition("转")[1:])


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\r", "").replace("\n", r"\n")


def faults(fields: Mapping[str, str], *, has_wechat: bool = False) -> dict[str, str]:
    """Which fields of an edited card are wrong: name → code of what is wrong with it.

    The post is needed, and one way to reach whoever has it: a telephone, a place, or a WeChat code.
    """
    wrong = text_faults(fields, LENGTHS)
    if not fields["post"]:
        wrong["post"] = "empty"
    if fields["phone"] and not re.fullmatch(r"[0-9 +()转-]*[0-9][0-9 +()转-]{2,}", fields["phone"]):
        wrong.setdefault("phone", "phone_signs")
    if not (fields["phone"] or fields["address"] or has_wechat):
        wrong["phone"] = "unreachable"
    return wrong


def problem_faults(plan: ProblemPlan) -> dict[str, str]:
    """What is wrong with a problem: field → code."""
    wrong = text_faults({"zh": plan.zh, "en": plan.en}, {"zh": LONGEST_ZH, "en": LONGEST_EN})
    if not plan.zh:
        wrong["zh"] = "empty"
    if not plan.cards:
        wrong["cards"] = "choice"
    return wrong


def is_contact(text: str) -> bool:
    """Whether a code leads to somebody in WeChat or WeCom, and nowhere else."""
    return CONTACT.fullmatch(text) is not None


def is_payment(text: str) -> bool:
    """Whether a scanned code asks for money instead of a contact."""
    return text.strip().lower().removeprefix("https:").removeprefix("http:").startswith(PAYMENT)
