"""The centre's devices: which there are, letting one in by six digits, its name, putting it out."""

from datetime import datetime

from flask import render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import devices, staff
from kiosk.devices import LONGEST_NAME, VALID_FOR, Kind
from kiosk.screens.web.access import asked
from kiosk.screens.web.devices import is_shut_in, port_here, reached_at
from kiosk.screens.web.forms import Draft, choice, done, text
from kiosk.screens.web.labels import DEVICE_WORDS, when
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.ADMIN,
    menu=MenuEntry(mark("设备"), mark("回到设备"), "wrench", "every", 20, MenuGroup.MANAGE),
    url_prefix="/admin/devices",
)

WAY_WORDS = {
    devices.Way.CODE: mark("用开通码开通"),
    devices.Way.FIRST: mark("第一次打开时自动开通"),
    devices.Way.START: mark("用开机地址"),
    devices.Way.BOX: mark("主机上的浏览器都算"),
}


Answer = AnyResponse | str | tuple[str, int]


@screen.get("")
def every() -> str:
    """What is let in, and what was put out last."""
    return _every()


def _every(draft: Draft | None = None, renaming: int = 0) -> str:
    """The page; with a `draft` that was not taken: of the device that it renames, or of a new one's form."""
    with box().database.read() as tx:
        return render_template(
            "hall/devices/devices.html",
            devices=devices.devices(tx),
            codes=devices.open_codes(tx, box().now()),
            names=staff.staff_names(tx),
            kind_words=DEVICE_WORDS,
            way_words=WAY_WORDS,
            longest=LONGEST_NAME,
            when=_when,
            draft=draft or Draft({}),
            renaming=renaming,
        )


def _when(moment: datetime | None) -> str:
    return when(box().centre.local(moment)) if moment else say(mark("还没有"))


@screen.post("/codes")
def new_code() -> Answer:
    """Six digits in large type, once: they are kept nowhere as they are."""
    kind, name = _kind_and_name()
    if devices.name_fault(name):
        return _named_wrong(name, kind), 400
    with box().database.write() as tx:
        code = devices.make_code(tx, box().centre, asked(), kind, name)
    until = box().centre.local(box().now() + VALID_FOR)
    return render_template(
        "hall/devices/code.html",
        code=code,
        kind=DEVICE_WORDS[kind],
        until=f"{until:%H:%M}",
        address=f"{reached_at()}{url_for('station.enrol.enrol')}",
        is_shut_in=is_shut_in(),
    )


@screen.post("/starts")
def new_start() -> Answer:
    """An address for a browser at the box that forgets its cookies; shown once, too."""
    kind, name = _kind_and_name()
    if devices.name_fault(name):
        return _named_wrong(name, kind), 400
    with box().database.write() as tx:
        let_in = devices.add_with_start(tx, asked(), kind, name)
    address = f"http://127.0.0.1:{port_here()}/start/{let_in.token}"
    return render_template("hall/devices/start.html", address=address, kind=DEVICE_WORDS[kind])


def _kind_and_name() -> tuple[Kind, str]:
    kind = choice("kind", Kind)
    return kind, text("name") or say(DEVICE_WORDS[kind])


def _named_wrong(name: str, kind: str = "", renaming: int = 0) -> str:
    return _every(Draft({"name": name, "kind": kind}).judged({"name": devices.name_fault(name)}), renaming)


@screen.post("/<int:device_id>")
def rename(device_id: int) -> Answer:
    """Call it what people call it."""
    name = text("name")
    if devices.name_fault(name):
        return _named_wrong(name, renaming=device_id), 400
    with box().database.write() as tx:
        devices.rename(tx, asked(), device_id, name)
    return done(say(mark("保存好了。")), ".every")


@screen.post("/<int:device_id>/revoke")
def revoke(device_id: int) -> AnyResponse:
    """From now on it is nobody's; what it shows opens nothing any more."""
    with box().database.write() as tx:
        devices.revoke(tx, asked(), device_id)
    return done(say(mark("停用了。要再用，请重新开通。")), ".every")
