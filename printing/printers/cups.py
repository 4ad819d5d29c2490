"""A printer that CUPS knows, through its own commands `lp`, `lpstat` and `cancel`."""

from __future__ import annotations

import io
import os
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printing.printers import Status, mark
from printing.printers._form import setting
from printing.printers._transport.ipp import ABORTED, CANCELED, COMPLETED, job_state
from printing.printers._transport.queued import NotTaken, Progress, QueuedPrinter, QueueSettings

if TYPE_CHECKING:
    from PIL import Image


_REASONS: tuple[tuple[str, Status], ...] = (
    ("cover-open", "cover_open"),
    ("door-open", "cover_open"),
    ("media-empty", "paper_out"),
    ("media-needed", "paper_out"),
    ("cutter", "cutter_error"),
    ("media-jam", "error"),
    ("offline", "offline"),
    ("connecting-to-device", "offline"),
    ("media-low", "paper_low"),
)
"""CUPS's words for what is wrong with a printer (RFC 8011, 5.4.12), the gravest first."""


@dataclass(frozen=True, kw_only=True)
class CupsSettings(QueueSettings):
    """Which queue, and whether its printer understands ESC/POS."""

    queue: str = setting(
        mark("打印队列的名字"),
        mark("运行 lpstat -p 可以看到。"),
        place="path",
        pattern=r"[^\s/#?-][^\s/#?]*",
        example="XP-80",
    )
    content: str = setting(
        mark("发送什么"),
        mark("小票打印机选第一项；用驱动程序的打印机选第二项。"),
        default="raw",
        choices=(("raw", mark("小票指令（ESC/POS）")), ("picture", mark("图片（由 CUPS 的驱动转换）"))),
    )
    server: str = setting(
        mark("CUPS 服务器"),
        mark("就是这台机器的话，留空。"),
        default="",
        pattern=r"[^\s-]\S*",
        example="192.168.1.9:631",
        is_rare=True,
    )


class CupsPrinter(QueuedPrinter):
    """Prints through a CUPS queue."""

    label = mark("CUPS 打印队列")
    system = "posix"
    form = CupsSettings
    settings: CupsSettings

    def status(self) -> Status:
        """What CUPS says. Of a printer that it reaches only while printing, it says ready until then."""
        try:
            run = self._run("lpstat", "-l", "-p", self.settings.queue)
        except FileNotFoundError:
            return "unknown"
        except OSError:
            return "offline"
        if run.returncode != 0 or re.search(r"^printer \S+ disabled", run.stdout, re.M):
            return "offline"
        alerts = " ".join(re.findall(r"Alerts: (.*)", run.stdout))
        return next((status for word, status in _REASONS if word in alerts), "ready")

    def _content(self, image: Image.Image) -> bytes:
        return super()._content(image) if self.settings.content == "raw" else page(image)

    def _submit(self, title: str, content: bytes) -> str:
        how = ["-o", "raw"] if self.settings.content == "raw" else ["-o", f"media=Custom.{_size(content)}"]
        try:
            run = self._run("lp", "-d", self.settings.queue, "-t", title, *how, "-", given=content)
        except FileNotFoundError as fault:
            raise NotTaken("没有 lp 命令，请安装：sudo apt-get install cups-client") from fault
        number = re.search(r"request id is (\S+)", run.stdout)
        if run.returncode != 0 or number is None:
            raise NotTaken(run.stderr.strip() or run.stdout.strip())
        return number[1]

    def _progress(self, number: str) -> Progress:
        job = int(number.rpartition("-")[2])
        state = job_state(self.settings.server, job, self.settings.command_s)
        return "done" if state == COMPLETED else "gone" if state in (CANCELED, ABORTED) else "waiting"

    def _take_back(self, number: str) -> None:
        self._run("cancel", number)

    def _run(self, command: str, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Run a command of CUPS. Raises OSError when it is not there, TimeoutError when it hangs."""
        server = ["-h", self.settings.server] if self.settings.server else []
        try:
            run = subprocess.run(
                [command, *server, *words],
                input=given,
                capture_output=True,
                timeout=self.settings.command_s,
                env=os.environ | {"LC_ALL": "C"},  # its words are read here
                check=False,
            )
        except subprocess.TimeoutExpired as fault:
            raise TimeoutError(f"{command} took longer than {self.settings.command_s:g} s") from fault
        told = (text.decode(errors="replace") for text in (run.stdout, run.stderr))
        return subprocess.CompletedProcess(run.args, run.returncode, *told)


def page(image: Image.Image) -> bytes:
    """A slip as a PDF whose one page is as large as the paper, for any driver."""
    dpi = 180 if image.width == 512 else 203
    # by way of grey: Pillow's pen writes 1 into a one-bit picture where its own inversion expects 255
    drawn = image.convert("L").point(lambda ink: 0 if ink else 255).convert("1")
    document = io.BytesIO()
    drawn.save(document, "PDF", resolution=dpi)
    return document.getvalue()


def _size(document: bytes) -> str:
    """The page's size as CUPS writes it, e.g. 204.3x317.4 (points)."""
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", document)
    return "x".join(f"{float(side):.1f}" for side in box.groups()) if box else "72x100mm"


PRINTER = CupsPrinter
