"""Chinese words, with all that is in them, as the signs that Kokoro was taught.

Words are found by rjieba, their readings by pypinyin; 一 and 不 bend by the tone after them. What both miss
stands in READINGS, and whoever saves a text may write its reading: then that alone is spoken.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Final

from kiosk.synthesis import english
from kiosk.synthesis.mandarin import phonemes_of
from kiosk.synthesis.numerals import spell_out
from kiosk.synthesis.unreadable import Unreadable

READINGS: Final[dict[str, str]] = {
    "东西": "dong1 xi5", "下面": "xia4 mian5", "谢谢": "xie4 xie5", "上面": "shang4 mian5",
    "等候区": "deng3 hou4 qu1", "重新": "chong2 xin1", "还在": "hai2 zai4", "还要": "hai2 yao4",
    "还没": "hai2 mei2", "还有": "hai2 you3", "打出来": "da3 chu1 lai5", "出来": "chu1 lai5",
    "排上": "pai2 shang4", "长者": "zhang3 zhe3", "助餐": "zhu4 can1", "社保卡": "she4 bao3 ka3",
    "姓": "xing4", "签": "qian1", "量血压": "liang2 xue4 ya1", "孤寡": "gu1 gua3", "参加": "can1 jia1",
    "为您": "wei4 nin2", "着急": "zhao2 ji2", "等着": "deng3 zhe5", "坐着": "zuo4 zhe5", "朝着": "chao2 zhe5",
    "拿着": "na2 zhe5", "带着": "dai4 zhe5", "凭证": "ping2 zheng4", "发放": "fa1 fang4", "理发": "li3 fa4",
    "处": "chu4", "行": "xing2", "得": "de5", "地": "di4", "长": "chang2",
    "这个": "zhe4 ge5", "那个": "na4 ge5",
    "哪个": "na3 ge5", "什么": "shen2 me5", "怎么": "zen3 me5", "您们": "nin2 men5", "我们": "wo3 men5",
    "别的": "bie2 de5", "知道": "zhi1 dao5", "漂亮": "piao4 liang5", "先生": "xian1 sheng5",
    "孩子": "hai2 zi5",
    "儿子": "er2 zi5", "妻子": "qi1 zi5", "孙子": "sun1 zi5", "房子": "fang2 zi5", "本子": "ben3 zi5",
    "意思": "yi4 si5", "衣服": "yi1 fu5", "朋友": "peng2 you5", "爷爷": "ye2 ye5", "奶奶": "nai3 nai5",
    "名字": "ming2 zi5", "地方": "di4 fang5", "时候": "shi2 hou5", "事情": "shi4 qing5", "告诉": "gao4 su5",
    "麻烦": "ma2 fan5", "清楚": "qing1 chu5", "舒服": "shu1 fu5", "休息": "xiu1 xi5", "里面": "li3 mian5",
    "外面": "wai4 mian5", "前面": "qian2 mian5", "后面": "hou4 mian5", "个": "ge4", "号": "hao4",
}  # fmt: skip
"""Words whose usual sound is missed: a light second syllable, or a reading that depends on the word."""

LETTERS: Final[dict[str, str]] = {
    "A": "ei→", "B": "pi→", "C": "sei→", "D": "ti→", "E": "i→", "F": "ɛ→fu", "G": "ʨi→", "H": "ei→ʨʰi",
    "I": "ai→", "J": "ʨei→", "K": "kʰei→", "L": "ɛ→l", "M": "ɛ→m", "N": "ə→n", "O": "ou→", "P": "pʰi→",
    "Q": "kʰju→", "R": "a→ɻ", "S": "ɛ→s", "T": "tʰi→", "U": "ju→", "V": "wei→", "W": "ta↗pu ju→", "X": "ɛ→ks",
    "Y": "wai→", "Z": "ʦei→",
}  # fmt: skip
"""Latin letters as Chinese people say them."""
ACRONYM: Final = 5
"""Signs of a word in capitals at most that is spelt out: QR, WIFI; a longer one is read as English."""

_PUNCTUATION: Final = str.maketrans("，、；：。．！？（）()【】《》\n|/", ",,;:..!?,,,,,,,,.,,")
_SAID_SIGNS: Final = str.maketrans(
    {"+": "加", "＋": "加", "&": "和", "℃": "度", "=": "等于", "〇": "零", "○": "零"}
)
_PIECES: Final = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]+|[,.;:!?]+|.", re.DOTALL)
_SYLLABLE: Final = re.compile(r"[a-z]+[1-5]")


Word = tuple[str, ...]
"""Syllables such as `hao4`, one Latin letter, one word of English, or a pause."""


def phonemes(words: str, reading: str = "") -> str:
    """The signs of Chinese words; `reading` is one syllable for each hanzi of `spell_out(words)`, or empty.

    Raises Unreadable for what has no sound, so that no clip is silently short.
    """
    said = " ".join("".join(map(_signs_of, word)) for word in _words(words, reading))
    said = re.sub(r"\s+(?=[,.;:!?])", "", said).strip(" ,;:")
    if not any(sign.isalpha() for sign in said):
        raise Unreadable
    return said


def syllables(words: str, reading: str = "") -> list[str]:
    """How Chinese words are read, one item for each hanzi, letter and English word. Raises Unreadable."""
    return [one for word in _words(words, reading) for one in word if one[0].isalpha()]


def _signs_of(one: str) -> str:
    if _SYLLABLE.fullmatch(one):
        return phonemes_of(one)
    if one in LETTERS:
        return LETTERS[one]
    return english.word_phonemes(one) if one[0].isalpha() else one


def _words(words: str, reading: str) -> Iterator[Word]:
    spelt = spell_out(unicodedata.normalize("NFKC", words).translate(_SAID_SIGNS))
    given = iter(reading.split()) if reading else None
    for piece in _PIECES.findall(spelt.translate(_PUNCTUATION)):
        if piece[0] in ",.;:!?":
            yield (piece[0],)
        elif "\u3400" <= piece[0] <= "\u9fff":
            yield from _read(piece, given)
        elif piece.isascii() and piece.isalpha():
            yield from _latin(piece)
        elif piece.isalpha() or piece.isnumeric():
            raise Unreadable(piece)  # of a script that the voice has not learnt


def _read(run: str, given: Iterator[str] | None) -> Iterator[Word]:
    """A run of hanzi, word by word."""
    words: list[str] = import_module("rjieba").cut(run)
    if given is None:
        sounds = _syllables(words)
        read = iter([_bent(run, at, sounds) for at in range(len(run))])
    else:
        read = iter([_next(given, sign) for sign in run])
    for word in words:
        yield tuple(next(read) for _ in word)


def _next(given: Iterator[str], sign: str) -> str:
    syllable = next(given, "")
    try:
        phonemes_of(syllable)
    except ValueError:
        raise Unreadable(sign) from None
    return syllable


def _syllables(words: Sequence[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        sounds = READINGS[word].split() if word in READINGS else _looked_up(word)
        for sign, sound in zip(word, sounds, strict=True):
            if not _SYLLABLE.fullmatch(sound):
                raise Unreadable(sign)
        found += sounds
    return found


def _looked_up(word: str) -> list[str]:
    pypinyin = import_module("pypinyin")
    sounds: list[str] = pypinyin.lazy_pinyin(
        word, style=pypinyin.Style.TONE3, neutral_tone_with_five=True, errors=list
    )
    for length in range(2, len(word)):
        for at in range(len(word) - length + 1):
            if part := READINGS.get(word[at : at + length]):
                sounds[at : at + length] = part.split()
    return sounds


def _bent(run: str, at: int, syllables: Sequence[str]) -> str:
    """一 and 不 by the tone after them; 一 in a count or a row (十一, 一号, 第一, 星期一) keeps its own."""
    sign, own = run[at], syllables[at]
    after = syllables[at + 1][-1] if at + 1 < len(run) else ""
    if sign == "不":
        return "bu5" if own == "bu5" else ("bu2" if after == "4" else "bu4")
    if sign != "一":
        return own
    if at > 0 and after and run[at - 1] == run[at + 1]:
        return "yi5"  # 看一看
    is_counted = not after or run[at + 1] in _AFTER_A_COUNT or (at > 0 and run[at - 1] in _BEFORE_A_COUNT)
    return "yi1" if is_counted else ("yi2" if after in "45" else "yi4")


_AFTER_A_COUNT: Final = "号月日楼层二三四五六七八九十零至到"
_BEFORE_A_COUNT: Final = "零一二三四五六七八九十第周期初拜之"


def _latin(word: str) -> Iterator[Word]:
    if word.isupper() and len(word) <= ACRONYM:
        yield from ((letter,) for letter in word)
        return
    try:
        english.word_phonemes(word)
        yield (word,)
    except Unreadable:
        yield from ((letter,) for letter in word.upper())
