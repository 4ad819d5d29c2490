"""A list of people from a file: upload, look at what it would do, confirm just that."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import people, spreadsheets, staff
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import XLSX, file, undrawn
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import FAULTS, done, whole_or_none
from kiosk.screens.web.page import box, new_tap, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed, mark

screen = staffed(
    __name__,
    staff.Role.DESK,
    staff.Role.MANAGER,
    menu=None,
    under="office.people",
    url_prefix="/admin/people/import",
)

SHOWN_FAULTS = 200
FORM_BESIDE = 16 * 1024
"""Bytes that a form needs around the file in it."""

SAMPLE = (
    spreadsheets.Column("姓名", 14),
    spreadsheets.Column("手机", 18),
    spreadsheets.Column("服务队", 24),
    spreadsheets.Column("合伙人", 24),
)


@screen.get("")
def upload() -> str:
    """The form."""
    return _form()


@screen.get("/sample.xlsx")
def sample() -> Response:
    """An empty table with the columns that are known."""
    return file(spreadsheets.write_table("名单", SAMPLE, []), f"{say(mark('花名册模板'))}.xlsx", XLSX)


@screen.post("")
def compare() -> AnyResponse | tuple[str, int]:
    """Read the file and compare it with the register; with any fault nothing is kept."""
    most = spreadsheets.LARGEST + FORM_BESIDE
    if (request.content_length or 0) > most:
        abort(413)
    request.max_content_length = most
    given = request.files.get("list")
    try:
        sheets = spreadsheets.read_tables(given.read() if given else b"")
    except Malformed as refusal:
        return _form(words_of(refusal)), 400
    file, name = people.lists_in(sheets), (given.filename if given else "") or ""
    with box().database.read() as tx:
        shown = people.preview(tx, people.listed(file), name)
    if shown.faults and not file.leaves_a_choice:
        return _faulty(shown), 400
    key = new_tap()
    with box().database.write() as tx:
        people.keep_file(tx, asked(), key, name, file)
    return redirect(url_for(".look", key=key), 303)


@screen.get("/<key>")
def look(key: str) -> str | tuple[str, int]:
    """What a list of the file would do, row by row."""
    choice = _choice(request.args)
    with box().database.read() as tx:
        kept, shown = people.kept_preview(tx, key, box().now(), choice)
    more = {"key": key, "kept": kept, "choice": choice}
    if shown.faults:
        return _faulty(shown, **more), 400
    missing = undrawn(*(row.name for row in shown.rows), *(name for name, _ in shown.new_teams))
    return render_template("office/people_import/import_look.html", shown=shown, undrawn=missing, **more)


@screen.post("/<key>")
def confirm(key: str) -> AnyResponse:
    """Take in just what was shown."""
    choice = _choice(request.form)
    with box().database.write() as tx:
        taken_in = people.commit_import(tx, asked(), key, choice)
    words = say(
        mark(
            "导入好了：新增%(added)s人，加入服务队%(joined)s人，恢复%(returned)s人，新建服务队%(teams)s支。"
        ),
        added=taken_in.added,
        joined=taken_in.joined,
        returned=taken_in.returned,
        teams=taken_in.teams,
    )
    return done(words, "office.people.register")


def _form(fault: str = "") -> str:
    return render_template("office/people_import/import.html", fault=fault, most_rows=spreadsheets.MOST_ROWS)


def _choice(fields: Mapping[str, str]) -> people.Choice:
    """Which sheet is meant, and whether its hidden rows are; the first, without them, if nothing is said."""
    sheet = whole_or_none("sheet", fields=fields) or 0
    return people.Choice(sheet, fields.get("hidden") == "yes")


def _faulty(shown: people.Preview, **more: Any) -> str:
    told = [(fault, say(FAULTS[fault.what], about=fault.about)) for fault in shown.faults[:SHOWN_FAULTS]]
    return render_template(
        "office/people_import/import_faulty.html",
        shown=shown,
        told=told,
        more=len(shown.faults) - len(told),
        most_rows=spreadsheets.MOST_ROWS,
        **more,
    )
