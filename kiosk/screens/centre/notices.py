"""Notices: what the centre tells on station, board, slip and phone page, from when to when."""

from datetime import datetime

from flask import Response as FlaskResponse
from flask import render_template, request
from msgspec import Struct
from werkzeug.wrappers import Response

from kiosk import changes, notices, services, speech, staff, tickets
from kiosk.database import Tx
from kiosk.screens.centre.notice_form import blank, draft_of, read
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import keep_looked_at, slip_looked_at, undrawn
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, choice, done, whole
from kiosk.screens.web.labels import change_to_undo, told_changes, undo_id
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import MenuEntry, staffed
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    staff.Role.VIEWER,
    menu=MenuEntry(mark("通知"), mark("回到通知"), "message-square", "every", 11),
    url_prefix="/admin/notices",
)

Answer = Response | str | tuple[str, int]

PLACE_WORDS = {
    notices.Place.STATION: mark("自助机"),
    notices.Place.BOARD: mark("大厅的大屏"),
    notices.Place.SLIP: mark("小票下面"),
    notices.Place.PHONE: mark("手机页"),
}
STAND_WORDS = {
    notices.Stand.COMING: mark("还没到时间"),
    notices.Stand.NOW: mark("正在显示"),
    notices.Stand.ENDED: mark("已经撤下"),
    notices.Stand.OVER: mark("时间过了"),
}
FACT_WORDS = {
    "zh": mark("中文"),
    "en": mark("英文"),
    "from_at": mark("从"),
    "until_at": mark("到"),
    "on_station": mark("自助机"),
    "on_board": mark("大厅的大屏"),
    "on_slip": mark("小票下面"),
    "on_phone": mark("手机页"),
    "is_spoken": mark("读出来"),
    "service_code": mark("给谁看"),
    "ended_at": mark("撤下"),
}
STEPS = {"up": -1, "down": 1}
LONGEST_LIST = 8
"""Changes that a notice's own page shows."""


class Shown(Struct, frozen=True):
    """A notice as the list shows it."""

    id: int
    words: str
    stand: notices.Stand
    stand_words: str
    span: str
    places: str
    service: str

    @property
    def is_up(self) -> bool:
        """Whether it stands or is to come."""
        return self.stand in (notices.Stand.NOW, notices.Stand.COMING)


@screen.get("")
def every() -> str:
    """What stands and what is to come, in its sequence; then what is past."""
    now = box().now()
    with box().database.read() as tx:
        names = _service_names(tx)
        standing = [_shown(one, names, now) for one in notices.notices_standing(tx, now)]
        past = [_shown(one, names, now) for one in notices.notices_over(tx, now)]
        moved = changes.changes(tx, changes.Wanted(notices.KIND, notices.SEQUENCE), of=1)
    return render_template(
        "centre/notices/notices.html",
        standing=standing,
        past=past,
        moved=undo_id(moved),
    )


@screen.get("/new")
def new_notice() -> str:
    """The empty form: from now on, for a week."""
    return _form(blank(box().centre.local(box().now())), None)


@screen.post("/new")
def add_notice() -> Answer:
    """Put a notice up, show first how it looks, or say what is wrong."""
    draft, plan = _read()
    if plan is None:
        return _form(draft, None), 400
    if "look" in request.form:
        return _form(draft, None, plan)
    with box().database.write() as tx:
        notices.add_notice(tx, asked(), plan)
    return done(_saved(plan), ".every")


@screen.get("/<int:notice_id>")
def notice(notice_id: int) -> str:
    """A notice's form, how it looks and what was done to it."""
    with box().database.read() as tx:
        one = notices.notice_of(tx, notice_id)
        seen = changes.newest(tx, notices.KIND, str(notice_id))
    return _form(draft_of(one.plan, box().centre.zone, seen), one, one.plan)


@screen.post("/<int:notice_id>")
def edit_notice(notice_id: int) -> Answer:
    """Write the edited notice, show first how it looks, or say what is wrong, or who was faster."""
    with box().database.read() as tx:
        one = notices.notice_of(tx, notice_id)
    draft, plan = _read()
    if plan is None:
        return _form(draft, one), 400
    if "look" in request.form:
        return _form(draft, one, plan)
    try:
        with box().database.write() as tx:
            notices.edit_notice(tx, asked(), notice_id, plan, whole("seen"))
    except changes.ChangedMeanwhile as refusal:
        fresh = Draft({**draft.values, "seen": str(refusal.changes[-1].id)}, ticked=draft.ticked)
        told = words_of(refusal)
        return _form(fresh, one, plan, meanwhile=(told, refusal.changes)), status_of(refusal)
    return done(_saved(plan), ".every")


@screen.post("/<int:notice_id>/end")
def end_notice(notice_id: int) -> Response:
    """Take a notice down at once."""
    with box().database.write() as tx:
        notices.end_notice(tx, asked(), notice_id)
    return done(say(mark("撤下了，自助机、大屏和手机上都不显示了。")), ".every")


@screen.post("/<int:notice_id>/show")
def show_again(notice_id: int) -> Response:
    """Show one again that was taken down."""
    with box().database.write() as tx:
        notices.show_again(tx, asked(), notice_id)
    return done(say(mark("又显示了。")), ".every")


@screen.post("/<int:notice_id>/move")
def move_notice(notice_id: int) -> Response:
    """One place up or down among those that stand."""
    with box().database.write() as tx:
        notices.move_notice(tx, asked(), notice_id, STEPS[choice("way", STEPS)])
    return done(say(mark("换了位置。")), ".every")


@screen.post("/undo")
def undo() -> Response:
    """Take a change of a notice, or of their sequence, back."""
    with box().database.write() as tx:
        notices.put_back(tx, asked(), change_to_undo(tx, notices.KIND))
    return done(say(mark("撤销了，和以前一样。")), ".every")


@screen.get("/slip/<key>.png")
def slip(key: str) -> FlaskResponse:
    """The picture of a slip with a notice that is looked at."""
    return slip_looked_at(key)


def _read() -> tuple[Draft, notices.NoticePlan | None]:
    now = box().now()
    with box().database.read() as tx:
        codes = frozenset(_service_names(tx))
    return read(box().centre.zone, now, codes)


def _saved(plan: notices.NoticePlan) -> str:
    if plan.from_at > box().now():
        return say(mark("保存好了，到时间自己会显示。"))
    return say(mark("保存好了，已经显示了。"))


def _form(
    draft: Draft,
    one: notices.Notice | None,
    look: notices.NoticePlan | None = None,
    meanwhile: tuple[str, tuple[changes.Change, ...]] | None = None,
) -> str:
    now = box().now()
    with box().database.read() as tx:
        names, people = _service_names(tx), staff.staff_names(tx)
        reach = tickets.reach(tx, box().centre, look.service, now) if look else None
        wanted = changes.Wanted(notices.KIND, str(one.id)) if one else None
        past = changes.changes(tx, wanted, of=LONGEST_LIST) if wanted else ()
        is_heard = bool(look and speech.said(tx, look.zh))
        shelves = speech.shelves_of(tx)
        slip = _slip(tx, look) if look and notices.Place.SLIP in look.places else ""
    return render_template(
        "centre/notices/notice.html",
        draft=draft,
        one=_shown(one, names, now) if one else None,
        look=look,
        reach=reach,
        place_words=PLACE_WORDS,
        services=list(names.items()),
        most={"zh": notices.LONGEST_ZH, "en": notices.LONGEST_EN},
        is_heard=is_heard,
        can_make=bool(shelves and shelves.voices),
        slip=slip,
        undrawn=undrawn(look.zh, look.en) if look and notices.Place.SLIP in look.places else {},
        meanwhile=(meanwhile[0], told_changes(meanwhile[1], FACT_WORDS, people)) if meanwhile else None,
        told=told_changes(past, FACT_WORDS, people),
        undo=undo_id(past),
    )


def _slip(tx: Tx, look: notices.NoticePlan) -> str:
    """The key of a slip with the notice at its foot; empty where there is no service to take a number for."""
    offered = services.all_services(tx, lang(), box().centre.day(box().now()))
    shown = next((one for one in offered if look.service in (None, one.code)), None)
    if shown is None:
        return ""
    own = services.materials(tx, shown.code, lang(), agents=False)
    words = look.en if lang() == "en" and look.en else look.zh
    return keep_looked_at(tickets.specimen(box().centre, shown, own, asked(), notice=words))


def _service_names(tx: Tx) -> dict[str, str]:
    now = box().now()
    return {one.code: one.name for one in services.all_services(tx, lang(), box().centre.day(now))}


def _shown(one: notices.Notice, names: dict[str, str], now: datetime) -> Shown:
    plan, stand = one.plan, one.stand(now)
    places = say(mark("、")).join(say(PLACE_WORDS[place]) for place in notices.Place if place in plan.places)
    span = say(mark("%(start)s 到 %(end)s"), start=_moment(plan.from_at), end=_moment(plan.until_at))
    service = names.get(plan.service, plan.service) if plan.service else ""
    return Shown(one.id, plan.zh, stand, say(STAND_WORDS[stand]), span, places, service)


def _moment(moment: datetime) -> str:
    local = box().centre.local(moment)
    return f"{local:%Y-%m-%d %H:%M}"
