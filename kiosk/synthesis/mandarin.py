"""Numbered pinyin as the signs that Kokoro was taught: its sounds of Chinese, one tone to a syllable.

The table is that of pinyin-to-ipa (MIT), as misaki (Apache-2.0) has it. Third tones that meet are written as
they are in a dictionary: so was what the voice has learnt from, and it bends them by itself.
"""

import re
from typing import Final

_INITIALS: Final = {
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n",
    "l": "l", "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ",
    "s": "s",
}  # fmt: skip
_FINALS: Final = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0", "en": "ə0n",
    "eng": "ə0ŋ", "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0",
    "in": "i0n", "iu": "jou0", "ing": "i0ŋ", "iong": "jʊ0ŋ", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0",
    "ui": "wei0", "ua": "wa0", "uai": "wai0", "uan": "wa0n", "un": "wə0n", "uang": "wa0ŋ", "ueng": "wə0ŋ",
    "uo": "wo0", "o": "wo0", "v": "y0", "ve": "ɥe0", "van": "ɥɛ0n", "vn": "y0n",
}  # fmt: skip
_ALONE: Final = {
    "er": "ɚ0", "r": "ɻ", "o": "ɔ0", "m": "m0", "n": "n0", "ng": "ŋ0", "hm": "hm0", "hng": "hŋ0",
    "yi": "i0", "yin": "i0n", "ying": "i0ŋ", "yu": "y0", "yue": "ɥe0", "yuan": "ɥɛ0n", "yun": "y0n",
    "you": "jou0", "yong": "jʊ0ŋ", "yan": "jɛ0n", "yo": "jɔ0", "wu": "u0", "wo": "wo0", "wei": "wei0",
    "wen": "wə0n", "weng": "wə0ŋ",
}  # fmt: skip
_TONES: Final = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_WITHOUT_A_VOWEL: Final = ("zh", "ch", "sh", "r", "z", "c", "s")
"""Before i they keep their own sound: 是, 四."""
_SYLLABLE: Final = re.compile(r"([a-z]+)([1-5])")


def phonemes_of(syllable: str) -> str:
    """The signs of one syllable such as `zhong4` or `lv5`. Raises ValueError for what is none."""
    found = _SYLLABLE.fullmatch(syllable)
    if found is None:
        raise ValueError(syllable)
    plain, tone = found.groups()
    return _plain(plain).replace("0", _TONES[tone])


def _plain(plain: str) -> str:
    if plain in _ALONE:
        return _ALONE[plain]
    initial = next((one for one in _INITIALS if plain.startswith(one)), "")
    final = plain[len(initial) :]
    if not initial and plain[0] in "yw":
        final = ("i" if plain[0] == "y" else "u") + plain[1:]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    if initial in _WITHOUT_A_VOWEL and final == "i":
        return f"{_INITIALS[initial]}ɨ0"
    if final not in _FINALS:
        raise ValueError(plain)
    return _INITIALS.get(initial, "") + _FINALS[final]
