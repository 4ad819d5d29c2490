"""How the box is, in JSON."""

import os
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk import backup
from kiosk.backup import read_label
from kiosk.spool.tables import printer_change
from tests.disks import Refusing
from tests.engines import on_a_file


def told(visitor, status=200):
    answer = visitor.client.get("/healthz")
    assert answer.status_code == status
    return answer.json


def test_the_newest_backup_that_can_be_read_is_told(box, visitor, clock):
    assert told(visitor)["last_backup_at"] is None
    backup.keep_day(box)
    made_at = box.now().isoformat(timespec="seconds")
    clock.forward(days=1)
    (box.settings.folder / backup.FOLDER / "linli-2026-11-24.zip").write_bytes(b"PK half a file")
    assert told(visitor)["last_backup_at"] == made_at


def test_a_backup_that_failed_wants_attention_until_one_succeeds(box, visitor, monkeypatch):
    def full(*_):
        raise backup.NoRoom(folder="here")

    monkeypatch.setattr("kiosk.backup.daily.make_backup", full)
    with pytest.raises(backup.NoRoom):
        backup.keep_day(box)
    assert told(visitor)["status"] == "attention"
    monkeypatch.undo()
    backup.keep_day(box)
    assert told(visitor)["status"] == "ok"


def test_a_disk_with_little_room_wants_attention(visitor, monkeypatch):
    few = shutil._ntuple_diskusage(10**12, 10**12 - 10**8, 10**8)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: few)
    assert (told(visitor)["status"], told(visitor)["disk_free"]) == ("attention", 10**8)


@pytest.mark.parametrize(
    ("state", "status"),
    [("ready", "ok"), ("unknown", "ok"), ("paper_out", "attention"), ("offline", "attention")],
)
def test_a_printer_that_cannot_print_wants_attention(box, visitor, state, status):
    with box.database.write() as tx:
        tx.execute(
            sa.insert(printer_change).values(url="file:", to_state=state, at=box.now(), box=box.settings.box)
        )
    assert (told(visitor)["status"], told(visitor)["printers"]["hall"]["state"]) == (status, state)


@on_a_file
def test_without_a_database_it_is_503(box, visitor):
    box.database.close()
    (box.settings.folder / "kiosk.db").unlink()
    (box.settings.folder / "kiosk.db").mkdir()
    assert told(visitor, 503)["status"] == "fault"


def test_a_disk_that_takes_nothing_is_a_fault_although_all_can_be_read(box, visitor):
    refusing = Refusing(box.database)
    refusing.begin()
    box.database.trials._known_at -= 5  # nobody has written for so long
    told_now = told(visitor, 503)
    assert (told_now["status"], told_now["db"]) == ("fault", "unwritable")
    refusing.end()
    box.database.trials._known_at -= 5
    assert told(visitor)["db"] == "ok"


def test_nothing_secret_or_personal_is_told(box, visitor):
    backup.keep_day(box)
    text = visitor.client.get("/healthz").get_data(as_text=True)
    for private in (str(box.settings.folder), "clerk", box.centre.secret.hex()):
        assert private not in text


def test_of_a_year_of_backups_no_file_is_read_but_the_newest(box, visitor, monkeypatch):
    backup.keep_day(box)
    folder = box.settings.folder / backup.FOLDER
    for day in range(364):
        (folder / f"linli-2025-{day}.zip").write_bytes(b"not even a zip")
    first = folder / "linli-2026-11-23.zip"
    os.utime(first, (2**32, 2**32))  # newer than what was written in the same tick of the clock
    read: list[Path] = []

    def noted(path):
        read.append(path)
        return read_label(path)

    monkeypatch.setattr("kiosk.backup.daily.read_label", noted)
    assert told(visitor)["last_backup_at"]
    assert read == [first]


def test_health_is_told_in_json(visitor):
    answer = visitor.client.get("/healthz")
    assert answer.status_code == 200
    assert set(answer.json) == {"status", "version", "db", "printers", "disk_free", "last_backup_at", "clock"}
    assert (answer.json["status"], answer.json["db"]) == ("ok", "ok")


STATUS_ALONE = {"status"}
EVERYTHING = {"status", "version", "db", "printers", "disk_free", "last_backup_at", "clock"}


@pytest.mark.parametrize(
    ("address", "forwarded", "keys"),
    [
        ("127.0.0.1", "", EVERYTHING),
        ("192.168.1.20", "", STATUS_ALONE),
        ("127.0.0.1", "192.168.1.20", STATUS_ALONE),
    ],
)
def test_strangers_are_told_whether_it_is_well_and_no_more(visitor, address, forwarded, keys):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    answer = visitor.client.get("/healthz", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert set(answer.json) == keys
    assert answer.json["status"] == "ok"


def test_staff_are_told_all_of_it_wherever_they_are(clerk):
    clerk.client.environ_base["REMOTE_ADDR"] = "192.168.1.20"
    assert set(told(clerk)) == EVERYTHING


def removed(path):
    path.unlink()


def replaced(path):
    path.rename(path.with_name("old"))
    shutil.copy(path.with_name("old"), path)


def spoilt(path):
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))


def spoilt_but_its_head(path):
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (path.stat().st_size - 8192))


def cut(path):
    os.truncate(path, 4096)


@on_a_file
@pytest.mark.parametrize("harm", [removed, replaced, spoilt, spoilt_but_its_head, cut])
def test_a_file_that_can_no_longer_be_read_is_a_fault_although_the_server_remembers_it(box, visitor, harm):
    assert told(visitor)["db"] == "ok"
    with box.database.engine.connect() as tx:
        tx.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    harm(box.settings.folder / "kiosk.db")
    box.database._read_at -= 5  # nobody has asked for so long
    found = told(visitor, 503)
    assert (found["status"], found["db"] != "ok") == ("fault", True)
    answer = visitor.client.get("/healthz", environ_base={"REMOTE_ADDR": "192.168.1.20"})
    assert (answer.status_code, answer.json) == (503, {"status": "attention"})
