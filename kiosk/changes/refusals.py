"""Why a change of the office is not written, or not taken back."""

from typing import TYPE_CHECKING

from kiosk.words import Malformed, Refusal, Unknown, mark

if TYPE_CHECKING:
    from kiosk.changes.rules import Change


class UnknownChange(Unknown):
    """No change has this id."""

    sentence = mark("记录里没有这次修改，请回记录重新选择。")


class ChangedMeanwhile(Refusal):
    """Somebody else changed the thing after the form was opened; `changes` are those, the oldest first."""

    sentence = mark("您填写的时候，别人改过这一项。请看看改了什么，再保存一次。")

    def __init__(self, changes: "tuple[Change, ...]" = ()) -> None:
        super().__init__()
        self.changes = changes


class ChangedSince(Refusal):
    """The thing is no longer as this change left it, so taking the change back would undo more than it."""

    sentence = mark("这一项后来又改过，不能直接撤销。请先撤销后面的修改，或者直接改。")


class PartChangedSince(ChangedSince):
    """A part of what this change did was changed since: `fields` of a thing, or whole things by `changes`."""

    sentence = mark("“%(names)s”后来又改过，不能直接撤销。请先撤销后面的修改，或者直接改。")

    def __init__(self, fields: tuple[str, ...] = (), changes: "tuple[Change, ...]" = ()) -> None:
        names = dict.fromkeys((*fields, *(one.noted.name for one in changes)))
        super().__init__(names="、".join(names))
        self.fields, self.changes = fields, changes


class UndoneAlready(Refusal):
    """A change is taken back once."""

    sentence = mark("这次修改已经撤销过了。")


class NotToBeUndone(Malformed):
    """Changes of this kind are not taken back."""

    sentence = mark("这种修改不能撤销，请直接改回来。")
