"""The one-time code with which a centre is begun: whoever reads it stands at the box, or at its console.

It is kept in memory alone: a backup tells nobody, and every start has another one.
"""

import hmac
import secrets
from threading import Lock
from weakref import WeakKeyDictionary

from msgspec import Struct, field
from sqlalchemy import Engine

from kiosk.database import Database
from kiosk.setup.refusals import CodeSpent, WrongCode
from kiosk.setup.rules import CODE_DIGITS, MOST_WRONG, written


def _made() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


class Code(Struct):
    """The code of this process. A browser that has given it holds `key` from then on."""

    key: str = field(default_factory=lambda: secrets.token_hex(16))
    _code: str = field(default_factory=_made)
    _wrong: int = 0
    _lock: Lock = field(default_factory=Lock)

    @property
    def is_spent(self) -> bool:
        """Whether too many wrong ones were tried."""
        return self._wrong >= MOST_WRONG

    @property
    def shown(self) -> str:
        """As people read it: "123 456"."""
        return written(self._code)

    def check(self, typed: str) -> str:
        """The key, for who gives the code, with or without gaps. Raises WrongCode, CodeSpent."""
        digits = "".join(typed.split()).encode(errors="replace")
        with self._lock:  # of a thousand guesses at once five are looked at
            if self.is_spent:
                raise CodeSpent
            if hmac.compare_digest(digits, self._code.encode()):
                return self.key
            self._wrong += 1
            raise CodeSpent if self.is_spent else WrongCode

    def renew(self) -> None:
        """Another code, for somebody at the box."""
        with self._lock:
            self._code, self._wrong = _made(), 0


_codes: WeakKeyDictionary[Engine, Code] = WeakKeyDictionary()
_making = Lock()


def code_of(database: Database) -> Code:
    """The code of this start, the same for all who ask in this process."""
    with _making:
        return _codes.setdefault(database.engine, Code())
