"""Teams and people as values: what a name and a telephone number may look like, and how a name is masked."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 40
LONGEST_TEAM = 48
LONGEST_CONTACT = 64

_FOUND_LATER = {
    # the ten forms of vertical punctuation
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
    0xE7C7: 0x1E3F, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC,
    0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip
"""Letters that GB 18030-2000 had to keep in private use, and where Unicode has them since (GB 18030-2022)."""

_DOTS = re.compile(r"(?<=[\u2e80-\U0003ffff])\s*[·•‧∙・.]\s*(?=[\u2e80-\U0003ffff])")
"""The dot of a minority's name as keyboards, fonts and forms spell it; NFKC has made . of ．already."""


class TeamKind(StrEnum):
    """A volunteer team of the centre (服务队), or an organisation from outside (合伙人)."""

    TEAM = "team"
    PARTNER = "partner"


@dataclass(frozen=True)
class Team:
    """A team or a partner. `contact` is the centre's own note of whom to call, for staff only."""

    id: int
    name: str
    kind: TeamKind
    contact: str = ""
    is_active: bool = True


@dataclass(frozen=True)
class Person:
    """Somebody on the register. The name and the phone (digits, empty for none) are for staff only."""

    id: int
    name: str
    phone: str
    team_ids: tuple[int, ...]
    is_active: bool
    card_revision: int

    @property
    def masked(self) -> str:
        """The name as others may see it."""
        return masked(self.name)


@dataclass(frozen=True)
class Masked:
    """Somebody as a screen without a log-in may show them."""

    id: int
    name: str


def masked(name: str) -> str:
    """A name as everybody may see it: 王小明 is "王*", whatever the length of the rest."""
    return f"{tidy(name)[:1]}*"


def tidy(text: str) -> str:
    """A name as it is kept: no full-width letters, control signs or double spaces; none around Chinese.

    The dot within a Chinese name is · however it was typed: else six spellings are six people.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_FOUND_LATER))
    words = "".join(sign if is_written(sign) else " " for sign in plain).split()
    joined = _DOTS.sub("·", " ".join(words))
    return re.sub(r"(?<=[\u2e80-\U0003ffff]) (?=[\u2e80-\U0003ffff])", "", joined)


def is_written(sign: str) -> bool:
    """Whether this is a sign that people write, not one that steers a machine or a line.

    `str.isprintable` knows the Unicode of its Python: 𮯰 (U+2EBF0) is none of Unicode 14, and "王𮯰" became
    "王". So what is unassigned or of private use stays, and the paper shows 〓 for what it cannot draw.
    """
    code = ord(sign)
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:  # never to be assigned
        return False
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def phone_digits(text: str) -> str | None:
    """A telephone number as bare digits: mobile, landline with area code, or 7 to 8 local digits.

    "" when nothing is written, None when it is no telephone number of the mainland.
    """
    bare = re.sub(r"[\s()\-–—.]", "", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"^(\+|00)86", "", bare)
    is_number = re.fullmatch(r"1[3-9][0-9]{9}|0[1-9][0-9]{8,10}|[2-8][0-9]{6,7}", bare, re.ASCII)
    return bare if not bare or is_number else None


def is_id_number(text: str) -> bool:
    """Whether this looks like the number of an identity card, which is never stored."""
    bare = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    return bool(re.search(r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx](?![0-9])", bare, re.ASCII))


def person_faults(name: str, phone: str) -> dict[str, str]:
    """Which fields of a person are wrong: "name" or "phone" → "empty", "long", "id_number" or "phone"."""
    return _wrong(name=name_fault(name, LONGEST_NAME), phone=phone_fault(phone))


def team_faults(name: str, contact: str) -> dict[str, str]:
    """Which fields of a team are wrong: "name" or "contact" → "empty", "long" or "id_number"."""
    in_contact = name_fault(contact, LONGEST_CONTACT) if contact else ""
    return _wrong(name=name_fault(name, LONGEST_TEAM), contact=in_contact)


def phone_fault(text: str) -> str:
    """What is wrong with a telephone number: "id_number", "phone" or nothing."""
    if is_id_number(text):
        return "id_number"
    return "phone" if phone_digits(text) is None else ""


def name_fault(text: str, most: int) -> str:
    """What is wrong with a name of at most `most` characters: "empty", "long", "id_number" or nothing."""
    kept = tidy(text)
    if not kept:
        return "empty"
    if is_id_number(kept):
        return "id_number"
    return "long" if len(kept) > most else ""


def _wrong(**faults: str) -> dict[str, str]:
    return {field: fault for field, fault in faults.items() if fault}
