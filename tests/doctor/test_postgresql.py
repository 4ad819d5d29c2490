"""What the doctor says of a database on PostgreSQL."""

import pytest
import sqlalchemy as sa

from kiosk.database import Database, postgresql

pytestmark = pytest.mark.postgresql
AWAY = "postgresql+psycopg://linli:geheim@127.0.0.1:1/linli"


@pytest.fixture
def engine():
    return "postgresql"


def test_a_sound_database_is_named_with_its_size(box, worst, monkeypatch):
    monkeypatch.setattr(postgresql, "RISKY", ())  # the tests' own server waits for no disk
    grade, said = worst("database", database_url=box.settings.database_url)
    assert grade == "WELL"
    assert "answers" in said


def test_a_server_that_does_not_wait_for_its_disk_loses_tickets(box, worst):
    grade, said = worst("database", database_url=box.settings.database_url)
    assert grade == "BROKEN"
    for name in postgresql.RISKY:
        assert f"Set {name} = on" in said


def test_a_server_that_answers_and_takes_nothing_is_told(box, cluster, worst, monkeypatch):
    monkeypatch.setattr(postgresql, "RISKY", ())
    url = box.settings.database_url
    name = sa.make_url(url).database
    cluster.do(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    grade, said = worst("database", database_url=url)
    cluster.do(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    assert grade == "BROKEN"
    assert "it answers, but cannot be written: cannot execute INSERT in a read-only transaction" in said


def test_a_database_that_is_away_is_broken_and_its_password_not_told(worst):
    grade, said = worst("database", database_url=AWAY)
    assert (grade, "geheim" in said) == ("BROKEN", False)
    assert "whether PostgreSQL runs" in said


def test_the_other_checks_ask_it_too_and_do_without_it(box, visitor, worst):
    visitor.post("/tickets", {"service": "A", "tap": "x"}, status=303)
    assert worst("backup", database_url=box.settings.database_url)[0] == "REMARK"
    assert worst("backup", database_url=AWAY)[0] == "REMARK"


def test_tables_of_another_version_are_told(cluster, worst, monkeypatch):
    monkeypatch.setattr(postgresql, "RISKY", ())
    name = cluster.make()
    database = Database(cluster.url(name))
    with database.write() as tx:
        tx.exec_driver_sql("CREATE TABLE alembic_version (version_num varchar(32))")
        tx.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
    grade, said = worst("database", database_url=cluster.url(name))
    assert (grade, "next start brings them up to date" in said) == ("REMARK", True)
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert worst("database", database_url=cluster.url(name))[0] == "BROKEN"
    cluster.drop(name)
