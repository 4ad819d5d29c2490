"""Codes that nobody with the centre's secret has made: blind ones, and real ones that were altered."""

from collections import Counter
from random import Random

from kiosk import qr_codes


def try_fakes(number: int, seed: int = 1) -> Counter[str]:
    """Blind and altered codes against the real check; what they were answered, and the slips in it.

    `single_digit_forged` counts codes with one wrong digit that were called forged instead of misread.
    """
    chance, secret, found = Random(seed), b"bench" * 7, Counter[str]()  # noqa: S311 - no secret
    makers = (_blind, _one_digit, _swapped, _other_serial, _cut)
    for n in range(number):
        maker = makers[n % len(makers)]
        code = qr_codes.issue(
            chance.choice(list(qr_codes.CodeKind)), chance.randrange(qr_codes.SERIALS), 0, secret
        )
        fake = maker(code, chance)
        if fake != code:
            word = _checked(fake, secret)
            found[word] += 1
            found["single_digit_forged"] += maker is _one_digit and word != "misread"
    found["accepted"] += 0
    return found


def _checked(code: str, secret: bytes) -> str:
    try:
        token = qr_codes.parse(code)
        return "accepted" if qr_codes.verify(token, 0, secret) else "revoked"
    except qr_codes.Misread:
        return "misread"
    except qr_codes.Forged:
        return "forged"


def _blind(_: str, chance: Random) -> str:
    """A code with a right check and a MAC that was guessed."""
    body = f"{chance.randint(1, 4)}{chance.randrange(10**21):021d}"
    return body + f"{98 - int(body) * 100 % 97:02d}"


def _one_digit(code: str, chance: Random) -> str:
    place = chance.randrange(len(code))
    return code[:place] + str((int(code[place]) + chance.randint(1, 9)) % 10) + code[place + 1 :]


def _swapped(code: str, chance: Random) -> str:
    place = chance.randrange(len(code) - 1)
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


def _other_serial(code: str, chance: Random) -> str:
    """Somebody else's serial before one's own MAC, with the check made right."""
    body = f"{code[0]}{chance.randrange(qr_codes.SERIALS):07d}{code[8:22]}"
    return body + f"{98 - int(body) * 100 % 97:02d}"


def _cut(code: str, chance: Random) -> str:
    return code[: chance.randrange(len(code))] + code[: chance.randrange(2)]
