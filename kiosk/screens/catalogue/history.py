"""What was changed last or meanwhile, in words: field by field, before and after."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from kiosk import changes, exchange, staff
from kiosk.database import Tx
from kiosk.screens.web.forms import whole_or_none
from kiosk.screens.web.page import say
from kiosk.words import mark

FIELD_WORDS = {
    "group": mark("属于哪一类"),
    "name": mark("名称"),
    "name_en": mark("名称（英文）"),
    "letter": mark("号码的字母"),
    "icon": mark("图标"),
    "place": mark("在哪里等"),
    "place_en": mark("在哪里等（英文）"),
    "initials": mark("拼音首字母"),
    "duration_min": mark("一个人大约几分钟"),
    "hours": mark("自己的时间"),
    "for_whom": mark("谁能取号"),
    "daily_cap": mark("一天最多几个号"),
    "is_popular": mark("放在首页"),
    "materials": mark("要带的东西"),
    "outcomes": mark("办完时问什么"),
    "retired": mark("停用"),
    "services": mark("能办的业务"),
    "places": mark("顺序"),
    "head_start_min": mark("相当于早到几分钟"),
}
VERB_WORDS = {
    "add": mark("加了"),
    "edit": mark("改了"),
    "retire": mark("停用了"),
    "bring_back": mark("恢复了"),
    "arrange": mark("换了顺序"),
    "skills": mark("改了能办的业务"),
    "undo": mark("撤销了"),
    "take": mark("导入了一份目录"),
}


class Told(Struct, frozen=True):
    """One field that somebody has changed, in words."""

    field: str
    before: str
    after: str


class Since(Struct, frozen=True):
    """One change that came meanwhile: by whom, when, and which fields."""

    by: str
    at: datetime
    fields: tuple[Told, ...]


class Last(Struct, frozen=True):
    """The newest change: what was done with what, by whom; `id` to take it back, None where that is past.

    `is_import`: of a whole file, which is taken back as one from the history.
    """

    id: int | None
    at: datetime
    by: str
    verb: str
    name: str
    is_import: bool = False


def told_since(tx: Tx, since: tuple[changes.Change, ...]) -> tuple[Since, ...]:
    """What others have changed, for who is filling in the form."""
    names = staff.staff_names(tx) if since else {}
    return tuple(
        Since(
            by=names.get(one.staff_id or 0, ""),
            at=one.at,
            fields=tuple(
                Told(say(FIELD_WORDS.get(d.field, d.field)), words(d.before), words(d.after))
                for d in changes.differing(one.noted.before, one.noted.after)
            ),
        )
        for one in since
    )


def seen_now(tx: Tx, kind: str, key: str, since: tuple[changes.Change, ...] = ()) -> int:
    """What the form has seen: what it said itself, unless it was just told what came `since`.

    Shown again for a wrong field it must not have seen more than who fills it in.
    """
    said = None if since else whole_or_none("seen")
    return changes.newest(tx, kind, key) if said is None else said


def last_change(tx: Tx, kinds: tuple[str, ...], key: str = "") -> Last | None:
    """The newest change of these kinds (of one thing, with `key`); None when nothing was ever changed."""
    found = [one for kind in kinds for one in changes.changes(tx, changes.Wanted(kind, key), of=1)]
    if not found:
        return None
    one = max(found, key=lambda change: change.id)
    is_open = one.undone_by is None and one.noted.verb != "undo"
    by = staff.staff_names(tx).get(one.staff_id or 0, "")
    verb = say(VERB_WORDS.get(one.noted.verb, one.noted.verb))
    is_import = one.noted.kind == exchange.KIND
    return Last(one.id if is_open else None, one.at, by, verb, one.noted.name, is_import)


def words(value: Any) -> str:
    """A value of the history as staff read it."""
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, bool):
        return say(mark("是")) if value else say(mark("否"))
    if isinstance(value, list):
        return "、".join(one["text"] if isinstance(one, dict) else str(one) for one in value)
    return str(value)
