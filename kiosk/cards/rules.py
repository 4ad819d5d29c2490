"""Contact cards as values, and as a vCard that a phone can save."""

import re
from dataclasses import dataclass
from datetime import datetime

LENGTHS = {
    "post": 20,
    "post_en": 64,
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


@dataclass(frozen=True)
class ContactCard:
    """One card in one language; `wechat` is the text of the WeChat code, empty without one."""

    id: int
    post: str
    name: str
    phone: str
    address: str
    hours: str
    wechat: str


@dataclass(frozen=True)
class Edition:
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
    tel = f"TEL{kind}:{_dialled(card.phone)}"
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{shown};;;;", f"FN:{shown}", tel]
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


def faults(fields: dict[str, str]) -> dict[str, str]:
    """Which fields of an edited card are wrong: name → "empty", "long" or "phone_signs"."""
    wrong = {}
    for name, most in LENGTHS.items():
        if not fields[name]:
            wrong[name] = "empty"
        elif len(fields[name]) > most:
            wrong[name] = "long"
    if "phone" not in wrong and not re.fullmatch(r"[0-9 +()转-]{3,}", fields["phone"]):
        wrong["phone"] = "phone_signs"
    return wrong


def is_contact(text: str) -> bool:
    """Whether a code leads to somebody in WeChat or WeCom, and nowhere else."""
    return CONTACT.fullmatch(text) is not None


def is_payment(text: str) -> bool:
    """Whether a scanned code asks for money instead of a contact."""
    return text.strip().lower().removeprefix("https:").removeprefix("http:").startswith(PAYMENT)
