"""Who of staff sees what of a concern: the law, with plain values."""

from enum import StrEnum

from msgspec import Struct


class Phone(StrEnum):
    """How much of a telephone number somebody sees."""

    NONE = "none"
    TAIL = "tail"
    LOGGED = "logged"


class Sight(Struct, frozen=True):
    """What somebody of staff sees of a concern: nothing at all unless `is_there`."""

    is_there: bool = True
    words: bool = False
    phone: Phone = Phone.NONE
    may_act: bool = False
    about: bool = True
    """The sentence that staff wrote of it."""
    place: bool = True
    reply: bool = True
    is_listed: bool = True
    """Whether it stands in the list, or is shown only to who asks for it by its number."""
    asks_reason: bool = False
    """Whether the words are shown to who writes why, which is noted."""

    @property
    def is_read(self) -> bool:
        """Whether the sentence that staff wrote of it is read, and what hangs on it."""
        return self.is_there and self.about


class Facts(Struct, frozen=True):
    """What decides who sees a concern: staff ids, or None.

    `is_of_today`: it was taken in today. `grid_worker`: whose grid its place lies in. `is_for_street`: it is
    about the secretary. `has_reason`: who looks wrote down why, just now.
    """

    is_sealed: bool
    accused_id: int | None
    owner_id: int | None
    offered_to: int | None
    taken_by: int | None
    is_of_today: bool
    grid_worker: int | None = None
    is_for_street: bool = False
    is_task: bool = False
    has_reason: bool = False


LEADS = ("secretary", "manager")
"""Roles whose word decides: who owns it, what is declined, how long it may take."""

RECEIVES = ("clerk", "desk")
"""Roles that take in what residents say."""

ADMIN, GRID, STREET, SECRETARY = "admin", "grid", "street", "secretary"

NOTHING = Sight(is_there=False)
ALL = Sight(words=True, phone=Phone.LOGGED, may_act=True)
DATES = Sight(about=False, place=False, reply=False)
"""That it is there, what kind it is, and until when: no more for who only sets up."""


def sight(role: str, staff_id: int, facts: Facts) -> Sight:
    """Who sees what. Whoever is accused sees nothing, and of sealed ones an administrator neither.

    What is about the secretary no lead sees, but the street and whom the street gives it to.
    """
    if facts.accused_id == staff_id:
        return NOTHING
    if role == ADMIN:
        return NOTHING if facts.is_sealed else DATES
    is_theirs = staff_id in (facts.owner_id, facts.offered_to)
    if role == STREET:
        return _of_street(facts, is_theirs=is_theirs)
    if is_theirs or (role in LEADS and not facts.is_for_street):
        return ALL
    if facts.is_sealed:
        return NOTHING
    if role == GRID and facts.grid_worker == staff_id:
        return ALL
    took_it = facts.taken_by == staff_id and facts.is_of_today
    if role in RECEIVES or (role == GRID and took_it):
        return Sight(words=took_it, phone=Phone.TAIL, may_act=True)
    return NOTHING


def _of_street(facts: Facts, *, is_theirs: bool) -> Sight:
    """Counts and tasks; a single one with a reason; what is about the secretary, and no telephone number."""
    if facts.is_for_street or is_theirs:
        return Sight(words=True, may_act=True)
    if facts.is_sealed:
        return NOTHING
    if facts.is_task:
        return Sight(words=True)
    return Sight(
        words=facts.has_reason, about=facts.has_reason, is_listed=False, asks_reason=not facts.has_reason
    )
