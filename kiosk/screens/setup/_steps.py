"""What the pages of the steps share: their names, where each is, what comes next."""

from flask import redirect, render_template, url_for
from msgspec import Struct
from werkzeug.wrappers import Response

from kiosk import setup
from kiosk.database import Tx
from kiosk.screens.web.access import asked
from kiosk.screens.web.page import box
from kiosk.setup import Step
from kiosk.words import mark


class StepWords(Struct, frozen=True):
    """A step as the list shows it; `view` is its page."""

    words: str
    icon: str
    view: str


STEP_WORDS = {
    Step.CENTRE: StepWords(mark("中心的名字"), "building-2", "setup.centre.name"),
    Step.HOURS: StepWords(mark("开门时间"), "clock", "setup.centre.hours"),
    Step.COUNTERS: StepWords(mark("几个窗口"), "monitor", "setup.offer.counters"),
    Step.SERVICES: StepWords(mark("办哪些事"), "layout-grid", "setup.offer.services"),
    Step.CARD: StepWords(mark("书记联系卡"), "phone", "setup.people.card"),
    Step.PRINTER: StepWords(mark("打印机"), "printer", "setup.printer.printer"),
    Step.STAFF: StepWords(mark("工作人员"), "users-round", "setup.people.accounts"),
    Step.DEVICES: StepWords(mark("自助机和大屏"), "qr-code", "setup.machines.devices"),
    Step.TRIAL: StepWords(mark("试一个号"), "ticket", "setup.trial.trial"),
}


def first_open(done: frozenset[Step]) -> Step | None:
    """The first step that nobody has gone on from; None when all are done."""
    return next((step for step in Step if step not in done), None)


def step_page(template: str, step: Step, **values: object) -> str:
    """The page of a step: with the list of all, and what is done."""
    with box().database.read() as tx:
        done = setup.done_steps(tx)
    return render_template(template, steps=STEP_WORDS, done=done, step=step, **values)


def note_done(tx: Tx, step: Step) -> None:
    """Somebody goes on from a step, in the transaction of what it wrote."""
    setup.note_done(tx, asked(), step)


def go_on(step: Step) -> Response:
    """To the page of the next step, or to the list after the last."""
    following = setup.after(step)
    view = STEP_WORDS[following].view if following else "setup.begin.begin"
    return redirect(url_for(view), 303)
