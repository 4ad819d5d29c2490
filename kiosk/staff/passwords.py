"""Passwords: what may be one, how it is kept, and one that is made for somebody."""

import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager

from msgspec import Struct
from werkzeug.security import check_password_hash, generate_password_hash

from kiosk.staff.refusals import (
    PasswordCommon,
    PasswordIsAName,
    PasswordTooLong,
    PasswordTooShort,
    TooManyAtOnce,
)
from kiosk.staff.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD, leans_on
from printing.subprocess_task import TookTooLong, run_module

SCRYPT = "scrypt:16384:8:5"
"""N=2^14, r=8, p=5: 16 MB for a moment instead of 128, as strong in OWASP's password storage table."""

MOST_AT_ONCE = 2
"""Log-ins that are looked at or wait for it: each holds a thread, and residents need the others."""

TURN_IS_OVER_S = 2
"""After which it is worth asking again: one hash takes 0.2 s, on a slow box a second."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a made password is of: nothing that looks like something else on paper."""

GROUPS, IN_A_GROUP = 3, 4
"""59 bits, in groups that can be read aloud."""

JUDGED_S = 5.0
"""Half a second is usual; some are made to be hard to judge, and are refused then."""


class Password(Struct, frozen=True):
    """A password as it is kept. `is_given`: somebody else knows it, so it is changed at the next log-in."""

    hash: str
    is_given: bool = False


class _Turns:
    """One hash at a time, few who wait: a flood of log-ins takes one core, never both, and two threads.

    Strangers have one place of the two: with both they kept everybody out, 0 of 38 log-ins at the box itself.
    """

    def __init__(self, most: int) -> None:
        self._free = threading.Semaphore(most)
        self._of_strangers = threading.Semaphore(max(0, most - 1))
        self._one = threading.Lock()

    @contextmanager
    def turn(self, *, is_stranger: bool) -> Iterator[None]:
        with ExitStack() as places:
            for place in (self._of_strangers, self._free) if is_stranger else (self._free,):
                if not place.acquire(blocking=False):
                    raise TooManyAtOnce(TURN_IS_OVER_S)
                places.callback(place.release)
            places.enter_context(self._one)
            yield


_TURNS = _Turns(MOST_AT_ONCE)


def turn(*, is_stranger: bool) -> AbstractContextManager[None]:
    """Wait for the turn to hash: everything that serves does so within. Raises TooManyAtOnce, at once.

    A stranger asks from where neither an enrolled device nor staff were seen, and not from the box.
    """
    return _TURNS.turn(is_stranger=is_stranger)


def hashed(text: str, cost: str = SCRYPT, *, is_given: bool = False) -> Password:
    """`text` as it is kept (about 0.2 s), whatever it is worth. `cost` names the hash."""
    return Password(generate_password_hash(text, cost), is_given)


def is_right(text: str, kept: str) -> bool:
    """Whether `text` is the password that was kept as `kept` (about 0.2 s)."""
    return check_password_hash(kept, text)


def made_password() -> str:
    """A new password that nobody can guess and everybody can copy from paper."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))


def check_choice(text: str, known: Sequence[str]) -> None:
    """Let pass what somebody may choose; `known` is what everybody here knows: log-in name, centre's names.

    Raises PasswordTooShort, PasswordTooLong, PasswordIsAName, PasswordCommon. Takes half a second.
    """
    if len(text) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD)
    if len(text) > LONGEST_PASSWORD:
        raise PasswordTooLong(most=LONGEST_PASSWORD)
    if leans_on(text, known):
        raise PasswordIsAName
    if _is_common(text, known):
        raise PasswordCommon


def _is_common(text: str, known: Sequence[str]) -> bool:
    """Judged in a process of its own: the lists of common ones would stay in the server for good."""
    given = "\n".join((text, *known)).encode(errors="replace")
    try:
        done = run_module("kiosk.strength", given=given, longest_s=JUDGED_S)
    except TookTooLong:
        return True
    if done.code not in (0, 1):
        raise RuntimeError(f"passwords cannot be judged: {done.fault}")
    return done.code == 1
