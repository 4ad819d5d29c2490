"""Choosing the printer: its kind, the lines of that kind's own form, the paper; tried before it is saved."""

from collections.abc import Mapping

from flask import Response, redirect, render_template, request, url_for
from msgspec import Struct
from msgspec.structs import replace
from werkzeug.wrappers import Response as AnyResponse

from kiosk import spool, staff
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import Draft, choice, done, whole_or_none
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import staffed
from kiosk.words import Malformed, Unknown, mark
from printing import printers
from printing.printer_process import OFF, Setup

screen = staffed(
    __name__,
    staff.Role.ADMIN,
    menu=None,
    under="hall.print_jobs",
    url_prefix="/admin/printer",
)

NONE = "off"
NOT_OFFERED = ("memory",)
"""For tests: nothing comes out of it, so no form takes it either."""

WIDTHS = {
    576: mark("80毫米纸（576点）"),
    512: mark("80毫米纸，180点每英寸（512点）"),
    384: mark("58毫米纸（384点）"),
}
LONGEST_URL = 300


class PrinterForm(Struct, frozen=True):
    """The filled-in form: in `draft` the kind's own lines by name, then the paper's."""

    kind: str
    draft: Draft
    width_dots: int
    large: bool

    @property
    def fields(self) -> tuple[printers.Field, ...]:
        """The lines to show."""
        return () if self.kind == NONE else printers.form_of(self.kind)

    def choices(self, line: printers.Field) -> list[tuple[str, str]]:
        """What a line offers, each with its words."""
        return [(choice.value, say(choice.label)) for choice in line.choices]


@screen.get("")
def printer() -> str:
    """The printer in use, or the one just tried, or an empty form of another kind."""
    setup_id = whole_or_none("trial", fields=request.args)
    with box().database.read() as tx:
        in_use = spool.setup_in_use(tx, box().settings)
        shown = in_use if setup_id is None else _tried(tx, setup_id)
        state = _trial_state(tx, setup_id)
    return _page(_form_for(request.args.get("kind", ""), shown), in_use, setup_id, state)


@screen.post("")
def choose() -> AnyResponse | tuple[str, int]:
    """Use this printer from now on."""
    read = _setup_in_form()
    if isinstance(read, PrinterForm):
        return _again(read)
    with box().database.write() as tx:
        spool.choose_printer(tx, asked(), box().settings, read)
    return done(say(mark("保存好了，下一张小票就用它打。")), ".printer")


@screen.post("/trial")
def try_it() -> AnyResponse | tuple[str, int]:
    """Print a test page with what the form says; the printer in use stays the same."""
    read = _setup_in_form()
    if isinstance(read, PrinterForm):
        return _again(read)
    at = box().now()
    with box().database.write() as tx:
        page = spool.trial_page(box().centre, read.url, lang(), at)
        setup_id = spool.try_printer(tx, asked(), read, page, box().settings)
    return redirect(url_for(".printer", trial=setup_id), 303)


@screen.get("/trial/<int:setup_id>")
def trial(setup_id: int) -> Response | str:
    """How the test page is doing."""
    with box().database.read() as tx:
        state = _trial_state(tx, setup_id)
    if state is None:
        raise Unknown
    return render_template("office/printer/trial.html", setup_id=setup_id, trial_state=state)


def _tried(tx: Tx, setup_id: int) -> Setup:
    setup = spool.setup_of(tx, setup_id)
    if setup is None:
        raise Unknown
    return setup


def _trial_state(tx: Tx, setup_id: int | None) -> spool.JobStatus | None:
    found = None if setup_id is None else spool.slip_state(tx, spool.trial_subject(setup_id))
    return None if found is None else found[0]


def _offered() -> tuple[str, ...]:
    return (*(kind for kind in printers.kinds() if kind not in NOT_OFFERED), NONE)


def _kinds() -> tuple[tuple[str, str], ...]:
    real = tuple((kind, printers.label_of(kind)) for kind in _offered() if kind != NONE)
    return (*real, (NONE, mark("没有打印机，号码只显示在屏幕上")))


def _form_for(kind: str, setup: Setup) -> PrinterForm:
    """The form of `setup`, or an empty one of another kind on the same paper."""
    own, values = _read(setup.url)
    if kind and kind != own:
        own, values = choice("kind", _offered(), request.args), {}
    shown = {name: str(value) for name, value in values.items()}
    return PrinterForm(own, Draft(shown), setup.width_dots, setup.large)


def _read(url: str) -> tuple[str, Mapping[str, object]]:
    if url == OFF:
        return NONE, {}
    try:
        return printers.values_of(url)
    except printers.BadPrinter:  # chosen once, and this version does not know it any more
        return NONE, {}


def _setup_in_form() -> Setup | PrinterForm:
    """What the form says; the form itself with every fault when it cannot be used. Raises Malformed."""
    kind = choice("kind", _offered())
    width = choice("width_dots", [str(known) for known in WIDTHS])
    lines = () if kind == NONE else printers.form_of(kind)
    values = {line.name: request.form.get(line.name, "") for line in lines}
    form = PrinterForm(kind, Draft(values), int(width), bool(request.form.get("large")))
    try:
        url = OFF if kind == NONE else printers.address_of(kind, values)
        if kind != NONE:
            printers.open_printer(url, box().settings.folder).close()
    except printers.BadPrinter as wrong:
        told = {name: say(fault.sentence, **fault.facts) for name, fault in wrong.faults.items()}
        return replace(form, draft=form.draft.with_faults(told))
    if len(url) > LONGEST_URL:
        raise Malformed
    return Setup(url, form.width_dots, form.large)


def _again(form: PrinterForm) -> tuple[str, int]:
    with box().database.read() as tx:
        in_use = spool.setup_in_use(tx, box().settings)
    return _page(form, in_use, None, None), 400


def _page(form: PrinterForm, in_use: Setup, setup_id: int | None, state: spool.JobStatus | None) -> str:
    return render_template(
        "office/printer/printer.html",
        form=form,
        kinds=_kinds(),
        widths=WIDTHS,
        in_use=in_use,
        setup_id=setup_id,
        trial_state=state,
    )
