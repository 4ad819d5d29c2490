"""The fixed sentences that station and board say in both languages, one file a part of the station."""

from typing import Final, Literal

from kiosk.speech.sentences import assistance, concerns, events, ratings, visit

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

_PARTS: Final = (visit, assistance, events, ratings, concerns)

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    name: words for part in _PARTS for name, words in part.SENTENCES.items()
}

CHOICES: Final[dict[str, tuple[str, str]]] = {
    name: words for part in _PARTS for name, words in part.CHOICES.items()
}
"""What buttons of the station say, word for word as it stands on them: so their clip is found."""


def language_of(locale: str) -> Language:
    """The language to speak for a locale such as `zh_CN`, `zh-CN` or `en`; Chinese unless it is English."""
    return "en" if locale.lower().startswith("en") else "zh"


def sentence(sentence_id: str, lang: Language = "zh") -> str:
    """The words of one sentence, for showing what is spoken. Raises KeyError for an unknown id."""
    return SENTENCES[sentence_id][LANGUAGES.index(lang)]
