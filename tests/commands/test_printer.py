"""`kiosk printer probe` and `kiosk printer test`: what they say, what they print, how they end."""

import json

import pytest
import zxingcpp
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.settings import FILE
from tests.printing.fakes import QUICK, fake, soon, url_of

__all__ = ["fake"]


@pytest.fixture
def run(tmp_path):
    def run(*words, **environ):
        names = {f"KIOSK_{name.upper()}": value for name, value in environ.items()}
        given = [*map(str, words), "--data", str(tmp_path / "data")]
        return CliRunner(env=names).invoke(main, ["printer", *given])

    return run


def test_probe_says_what_the_printer_can_do_writes_it_down_and_prints_nothing(run, fake, tmp_path):
    printer = fake()
    told = run("probe", printer.url)
    assert told.exit_code == 0, told.output
    for words in ("LINLI FAKE-80", "准备好了", "is ready", "1、2、3、4", "process_id"):
        assert words in told.output
    note = json.loads((tmp_path / "data" / "slips" / "printer.json").read_text(encoding="utf-8"))
    assert note[printer.url]["process_id"] is True
    assert printer.slips == []


def test_probe_of_a_mute_printer_says_so(run, fake):
    told = run("probe", url_of("tcp", fake("mute")))
    assert told.exit_code == 0
    assert "answered nothing at all" in told.output
    assert "none:" in told.output


def test_probe_of_a_printer_that_is_not_ready_writes_nothing_down(run, fake, tmp_path):
    told = run("probe", url_of("tcp", fake("cover-open")))
    assert told.exit_code == 1
    assert "cover open" in told.output
    assert not (tmp_path / "data" / "slips").exists()


@pytest.mark.parametrize("command", ["probe", "test"])
def test_a_printer_that_cannot_be_reached_is_a_fault_that_is_explained(run, command):
    told = run(command, "device:/dev/no-such-printer")
    assert told.exit_code == 1
    assert "No such file" in told.output


@pytest.mark.parametrize("command", ["probe", "test"])
def test_an_address_that_is_not_understood_is_wrong_usage(run, command):
    told = run(command, "pigeon://coop")
    assert told.exit_code == 2
    assert "pigeon" in told.output


@pytest.mark.parametrize("command", ["probe", "test"])
def test_without_an_address_it_is_the_centres_own_printer(run, fake, command, tmp_path):
    printer = fake()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / FILE).write_text(f'printer = "{printer.url}"\n', encoding="utf-8")
    told = run(command)
    assert told.exit_code == 0
    assert printer.url in told.output


@pytest.mark.parametrize("command", ["probe", "test"])
def test_a_centre_without_a_printer_or_with_wrong_settings_is_told_so(run, command):
    assert "uses no printer" in run(command, printer="off:").output
    wrong = run(command, printer="pigeon:")
    assert (wrong.exit_code, "pigeon" in wrong.output) == (1, True)
    wrong = run(command, guard_s="soon")
    assert (wrong.exit_code, "KIOSK_GUARD_S" in wrong.output) == (1, True)


@pytest.mark.parametrize("width", [384, 512, 576])
def test_the_page_comes_out_with_its_ruler_and_three_codes(run, fake, width):
    printer = fake()
    told = run("test", printer.url, "--width", width)
    assert told.exit_code == 0, told.output
    assert soon(lambda: printer.sheets)
    (sheet,) = printer.sheets
    assert sheet.picture.width == width
    codes = sorted(code.text for code in zxingcpp.read_barcodes(sheet.picture))
    assert codes == ["LINLI 10", "LINLI 6", "LINLI 8"]


@pytest.mark.parametrize(
    ("mode", "words"),
    [("paper-out", "out of paper"), ("mute", "nobody knows"), ("cutter-error", "jammed cutter")],
)
def test_the_outcome_of_the_page_is_said_and_is_the_exit_code(run, fake, mode, words):
    told = run("test", url_of("tcp", fake(mode), **QUICK))
    assert told.exit_code == 1
    assert words in told.output


def test_a_file_printer_draws_the_page_and_has_nothing_to_be_asked(run, tmp_path):
    assert run("test", "file:").exit_code == 0
    assert (tmp_path / "data" / "slips" / "ruler.png").is_file()
    told = run("probe", "file:")
    assert (told.exit_code, "Nothing more" in told.output) == (0, True)
