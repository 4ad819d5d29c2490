"""What a PostgreSQL is for that a file is not: several boxes on one database, which may be away."""

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from kiosk.database import (
    MIGRATIONS,
    Database,
    UnusableDatabase,
    is_up_to_date,
    metadata,
    migrate,
    newest_revision,
    open_database,
    opening,
    revision_of,
)
from kiosk.services.tables import counter
from script.benches._postgresql import initialised, started, stop
from tests.engines import types_differ

pytestmark = pytest.mark.postgresql


@pytest.fixture
def url(furnishings, tmp_path):
    server = furnishings("bare", lambda url: open_database(tmp_path, url).close())
    server.put_back()
    return server.url


@pytest.fixture
def boxes(url):
    """Two boxes on one database."""
    both = Database(url), Database(url)
    yield both
    for one in both:
        one.close()


@pytest.fixture
def empty(cluster):
    """The address of a database with nothing in it."""
    name = cluster.make()
    yield cluster.url(name)
    cluster.drop(name)


def add(database, number):
    with database.write() as tx:
        tx.execute(sa.insert(counter).values(number=number))


def numbers(tx):
    return tx.execute(sa.select(counter.c.number).order_by(counter.c.number)).scalars().all()


def test_a_reader_sees_one_moment_whatever_another_box_commits_meanwhile(boxes):
    one, other = boxes
    add(one, 1)
    with one.read() as tx:
        assert numbers(tx) == [1]
        add(other, 2)
        assert numbers(tx) == [1]
    with one.read() as tx:
        assert numbers(tx) == [1, 2]


def test_who_writes_is_alone_and_sees_all_that_was_committed_before(boxes):
    one, other = boxes
    seen = []

    def look_and_add():
        with other.write() as tx:
            seen.extend(numbers(tx))
            tx.execute(sa.insert(counter).values(number=2))

    with one.write() as tx:
        waiting = threading.Thread(target=look_and_add)
        waiting.start()
        tx.execute(sa.insert(counter).values(number=1))
        waiting.join(0.2)
        assert waiting.is_alive()
        with other.read() as reader:
            assert numbers(reader) == []
    waiting.join(30)
    assert seen == [1]


def test_a_writer_that_another_box_keeps_waiting_too_long_is_told_so(boxes, monkeypatch):
    one, other = boxes
    with other.write() as tx:
        tx.exec_driver_sql("SET lock_timeout = 100")
    with one.write() as tx:
        tx.execute(sa.insert(counter).values(number=1))
        with pytest.raises(sa.exc.OperationalError, match="lock timeout"), other.write():
            pass
    add(other, 2)
    with one.read() as tx:
        assert numbers(tx) == [1, 2]


def test_what_two_boxes_count_up_loses_nothing(boxes):
    add(boxes[0], 0)

    def count(database):
        for _ in range(20):
            with database.write() as tx:
                seen = tx.execute(sa.select(counter.c.opened_by)).scalar() or 0
                tx.execute(sa.update(counter).values(opened_by=seen + 1))

    threads = [threading.Thread(target=count, args=(boxes[n % 2],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with boxes[0].read() as tx:
        assert tx.execute(sa.select(counter.c.opened_by)).scalar() == 80


def test_a_server_that_was_started_again_is_found_by_the_next_who_asks(tmp_path):
    folder = initialised()
    server = started(folder, {"fsync": "off"})
    database = open_database(tmp_path, f"postgresql+psycopg://postgres@/postgres?host={folder}")
    try:
        add(database, 1)
        with database.read() as one, database.read() as other:
            assert numbers(one) == numbers(other) == [1]
        stop(server)
        with pytest.raises(sa.exc.OperationalError), database.read():
            pass
        with pytest.raises(sa.exc.OperationalError):
            add(database, 2)
        server = started(folder, {"fsync": "off"})
        add(database, 3)
        for _ in range(3):
            with database.read() as tx:
                assert numbers(tx) == [1, 3]
        server.kill()
        server.wait(20)
        server = started(folder, {"fsync": "off"})
        add(database, 4)
    finally:
        database.close()
        stop(server)
        shutil.rmtree(folder)


def revisions():
    return sorted(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_every_step_from_the_first_tables_to_the_newest_keeps_what_is_there(engine, request, tmp_path):
    url = f"sqlite:///{tmp_path}/kiosk.db" if engine == "sqlite" else request.getfixturevalue("empty")
    database = Database(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    for revision in revisions():
        with database.write() as tx:
            config.attributes["connection"] = tx
            command.upgrade(config, revision)
            if revision == "0001":
                tx.exec_driver_sql(AN_OLD_TICKET)
    with database.read() as tx:
        kept = tx.exec_driver_sql("SELECT number, is_slow, hold FROM ticket").one()
        opts = {"compare_type": types_differ, "compare_server_default": True}
        context = MigrationContext.configure(tx, opts=opts)
        assert [d for d in compare_metadata(context, metadata) if "sqlite_sequence" not in str(d)] == []
    database.close()
    assert tuple(kept) == ("A001", False, "")


AN_OLD_TICKET = """
INSERT INTO ticket (revision, service_day, number, service_code, status, taken_at, rank_at, tap, station,
                    for_someone_else, calls)
VALUES (0, '2026-01-05', 'A001', 'A', 'served', '2026-01-05 01:00:00', '2026-01-05 01:00:00', 'x', '',
        FALSE, 0)
"""


def test_two_boxes_that_start_at_once_on_an_empty_database_make_its_tables_once(empty, tmp_path):
    faults = []

    def start():
        try:
            open_database(tmp_path, empty).close()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert is_up_to_date(tmp_path, empty)


@pytest.fixture
def late(empty):
    """A box that loses its patience after 50 ms, not after 5 s."""
    late = Database(empty, pool_size=1)
    with late.engine.connect() as connection:
        connection.exec_driver_sql("SET lock_timeout = 50")
    yield late
    late.close()


def test_a_box_that_starts_while_another_one_makes_the_tables_waits_for_it(empty, late):
    busy = Database(empty)
    with ThreadPoolExecutor(1) as pool:
        with busy.write():
            waiting = pool.submit(migrate, late)
            time.sleep(0.3)
            assert not waiting.done()
        waiting.result(20)
    busy.close()
    assert revision_of(late) == newest_revision()


def test_a_box_that_waits_for_ever_says_so(empty, late, monkeypatch):
    monkeypatch.setattr(opening, "TURNS", 2)
    busy = Database(empty)
    with busy.write(), pytest.raises(UnusableDatabase, match="Another box"):
        migrate(late)
    busy.close()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql+psycopg://linli:geheim@127.0.0.1:1/linli", "refused"),
        ("postgresql+psycopg://linli:geheim@/nowhere?host=/nowhere", "No such file"),
        ("postgresql+psycopg://postgres:geheim@/nowhere?host={folder}", "does not exist"),
        ("postgresql+psycopg://nobody:geheim@/postgres?host={folder}", "nobody"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(cluster, tmp_path, address, why):
    for opens in (open_database, is_up_to_date):
        with pytest.raises(UnusableDatabase, match=why) as told:
            opens(tmp_path, address.format(folder=cluster.folder))
        assert "geheim" not in str(told.value)
        assert "\n" not in str(told.value)


def test_a_newer_schema_is_refused_and_left_alone(empty, tmp_path):
    open_database(tmp_path, empty).close()
    database = Database(empty)
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnusableDatabase, match=f"9999.*{newest_revision()}"):
        open_database(tmp_path, empty)
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    database.close()
