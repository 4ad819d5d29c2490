"""What a check says: how bad, in Chinese and English, and what to do about it."""

from collections.abc import Mapping
from enum import IntEnum

from msgspec import Struct, field

Both = tuple[str, str]
"""A sentence in Chinese and in English."""


class Grade(IntEnum):
    """The worse, the larger."""

    WELL = 0
    REMARK = 1
    BROKEN = 2

    @property
    def sign(self) -> str:
        """The mark at the beginning of the line."""
        return "✓!✗"[self]


class Finding(Struct, frozen=True):
    """One sentence of a check; `todo` is empty when nothing needs doing, `facts` are for programs."""

    grade: Grade
    said: Both
    todo: Both = ("", "")
    facts: Mapping[str, object] = field(default_factory=dict)


def well(zh: str, en: str, **facts: object) -> Finding:
    """All is as it should be."""
    return Finding(Grade.WELL, (zh, en), facts=facts)


def remark(said: Both, todo: Both, **facts: object) -> Finding:
    """The station works; somebody should know, or do something soon."""
    return Finding(Grade.REMARK, said, todo, facts)


def broken(said: Both, todo: Both, **facts: object) -> Finding:
    """Something does not work, or will be lost."""
    return Finding(Grade.BROKEN, said, todo, facts)
