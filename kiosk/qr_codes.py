"""The 24 digits of a QR code: type 1, serial 7, MAC 14, check 2.

Digits only, because a keyboard-wedge scanner's letters are destroyed by a Chinese input method and
digits survive; 24 of them fit QR version 1 at level Q, the largest modules on the narrowest paper.
"""

import hmac
import re
import unicodedata
from enum import StrEnum

from msgspec import Struct

LENGTH = 24
SERIALS = 10**7

_CODE = re.compile(
    r"(?:\][a-z][0-9])?(?:https?://\S*/t/)?([1-5])([0-9]{7})([0-9]{14})([0-9]{2})/?", re.ASCII | re.IGNORECASE
)
"""As scanners and people give it: behind an AIM identifier (]Q1, ISO/IEC 15424), in an address of ours."""

_BETWEEN = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2212\ufeff]")
"""What people put between digits, and what nobody sees: never a part of a code."""
_MACS = 10**14


class CodeKind(StrEnum):
    """The first digit: what the code opens."""

    TICKET = "1"
    VOLUNTEER_CARD = "2"
    REGISTRATION = "3"
    CONCERN = "4"
    DOOR_CARD = "5"


class Token(Struct, frozen=True):
    """A well-formed code: not yet known to be ours."""

    kind: CodeKind
    serial: int
    mac: str


class Misread(Exception):
    """Not 24 digits of ours: cut short, glued together, or one digit wrong. Scan again."""


class Forged(Exception):
    """The check digits hold and the MAC does not: nobody with our secret made this code."""


def issue(kind: CodeKind, serial: int, revision: int, secret: bytes) -> str:
    """The 24 digits for `serial` (0 to 9,999,999) at `revision`, signed with the centre's secret."""
    if not 0 <= serial < SERIALS:
        raise ValueError(f"serial {serial} does not fit seven digits")
    body = f"{kind}{serial:07d}{_mac(kind, serial, revision, secret)}"
    return body + _check(body)


def parse(text: str) -> Token:
    """Split whatever was scanned or typed (24 digits, or an address ending in them). Raises Misread."""
    found = _CODE.fullmatch(_BETWEEN.sub("", unicodedata.normalize("NFKC", text)))
    if not found or _check("".join(found.groups()[:3])) != found[4]:
        raise Misread
    return Token(CodeKind(found[1]), int(found[2]), found[3])


def digits_of(text: str) -> str:
    """The 24 digits alone of whatever was scanned or typed. Raises Misread."""
    token = parse(text)
    body = f"{token.kind}{token.serial:07d}{token.mac}"
    return body + _check(body)


def is_signed(token: Token, revision: int, secret: bytes) -> bool:
    """Whether the MAC belongs to this serial at this revision; constant time."""
    return hmac.compare_digest(token.mac, _mac(token.kind, token.serial, revision, secret))


def verify(token: Token, revision: int, secret: bytes) -> bool:
    """True at `revision`, False for an older one (a reprint revoked it). Raises Forged for neither."""
    if is_signed(token, revision, secret):
        return True
    if any(is_signed(token, older, secret) for older in range(revision)):
        return False
    raise Forged


def _mac(kind: CodeKind, serial: int, revision: int, secret: bytes) -> str:
    signed = hmac.digest(secret, f"{kind}:{serial}:{revision}".encode(), "sha256")
    # 64 bits reduced to 14 decimal digits: a bias of 1 in 184,000, and 46.5 bits to guess
    return f"{int.from_bytes(signed[:8]) % _MACS:014d}"


def _check(body: str) -> str:
    # ISO 7064 mod 97-10, as in an IBAN: finds every single wrong digit and every swap of neighbours
    return f"{98 - int(body) * 100 % 97:02d}"
