"""Teams and people as values: what a name and a telephone number may look like, and how a name is masked."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 40
LONGEST_TEAM = 48
LONGEST_CONTACT = 64


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
    """A name as it is kept: no full-width letters, control signs or double spaces; none around Chinese."""
    plain = unicodedata.normalize("NFKC", text)
    words = "".join(sign if sign.isprintable() else " " for sign in plain).split()
    joined = " ".join(words)
    return re.sub(r"(?<=[\u2e80-\U0003ffff]) (?=[\u2e80-\U0003ffff])", "", joined)


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
