"""The groups of services: the tiles of the home screen, and the letters that their services share."""

from flask import render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import services, staff, tickets
from kiosk.database import Tx
from kiosk.screens.catalogue.editing import Answer, Beside, Editing
from kiosk.screens.catalogue.history import last_change
from kiosk.screens.catalogue.look import Look, OnlyLooking, look_at_group
from kiosk.screens.catalogue.service_form import judged
from kiosk.screens.web.access import asked
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, done, text
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.services import GroupPlan
from kiosk.words import Refusal, mark

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="catalogue.services", url_prefix="/admin/groups"
)

FIELDS = ("name", "name_en", "icon", "letter")


@screen.get("")
def every() -> str:
    """Every group in the order of the home screen."""
    with box().database.read() as tx:
        listed = services.every_service(tx, is_brief=True)
        groups = services.every_group(tx)
        return render_template(
            "catalogue/groups/every.html",
            groups=[
                (group, sum(one.plan.group == group.slug and not one.retired_at for one in listed))
                for group in groups
            ],
            last=last_change(tx, ("group",)),
        )


@screen.get("/new")
def new() -> str:
    """The empty form."""
    return _new(_draft(GroupPlan("")))


@screen.post("/new")
def add() -> Answer:
    """Add a group, show how it will look, or show what is wrong and write nothing."""
    draft, plan = _typed()
    try:
        with box().database.write() as tx:
            look_at_group(tx, services.add_group(tx, asked(), plan))
    except OnlyLooking as shown:
        return _new(draft, shown.look), 200
    except Refusal as refusal:
        return _new(_refused(draft, refusal)), status_of(refusal)
    return done(say(mark("加好了。里面有了业务，自助机上就看得到。")), ".every")


@screen.get("/<slug>")
def group(slug: str) -> str:
    """One group's form."""
    return _editing.fresh(slug, lambda tx: _draft(services.listed_group(tx, slug).plan))


@screen.post("/<slug>")
def edit(slug: str) -> Answer:
    """Change a group, show how it will look, or what is wrong, or what others have changed."""
    draft, plan = _typed()

    def write(tx: Tx) -> None:
        services.edit_group(tx, asked(), slug, plan)
        look_at_group(tx, slug)

    return _editing.not_saved(slug, draft, write) or done(
        say(mark("保存好了，自助机上马上是新的。")), ".every"
    )


@screen.post("/<slug>/retire")
def retire(slug: str) -> Answer:
    """Take an empty group away."""
    try:
        with box().database.write() as tx:
            services.retire_group(tx, asked(), slug)
    except services.GroupInUse as refusal:
        with box().database.read() as tx:
            draft = _draft(services.listed_group(tx, slug).plan)
        return _editing.again(slug, draft.with_faults({"kind": words_of(refusal)}), status_of(refusal))
    return done(say(mark("停用了。")), ".every")


@screen.post("/<slug>/bring-back")
def bring_back(slug: str) -> Answer:
    """Have it again."""
    try:
        with box().database.write() as tx:
            services.bring_back_group(tx, asked(), slug)
    except services.LetterTaken as refusal:
        with box().database.read() as tx:
            draft = _draft(services.listed_group(tx, slug).plan)
        return _editing.again(slug, _refused(draft, refusal), status_of(refusal))
    return done(say(mark("恢复了。")), ".every")


@screen.post("/arrange")
def arrange() -> AnyResponse:
    """Move one group a place up or down."""
    way = "up" if request.form.get("up") else "down"
    slug = text(way)
    with box().database.write() as tx:
        services.listed_group(tx, slug)
        slugs = [one.slug for one in services.every_group(tx)]
        services.arrange_groups(tx, asked(), services.moved(slugs, slug, way))
    return done(say(mark("换好了。")), ".every")


def _draft(plan: GroupPlan) -> Draft:
    return Draft({name: getattr(plan, name) for name in FIELDS})


def _typed() -> tuple[Draft, GroupPlan]:
    values = {name: text(name)[:200] for name in FIELDS}
    return Draft(values), GroupPlan(**values)


def _refused(draft: Draft, refusal: Refusal) -> Draft:
    if isinstance(refusal, services.BadPlan):
        letter = {"letter": words_of(refusal.letter)} if refusal.letter else {}
        return judged(draft.with_faults(letter), refusal.faults)
    return draft.with_faults({"letter": words_of(refusal)})


def _new(draft: Draft, look: Look | None = None) -> str:
    return render_template("catalogue/groups/new.html", draft=draft, look=look, icons=services.ICONS)


def _page(tx: Tx, slug: str, draft: Draft, beside: Beside) -> str:
    own = {one.code for one in services.every_service(tx, is_brief=True) if one.plan.group == slug}
    counts = tickets.waiting_counts(tx, box().centre, box().now(), lang())
    return render_template(
        "catalogue/groups/group.html",
        waiting=sum(one.count for one in counts if one.code in own),
        one=services.listed_group(tx, slug),
        draft=draft,
        icons=services.ICONS,
        **beside,
    )


_editing = Editing("group", _page, _refused)
