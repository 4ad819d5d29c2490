"""The whole catalogue as a file: download it, upload one, look at every row, take it all or nothing."""

from collections.abc import Mapping

from flask import Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk import exchange, spreadsheets, staff
from kiosk.exchange import SHEETS, Book, Done, SheetKind
from kiosk.screens.catalogue.history import last_change
from kiosk.screens.catalogue.service_form import FAULTS as OWN_FAULTS
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import XLSX, file
from kiosk.screens.web.errors import words_of
from kiosk.screens.web.forms import FAULTS, done
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed, mark
from printing.subprocess_task import place

screen = staffed(
    __name__, staff.Role.ADMIN, menu=None, under="catalogue.services", url_prefix="/admin/catalogue"
)

Answer = AnyResponse | tuple[str, int]

FORM_BESIDE = 16 * 1024
LARGEST_BOOK = 1024 * 1024
"""Bytes of the form that carries what was looked at: eighty services have 20,000."""
SHOWN_FAULTS = 200

WHAT_WORDS = {
    "added": mark("新加"),
    "changed": mark("改动"),
    "retired": mark("停用"),
    "bring_back": mark("恢复"),
    "same": mark("不变"),
}
CELL_FAULTS: Mapping[str, str] = {
    **FAULTS,
    **OWN_FAULTS,
    "tick": mark("请填“是”，或者空着。"),
    "code": mark("代码只能是字母和数字，业务的要大写。"),
    "heading": mark("没有这一列，请看看列名，或者删掉它。"),
    "unknown": mark("没有这项业务。"),
    "window": mark("这一列不是窗口的号码。"),
    "clash": mark("这个代码在本站是“%(about)s”。请换一个代码，或者选“以文件为准”。"),
    "taken": mark("这个代码已经有了。"),
}


class LookedAtAnother(Malformed):
    """What the form carries is none of ours."""

    sentence = mark("请重新上传文件，再核对一次。")


@screen.get("")
def form() -> str:
    """The links out and the form in."""
    return _form()


@screen.get("/catalogue.xlsx")
def workbook() -> Response:
    """Everything, as a workbook."""
    with place():
        content = exchange.as_workbook(_now())
    return file(content, f"{_name()}.xlsx", XLSX)


@screen.get("/catalogue.json")
def as_json() -> Response:
    """The same as JSON."""
    return file(exchange.as_json(_now()), f"{_name()}.json", "application/json")


@screen.post("")
def look() -> Answer:
    """Read the file and show each row with what it does, or every cell that is wrong."""
    _let_in(spreadsheets.LARGEST)
    given = request.files.get("file")
    replace = request.form.get("replace") == "1"
    try:
        book = exchange.read_book(given.read() if given else b"")
    except Malformed as refusal:
        return _form(words_of(refusal)), 400
    return _shown(book, _looked(book, replace=replace), replace=replace)


@screen.post("/take")
def take() -> Answer:
    """Take in just what was shown; what has become another thing meanwhile is shown again."""
    _let_in(LARGEST_BOOK)
    replace = request.form.get("replace") == "1"
    try:
        book = exchange.unpacked(request.form.get("book", ""))
    except Malformed as refusal:
        raise LookedAtAnother from refusal
    found = _looked(book, replace=replace)
    if not found.is_right or exchange.mark_of(found) != request.form.get("mark", ""):
        return _shown(book, found, replace=replace, is_again=True)
    with box().database.write() as tx:
        taken = exchange.take(tx, box().centre, asked(), book, replace=replace)
        if not taken.is_right or exchange.mark_of(taken) != exchange.mark_of(found):
            raise LookedAtAnother  # changed between the two: nothing is kept
    words = mark("导入好了：新加%(added)s项，改动%(changed)s项，停用%(retired)s项，恢复%(back)s项。")
    counts = {what: found.count(what) for what in ("added", "changed", "retired")}
    return done(say(words, **counts, back=found.count("bring_back")), "catalogue.services.every")


def _let_in(size: int) -> None:
    most = size + FORM_BESIDE
    if (request.content_length or 0) > most:
        abort(413)
    request.max_content_length = request.max_form_memory_size = most


def _now() -> Book:
    with box().database.read() as tx:
        return exchange.catalogue_now(tx, box().centre)


def _name() -> str:
    return f"{say(mark('业务目录'))} {box().centre.day(box().now())}"


def _looked(book: Book, *, replace: bool) -> Done:
    return exchange.look(box().database.write, box().centre, asked(), book, replace=replace)


def _form(fault: str = "") -> str:
    with box().database.read() as tx:
        last = last_change(tx, (exchange.KIND,))
        return render_template("catalogue/file/form.html", fault=fault, last=last)


def _shown(book: Book, found: Done, *, replace: bool, is_again: bool = False) -> Answer:
    if not found.is_right:
        faults = _faults(found)
        page = render_template(
            "catalogue/file/faulty.html", faults=faults[:SHOWN_FAULTS], more=len(faults[SHOWN_FAULTS:])
        )
        return page, 400
    page = render_template(
        "catalogue/file/look.html",
        found=found,
        sheets=[(kind, spec.title, _of(found, kind)) for kind, spec in SHEETS.items()],
        what_words=WHAT_WORDS,
        book=exchange.packed(book),
        mark=exchange.mark_of(found),
        replace=replace,
        is_again=is_again,
    )
    return page, 200


def _of(found: Done, kind: SheetKind) -> list[exchange.Outcome]:
    return [one for one in found.outcomes if one.sheet == kind]


def _faults(found: Done) -> list[tuple[str, int, str, str]]:
    """Sheet, row, heading and sentence of each, in the order of the file."""
    told = [(one, say(CELL_FAULTS.get(one.what, one.what), about=one.about)) for one in found.faults]
    told += [(one, words_of(refusal)) for one, refusal in found.refusals]
    kinds = list(SheetKind)
    told.sort(key=lambda one: (kinds.index(one[0].sheet), one[0].row))
    return [
        (SHEETS[one.sheet].title, one.row, SHEETS[one.sheet].heading(one.column) if one.column else "", words)
        for one, words in told
    ]
