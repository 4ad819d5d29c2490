"""The counters and what each serves, as one table of ticks: rows are services, columns counters."""

from collections.abc import Iterable

from flask import flash, render_template, request, url_for
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import changes, services, staff, tickets
from kiosk.database import Tx
from kiosk.screens.catalogue.history import last_change, told_since
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, Reading, done, whole
from kiosk.screens.web.labels import change_to_undo
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.services import ListedGroup, ListedService
from kiosk.words import mark

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="catalogue.services", url_prefix="/admin/counters"
)

Answer = AnyResponse | tuple[str, int]

MOST_CELLS = 1200
"""Ticks of one page: forty counters and thirty services; more are slow to read, and no form sends them."""


class Section(Struct, frozen=True):
    """A group's rows of the table, `part` of them where they are very many; `key` is what asks for it."""

    group: ListedGroup
    services: tuple[ListedService, ...]
    part: int

    @property
    def key(self) -> str:
        return self.group.slug if self.part == 0 else f"{self.group.slug}.{self.part}"


Skills = dict[int, set[str]]


@screen.get("")
def every() -> str:
    """The table of one group, or of all; counters that are retired below."""
    with box().database.read() as tx:
        return _page(tx)


@screen.post("")
def save() -> Answer:
    """Write the ticks of the group that is shown; a button fills or empties a row or a column before."""
    seen = whole("seen")
    try:
        with box().database.write() as tx:
            before = _skills(services.every_counter(tx))
            wanted = _typed(tx, before)
            if "fill" in request.form:
                raise _OnlyFilled(wanted)
            _check_seen(tx, seen, [number for number in wanted if wanted[number] != before[number]], wanted)
            changed = services.set_skills(tx, asked(), wanted)
    except _Overtaken as overtaken:
        with box().database.read() as tx:
            return _page(tx, overtaken.wanted, since=overtaken.changes), 409
    except _OnlyFilled as filled:
        with box().database.read() as tx:
            return _page(tx, filled.wanted), 200
    if stranded := _stranded():
        flash(
            say(mark("现在没有窗口能办，有人在等：%(names)s。请给它们选窗口。"), names="、".join(stranded)),
            "warn",
        )
    words = mark("保存好了，%(n)s个窗口改了。") if changed else mark("没有改动。")
    return done(say(words, n=len(changed)), ".every", **_shown_group())


def _stranded() -> list[str]:
    """The services that somebody waits for and no counter serves."""
    with box().database.read() as tx:
        waiting = tickets.waiting_counts(tx, box().centre, box().now(), lang())
        codes = {one.code for one in waiting}
        served = (
            {code for one in services.every_counter(tx, of=codes) for code in one.codes} if codes else set()
        )
    return [one.name for one in waiting if one.code not in served]


@screen.post("/add")
def add() -> Answer:
    """One more counter; it serves what the counter `like` serves, or nothing yet."""
    reading = Reading(request.form)
    number, like = reading.whole("number", services.LAST_COUNTER, 1), reading.whole("like")
    if number is None:
        reading.need("number")
        return _refused(Draft(request.form.to_dict()).judged(reading.faults), 400)
    try:
        with box().database.write() as tx:
            codes = _skills(services.every_counter(tx)).get(like or 0, set())
            services.add_counter(tx, asked(), number, codes)
    except services.CounterThere as refusal:
        told = {"number": words_of(refusal)}
        return _refused(Draft(request.form.to_dict(), told), status_of(refusal))
    return done(say(mark("%(n)s号窗口加好了。"), n=number), ".every")


@screen.post("/<int:number>/retire")
def retire(number: int) -> AnyResponse:
    """Have it no more."""
    with box().database.write() as tx:
        services.retire_counter(tx, asked(), number)
    return done(say(mark("%(n)s号窗口停用了。"), n=number), ".every")


@screen.post("/<int:number>/bring-back")
def bring_back(number: int) -> AnyResponse:
    """Have it again."""
    with box().database.write() as tx:
        services.bring_back_counter(tx, asked(), number)
    return done(say(mark("%(n)s号窗口恢复了。"), n=number), ".every")


@screen.post("/undo")
def undo() -> AnyResponse:
    """Take back one change of a counter."""
    with box().database.write() as tx:
        services.put_back(tx, asked(), change_to_undo(tx, "counter"))
    return done(say(mark("撤销了，又和以前一样。")), ".every")


class _OnlyFilled(Exception):
    """Ends a write that has nothing to write: the page is to be shown with these ticks."""

    def __init__(self, wanted: Skills) -> None:
        super().__init__()
        self.wanted = wanted


class _Overtaken(_OnlyFilled):
    """Others have changed one of these counters since the table was shown."""

    def __init__(self, wanted: Skills, since: tuple[changes.Change, ...]) -> None:
        super().__init__(wanted)
        self.changes = since


def _check_seen(tx: Tx, seen: int, numbers: list[int], wanted: Skills) -> None:
    since: list[changes.Change] = []
    for number in numbers:
        try:
            changes.check_seen(tx, "counter", str(number), seen)
        except changes.ChangedMeanwhile as meanwhile:
            since += meanwhile.changes
    if since:
        raise _Overtaken(wanted, tuple(since))


def _skills(counters: Iterable[services.ListedCounter]) -> Skills:
    return {one.number: set(one.codes) for one in counters if one.retired_at is None}


def _typed(tx: Tx, before: Skills) -> Skills:
    """The ticks of the form for the services that it shows; what it does not show stays.

    `fill` is the button that was pressed: "row:A", "column:3" or "none:3"; the form's ticks go before it.
    """
    sections = _shown(_every_section(tx, len(before)), len(before))
    shown = {one.code for section in sections for one in section.services}
    ticked = set(request.form.getlist("tick"))
    way, _, what = request.form.get("fill", "").partition(":")
    wanted = {}
    for number, codes in before.items():
        own = {code for code in shown if f"{number}-{code}" in ticked}
        if way == "row" and what in shown:
            own.add(what)
        elif way == "empty":
            own.discard(what)
        elif what == str(number) and way in ("column", "none"):
            own = shown if way == "column" else set()
        wanted[number] = (codes - shown) | own
    return wanted


def _shown_group() -> dict[str, str]:
    slug = request.args.get("group", "")
    return {"group": slug} if slug else {}


def _every_section(tx: Tx, counters: int) -> list[Section]:
    most = max(MOST_CELLS // max(counters, 1), 1)
    found: list[Section] = []
    listed = [one for one in services.every_service(tx, is_brief=True) if one.retired_at is None]
    for group in services.every_group(tx):
        rows = tuple(one for one in listed if one.plan.group == group.slug)
        found += [Section(group, rows[at : at + most], at // most) for at in range(0, len(rows), most)]
    return found


def _shown(sections: list[Section], counters: int) -> list[Section]:
    """The section that is asked for; else all, or the first where all are more than a page holds."""
    chosen = [one for one in sections if one.key == request.args.get("group", "")]
    cells = counters * sum(len(one.services) for one in sections)
    return chosen or (sections if cells <= MOST_CELLS else sections[:1])


def _refused(draft: Draft, status: int) -> tuple[str, int]:
    with box().database.read() as tx:
        return _page(tx, draft=draft), status


def _page(
    tx: Tx,
    wanted: Skills | None = None,
    *,
    since: tuple[changes.Change, ...] = (),
    draft: Draft | None = None,
) -> str:
    """The table as it is, or with the ticks that are `wanted` and not saved."""
    there = sum(one.retired_at is None for one in services.every_counter(tx, of=()))
    sections = _every_section(tx, there)
    shown = _shown(sections, there)
    every = services.every_counter(tx, of={one.code for section in shown for one in section.services})
    return render_template(
        "catalogue/counters/every.html",
        counters=[one for one in every if one.retired_at is None],
        retired=[one for one in every if one.retired_at is not None],
        sections=shown,
        every_section=sections,
        shown_key=shown[0].key if len(shown) == 1 else "",
        is_whole=len(shown) == len(sections),
        ticks=_skills(every) if wanted is None else wanted,
        is_draft=wanted is not None,
        since=told_since(tx, since),
        seen=_seen(tx) if since or wanted is None else whole("seen"),
        last=last_change(tx, ("counter",)),
        draft=draft or Draft({"number": _free(every)}),
        action=url_for(".save", group=request.args.get("group")),
    )


def _seen(tx: Tx) -> int:
    return max((one.id for one in changes.changes(tx, changes.Wanted("counter"), of=1)), default=0)


def _free(every: tuple[services.ListedCounter, ...]) -> str:
    taken = {one.number for one in every}
    return str(next((number for number in range(1, services.LAST_COUNTER + 1) if number not in taken), ""))
