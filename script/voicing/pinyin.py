"""Chinese text → numbered pinyin, as espeak-ng's `cmn-latn-pinyin` voice reads it.

That voice makes the third-tone sandhi itself (你好 ni3hao3 → ni2hao3) and takes tone 5 as neutral; 一 and 不,
neutral tones and the names of Latin letters are settled here. Syllables written together are one word
and get one rhythm.
"""

import re
from typing import Final

from pypinyin import Style, lazy_pinyin

# Letters as Chinese people say them, not as English people do.
LETTERS: Final[dict[str, str]] = {
    "A": "ei1", "B": "bi4", "C": "xi1", "D": "di4", "E": "yi4", "F": "ai2fu5", "G": "ji4", "H": "ai2chi5",
    "I": "ai4", "J": "zhei4", "K": "kei4", "L": "ai2lou5", "M": "ai2mu5", "N": "en1", "O": "ou1", "P": "pi4",
    "Q": "kiu4", "R": "a4er5", "S": "ai2si5", "T": "ti4", "U": "you1", "V": "wei1", "W": "da2bu5liu5",
    "X": "ai2ke5si5", "Y": "wai4", "Z": "zei4",
}  # fmt: skip

# Words whose usual sound a character-by-character reading misses: neutral second syllables and readings
# that depend on the word.
READINGS: Final[dict[str, str]] = {
    "东西": "dong1xi5", "下面": "xia4mian5", "谢谢": "xie4xie5", "屏幕上": "ping2mu4shang5",
    "这个": "zhe4ge5", "打出来": "da3chu5lai5", "还在": "hai2zai4", "还要": "hai2yao4",
    "看一看": "kan4yi5kan4", "问一问": "wen4yi5wen4", "等候区": "deng3hou4qu1", "重新": "chong2xin1",
}  # fmt: skip

# Words said in one breath; a character outside any of them is a word of its own.
WORDS: Final = (
    "您好", "返回", "身份证", "按钮", "取号", "取好", "取过号", "取完", "叫号", "自己", "要紧", "可以",
    "照样", "记住", "号码", "拿好", "小票", "没有", "已经", "现在", "不能", "工作", "人员", "今天", "窗口",
    "联系卡", "打印", "正在", "稍等", "打好", "拿走", "带走", "带齐", "没带齐", "带上", "找到", "开始",
    "机器", "问题", "继续", "声音", "打开", "变大", "一页", "一次", "一下", "一点", "办理", "时间", "慢走",
    "别人", "慢慢", "知道", "帮忙", "坐着", "手机", "四位", "马上", "轮到", "需要", "清楚", "我们",
)  # fmt: skip

_PAUSES: Final = {"，": ",", "。": ".", "？": "?"}
_NUMERALS: Final = "零一二三四五六七八九十"
_SYLLABLE: Final = re.compile(r"[a-zü]+[1-5]")


def spoken_pinyin(text: str) -> str:
    """`text` in hanzi, Latin capitals and ，。？ as numbered pinyin with words written together.

    Raises ValueError for a character that has no reading, so that no clip is silently short.
    """
    parts: list[str] = []
    for piece in re.findall(r"[，。？]|[A-Z]|[^，。？A-Z]+", text):
        if piece in _PAUSES and parts:
            parts[-1] += _PAUSES[piece]
        else:
            parts += [LETTERS[piece]] if piece in LETTERS else _read_run(piece)
    return " ".join(parts)


def syllables(pinyin: str) -> list[str]:
    """The single syllables of a numbered-pinyin text, in order, without pauses."""
    return _SYLLABLE.findall(pinyin)


def _read_run(run: str) -> list[str]:
    sounds = lazy_pinyin(run, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True)
    if len(sounds) != len(run) or not all(_SYLLABLE.fullmatch(sound) for sound in sounds):
        raise ValueError(f"no reading for every character of {run!r}: {sounds}")
    words, at = [], 0
    for word in _words_of(run):
        reading = READINGS.get(word) or "".join(_sandhi(run, i, sounds) for i in range(at, at + len(word)))
        words.append(reading)
        at += len(word)
    return words


def _words_of(run: str) -> list[str]:
    known = sorted([*WORDS, *READINGS], key=len, reverse=True)
    return re.findall("|".join([*map(re.escape, known), "."]), run)


def _sandhi(run: str, at: int, sounds: list[str]) -> str:
    """一 and 不 by the tone after them; 一 in a count (十一, 一号) keeps its own."""
    sign, after = run[at], sounds[at + 1][-1] if at + 1 < len(run) else ""
    if sign == "不":
        return "bu2" if after == "4" else "bu4"
    if sign != "一":
        return sounds[at]
    counted = not after or run[at + 1] == "号" or (at > 0 and run[at - 1] in _NUMERALS)
    return "yi1" if counted else ("yi2" if after == "4" else "yi4")
