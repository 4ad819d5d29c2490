"""The services: listed by group, added, changed with a look at them before, put in order, retired."""

from flask import Response, render_template, request
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import exchange, opening, services, staff, tickets
from kiosk.database import Tx
from kiosk.screens.catalogue.editing import Answer, Beside, Editing
from kiosk.screens.catalogue.history import last_change
from kiosk.screens.catalogue.look import Look, OnlyLooking, look_at_service
from kiosk.screens.catalogue.service_form import blank, draft_of, judged, read, with_more_lines
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import slip_looked_at, undrawn
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, choice, done, is_digits, text
from kiosk.screens.web.labels import change_to_undo
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.services import ListedGroup, ListedService, ServicePlan
from kiosk.words import Own, Refusal, mark

screen = staffed(
    __name__,
    staff.Role.ADMIN,
    menu=MenuEntry(mark("业务"), mark("回到业务"), "layout-grid", "every", 6),
    url_prefix="/admin/services",
)

KIND_WORDS = {
    services.MaterialKind.OWN: mark("本人带"),
    services.MaterialKind.AGENT: mark("替别人办的人带"),
    services.MaterialKind.IF_YOU_HAVE: mark("有就带上"),
}
DAY_WORDS = (
    mark("周一"), mark("周二"), mark("周三"), mark("周四"), mark("周五"), mark("周六"), mark("周日"),
)  # fmt: skip


class Section(Struct, frozen=True):
    """A group and those of its services that are shown."""

    group: ListedGroup
    services: tuple[ListedService, ...]


@screen.get("")
def every() -> str:
    """Every service by group; those whose name, initials or code hold what is looked for."""
    wanted = services.tidied(request.args.get("q", ""))[:40].lower()
    with box().database.read() as tx:
        listed = [one for one in services.every_service(tx, is_brief=True) if _is_found(one, wanted)]
        return render_template(
            "catalogue/services/every.html",
            sections=[
                Section(group, tuple(one for one in listed if one.plan.group == group.slug))
                for group in services.every_group(tx)
            ],
            found=len(listed),
            wanted=wanted,
            day=box().centre.day(box().now()),
            last=last_change(tx, ("service", "group", exchange.KIND)),
        )


def _is_found(one: ListedService, wanted: str) -> bool:
    plan = one.plan
    return any(wanted in part.lower() for part in (plan.name, plan.name_en, plan.initials, one.code))


@screen.get("/new")
def new() -> str:
    """The empty form: every counter that serves anything is to serve this too."""
    draft = blank(request.args.get("group", ""))
    with box().database.read() as tx:
        able = services.serving_counters(tx) or _counters(tx)
    return _new(replace(draft, ticked={**draft.ticked, "at": tuple(str(number) for number in able)}))


@screen.post("/new")
def add() -> Answer:
    """Add a service and who serves it, show how it will look, or show what is wrong and write nothing."""
    draft, plan = _typed()
    numbers = request.form.getlist("at")
    draft = replace(draft, ticked={**draft.ticked, "at": tuple(numbers)})
    if "more" in request.form:
        return _new(with_more_lines(draft)), 200
    if plan is None:
        return _new(draft), 400
    try:
        with box().database.write() as tx:
            code = services.add_service(tx, asked(), plan)
            services.teach(
                tx, asked(), code, {int(one) for one in numbers if is_digits(one) and len(one) < 3}
            )
            look_at_service(tx, code)
    except OnlyLooking as shown:
        return _new(draft, shown.look), 200
    except Refusal as refusal:
        return _new(_refused(draft, refusal)), status_of(refusal)
    return done(say(mark("加好了，自助机上马上看得到。")), ".service", code=code)


@screen.get("/<code>")
def service(code: str) -> str:
    """One service's form, what it touches today, and what may be done with it."""
    return _editing.fresh(code, lambda tx: draft_of(services.listed_service(tx, code).plan))


@screen.post("/<code>")
def edit(code: str) -> Answer:
    """Change a service, show how it will look, or show what is wrong and write nothing."""
    draft, plan = _typed(code)
    if "more" in request.form:
        return _editing.again(code, with_more_lines(draft), 200)
    if plan is None:
        return _editing.again(code, draft, 400)
    words = mark("没有改动。")

    def write(tx: Tx) -> None:
        nonlocal words
        if services.edit_service(tx, asked(), code, plan):
            words = mark("保存好了，自助机上马上是新的。")
        look_at_service(tx, code)

    return _editing.not_saved(code, draft, write) or done(say(words), ".service", code=code)


@screen.post("/<code>/retire")
def retire(code: str) -> AnyResponse:
    """Offer it no more."""
    with box().database.write() as tx:
        services.retire_service(tx, asked(), code)
    return done(say(mark("停用了。已经取了号的照样办。")), ".service", code=code)


@screen.post("/<code>/bring-back")
def bring_back(code: str) -> Answer:
    """Offer it again."""
    try:
        with box().database.write() as tx:
            services.bring_back_service(tx, asked(), code)
    except (services.LetterTaken, services.LetterMissing, services.GroupRetired) as refusal:
        with box().database.read() as tx:
            draft = draft_of(services.listed_service(tx, code).plan)
        return _editing.again(code, _refused(draft, refusal), status_of(refusal))
    return done(say(mark("恢复了，自助机上马上看得到。")), ".service", code=code)


@screen.post("/<code>/popular")
def popular(code: str) -> AnyResponse:
    """Let it stand on the home screen itself, or not."""
    is_popular = choice("popular", ("0", "1")) == "1"
    with box().database.write() as tx:
        services.set_popular(tx, asked(), code, is_popular=is_popular)
    return done(say(mark("保存好了，自助机上马上是新的。")), ".service", code=code)


@screen.post("/<code>/close")
def close(code: str) -> Answer:
    """Take no more tickets today."""
    reason = text("reason")
    if faults := opening.words_faults({"words": reason}):
        with box().database.read() as tx:
            draft = draft_of(services.listed_service(tx, code).plan)
        draft = replace(draft, values={**draft.values, "reason": reason})
        return _editing.again(code, draft.judged({"reason": faults["words"]}), 400)
    with box().database.write() as tx:
        opening.close_service(tx, box().centre, asked(), code, Own(reason, ""))
    return done(say(mark("今天停止取号了，自助机上写着原因。")), ".service", code=code)


@screen.post("/<code>/reopen")
def reopen(code: str) -> AnyResponse:
    """Take tickets again."""
    with box().database.write() as tx:
        opening.reopen_service(tx, box().centre, asked(), code)
    return done(say(mark("又可以取号了。")), ".service", code=code)


@screen.post("/arrange")
def arrange() -> AnyResponse:
    """Move one service a place up or down within its group."""
    way = "up" if request.form.get("up") else "down"
    code = text(way)
    with box().database.write() as tx:
        one = services.listed_service(tx, code)
        codes = [
            other.code
            for other in services.every_service(tx, is_brief=True)
            if other.plan.group == one.plan.group
        ]
        services.arrange_services(tx, asked(), one.plan.group, services.moved(codes, code, way))
    return done(say(mark("换好了。")), ".every", _anchor=f"service-{code}")


@screen.post("/undo")
def undo() -> AnyResponse:
    """Take back one change of a service, a group or their places."""
    with box().database.write() as tx:
        services.put_back(tx, asked(), change_to_undo(tx, "service", "group"))
    return done(say(mark("撤销了，又和以前一样。")), ".every")


@screen.get("/slip/<key>.png")
def slip(key: str) -> Response:
    """The picture of a slip that a look has asked for."""
    return slip_looked_at(key)


def _typed(code: str = "") -> tuple[Draft, ServicePlan | None]:
    """The form with all that is wrong, the letter and what no printer draws too; the plan when nothing is."""
    draft, plan = read(request.form.to_dict(), request.form.getlist("day"))
    missing = undrawn(plan.name, plan.place, *(line.text + line.note for line in plan.materials))
    told = say(mark("打印机画不出这个字：%(letters)s。请换一个字。"), letters="、".join(missing))
    said = {name: told for name, value in draft.values.items() if set(value) & set(missing)}
    draft = draft.with_faults({**said, **draft.faults})
    if not draft.faults:
        return draft, plan
    with box().database.read() as tx:
        letter = services.service_letter_refused(tx, plan, code)
    if letter and "letter" not in draft.faults and plan.group:
        draft = _refused(draft, letter)
    return draft, None


def _refused(draft: Draft, refusal: Refusal) -> Draft:
    if isinstance(refusal, services.BadPlan):
        return judged(draft, refusal.faults)
    field = "group" if isinstance(refusal, services.GroupRetired) else "letter"
    return draft.with_faults({field: words_of(refusal)})


def _new(draft: Draft, look: Look | None = None) -> str:
    with box().database.read() as tx:
        return render_template(
            "catalogue/services/new.html", draft=draft, look=look, counters=_counters(tx), **_offered(tx)
        )


def _counters(tx: Tx) -> tuple[int, ...]:
    return tuple(one.number for one in services.every_counter(tx, of=()) if one.retired_at is None)


def _page(tx: Tx, code: str, draft: Draft, beside: Beside) -> str:
    listed, centre, now = services.listed_service(tx, code), box().centre, box().now()
    waiting = {one.code: one.count for one in tickets.waiting_counts(tx, centre, now, lang())}
    return render_template(
        "catalogue/services/service.html",
        one=listed,
        draft=draft,
        waiting=waiting.get(code, 0),
        is_closed=listed.closed_on == centre.day(now),
        able=[one for one in services.every_counter(tx, of=(code,)) if one.codes],
        **_offered(tx),
        **beside,
    )


_editing = Editing("service", _page, _refused)


def _offered(tx: Tx) -> dict[str, object]:
    groups = [one for one in services.every_group(tx) if one.retired_at is None]
    taken = {one.plan.letter for one in groups} | services.letters_in_use(tx)
    free = [letter for letter in "ABCDEFGHJKLMNPQRSTUVWXYZ" if letter not in taken]
    return {
        "groups": [(one.slug, _named(one)) for one in groups],
        "free_letters": " ".join(free[:8]),
        "icons": services.ICONS,
        "kind_words": KIND_WORDS,
        "day_words": DAY_WORDS,
        "most_lines": services.MOST_MATERIALS,
    }


def _named(one: ListedGroup) -> str:
    letter = one.plan.letter
    return f"{one.plan.name} {letter}" if letter else one.plan.name
