"""What staff see of printing, and what they do when a slip did not come out."""

from datetime import datetime

from flask import Response, g, make_response, render_template
from msgspec import Struct
from werkzeug.wrappers import Response as AnyResponse

from kiosk import concerns, people, spool, staff, tickets
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import done, whole
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.polling import mark_of, version_seen
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.spool import JobStatus, PrinterState
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.CLERK,
    staff.Role.DESK,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("打印机"), mark("回到打印机"), "printer", "printers", 10, MenuGroup.MANAGE),
)

STATE_WORDS = {
    PrinterState.READY: mark("正常"),
    PrinterState.PAPER_LOW: mark("纸快用完了"),
    PrinterState.PAPER_OUT: mark("没有纸了"),
    PrinterState.COVER_OPEN: mark("盖子没有盖好"),
    PrinterState.CUTTER_ERROR: mark("切刀卡住了"),
    PrinterState.ERROR: mark("打印机出错了"),
    PrinterState.OFFLINE: mark("连不上打印机"),
    PrinterState.UNKNOWN: mark("还不知道打印机怎么样"),
}
TODO_WORDS = {
    PrinterState.PAPER_LOW: mark("请准备一卷新纸。换好了，请按“换了新纸卷”。"),
    PrinterState.PAPER_OUT: mark("请换一卷新纸，盖好盖子，再按“换了新纸卷”。"),
    PrinterState.COVER_OPEN: mark("请打开盖子，再用力压紧。"),
    PrinterState.CUTTER_ERROR: mark("请关掉打印机，取出卡住的纸，再打开。"),
    PrinterState.ERROR: mark("请关掉打印机，等十秒，再打开。"),
    PrinterState.OFFLINE: mark("请看看打印机开着没有，线插好没有。"),
    PrinterState.UNKNOWN: mark("小票也许打得出来。请打印一张测试页看看。"),
}
"""What to do about it: for people who have never seen a manual."""

STATUS_WORDS = {
    JobStatus.QUEUED: mark("等着打印"),
    JobStatus.SENDING: mark("正在打印"),
    JobStatus.PRINTED: mark("打好了"),
    JobStatus.UNCONFIRMED: mark("不知道打出来没有"),
    JobStatus.FAILED: mark("打不了"),
    JobStatus.EXPIRED: mark("等得太久，没有打"),
    JobStatus.CANCELLED: mark("取消了"),
}
KIND_WORDS = {
    "ticket": mark("小票"),
    "come_back": mark("回来继续办"),
    "contact_card": mark("联系卡"),
    "sign_in": mark("签到小票"),
    "receipt": mark("诉求回执"),
    "volunteer_card": mark("志愿者卡"),
    "first_password": mark("登录密码"),
    "trial": mark("测试页"),
    "ruler": mark("尺子"),
}
WORDS = {
    "state_words": STATE_WORDS,
    "todo_words": TODO_WORDS,
    "status_words": STATUS_WORDS,
    "kind_words": KIND_WORDS,
}


class PrintingNow(Struct, frozen=True):
    """All that the page of printing shows."""

    printer: spool.PrinterNow | None
    missed: tuple[spool.Job, ...]
    recent: tuple[spool.Job, ...]

    @property
    def v(self) -> int:
        """A number that differs when the page does."""
        return mark_of(self)


@screen.get("/printers")
def printers() -> str:
    """The printer, its paper, and the last slips."""
    with box().database.read() as tx:
        return render_template("hall/print_jobs/print_jobs.html", now=_now(tx))


@screen.get("/printers/now")
def now() -> Response:
    """What changes on the page when it shows something else than `v`, else 204."""
    with box().database.read() as tx:
        present = _now(tx)
    if version_seen() == present.v:
        return Response(status=204)
    return make_response(render_template("hall/print_jobs/now.html", now=present))


def _now(tx: Tx) -> PrintingNow:
    settings, at = box().settings, box().now()
    printer = spool.printer_now(tx, settings)
    return PrintingNow(printer, spool.missed_jobs(tx, settings, at), spool.recent_jobs(tx, settings, at))


@screen.post("/printers/jobs/<int:job_id>/again")
def again(job_id: int) -> AnyResponse:
    """补打: a person's act. A ticket's older code is not valid any more; a second press prints nothing."""
    after = whole("after")
    with box().database.write() as tx:
        spool.note_again(tx, asked(), job_id, after)
        _print_again(tx, job_id, box().now())
        has_printer = spool.has_printer(tx, box().settings)
    if not has_printer:
        return _back(say(mark("没有打印机，没有补打。号没有变，请把号码抄给居民。")))
    return _back(say(mark("在补打了。")))


def _print_again(tx: Tx, job_id: int, at: datetime) -> None:
    job = spool.job_of(tx, job_id, at)
    if job is None:
        raise spool.UnknownJob
    ticket_id, person_id = tickets.ticket_in(job.subject), people.person_in(job.subject)
    concern_id = concerns.concern_in_subject(job.subject)
    if ticket_id is not None:
        tickets.reprint(tx, box().centre, asked(), ticket_id, None)
    elif concern_id is not None:
        concerns.reprint(tx, box().centre, concerns.Hand(asked()), concern_id)
    elif person_id is not None:
        people.print_card(tx, box().centre, person_id, job.lang, at, again=True)
    else:
        spool.print_again(tx, job_id, at, box().settings)


@screen.post("/printers/jobs/<int:job_id>/cancel")
def cancel(job_id: int) -> AnyResponse:
    """Take back a slip that still waits."""
    with box().database.write() as tx:
        spool.cancel_job(tx, asked(), job_id)
    return _back(say(mark("取消了，不会再打。")))


@screen.post("/printers/jobs/<int:job_id>/told")
def told(job_id: int) -> AnyResponse:
    """The owner of a missing slip knows the number now."""
    with box().database.write() as tx:
        spool.note_told(tx, asked(), job_id)
    return _back(say(mark("记下了。")))


@screen.post("/printers/roll")
def new_roll() -> AnyResponse:
    """换了新纸卷."""
    with box().database.write() as tx:
        spool.put_in_roll(tx, asked(), box().settings)
    return _back(say(mark("记下了，从新纸卷开始算。")))


@screen.post("/printers/trial")
def trial() -> AnyResponse:
    """A test page on the printer in use."""
    at, settings = box().now(), box().settings
    with box().database.write() as tx:
        setup = spool.setup_in_use(tx, settings)
        if not setup.is_off:
            page = spool.trial_page(box().centre, setup.url, lang(), at)
            spool.print_slip(tx, page, f"trial:{g.staff.id}", at, settings)
    return _back(say(mark("测试页在打了。")))


def _back(words: str) -> AnyResponse:
    return done(words, ".printers")
