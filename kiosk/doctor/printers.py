"""Printers: how each one says it is, and what became of the last slips."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from kiosk import spool
from kiosk.doctor._findings import Both, Finding, Grade, broken, remark, well
from kiosk.doctor._target import Target, folder_fault
from kiosk.spool import JobStatus
from printing.printers import BadPrinter, Printer, open_printer

TITLE = ("打印机", "Printer")
DEADLINE_S = 30.0

SLIPS_FOLDER = "slips"
ONE_LINE = ("device:", "serial:")
"""Kinds that a question from a second program could reach in the middle of a slip."""

LATELY = timedelta(days=1)
SAYS: dict[str, tuple[Grade, Both, Both]] = {
    "ready": (Grade.WELL, ("准备好了", "is ready"), ("", "")),
    "paper_low": (
        Grade.REMARK,
        ("快没纸了", "is low on paper"),
        ("请准备新纸卷。", "Have a new roll at hand."),
    ),
    "paper_out": (Grade.BROKEN, ("没纸了", "is out of paper"), ("请换纸卷。", "Put in a new roll.")),
    "cover_open": (Grade.BROKEN, ("盖子开着", "has its cover open"), ("请把盖子合上。", "Close the cover.")),
    "cutter_error": (
        Grade.BROKEN,
        ("切刀卡住了", "has a jammed cutter"),
        ("请关机，取出卡住的纸。", "Switch it off and clear the paper."),
    ),
    "error": (Grade.BROKEN, ("报错了", "reports an error"), ("请关机再开。", "Switch it off and on.")),
    "offline": (
        Grade.BROKEN,
        ("找不到", "cannot be reached"),
        ("请看电源、网线和地址。", "See its power, its cable and the address."),
    ),
    "unknown": (
        Grade.REMARK,
        ("没有回答，不知道好不好", "does not answer, so nobody knows"),
        ("请打印一张测试页看看。", "Print a test page to see."),
    ),
}
"""What each status means to people. Silence is no good news."""


def check(target: Target) -> Iterator[Finding]:
    """Yield the printer's state and the last slips' ends."""
    url = _url(target)
    if url.startswith("file:"):
        yield from _writable(target.folder / SLIPS_FOLDER)
    yield _state(url, target)
    yield from _slips(target)


def _url(target: Target) -> str:
    """The printer in use: chosen in the back office, else the one of the settings file."""
    settings = target.settings
    chosen = target.ask(lambda tx: spool.setup_in_use(tx, settings), None)
    return chosen.url if chosen else settings.printer


def _state(url: str, target: Target) -> Finding:
    if url == "off:":
        return well("没有用打印机。", "none is used.", status="off")
    try:
        printer = open_printer(url, target.folder / SLIPS_FOLDER)
    except BadPrinter as fault:
        return broken(
            (str(fault), f"the address {url!r} is wrong."),
            ("请在后台重新选打印机。", "Choose the printer anew in the back office."),
        )
    status = _heard(target) if target.is_served and url.startswith(ONE_LINE) else _asked(printer)
    grade, said, todo = SAYS[status]
    return Finding(grade, (f"{url} {said[0]}。", f"{url} {said[1]}."), todo, {"status": status})


def _asked(printer: Printer) -> str:
    try:
        return printer.status()
    finally:
        printer.close()


def _heard(target: Target) -> str:
    """What the running station heard of it last."""
    settings = target.settings
    heard = target.ask(lambda tx: spool.printer_now(tx, settings), None)
    return heard.state if heard else "unknown"


def _writable(folder: Path) -> Iterator[Finding]:
    """What keeps pictures of slips out of `folder`."""
    if fault := folder_fault(folder if folder.exists() else folder.parent):
        yield broken(
            (f"小票写不进 {folder}：{fault}。", f"no slip can be written to {folder}: {fault}."),
            ("请看这个文件夹的权限和盘。", "See the folder's rights and its disk."),
        )


def _slips(target: Target) -> Iterator[Finding]:
    nothing: tuple[spool.Job, ...] = ()
    now = target.now()
    recent = target.ask(lambda tx: spool.recent_jobs(tx, target.settings, now), nothing)
    over = [job for job in recent if job.status in spool.FINAL and now - job.created_at < LATELY]
    failed = [job for job in over if job.status in (JobStatus.FAILED, JobStatus.EXPIRED)]
    doubtful = [job for job in over if job.status == JobStatus.UNCONFIRMED]
    if failed or doubtful:
        why = next((f"（{job.note}）" for job in failed + doubtful if job.note), "")
        yield (broken if over[0] in failed else remark)(
            (
                f"最近 {len(over)} 张小票，{len(failed)} 张没打出来，{len(doubtful)} 张不知道{why}。",
                f"of the last {len(over)} slips {len(failed)} failed, {len(doubtful)} are doubtful{why}.",
            ),
            ("请看纸和电缆，再打印一张测试页。", "See paper and cable, then print a test page."),
            failed=len(failed), unconfirmed=len(doubtful), slips=len(over),
        )  # fmt: skip
    yield from _left_over(target, sum(job.status not in spool.FINAL for job in recent))


def _left_over(target: Target, waiting: int) -> Iterator[Finding]:
    if waiting and not target.is_served:
        yield remark(
            (f"停机时有 {waiting} 张小票没打完。", f"{waiting} slips were left when the station stopped."),
            ("下次启动会处理，不会打重。", "The next start deals with them; none is printed twice."),
            waiting=waiting,
        )
