"""Kinds of devices, what proves one, and how often a code may be guessed at."""

import hmac
import secrets
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from kiosk.signs import text_fault


class Kind(StrEnum):
    """What a device is for."""

    STATION = "station"
    BOARD = "board"
    COUNTER = "counter"
    DESK = "desk"
    RATING = "rating"


class Way(StrEnum):
    """How a device came to be known: by a code, as the first browser at the box, by a start address; or it is
    the box itself, in a centre that is older than enrolling: whatever browser runs there."""

    CODE = "code"
    FIRST = "first"
    START = "start"
    BOX = "box"


BOX_NAME = "本机"
LONGEST_NAME = 40
CODE_DIGITS = 6
VALID_FOR = timedelta(minutes=15)
MOST_WRONG = 5
"""Wrong codes, from wherever, while one is valid; then it is dead: a guesser hits once in 200,000 codes."""

MOST_CODES = 8
"""Codes that are valid at a time: each is one more that a guess may hit."""

SEEN_EVERY = timedelta(hours=1)
"""How exactly it is written when a device was last seen: each tap would be a write more."""

MOVED_EVERY = timedelta(minutes=1)
"""The same when it asks from another address than before."""

LATELY = timedelta(days=3)
"""A device that was seen no longer ago counts as being there: a weekend is none."""


def name_fault(name: str) -> str:
    """What is wrong with a name that staff give a device: "empty", "long", "pictures"; empty for nothing."""
    return text_fault(name, LONGEST_NAME) if name.strip() else "empty"


def new_token() -> str:
    """256 random bits, as a cookie or an address holds them."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode(errors="replace")).hexdigest()


def start_token(start_secret: str) -> str:
    """The token that a start address gives: the same each time, and no way back from a copied cookie."""
    return hmac.digest(start_secret.encode(errors="replace"), b"linli_device", "sha256").hex()


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def code_key(centre_secret: bytes, code: str) -> str:
    """What is kept of a code."""
    return hmac.digest(centre_secret, b"enrol:" + code.encode(), "sha256").hex()


OF_DEVICE = "device:"


def station_of(device_id: int) -> str:
    """What a ticket, taken at this device, names as its station."""
    return f"{OF_DEVICE}{device_id}"


def device_in(station: str) -> int | None:
    """The device that a ticket names as its station; None for a browser that is known by a random name."""
    of_device = station.removeprefix(OF_DEVICE)
    return int(of_device) if of_device != station and of_device.isdigit() else None


def digits_of(text: str) -> str:
    """What somebody typed as a code: without the gaps and hyphens that it was written down with."""
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())
