"""任务: what the street asks for, pasted as lines with one date; how far it is, and the 通报 on paper."""

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, kinds, staff
from kiosk.kinds import NewBatch
from kiosk.screens.web.access import asked
from kiosk.screens.web.downloads import pdf
from kiosk.screens.web.forms import day, tap, text
from kiosk.screens.web.labels import CONCERN_STATES
from kiosk.screens.web.page import box, lang, new_tap, say, typed
from kiosk.screens.web.screen import staffed
from kiosk.staff import Role
from kiosk.words import mark
from printing.papers import Listing

screen = staffed(
    __name__,
    Role.CLERK,
    Role.DESK,
    Role.MANAGER,
    Role.GRID,
    Role.SECRETARY,
    Role.STREET,
    menu=None,
    under="concerns.today",
    url_prefix="/s/tasks",
)

COLUMNS = (
    (mark("编号"), 18.0), (mark("任务"), 74.0), (mark("责任人"), 26.0), (mark("进展"), 26.0),
    (mark("完成"), 36.0),
)  # fmt: skip


@screen.get("")
def every() -> str:
    """The batches, the newest first, and the form for one."""
    with box().database.read() as tx:
        found = kinds.batches(tx, box().centre)
    return render_template("kinds/batches/every.html", batches=found, tap=new_tap(), most=kinds.MOST_TASKS)


@screen.post("")
def add() -> AnyResponse:
    """Take the tasks in, a line each. Raises BadBatch."""
    pasted = [typed(line) for line in request.form.get("lines", "").splitlines()]
    lines = tuple(line for line in pasted if line)
    with box().database.write() as tx:
        category = concerns.category_of(tx, text("category"), lang()).code
        new = NewBatch(text("title"), text("told_by"), day("due_on"), lines, category, tap())
        batch_id = kinds.add_batch(tx, box().centre, asked(), new)
    return redirect(url_for(".one", batch_id=batch_id), 303)


@screen.get("/<int:batch_id>")
def one(batch_id: int) -> str:
    """One batch with its tasks."""
    with box().database.read() as tx:
        return render_template(
            "kinds/batches/one.html",
            batch=kinds.batch_of(tx, box().centre, batch_id),
            tasks=kinds.tasks_of(tx, batch_id),
            names=staff.staff_names(tx),
            states=CONCERN_STATES,
        )


@screen.get("/<int:batch_id>/report.pdf")
def report(batch_id: int) -> Response:
    """通报: each task, whose it is, how far, and how many are done in time."""
    with box().database.read() as tx:
        batch, tasks = kinds.batch_of(tx, box().centre, batch_id), kinds.tasks_of(tx, batch_id)
        names = staff.staff_names(tx)
    rows = tuple(
        (
            task.number,
            task.about,
            names.get(task.owner_id or 0, ""),
            say(CONCERN_STATES[task.state]),
            f"{box().centre.local(task.answered_at):%Y-%m-%d}" if task.answered_at else "",
        )
        for task in tasks
    )
    sums = {"count": batch.count, "ended": batch.ended, "in_time": batch.in_time}
    told = say(mark("共%(count)s件，完成%(ended)s件，其中按时%(in_time)s件。"), **sums)
    until = say(mark("最晚%(day)s"), day=f"{batch.due_on}")
    facts = tuple(one for one in (f"{batch.told_by} {batch.title}".strip(), until, told) if one)
    columns = tuple((say(words), width) for words, width in COLUMNS)
    today = f"{box().centre.day(box().now()):%Y-%m-%d}"
    title = say(mark("任务完成情况通报"))
    paper = Listing(box().centre.name(lang()), title, facts, columns, rows, (), today, g.staff.name, lang())
    return pdf(paper, title)
