"""Several boxes on one PostgreSQL are one centre; two centres on it are refused."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from kiosk.box import open_box
from kiosk.database import Database, open_database
from kiosk.database.joining import (
    IS_DEMO,
    RULES,
    SECRET_FILE,
    AnotherCentre,
    centre_fact,
    write_rules,
)
from kiosk.database.trial import TRIAL
from kiosk.opening_hours import week_text
from kiosk.qr_codes import CodeKind
from kiosk.settings import BOX_FILE, Settings


@pytest.fixture
def url(furnishings, tmp_path):
    server = furnishings("bare", lambda url: open_database(tmp_path, url).close())
    server.put_back()
    return server.url


@pytest.fixture
def join(url, tmp_path):
    """Open the box of this folder; close it; what it found."""

    def join(name, **given):
        box = open_box(Settings(folder=tmp_path / name, **({"database_url": url} | given)))
        box.database.close()
        return box

    return join


def everything(url):
    database = Database(url)
    with database.read() as tx:
        found = sorted(map(tuple, tx.execute(sa.text("SELECT name, value FROM centre_fact"))))
    database.close()
    return found


def test_a_box_on_a_file_of_its_own_has_no_name_and_no_fact_but_what_it_is_and_its_rules(tmp_path):
    box = open_box(Settings(folder=tmp_path / "a"))
    assert box.settings.box == ""
    assert sorted(path.name for path in (tmp_path / "a").iterdir() if "kiosk.db" not in path.name) == [
        "secret"
    ]
    with box.database.read() as tx:
        assert {*tx.execute(sa.text("SELECT name FROM centre_fact")).scalars()} == {
            IS_DEMO, TRIAL, "rules_mark", *RULES,
        }  # fmt: skip
    box.database.close()


@pytest.mark.postgresql
def test_the_code_of_one_box_is_good_at_the_other_and_each_has_its_own_name(join):
    one, other = join("a", centre_name="桃园社区", threads=2), join("b", threads=3)
    assert one.centre.token(CodeKind.TICKET, 7, 0) == other.centre.token(CodeKind.TICKET, 7, 0)
    assert other.centre.name("zh") == "桃园社区"
    assert (one.settings.threads, other.settings.threads) == (2, 3)
    assert "" != one.settings.box != other.settings.box != ""
    assert join("a").settings.box == one.settings.box


@pytest.mark.postgresql
def test_a_centre_that_moves_from_a_file_keeps_its_secret(join, tmp_path):
    before = join("a", database_url="").centre.secret
    assert join("a").centre.secret == before == join("b").centre.secret


@pytest.mark.postgresql
@pytest.mark.parametrize("other", [{"centre_name": "李村社区"}, {"no_show_s": 90}])
def test_a_box_whose_settings_are_another_centres_is_refused_and_nothing_is_written(
    join, url, tmp_path, other
):
    join("a", centre_name="桃园社区")
    before = everything(url)
    with pytest.raises(AnotherCentre, match=next(iter(other))):
        join("b", **other)
    assert everything(url) == before
    assert not (tmp_path / "b").exists()


@pytest.mark.postgresql
def test_a_box_with_another_secret_is_refused_and_nothing_is_written(join, url, tmp_path):
    join("a")
    mine = join("b", database_url="").centre.secret
    before = everything(url)
    with pytest.raises(AnotherCentre, match=SECRET_FILE):
        join("b")
    assert everything(url) == before
    assert (tmp_path / "b" / SECRET_FILE).read_bytes() == mine
    assert not (tmp_path / "b" / BOX_FILE).exists()


@pytest.mark.postgresql
def test_a_rule_that_one_box_changes_counts_at_the_other_in_the_next_transaction(join, url, tmp_path):
    one = join("a", opening_hours="1-5 08:30-17:30")
    other, database = join("b").begun, open_database(one.settings.folder, url)
    with database.write() as tx:
        write_rules(tx, {"opening_hours": "1-6 09:00-17:00"})
    with database.read() as tx:
        assert week_text(other.as_of(tx).hours.week) == "1-6 09:00-17:00"
    database.close()
    assert join("a").settings.opening_hours == join("b").settings.opening_hours == "1-6 09:00-17:00"


@pytest.mark.parametrize("shared", [False, pytest.param(True, marks=pytest.mark.postgresql)])
def test_a_centre_of_an_earlier_version_has_the_hours_and_the_name_that_it_had(request, tmp_path, shared):
    """On a file they stood in kiosk.toml alone, on a shared database in its facts too."""
    at = {"database_url": request.getfixturevalue("url")} if shared else {}
    settings = Settings(
        tmp_path / "a", centre_name="桃园社区", days_off="2026-11-25 搬家", last_ticket_min=15, **at
    )
    before = open_box(settings)
    with before.database.write() as tx:
        left = ["rules_mark"] if shared else ["rules_mark", *RULES]
        tx.execute(sa.delete(centre_fact).where(centre_fact.c.name.in_(left)))
    before.database.close()
    after = open_box(settings)
    assert replace(after.settings, box="") == replace(settings, box="")
    assert after.centre.hours == settings.hours
    after.database.close()
    without = open_box(Settings(tmp_path / "a", **at))
    assert without.centre.hours == settings.hours
    without.database.close()


@pytest.mark.parametrize("shared", [False, pytest.param(True, marks=pytest.mark.postgresql)])
def test_a_rule_that_a_newer_version_brings_begins_as_the_settings_have_it(request, tmp_path, shared):
    at = {"database_url": request.getfixturevalue("url")} if shared else {}
    settings = Settings(tmp_path / "a", time_zone="Asia/Urumqi", guard_s=0, **at)
    before = open_box(settings)
    with before.database.write() as tx:
        write_rules(tx, {"guard_s": 9})
        tx.execute(sa.delete(centre_fact).where(centre_fact.c.name == "time_zone"))
    before.database.close()
    open_box(settings).database.close()
    without = open_box(Settings(tmp_path / "a", **at))
    assert (without.centre.zone.key, without.settings.guard_s) == ("Asia/Urumqi", 9)
    without.database.close()
