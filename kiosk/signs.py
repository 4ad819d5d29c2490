"""What signs a text is made of."""

import re
from collections.abc import Mapping

_PICTURES = re.compile("[\U0001f000-\U0001faff\u20e3\ufe0f]")


def has_pictures(text: str) -> bool:
    """Whether there is an emoji in it: some screens and no slip can draw one, and no voice says it."""
    return _PICTURES.search(text) is not None


def text_fault(text: str, most: int) -> str:
    """What is wrong with a line that screens and slips show: "long", "pictures", or empty for nothing."""
    if len(text) > most:
        return "long"
    return "pictures" if has_pictures(text) else ""


def text_faults(texts: Mapping[str, str], most: Mapping[str, int]) -> dict[str, str]:
    """The same of those `texts` that are in `most`, by their names."""
    faults = {name: text_fault(texts.get(name, ""), length) for name, length in most.items()}
    return {name: fault for name, fault in faults.items() if fault}
