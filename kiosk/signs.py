"""What signs a text is made of."""

import re

_PICTURES = re.compile("[\U0001f000-\U0001faff\u20e3\ufe0f]")


def has_pictures(text: str) -> bool:
    """Whether there is an emoji in it: some screens and no slip can draw one, and no voice says it."""
    return _PICTURES.search(text) is not None
