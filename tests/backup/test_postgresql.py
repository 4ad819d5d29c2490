"""A centre on PostgreSQL: kept by its own tools in the same zip, and brought back whole or not at all."""

import zipfile

import pytest
import sqlalchemy as sa

from kiosk import backup
from kiosk.backup import restoring
from kiosk.box import open_box
from kiosk.database import Database, postgresql
from kiosk.database.sqlite_file import SEQUENCE_GAP
from kiosk.settings import FILE as SETTINGS_FILE
from kiosk.settings import Settings
from kiosk.tickets.tables import ticket

pytestmark = pytest.mark.postgresql


@pytest.fixture
def engine():
    return "postgresql"


@pytest.fixture
def kept(box, visitor, tmp_path):
    """A backup of the demo centre with one ticket."""
    visitor.post("/tickets", {"service": "A", "tap": "kept"}, status=303)
    settings = box.settings
    return backup.make_backup(settings.folder, tmp_path / "kept.zip", box.now(), settings.database_url)


@pytest.fixture
def there(cluster):
    """The address of an empty database."""
    name = cluster.make()
    yield cluster.url(name)
    cluster.drop(name)


def taps(url):
    database = Database(url)
    try:
        with database.read() as tx:
            return tx.execute(sa.select(ticket.c.tap).order_by(ticket.c.id)).scalars().all()
    finally:
        database.close()


def bring_back(folder, kept, box, url, **how):
    folder.mkdir(exist_ok=True)
    return backup.restore(folder, kept, box.now(), {"KIOSK_DATABASE_URL": url}, **how)


def test_a_backup_holds_a_dump_and_comes_back_into_an_empty_database(box, kept, there, tmp_path):
    with zipfile.ZipFile(kept) as packed:
        assert sorted(packed.namelist()) == ["kiosk.pgdump", "secret"]
    assert backup.read_label(kept).is_dump
    new = tmp_path / "new"
    back = bring_back(new, kept, box, there)
    assert (back.aside, taps(there)) == (None, ["kept"])
    assert sorted(path.name for path in new.iterdir()) == ["secret"]
    assert (new / "secret").read_bytes() == (box.settings.folder / "secret").read_bytes()


def test_what_was_given_out_since_is_never_given_again(box, kept, there, tmp_path):
    bring_back(tmp_path / "new", kept, box, there)
    opened = open_box(Settings(folder=tmp_path / "new", is_demo=True, database_url=there))
    with opened.database.read() as tx:
        before = tx.execute(sa.select(sa.func.max(ticket.c.id))).scalar_one()
    with opened.database.write() as tx:
        row = tx.execute(sa.select(ticket)).one()._asdict() | {"number": "A900", "tap": "later"}
        del row["id"]
        assert tx.execute(sa.insert(ticket).values(row).returning(ticket.c.id)).scalar_one() > SEQUENCE_GAP
    opened.database.close()
    assert before < SEQUENCE_GAP


def test_a_database_with_a_centre_in_it_is_not_touched_unless_it_is_to_be_replaced(
    box, kept, there, tmp_path, visitor
):
    bring_back(tmp_path / "new", kept, box, there)
    database = Database(there)
    with database.write() as tx:
        tx.execute(sa.update(ticket).values(tap="changed"))
    database.close()
    (tmp_path / "other").mkdir()
    with pytest.raises(backup.DatabaseThere):
        bring_back(tmp_path / "other", kept, box, there)
    assert (taps(there), list((tmp_path / "other").iterdir())) == (["changed"], [])
    back = bring_back(tmp_path / "other", kept, box, there, replace=True)
    assert taps(there) == ["kept"]
    assert [path.name for path in back.aside.iterdir()] == ["kiosk.pgdump"]
    postgresql.bring_back(there, back.aside / "kiosk.pgdump")
    assert taps(there) == ["changed"]


def test_a_restore_is_refused_while_a_box_works_with_the_database(box, kept, tmp_path):
    with box.database.read() as tx:
        tx.execute(sa.select(ticket)).all()
    with pytest.raises(backup.BoxesRunning) as told:
        bring_back(tmp_path / "new", kept, box, box.settings.database_url, replace=True)
    assert f"postgres@/{box.database.engine.url.database}?" in str(told.value)
    assert taps(box.settings.database_url) == ["kept"]


def test_a_restore_that_breaks_off_changes_nothing_and_is_finished_by_who_opens_the_folder_next(
    box, kept, there, tmp_path, monkeypatch
):
    new = tmp_path / "new"
    bring_back(tmp_path / "first", kept, box, there)
    database = Database(there)
    with database.write() as tx:
        tx.execute(sa.update(ticket).values(tap="changed"))
    database.close()
    monkeypatch.setattr(postgresql, "_GO_ON", "SELECT 1/0")
    with pytest.raises(backup.Unreachable, match="division by zero"):
        bring_back(new, kept, box, there, replace=True)
    assert (taps(there), backup.is_unfinished(new)) == (["changed"], True)
    monkeypatch.undo()
    restoring.finish_restore(new)
    assert (taps(there), backup.is_unfinished(new)) == (["kept"], False)
    assert sorted(path.name for path in new.iterdir() if path.is_file()) == ["secret"]


def test_a_backup_of_the_other_kind_is_refused(box, kept, there, furnished, tmp_path):
    with pytest.raises(backup.OtherEngine):
        bring_back(tmp_path / "new", kept, box, "")
    of_a_file = backup.make_backup(furnished, tmp_path / "file.zip", box.now())
    with pytest.raises(backup.OtherEngine):
        bring_back(tmp_path / "new", of_a_file, box, there)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_tool_that_is_not_installed_is_named(box, kept, there, tmp_path, monkeypatch):
    monkeypatch.setattr(postgresql, "BESIDE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(backup.NoTool, match=r"pg_dump.*apt-get install postgresql-client"):
        backup.make_backup(box.settings.folder, tmp_path / "x.zip", box.now(), box.settings.database_url)
    with pytest.raises(backup.NoTool, match="pg_restore"):
        bring_back(tmp_path / "new", kept, box, there)
    assert not (tmp_path / "x.zip").exists()


def test_a_database_that_cannot_be_reached_is_a_refusal_that_tells_no_password(box, tmp_path):
    away = "postgresql+psycopg://linli:geheim@127.0.0.1:1/linli"
    with pytest.raises(backup.Unreachable) as told:
        backup.make_backup(box.settings.folder, tmp_path / "x.zip", box.now(), away)
    assert "geheim" not in str(told.value)
    assert (str(told.value).count("用不了"), str(told.value).count("cannot be used")) == (1, 1)
    assert list(tmp_path.glob("x.zip*")) == []


def test_a_dump_that_was_cut_short_is_not_sound(box, kept, tmp_path):
    with zipfile.ZipFile(kept) as packed:
        whole = packed.read("kiosk.pgdump")
    cut = tmp_path / "cut.pgdump"
    cut.write_bytes(whole[: len(whole) // 2])
    assert postgresql.faults(cut) != []
    cut.write_bytes(whole)
    assert postgresql.faults(cut) == []


def test_the_day_is_kept_here_and_in_the_second_folder(box, tmp_path):
    assert backup.is_due(box)
    backup.keep_day(box)
    assert not backup.is_due(box)
    kept = backup.newest_backup(box.settings.folder / backup.FOLDER)
    assert kept is not None
    assert kept[1].is_dump


def test_the_settings_in_the_backup_say_where_it_belongs(box, there, tmp_path):
    written = box.settings.folder / SETTINGS_FILE
    written.write_text(f'database_url = "{there}"\n', encoding="utf-8")
    kept = backup.make_backup(
        box.settings.folder, tmp_path / "kept.zip", box.now(), box.settings.database_url
    )
    new = tmp_path / "new"
    new.mkdir()
    backup.restore(new, kept, box.now())
    assert postgresql.revision(there) == backup.read_label(kept).revision
    assert (new / SETTINGS_FILE).read_bytes() == written.read_bytes()
