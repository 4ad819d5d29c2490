"""Prepared statements answer as SQLAlchemy's own execution does, in the same transaction."""

import sys
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import psycopg

from kiosk.database import UtcTime, metadata, open_database
from kiosk.database.prepared import Prepared

thing = sa.Table(
    "thing_of_a_test",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(8), nullable=False, unique=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("day", sa.Date),
    sa.Column("is_good", sa.Boolean, nullable=False, default=True),
)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
INSERT = Prepared(sa.insert(thing).returning(thing.c.id), "name", "at", "day")
NAMED = Prepared(sa.select(thing).where(thing.c.name == sa.bindparam("name")))
RENAMED = Prepared(
    sa.update(thing)
    .where(thing.c.name == sa.bindparam("old"))
    .values(name=sa.bindparam("new"))
    .returning(thing.c.id)
)


@pytest.fixture
def database(tmp_path):
    opened = open_database(tmp_path)
    with opened.write() as tx:
        thing.create(tx)
    yield opened
    opened.close()


def put(tx, name, day=None):
    return INSERT.first(tx, {"name": name, "at": NOON, "day": day}).id


def test_values_go_in_and_come_out_as_the_tables_say(database):
    with database.write() as tx:
        put(tx, "one", date(2026, 3, 2))
    with database.read() as tx:
        row = NAMED.first(tx, {"name": "one"})
        assert tuple(row) == (1, "one", NOON, date(2026, 3, 2), True)
        assert (row.at, row.is_good) == (NOON, True)
        assert tuple(row) == tuple(tx.execute(sa.select(thing)).one())


def test_no_row_is_none_and_many_are_a_list(database):
    with database.write() as tx:
        assert NAMED.first(tx, {"name": "none"}) is None
        assert [put(tx, name) for name in ("a", "b")] == [1, 2]
        rows = Prepared(sa.select(thing.c.name).order_by(thing.c.id)).all(tx, {})
    assert [row.name for row in rows] == ["a", "b"]


def test_an_update_tells_what_it_changed(database):
    with database.write() as tx:
        put(tx, "old")
        assert RENAMED.first(tx, {"old": "old", "new": "new"}).id == 1
        assert RENAMED.first(tx, {"old": "old", "new": "newer"}) is None


def test_a_write_that_breaks_off_leaves_nothing(database):
    def broken_off():
        with database.write() as tx:
            put(tx, "lost")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    with database.read() as tx:
        assert NAMED.first(tx, {"name": "lost"}) is None


def test_a_read_that_begins_with_one_sees_one_moment(database):
    with database.read() as tx:
        assert NAMED.first(tx, {"name": "late"}) is None
        with database.write() as other:
            put(other, "late")
        assert NAMED.first(tx, {"name": "late"}) is None
        assert tx.execute(sa.select(sa.func.count()).select_from(thing)).scalar() == 0


def test_a_fault_is_sqlalchemys_and_tells_no_value(database):
    with database.write() as tx:
        put(tx, "王小明")
        with pytest.raises(sa.exc.IntegrityError) as fault:
            put(tx, "王小明")
    assert "王小明" not in str(fault.value)


def test_a_gap_left_open_is_refused(database):
    with database.write() as tx, pytest.raises(KeyError, match="day"):
        INSERT.first(tx, {"name": "x", "at": NOON})


def test_a_gap_that_is_not_there_is_refused(database):
    with database.write() as tx, pytest.raises(KeyError, match="nmae"):
        NAMED.first(tx, {"name": "x", "nmae": "y"})


@pytest.mark.parametrize("how", [{"default": lambda: 1}, {"onupdate": 9}])
def test_a_value_that_would_have_to_be_computed_cannot_be_prepared(database, how):
    table = sa.Table(
        "t", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer, **how)
    )
    change = sa.insert(table) if "default" in how else sa.update(table).values(id=sa.bindparam("new"))
    with database.read() as tx, pytest.raises(ValueError, match="prepared"):
        Prepared(change, *(("id",) if "default" in how else ())).all(tx, {})


def test_a_time_without_a_zone_is_refused(database):
    with database.write() as tx, pytest.raises(ValueError, match="zone"):
        INSERT.first(tx, {"name": "x", "at": NOON.replace(tzinfo=None), "day": None})


def test_a_list_of_any_length_cannot_be_prepared(database):
    listed = Prepared(sa.select(thing).where(thing.c.id.in_([1, 2])))
    with database.read() as tx, pytest.raises(ValueError, match="prepared"):
        listed.all(tx, {})


def test_a_value_that_is_written_into_the_text_at_each_execution_cannot_be_prepared(database):
    named = Prepared(sa.select(thing).where(thing.c.name == sa.bindparam("name", literal_execute=True)))
    with database.read() as tx, pytest.raises(ValueError, match="prepared"):
        named.all(tx, {"name": "one"})


def test_what_a_statement_compares_with_itself_is_not_given_to_the_driver_each_time(database):
    same = Prepared(sa.select(thing.c.id).where(thing.c.name == "it's :x?", thing.c.at == NOON))
    percent = Prepared(sa.select(thing.c.id).where(thing.c.name == "5 %"))
    with database.write() as tx:
        assert [put(tx, name) for name in ("it's :x?", "5 %")] == [1, 2]
        assert same.first(tx, {}).id == 1
        assert percent.first(tx, {}).id == 2
    assert "?" not in same._ready["sqlite"].text.replace("it''s :x?", "")


def test_an_index_of_some_rows_has_no_statement_planned_anew(database):
    """Where its column is compared with a value that is given, SQLite looks at the value and plans again."""
    from kiosk.checkin.scanning.resolve import _STAYS

    with database.read() as tx:
        _STAYS.all(tx, {"person_id": 1, "registration_id": 1, "since": NOON})
    text = _STAYS._ready["sqlite"].text
    assert "status = 'inside'" in text
    assert text.count("?") == 4


def test_the_hot_statements_are_words_of_postgresql_too():
    from kiosk.checkin.scanning.attendance import _ENTER_WITH_ROOM
    from kiosk.checkin.scanning.scan_log import _WRITE
    from kiosk.spool.moving import NAMED as MOVED
    from kiosk.tickets.actions.take import _INSERT_TICKET

    dialect = postgresql.dialect()
    for statement in (_INSERT_TICKET, MOVED, _WRITE, _ENTER_WITH_ROOM):
        ready = statement._compile(dialect)
        assert "RETURNING" in ready.text
        assert all(f"%({name})s" in ready.text for name in ready.names)
    given = dict.fromkeys(_INSERT_TICKET._compile(dialect).names) | {"taken_at": NOON}
    assert _INSERT_TICKET._compile(dialect).filled(given)["taken_at"] == NOON


def test_every_statement_of_the_house_can_be_made_ready_for_postgresqls_driver():
    import kiosk.app  # noqa: F401 - brings every screen, and so every room

    rooms = [module for name, module in sys.modules.items() if name.startswith("kiosk.")]
    found = {id(one): one for room in rooms for one in vars(room).values() if isinstance(one, Prepared)}
    dialect = psycopg.dialect()
    assert len(found) > 50
    assert all(statement._compile(dialect).text for statement in found.values())


def test_no_table_of_the_house_is_called_like_the_tests_own():
    assert thing.name not in metadata.tables
