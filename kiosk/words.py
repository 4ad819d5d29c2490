"""The two languages of the centre: marking sentences for the catalogue, and refusals that carry one."""

from typing import Any, Literal

from msgspec import Struct

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


def mark(sentence: str) -> str:
    """Mark a Chinese sentence for the catalogue; it is translated at the edge, where a language is known."""
    return sentence


class Own(Struct, frozen=True):
    """The centre's own words, which no catalogue translates; without English ones the Chinese must do."""

    zh: str = ""
    en: str = ""

    def said(self, lang: Lang) -> str:
        """In this language."""
        return self.en or self.zh if lang == "en" else self.zh

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


NO_WORDS = Own()


class Refusal(Exception):
    """Something the state does not allow. `sentence` tells the person what to do; the edge translates it.
    `title` stands above it where there is a better one than that of its kind.

    Subclasses are the codes (`ServiceClosed`, `NobodyWaiting`); `facts` fill the sentence's named parameters.
    """

    sentence = mark("现在不能办理，请问一下工作人员。")
    title = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(f"{type(self).__name__} {facts or ''}".strip())
        self.facts = facts


class Unknown(Refusal):
    """Nothing of this name or number is here."""

    sentence = mark("没有找到，请回首页重新选择。")


class Malformed(Refusal):
    """The form was not one of ours, or a field is missing."""

    sentence = mark("没有看懂这次操作，请回首页再试一次。")
