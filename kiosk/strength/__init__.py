"""Whether a password is guessed early, by zxcvbn: `python -m kiosk.strength` exits 1 when it is."""

GUESSED_EARLY = 10**8
"""Guesses by which one is refused: what a thief of the hashes tries in a few months on one machine."""

LOOKED_AT = 72
"""Letters that zxcvbn takes; what is longer is judged by its beginning."""


def is_guessed_early(text: str, known: list[str]) -> bool:
    """Whether a guesser who also knows the words `known` comes to `text` soon."""
    from zxcvbn import zxcvbn  # lists of 30,000 passwords, names and words

    return bool(zxcvbn(text[:LOOKED_AT], user_inputs=known)["guesses"] < GUESSED_EARLY)
