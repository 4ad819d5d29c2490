"""What is refused of sentences for the hall, each with what to do."""

from kiosk.openness.rules import LONGEST_DONE, LONGEST_SAID
from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownSentence(Unknown):
    """No sentence has this id."""

    sentence = mark("没有这句话。请回到“您说·我们办”重新选。")


class NothingToTell(Malformed):
    """A half is missing or too long."""

    sentence = mark("两句都要写，第一句最多%(said)s个字，第二句最多%(done)s个字。")

    def __init__(self) -> None:
        super().__init__(said=LONGEST_SAID, done=LONGEST_DONE)


class PrivateWords(Malformed):
    """A telephone number, a flat, a form of address."""

    sentence = mark("大厅里人人看得见：请不要写电话、门牌号和怎么称呼谁。")


class ConcernNotOpen(Refusal):
    """Not answered yet, sealed, taken back, or merged into another."""

    sentence = mark("这件事还不能公开：没有答复，或者是封存的、撤回的。请选别的。")


class NotByTheWriter(Refusal):
    """Who wrote it wants to release it."""

    sentence = mark("自己写的，请另一个人看过再放行。")


class AlreadyReleased(Refusal):
    """It was released, or taken down, meanwhile."""

    sentence = mark("这句话已经有人放行了，或者已经撤下了。")
