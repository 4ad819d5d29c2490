"""Every command with a database_url: what it does, and the sentence, 1 and nothing written when it cannot."""

import json
import re

import pytest
from click.testing import CliRunner

from kiosk import backup
from kiosk.cli import main
from kiosk.database import Database

pytestmark = pytest.mark.postgresql


@pytest.fixture
def run():
    def run(*words, url):
        return CliRunner(env={"KIOSK_DATABASE_URL": url}).invoke(main, [str(word) for word in words])

    return run


@pytest.fixture
def empty(cluster):
    name = cluster.make()
    yield cluster.url(name)
    cluster.drop(name)


def test_a_centre_is_begun_kept_examined_and_brought_back(run, empty, tmp_path):
    data, kept = tmp_path / "data", tmp_path / "kept.zip"
    assert run("init", "--data", data, url=empty).exit_code == 0
    assert not (data / "kiosk.db").exists()
    again = run("init", "--data", data, url=empty)
    assert (again.exit_code, "already" in again.output) == (1, True)
    reset = run("staff", "reset", "admin", "--json", "--data", data, url=empty)
    assert (reset.exit_code, json.loads(reset.output)["name"]) == (0, "admin")
    made = run("backup", kept, "--data", data, url=empty)
    assert (made.exit_code, backup.read_label(kept).is_dump) == (0, True)
    told = run("doctor", "--json", "--data", data, url=empty)
    assert {check["check"] for check in json.loads(told.output)["checks"]} >= {"database", "backup"}
    refused = run("restore", kept, "--data", tmp_path / "new", url=empty)
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    assert run("restore", kept, "--data", tmp_path / "new", "--replace", url=empty).exit_code == 0
    assert (tmp_path / "new/secret").read_bytes() == (data / "secret").read_bytes()


AWAY = "postgresql+psycopg://linli:geheim@127.0.0.1:1/linli"


@pytest.mark.parametrize("command", ["serve", "init", "backup"])
def test_a_database_that_is_away_ends_a_command_with_a_sentence(run, command, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "secret").write_bytes(b"s" * 32)
    words = {"serve": ("serve", "--port", 0), "init": ("init",), "backup": ("backup", tmp_path / "kept.zip")}
    told = run(*words[command], "--data", data, url=AWAY)
    assert (told.exit_code, "geheim" in told.output, "Traceback" in told.output) == (1, False, False)
    assert "127.0.0.1" in told.output
    assert "See whether PostgreSQL runs" in told.output
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["data", "secret"]


def test_a_newer_schema_ends_a_command_with_a_sentence(run, empty, tmp_path):
    assert run("init", "--data", tmp_path / "data", url=empty).exit_code == 0
    database = Database(empty)
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    told = run("serve", "--port", 0, "--data", tmp_path / "data", url=empty)
    assert (told.exit_code, "9999" in told.output) == (1, True)
    with database.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM staff").scalar() == 1
    for command in ("staff list", "catalogue export c.xlsx"):
        told = run(*command.split(), "--data", tmp_path / "data", url=empty)
        assert (told.exit_code, "update it" in told.output) == (1, True), told.output
    database.close()


ODD = [
    "/var/lib/linli/kiosk.db", "mysql://x/linli", "sqlite:////tmp/x.db",
    "postgresql+psycopg://linli:geheim@127.0.0.1:port/linli", "postgresql+psycopg://linli:geheim@[::1/linli",
    "postgresql+psycopg://linli:geheim@127.0.0.1:999999/linli", "postgresql+psycopg://linli:ge@heim@x/linli",
]  # fmt: skip


@pytest.mark.parametrize("wrong", ODD)
def test_what_is_no_address_of_postgresql_is_a_sentence_and_leaves_no_folder(run, wrong, tmp_path):
    told = run("init", "--data", tmp_path / "data", url=wrong)
    assert (told.exit_code, "postgresql+psycopg://" in told.output) == (1, True)
    assert ("heim" in told.output, (tmp_path / "data").exists()) == (False, False)


COMMANDS = [
    "init", "serve --port 0", "staff list", "device list", "centre", "backup kept.zip",
    "catalogue export c.xlsx",
]  # fmt: skip
"""Whatever opens the database of a centre."""


def test_no_command_touches_the_database_of_another_centre(run, empty, tmp_path):
    for name in ("ours", "theirs"):
        assert run("init", "--data", tmp_path / name, url=empty if name == "theirs" else "").exit_code == 0
    (tmp_path / "ours/kiosk.db").unlink()
    database = Database(empty)
    before = rows(database)
    for command in COMMANDS:
        told = run(*command.split(), "--data", tmp_path / "ours", url=empty)
        assert (told.exit_code, "another centre" in told.output) == (1, True), (command, told.output)
    told = run("doctor", "--data", tmp_path / "ours", url=empty)
    assert (told.exit_code, "✗ 数据库：这个数据库是另一个中心的" in told.output) == (1, True)
    assert rows(database) == before
    database.close()


RARER = ["restore kept.zip --replace --data", "simulate --day 2026-01-05 --recorded", "printer test --data"]
"""What only looks, or brings back: by another way than the others."""


def test_the_rarer_commands_say_what_is_wrong_with_a_database_and_write_nothing(
    run, cluster, empty, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    name = cluster.make()
    theirs = cluster.url(name)
    assert run("init", "--data", "ours", url=empty).exit_code == 0
    assert run("init", "--data", "theirs", url=theirs).exit_code == 0
    assert run("backup", "kept.zip", "--data", "ours", url=empty).exit_code == 0
    wrong = {
        theirs: "another centre",
        AWAY: "See whether PostgreSQL runs",
        cluster.url("nowhere"): "nowhere",
        "/var/lib/linli/kiosk.db": "database_url must be like postgresql+psycopg://",
    }
    before = facts(theirs), there(tmp_path)
    for command in RARER:
        for url, said in wrong.items():
            told = run(*command.split(), "ours", url=url)
            assert (told.exit_code, said in told.output, "geheim" in told.output) == (1, True, False), (
                command, url, told.output,
            )  # fmt: skip
            assert re.search("[一-龥]{4}", told.output)
        assert (facts(theirs), there(tmp_path)) == before
    ours = Database(empty)
    with ours.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ours.close()
    for command in RARER[1:]:
        told = run(*command.split(), "ours", url=empty)
        assert (told.exit_code, "update it" in told.output) == (1, True), (command, told.output)
    (tmp_path / "ours/kiosk.toml").write_text("database_url = postgresql", encoding="utf-8")
    (tmp_path / "ours/kiosk.db").write_bytes((tmp_path / "kept.zip").read_bytes())  # of before it moved
    for command in ("staff list --data", "backup more.zip --data", *RARER[1:]):
        told = run(*command.split(), "ours", url="")
        assert (told.exit_code, "kiosk.toml：第1行" in told.output) == (1, True), (command, told.output)
    cluster.drop(name)


def facts(url):
    """What a centre's database says of it; nobody is connected afterwards, whom a restore would wait for."""
    database = Database(url)
    try:
        return rows(database)
    finally:
        database.close()


def there(folder):
    return {str(path): path.is_file() and path.read_bytes() for path in folder.rglob("*")}


def rows(database):
    with database.read() as tx:
        return tx.exec_driver_sql("SELECT name, value FROM centre_fact WHERE name <> 'trial'").fetchall()


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_CN"])
def test_a_database_that_lacks_letters_is_refused(run, cluster, encoding, tmp_path):
    name = f"{cluster.make()}_odd"
    cluster.do(f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
    for command in ("init", "serve --port 0", "doctor"):
        told = run(*command.split(), "--data", tmp_path, url=cluster.url(name))
        assert (told.exit_code, "-E UTF8" in told.output) == (1, True), told.output
        assert "broke off" not in told.output
    assert list(tmp_path.iterdir()) == []
    cluster.drop(name)


def test_who_may_make_no_tables_is_told_whom_to_name(run, cluster, tmp_path):
    name = cluster.make()
    cluster.do(f"CREATE ROLE guest_{name} LOGIN")
    url = cluster.url(name).replace("postgres@", f"guest_{name}@")
    for words in (("init",), ("serve", "--port", 0)):
        told = run(*words, "--data", tmp_path / "new", url=url)
        assert (told.exit_code, "OWNER TO" in told.output) == (1, True), told.output
    assert run("init", "--data", tmp_path / "owners", url=cluster.url(name)).exit_code == 0
    for command in COMMANDS[:3]:
        told = run(*command.split(), "--data", tmp_path / "new", url=url)
        assert (told.exit_code, "OWNER TO" in told.output) == (1, True), (command, told.output)
    assert not (tmp_path / "new").exists()
    cluster.drop(name)
    cluster.do(f"DROP ROLE guest_{name}")


def test_a_database_that_is_not_there_and_an_odd_option_say_what_to_do(run, cluster, tmp_path):
    told = run("init", "--data", tmp_path / "new", url=cluster.url("nowhere"))
    assert (told.exit_code, "createdb -O" in told.output) == (1, True), told.output
    told = run("init", "--data", tmp_path / "new", url=f"{cluster.url('postgres')}&foo=bar")
    assert (told.exit_code, "behind the ?" in told.output) == (1, True), told.output
    assert not (tmp_path / "new").exists()
