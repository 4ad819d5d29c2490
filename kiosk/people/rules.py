"""Teams and people as values: what a name and a telephone number may look like, and how a name is masked."""

import re
import unicodedata
from enum import StrEnum

from msgspec import Struct

from kiosk.signs import has_pictures

LONGEST_NAME = 40
LONGEST_TEAM, LONGEST_ENGLISH = 48, 96
LONGEST_CONTACT = 64

_FOUND_LATER = {
    # the ten forms of vertical punctuation
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
    0xE7C7: 0x1E3F, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC,
    0xE831: 0x215D7, 0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip
"""Letters that GB 18030-2000 had to keep in private use, and where Unicode has them since (GB 18030-2022)."""

# told by what Chinese is not: a range that ends beyond U+FFFF took 3.6 ms of each start to compile, this 0.8
_DOTS = re.compile(r"(?<=[^\x00-\u2e7f])\s*[·•‧∙・.]\s*(?=[^\x00-\u2e7f])")
"""The dot of a minority's name as keyboards, fonts and forms spell it; NFKC has made . of ．already."""


_INSIDE = re.compile(r"(?<=[^\x00-\u2e7f]) (?=[^\x00-\u2e7f])")
"""A space between two letters of Chinese."""


class TeamKind(StrEnum):
    """A volunteer team of the centre (服务队), or an organisation from outside (合伙人)."""

    TEAM = "team"
    PARTNER = "partner"


class Team(Struct, frozen=True):
    """A team or a partner. `contact` is the centre's own note of whom to call, for staff only."""

    id: int
    name: str
    kind: TeamKind
    contact: str = ""
    is_active: bool = True
    name_en: str = ""


class Person(Struct, frozen=True):
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

    @property
    def tail(self) -> str:
        """The last four digits of the phone, by which the person is found."""
        return phone_tail(self.phone)


class Masked(Struct, frozen=True):
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
    if not plain.isprintable():  # what is printable is written too; the rest is looked at sign by sign
        plain = "".join(sign if is_written(sign) else " " for sign in plain)
    return _INSIDE.sub("", _DOTS.sub("·", " ".join(plain.split())))


def is_written(sign: str) -> bool:
    """Whether this is a sign that people write, not one that steers a machine or a line.

    `str.isprintable` knows the Unicode of its Python: 𮯰 (U+2EBF0) is none of Unicode 14, and "王𮯰" became
    "王". So what is unassigned or of private use stays, and the paper shows 〓 for what it cannot draw.
    """
    code = ord(sign)
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:  # never to be assigned
        return False
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


_MOBILE, _LANDLINE = r"1[3-9][0-9]{9}", r"(?:10|2[0-9])[0-9]{8}|[3-9][0-9]{2}[0-9]{7,8}"
_COMPLETE = re.compile(rf"{_MOBILE}|0(?:{_LANDLINE})|[48]00[0-9]{{7}}|[2-8][0-9]{{6,7}}")
"""A mobile, a landline with its area (010 and 02x: eight digits after it), a 400 number, a local one."""

_EXTENSION = re.compile(r"(.+?)\s*(?:转|分机|ext\.?|[x#,\-–—])\s*([0-9]{1,4})", re.IGNORECASE)
_AS_EXCEL_WRITES = re.compile(r"[0-9]+\.0+|[0-9](?:\.[0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:\s|T|$)")
LONGEST_PHONE = 16


def phone_digits(text: str) -> str | None:
    """A telephone number as it is kept: bare digits, with its extension as 02162345678-8, or +85291234567.

    Mainland numbers lose the country's code and a mobile the 0 before it; those of elsewhere keep theirs
    (E.164). Cells that Excel took for numbers are read back where no digit was lost. "" when nothing is
    written, None when it is no telephone number.
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if is_written(sign)).strip()
    plain = plain.removeprefix("'")  # so people, and we, write a number that a spreadsheet must leave alone
    if _DATE.match(plain):
        return None  # 2026-11-28 would be the local number 20261128
    if _AS_EXCEL_WRITES.fullmatch(plain):
        plain = _whole(plain)
    if found := _EXTENSION.fullmatch(plain):
        main = _complete(found[1])
        if main and len(main) + 1 + len(found[2]) <= LONGEST_PHONE:
            return f"{main}-{found[2]}"
    return _complete(plain) if plain else ""


def phone_tail(phone: str) -> str:
    """The last four digits of a number that is kept, without its extension; by them people are found."""
    return phone.partition("-")[0][-4:]


def _whole(written: str) -> str:
    """The digits of a number that Excel wrote with a point; as it was when some of them are lost."""
    mantissa, _, power = written.lower().partition("e")
    digits, _, decimals = mantissa.partition(".")
    if not power:
        return digits
    return digits + decimals if len(decimals) == int(power) else written


def _complete(written: str) -> str | None:
    """One number without an extension, None when it is none."""
    bare = re.sub(r"[\s()\-–—.]", "", written)
    bare = re.sub(r"^00(?=[1-9])", "+", bare)
    bare = re.sub(rf"^(?:\+86|86(?={_MOBILE}$))0?(?={_LANDLINE}$)", "0", bare)
    bare = re.sub(rf"^(?:\+?86)?0?(?={_MOBILE}$)", "", bare)
    if re.fullmatch(r"\+(?!86)[1-9][0-9]{6,14}", bare, re.ASCII):
        return bare
    return bare if _COMPLETE.fullmatch(bare) and bare.isascii() else None


def is_id_number(text: str) -> bool:
    """Whether this looks like the number of an identity card, which is never stored."""
    bare = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text))
    return bool(re.search(r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx](?![0-9])", bare, re.ASCII))


def person_faults(name: str, phone: str) -> dict[str, str]:
    """Which fields of a person are wrong: "name" or "phone", and as what: see the faults of each."""
    return _wrong(name=person_name_fault(name), phone=phone_fault(phone))


def team_faults(name: str, contact: str, name_en: str = "") -> dict[str, str]:
    """Which fields of a team are wrong: by name → "empty", "long", "id_number" or "no_team"."""
    in_contact = name_fault(contact, LONGEST_CONTACT) if contact else ""
    in_english = name_fault(name_en, LONGEST_ENGLISH) if name_en else ""
    return _wrong(name=team_name_fault(name), contact=in_contact, name_en=in_english)


def phone_fault(text: str) -> str:
    """What is wrong with a telephone number: "id_number", "phone" or nothing."""
    if is_id_number(text):
        return "id_number"
    return "phone" if phone_digits(text) is None else ""


_NO_WORD = re.compile(
    r"#(?:[A-Z0-9/]+[!?]|N/A)|TRUE|FALSE|[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:[ T][0-9:.]*)?",
    re.IGNORECASE,
)
"""What a spreadsheet writes where a word should be: errors, truth, dates."""

_NO_NAME = re.compile(r"[0-9][0-9\s:./T年月日-]*|[合小总共]计.*|.*:.*|以下空白", re.IGNORECASE)
"""What else stands in the column of names: numbers, the sum at the foot, 制表人:王某."""


def person_name_fault(text: str) -> str:
    """What is wrong with the name of a person: as with any name, or "no_name"."""
    kept = tidy(text)
    if fault := name_fault(text, LONGEST_NAME):
        return fault
    is_name = any(unicodedata.category(sign)[0] in "LMC" or sign == "〇" for sign in kept)
    return "" if is_name and not (_NO_WORD.fullmatch(kept) or _NO_NAME.fullmatch(kept)) else "no_name"


def team_name_fault(text: str) -> str:
    """What is wrong with the name of a team: as with any name, or "no_team"."""
    return name_fault(text, LONGEST_TEAM) or ("no_team" if _NO_WORD.fullmatch(tidy(text)) else "")


def name_fault(text: str, most: int) -> str:
    """What is wrong with a name: "empty", "id_number", "pictures", "long" (over `most` characters) or ""."""
    kept = tidy(text)
    if not kept:
        return "empty"
    if is_id_number(kept):
        return "id_number"
    if has_pictures(kept):
        return "pictures"
    return "long" if len(kept) > most else ""


def _wrong(**faults: str) -> dict[str, str]:
    return {field: fault for field, fault in faults.items() if fault}
