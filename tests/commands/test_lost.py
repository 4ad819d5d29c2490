"""A centre whose database is gone does not start as an empty one; the way back is named and works."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from kiosk import backup, cli, demo
from kiosk.box import open_box
from kiosk.cli import main
from kiosk.database import Database, LostDatabase, UnusableDatabase, open_database
from kiosk.database.joining import kind_of
from kiosk.database.opening import is_begun
from kiosk.database.sqlite_file import SEQUENCE_GAP
from kiosk.settings import Settings
from script.benches._postgresql import PROGRAMS


@pytest.fixture
def run(monkeypatch):
    """A command as it is typed; a station that would serve only says so."""
    monkeypatch.setattr(cli, "run", lambda box, *_: (box.database.close(), print("serving"))[1])

    def run(*words, **environ):
        settings = {f"KIOSK_{name.upper()}": value for name, value in environ.items()}
        return CliRunner(env=settings).invoke(main, [str(word) for word in words])

    return run


@pytest.fixture(scope="session")
def begun_once(tmp_path_factory):
    """A real centre's folder, with a backup of it."""
    folder = tmp_path_factory.mktemp("begun") / "centre"
    assert CliRunner().invoke(main, ["init", "--data", str(folder)]).exit_code == 0
    (folder / "backups").mkdir()
    backup.make_backup(folder, folder / "backups", datetime(2026, 11, 23, 1, tzinfo=UTC))
    return folder


@pytest.fixture
def begun(begun_once, tmp_path):
    """This test's own copy of it."""
    return shutil.copytree(begun_once, tmp_path / "centre")


def contents(folder):
    """Every file and what is in it, without the two that SQLite makes for whoever reads."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files if not path.name.endswith(("-shm", "-wal"))}


def gone(folder):
    (folder / "kiosk.db").unlink()


def emptied(folder):
    (folder / "kiosk.db").write_bytes(b"")


def without_tables(folder):
    gone(folder)
    sqlite3.connect(folder / "kiosk.db").execute("PRAGMA user_version = 1").connection.close()


def overwritten(folder):
    (folder / "kiosk.db").write_bytes(b"no database" * 1000)


def half_overwritten(folder):
    with (folder / "kiosk.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 4096 * 60)


@pytest.mark.parametrize("command", [["serve"], ["serve", "--demo"], ["init"]])
@pytest.mark.parametrize("lose", [gone, emptied, without_tables, overwritten, half_overwritten])
def test_no_command_makes_an_empty_centre_where_one_was_lost_and_the_way_back_is_named(
    run, begun, command, lose
):
    lose(begun)
    before = contents(begun)
    told = run(*command, "--data", begun)
    assert (told.exit_code, contents(begun)) == (1, before), told.output
    assert "Traceback" not in told.output
    command = told.output.split("Run: kiosk ")[1].split("\n")[0].split()
    assert command[1] == str(next((begun / "backups").glob("*.zip")))
    assert ("--replace" in command) is (lose not in (gone, emptied))
    back = run(*command)
    assert back.exit_code == 0, back.output
    assert "serving" in run("serve", "--data", begun).output


def test_the_newest_backup_that_can_be_read_is_named_and_not_the_one_of_the_emptied_centre(run, begun):
    good = next((begun / "backups").glob("*.zip"))
    with closing(sqlite3.connect(begun / "kiosk.db")) as db, db:
        db.execute("INSERT INTO staff (name, password_hash, role, created_at) VALUES ('b', '', 'clerk', 0)")
    later = backup.make_backup(begun, begun / "backups" / "later.zip", backup.read_label(good).made_at)
    later.write_bytes(later.read_bytes().replace(b"PK\x01\x02", b"PK\x01\x03"))
    gone(begun)
    assert str(good) in run("serve", "--data", begun).output


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_database_that_is_no_file_is_said_at_once(run, begun, make):
    (begun / "kiosk.db").unlink()
    make(begun / "kiosk.db")
    told = run("serve", "--data", begun).output
    assert "不是文件" in told
    assert "Run: kiosk restore" in told
    assert run("doctor", "--data", begun).exit_code == 1


def test_without_any_backup_it_is_said_to_look_for_one(run, begun):
    shutil.rmtree(begun / "backups")
    gone(begun)
    told = run("serve", "--data", begun)
    assert (told.exit_code, "No sound backup" in told.output) == (1, True)


def test_a_folder_that_has_only_backups_left_was_a_centre_and_one_with_other_files_was_not(run, begun):
    for name in ("kiosk.db", "secret", "kiosk.toml"):
        (begun / name).unlink()
    assert "kiosk restore" in run("serve", "--data", begun).output
    next((begun / "backups").glob("*.zip")).rename(begun / "backups" / "holiday.zip")
    (begun / "slips").mkdir()
    assert not is_begun(begun)


def test_a_log_that_is_missing_after_a_stop_is_no_loss(run, begun):
    for name in ("kiosk.db-wal", "kiosk.db-shm"):
        (begun / name).unlink(missing_ok=True)
    assert "serving" in run("serve", "--data", begun).output


def serials(folder):
    with closing(sqlite3.connect(folder / "kiosk.db")) as db:
        return dict(db.execute("SELECT name, seq FROM sqlite_sequence"))


def test_where_the_log_of_a_killed_server_was_taken_away_no_serial_is_given_again(run, begun):
    before = serials(begun)
    (begun / "kiosk.db-shm").write_bytes(b"")
    told = run("serve", "--data", begun)
    assert ("serving" in told.output, "kiosk.db-wal was taken away" in told.output) == (True, True)
    assert serials(begun)["staff"] >= before["staff"] + SEQUENCE_GAP
    assert "taken away" not in run("serve", "--data", begun).output


def test_a_centre_of_a_server_whose_address_is_no_longer_set_does_not_begin_on_a_file(run, begun):
    gone(begun)
    (begun / "box").write_text("1a2b3c4d", encoding="ascii")
    told = run("serve", "--data", begun)
    assert (told.exit_code, "set database_url first" in told.output) == (1, True)
    assert not (begun / "kiosk.db").exists()


@pytest.mark.parametrize("left", [None, b"", b"s" * 31, bytes(32)])
@pytest.mark.parametrize("command", ["serve", "init"])
def test_without_a_whole_secret_nothing_starts_and_it_comes_back_alone(run, begun, rows, left, command):
    secret = (begun / "secret").read_bytes()
    with closing(sqlite3.connect(begun / "kiosk.db")) as db, db:
        db.execute("UPDATE staff SET name = 'since the backup'")
    (begun / "secret").unlink()
    if left is not None:
        (begun / "secret").write_bytes(left)
    before = contents(begun)
    told = run(command, "--data", begun)
    assert (told.exit_code, contents(begun)) == (1, before)
    assert "gone, or cut short" in told.output
    back = run(*told.output.split("Run: kiosk ")[1].split())
    assert (back.exit_code, "The secret is back" in back.output) == (0, True), back.output
    assert (begun / "secret").read_bytes() == secret
    assert rows(begun, "SELECT name FROM staff") == [("since the backup",)]
    assert "serving" in run("serve", "--data", begun).output


def test_a_whole_secret_is_not_replaced(run, begun):
    (begun / "secret").write_bytes(b"another" * 6)
    kept = next((begun / "backups").glob("*.zip"))
    assert run("restore", kept, "--data", begun, "--secret").exit_code == 1
    assert (begun / "secret").read_bytes() == b"another" * 6
    assert run("restore", kept, "--data", begun, "--secret", "--replace").exit_code == 2


@pytest.mark.parametrize("lose", [gone, emptied, without_tables, overwritten])
def test_the_doctor_too_names_the_way_back(run, begun, lose):
    lose(begun)
    told = run("doctor", "--data", begun)
    line = next(line for line in told.output.splitlines() if "sound backup back: kiosk" in line)
    command = line.split("sound backup back: kiosk ")[1].split()
    assert run(*command).exit_code == 0
    assert "serving" in run("serve", "--data", begun).output


def test_a_secret_that_is_cut_short_is_neither_kept_nor_brought_back(run, begun, tmp_path):
    (begun / "secret").write_bytes(b"short")
    told = run("backup", tmp_path / "kept.zip", "--data", begun)
    assert (told.exit_code, "cut short" in told.output) == (1, True)
    assert list(tmp_path.iterdir()) == [begun]


def test_a_real_centre_is_no_demo_and_nothing_is_written(run, begun):
    before = contents(begun)
    told = run("serve", "--demo", "--data", begun)
    assert (told.exit_code, contents(begun)) == (1, before)
    assert "holds a real centre" in told.output


@pytest.mark.parametrize("is_noted", [True, False])
@pytest.mark.parametrize("command", ["serve", "init"])
def test_a_demo_is_no_real_centre_also_where_nobody_wrote_down_what_it_is(
    run, furnished, tmp_path, is_noted, command
):
    folder = tmp_path / "demo"
    shutil.copytree(furnished, folder)
    if not is_noted:
        with closing(sqlite3.connect(folder / "kiosk.db")) as db, db:
            db.execute("DELETE FROM centre_fact")
            db.execute("UPDATE alembic_version SET version_num = '0009'")
    before = contents(folder)
    told = run(command, "--data", folder)
    assert (told.exit_code, contents(folder)) == (1, before)
    assert "holds the demo" in told.output


def test_a_real_centre_of_the_time_before_that_was_written_down_is_known_by_its_staff(run, begun):
    with closing(sqlite3.connect(begun / "kiosk.db")) as db, db:
        db.execute("DELETE FROM centre_fact")
    assert "holds a real centre" in run("serve", "--demo", "--data", begun).output
    assert "serving" in run("serve", "--data", begun).output
    assert kind_of(Settings(begun)) is False


@pytest.fixture
def rows():
    def ask(folder, question):
        with closing(sqlite3.connect(folder / "kiosk.db")) as db:
            return db.execute(question).fetchall()

    return ask


@pytest.fixture
def shared(furnishings, tmp_path):
    """A demo centre's folder on an empty PostgreSQL of its own, and its settings."""
    server = furnishings("bare", lambda url: open_database(tmp_path, url).close())
    server.put_back()
    settings = Settings(folder=tmp_path / "shared", is_demo=True, database_url=server.url)
    box = open_box(settings)
    demo.furnish_hall(box)
    box.database.close()
    return settings


@pytest.mark.postgresql
def test_on_a_server_too_a_centre_stays_what_it_is(shared):
    database = Database(shared.database_url)
    for is_noted in (True, False):
        if not is_noted:
            with database.write() as tx:
                tx.execute(sa.text("DELETE FROM centre_fact WHERE name = 'is_demo'"))
        with pytest.raises(UnusableDatabase, match="holds the demo"):
            open_box(replace(shared, is_demo=False))
    database.close()


@pytest.mark.postgresql
def test_tables_that_were_emptied_on_a_server_are_a_lost_centre(shared, run):
    database = Database(shared.database_url)
    with database.write() as tx:
        tx.execute(sa.text("DELETE FROM centre_fact"))
    with pytest.raises(LostDatabase, match="empty"):
        open_box(shared)
    with database.read() as tx:
        assert tx.execute(sa.text("SELECT count(*) FROM centre_fact")).scalar() == 0
    database.close()


@pytest.mark.postgresql
@pytest.mark.parametrize("command", [["serve"], ["serve", "--demo"], ["init"], ["centre"]])
def test_a_database_that_was_made_anew_on_a_server_is_a_lost_centre(cluster, shared, run, command):
    assert PROGRAMS
    anew = cluster.make()
    told = run(*command, "--data", shared.folder, database_url=cluster.url(anew))
    assert (told.exit_code, "is empty" in told.output) == (1, True), told.output
    database = Database(cluster.url(anew))
    with database.read() as tx:
        assert sa.inspect(tx).get_table_names() == []
    database.close()
    cluster.drop(anew)
