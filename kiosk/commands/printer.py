"""`kiosk printer`: find out what a printer can do, and print a page that shows it."""

import os
from pathlib import Path

import click

from kiosk import doctor, spool
from kiosk.clock import system_clock
from kiosk.commands._alike import DATA, check_database, stop, stop_without
from kiosk.database import UnusableDatabase, has_file
from kiosk.database.opening import refuse_lost
from kiosk.doctor.printers import SAYS, SLIPS_FOLDER
from kiosk.settings import Settings
from printing.drawing.canvas import paper_for
from printing.drawing.fonts import FontMissing
from printing.printer_process import Setup
from printing.printers import CAN_PRINT, BadPrinter, Outcome, Printer, Status, open_printer
from printing.printers._transport.probe import Probed

ADDRESS = click.argument("address", required=False)
WIDTH = click.option(
    "--width",
    type=click.Choice(["384", "512", "576"]),
    help="Dots across the paper; else the centre's setting.",
)
CONFIRMS = {
    "process_id": "打到纸上才算打好。A slip counts once it is on paper.",
    "gs_r": "打印机收完才算打好。A slip counts once the printer has taken it in.",
    "none": "打印机不回答，发完就算打好。It never answers: a slip counts once it is sent.",
}


@click.group()
def printer() -> None:
    """Find out what the printer can do; print a page that shows it."""


@printer.command()
@ADDRESS
@DATA
def probe(address: str | None, data: Path) -> None:
    """Ask the printer (at ADDRESS, else the centre's) what it can do, and write it down. Prints nothing."""
    asked = _open(_setup(address, data).url, data, is_typed=bool(address))
    click.echo(f"打印机 Printer: {asked.url}")
    try:
        probed = asked.probe()
    except OSError as fault:
        stop(_said("offline") + f"\n{fault.strerror or fault}")
    if probed is None:
        status = asked.status()
        click.echo(_said(status) + "\n这种打印机没有别的可以问。Nothing more can be asked of this kind.")
        raise SystemExit(0 if status in CAN_PRINT else 1)
    if probed.status not in CAN_PRINT:
        stop(
            f"{_said(probed.status)}\n没有记下来：请先处理好，再查一次。Nothing was written down: see to it, "
            "then probe again."
        )
    _tell(probed)
    try:
        click.echo(f"记在 Written to: {asked.remember(probed)}")
    except OSError as fault:
        stop(f"文件夹 {data} 用不了。The folder {data} cannot be used: {fault.strerror or fault}")


@printer.command()
@ADDRESS
@WIDTH
@DATA
def test(address: str | None, width: str | None, data: Path) -> None:
    """Print a ruler, bars, the smallest letters and three codes (at ADDRESS, else the centre's printer)."""
    from printing.drawing.ruler import ruler_page

    setup = _setup(address, data)
    asked = _open(setup.url, data, is_typed=bool(address))
    paper = paper_for(int(width) if width else setup.width_dots)
    now = system_clock().astimezone(doctor.target_in(data, os.environ, system_clock).zone)
    try:
        outcome = asked.print("ruler", ruler_page(paper, asked.url, f"{now:%Y-%m-%d %H:%M}"))
    except FontMissing as fault:
        stop(str(fault))
    click.echo(f"打印机 Printer: {asked.url}  {paper.width_dots} 点 dots")
    _tell_outcome(outcome)


def _setup(address: str | None, data: Path) -> Setup:
    """The centre's printer and paper, with `address` in its place when one was typed."""
    target = doctor.target_in(data, os.environ, system_clock)
    if target.mistakes:
        stop("\n".join(map(str, target.mistakes)))
    if not address:
        _check_centre(target.settings)
    chosen = target.ask(lambda tx: spool.setup_in_use(tx, target.settings), None)
    settings = target.settings
    setup = chosen or Setup(settings.printer, settings.paper_width_dots, settings.large_print)
    if address:
        return Setup(address, setup.width_dots, setup.large)
    if setup.is_off:
        stop("这个中心没有用打印机，请写上地址。This centre uses no printer: give an address.")
    return setup


def _check_centre(settings: Settings) -> None:
    """End the command where a centre was begun whose database cannot say which printer it has."""
    try:
        refuse_lost(settings.folder, settings.database_url)
    except UnusableDatabase as fault:
        stop_without(fault, settings)
    if settings.database_url or has_file(settings.folder):
        check_database(settings)


def _open(url: str, data: Path, *, is_typed: bool) -> Printer:
    try:
        return open_printer(url, data / SLIPS_FOLDER)
    except BadPrinter as fault:
        stop(str(fault), 2 if is_typed else 1)


def _tell(probed: Probed) -> None:
    known = probed.known
    lines = {
        "型号 Model": known.name or "没有说 not told",
        "状态 State": _said(probed.status),
        "问状态 DLE EOT": "、".join(map(str, known.states)) or _yes(False),
        "自动状态 GS a": _yes(known.automatic),
        "收完就答 GS r": _yes(known.gs_r),
        "打完才答 GS ( H": _yes(known.process_id),
        "纸宽 Width": "打印机不会说，请看测试页 not told, see the page of: kiosk printer test",
        "以后 From now on": f"{known.confirm}: {CONFIRMS[known.confirm]}",
    }
    click.echo("\n".join(f"  {name}: {said}" for name, said in lines.items()))
    if not (known.states or known.automatic or known.gs_r or known.process_id):
        click.echo(
            "什么都没有回答。请确认打印机开着、有纸，再查一次。\n"
            "It answered nothing at all. Make sure that it is on and has paper, then probe again."
        )


def _tell_outcome(outcome: Outcome) -> None:
    if outcome.state == "printed":
        click.echo("打好了，请看纸上的尺、字、黑条和三个码。Printed: see the ruler, letters, bars and codes.")
    elif outcome.state == "unconfirmed":
        stop(f"发出去了，不知道有没有打出来，请看纸。Sent, but nobody knows: see the paper.\n{outcome.note}")
    else:
        stop(f"没有打出来。It did not print.\n{_said(outcome.note)}")


def _said(status: Status | str) -> str:
    """A status in words and what to do; anything else as it is."""
    if status not in SAYS:
        return status
    _, (zh, en), (todo_zh, todo_en) = SAYS[status]
    return f"{zh}。{todo_zh}It {en}. {todo_en}".strip()


def _yes(is_so: bool) -> str:
    return "会 yes" if is_so else "不会 no"
