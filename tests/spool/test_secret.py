"""A first password's slip: on paper once, and nowhere else."""

import zipfile

import pytest
import sqlalchemy as sa

from kiosk import backup, spool
from kiosk.asked import Asked
from kiosk.changes.tables import office_change
from kiosk.spool.actions import recover_jobs
from kiosk.spool.choosing import choose_printer
from kiosk.spool.secret import KEPT_FOR
from kiosk.spool.tables import print_change, print_job
from printing.printer_process import OFF, Setup
from printing.slips import unpack
from printing.slips.first_password import FirstPasswordSlip
from tests.spool.conftest import PRINTED, REFUSED

PASSWORD = "abcd-2345-wxyz"
PAPER = Setup("tcp://127.0.0.1:9")


@pytest.fixture
def choose(write, box, clock):
    def choose(setup):
        write(choose_printer, Asked(clock(), 1), box.settings, setup)

    return choose


@pytest.fixture
def keep(box, clock):
    def keep(name="窗口3"):
        return spool.keep_password(box.centre, name, PASSWORD, Asked(clock(), 1))

    return keep


@pytest.fixture
def on_paper(choose, write, box, clock, keep):
    """A job for a password's slip, on a printer with paper: its id."""
    choose(PAPER)
    return write(spool.print_password, keep(), clock(), box.settings)


def _all_of(tx, table):
    return tx.execute(sa.select(table)).all()


def test_it_is_printed_as_it_was_made_and_forgotten_then(on_paper, feed, read, clock, keep):
    claimed = feed.claim()
    slip = unpack(claimed.kind, claimed.slip)
    assert isinstance(slip, FirstPasswordSlip)
    assert (slip.name, slip.password) == ("窗口3", PASSWORD)
    feed.report(claimed.id, PRINTED)
    job = read(spool.job_of, on_paper, clock())
    assert (job.title, job.status, job.can_again) == ("窗口3", "printed", False)
    assert spool.kept_password(job.subject.removeprefix("secret:"), clock()) is None


def test_a_printer_that_took_nothing_gets_it_again(on_paper, feed, clock):
    claimed = feed.claim()
    feed.report(claimed.id, REFUSED)
    clock.forward(seconds=4)
    assert PASSWORD in feed.claim().slip


def test_nothing_of_it_lies_in_the_database_nor_in_a_backup(on_paper, feed, box, tmp_path, read):
    settings, look = box.settings, [box.settings.folder]
    for number in range(2):
        kept = backup.make_backup(
            settings.folder, tmp_path / f"{number}.zip", box.now(), settings.database_url
        )
        look.append(tmp_path / str(number))
        look[-1].mkdir()
        zipfile.ZipFile(kept).extractall(look[-1])
        told = str([read(_all_of, table) for table in (print_job, print_change, office_change)])
        assert "窗口3" in told
        assert PASSWORD not in told
        if number == 0:
            feed.report(feed.claim().id, PRINTED)
    files = [path for folder in look for path in folder.rglob("*") if path.is_file()]
    if not settings.database_url:  # PostgreSQL packs what it writes out
        assert any("窗口3".encode() in path.read_bytes() for path in files)
    assert [path for path in files if PASSWORD.encode() in path.read_bytes()] == []


def test_it_is_printed_once_and_never_again(on_paper, write, box, clock, read, feed):
    key = read(spool.job_of, on_paper, clock()).subject.removeprefix("secret:")
    with pytest.raises(spool.PasswordPrinted):
        write(spool.print_password, key, clock(), box.settings)
    feed.report(feed.claim().id, PRINTED)
    with pytest.raises(spool.PasswordPrinted):
        write(spool.note_again, Asked(clock(), 1), on_paper, 2)
    with pytest.raises(spool.PasswordPrinted):
        write(spool.print_password, key, clock(), box.settings)


def test_it_is_kept_a_quarter_of_an_hour(choose, keep, write, box, clock):
    choose(PAPER)
    key = keep()
    clock.forward(seconds=KEPT_FOR.total_seconds() + 1)
    with pytest.raises(spool.PasswordGone):
        write(spool.print_password, key, clock(), box.settings)


@pytest.mark.parametrize("setup", [Setup("file:"), Setup(OFF)])
def test_no_picture_of_it_is_left_in_the_folder(choose, keep, write, box, clock, setup, read):
    choose(setup)
    assert not read(spool.prints_passwords, box.settings)
    with pytest.raises(spool.PasswordsNotPrinted):
        write(spool.print_password, keep(), clock(), box.settings)


def test_a_printer_of_pictures_that_was_chosen_meanwhile_gets_none(on_paper, choose, feed):
    choose(Setup("file:"))
    assert PASSWORD not in feed.claim().slip


def test_after_a_restart_it_is_gone_and_the_job_ends(on_paper, write, box, clock, read, monkeypatch):
    monkeypatch.setattr("kiosk.spool.secret._shelf", type(spool.secret._shelf)())
    write(recover_jobs, clock(), box.settings)
    assert read(spool.job_of, on_paper, clock()).status == "expired"


def test_it_cannot_be_written_down_by_mistake(write, box, clock):
    with pytest.raises(ValueError, match="first_password"):
        write(spool.print_slip, FirstPasswordSlip.sample(), "x", clock(), box.settings)
