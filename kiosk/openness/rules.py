"""What a sentence for the hall may say, and when it is seen."""

import re
from enum import StrEnum

from msgspec import Struct

LONGEST_SAID, LONGEST_DONE = 24, 40
"""Letters that are read from across the hall."""


class Tells(StrEnum):
    """Of what a sentence tells: what was done, or what could not be done and why."""

    DONE = "done"
    CANNOT = "cannot"


class Stand(StrEnum):
    """Where a sentence stands: written by one, released by another, taken down by anybody."""

    WRITTEN = "written"
    RELEASED = "released"
    DOWN = "down"


class Plan(Struct, frozen=True):
    """A sentence as staff write it: of which concern, what residents said, what became of it."""

    concern_id: int
    tells: Tells
    said: str
    done: str

    @property
    def is_whole(self) -> bool:
        """Whether both halves are there, and short enough."""
        return 0 < len(self.said) <= LONGEST_SAID and 0 < len(self.done) <= LONGEST_DONE

    @property
    def is_private(self) -> bool:
        """Whether it holds a telephone number, a flat, or what somebody is called."""
        return _PRIVATE.search(f"{self.said}\n{self.done}") is not None


_PRIVATE = re.compile(r"[0-9０-９]{5,}|[0-9０-９]{3,4}室|[\u4e00-\u9fff](?:大爷|大妈|先生|女士|阿姨)|身份证")
