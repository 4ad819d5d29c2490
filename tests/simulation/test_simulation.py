"""A simulated day: true to its seed, fair, complete, and replayable from its own record."""

import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from PIL import Image

from kiosk import demo
from kiosk.box import open_box
from kiosk.cli import main
from kiosk.database import Database, metadata, open_database
from kiosk.figures import By, Span, figures_of
from kiosk.settings import Settings
from kiosk.simulation import NotPlayable, Report, Scenario, replay, simulate, synthetic_day
from kiosk.simulation.day import TRADE
from kiosk.simulation.run import FIRST_DAY
from kiosk.tickets.rules import AT_HAND, Status
from kiosk.tickets.tables import change, ticket

PLAN = Scenario(seed=1, counters=2, people=60, days=1)


class Played(NamedTuple):
    folder: Path
    report: Report

    def rows(self, query):
        database = Database(f"sqlite:///{self.folder / 'kiosk.db'}")
        with database.read() as tx:
            rows = tx.execute(query).all()
        database.close()
        return rows


@pytest.fixture(scope="module")
def played(furnished, tmp_path_factory) -> Played:
    """A day of about 60 people at two counters."""
    folder = tmp_path_factory.mktemp("played") / "data"
    shutil.copytree(furnished, folder)
    return Played(folder, simulate(folder, demo.furnish, PLAN))


def test_a_day_follows_its_seed_and_the_expected_number():
    assert synthetic_day("7", 160) == synthetic_day("7", 160) != synthetic_day("8", 160)
    days = [synthetic_day(str(seed), 160) for seed in range(60)]
    assert mean(len(day) for day in days) == pytest.approx(160, abs=5)
    times = [person.at_s / 3600 for day in days for person in day]
    assert min(times) >= 8.5
    assert max(times) < 17
    assert sum(9 <= at < 10 for at in times) > 2 * sum(12 <= at < 13 for at in times)


def test_the_trade_is_the_demos():
    assert set(TRADE) == {code for code, *_ in demo.SERVICES}


def test_everybody_ends_somewhere_and_the_table_adds_up(played):
    ends = {row.status for row in played.rows(sa.select(ticket.c.status))}
    assert ends <= {Status.SERVED, Status.NO_SHOW, Status.CANCELLED}
    report, came = played.report, len(synthetic_day("1/0", 60))
    figures = report.figures
    assert sum(hour.arrivals for hour in report.hours) == report.whole.arrivals == came
    assert figures.served + figures.missed + figures.left == figures.taken == came
    assert 0 < figures.held <= figures.told <= came


def test_the_waits_of_a_simulation_are_those_that_the_office_would_read(played, tmp_path):
    shutil.copytree(played.folder, tmp_path / "office")
    box = open_box(Settings(folder=tmp_path / "office", is_demo=True, printer="off:"))
    with box.database.read() as tx:
        office = figures_of(tx, box.centre, Span(FIRST_DAY, FIRST_DAY), By.HOUR, box.now())
    box.database.close()
    whole, waits = played.report.whole, office.whole.waits
    assert (whole.arrivals, whole.called) == (office.whole.tickets, len(waits))
    assert [whole.median_min * 60, whole.p90_min * 60] == pytest.approx([waits.median_s, waits.p90_s])
    told = {f"{hour.hour:02d}": hour.called for hour in played.report.hours if hour.arrivals}
    assert told == {row.key: len(row.cell.waits) for row in office.rows}


def test_a_counter_never_has_two_people(played):
    standing: dict[int, int] = {}
    for row in played.rows(sa.select(change).order_by(change.c.id)):
        if row.to_status in AT_HAND:
            assert standing.setdefault(row.counter_number, row.ticket_id) == row.ticket_id
        elif row.from_status in AT_HAND:
            assert standing.pop(row.counter_number) == row.ticket_id
    assert standing == {}


def test_priority_overtakes_and_never_beyond_its_head_start(played):
    assert played.report.overtaking.people > 0
    assert played.report.overtaking.beyond == 0
    assert played.report.overtaking.longest_min <= max(minutes for *_, minutes in demo.PRIORITIES)


def test_a_recorded_day_replays_as_it_was_and_leaves_the_record_alone(played, tmp_path):
    def prints():
        return {path.name: sha256(path.read_bytes()).digest() for path in played.folder.iterdir()}

    before = prints()
    again = replay(tmp_path, played.folder, FIRST_DAY, PLAN)
    assert prints() == before
    first = played.report
    assert [hour.arrivals for hour in again.hours] == [hour.arrivals for hour in first.hours]
    assert again.figures.served == pytest.approx(first.figures.served, abs=2)
    assert again.whole.median_min == pytest.approx(first.whole.median_min, abs=1)


@pytest.mark.postgresql
def test_a_day_that_was_recorded_in_postgresql_replays_as_it_was(played, cluster, tmp_path):
    url = cluster.url(cluster.make())
    there = open_database(tmp_path, url)
    with there.write() as tx:
        for table in reversed(metadata.sorted_tables):
            tx.execute(sa.delete(table))
        for table in metadata.sorted_tables:
            if rows := [row._asdict() for row in played.rows(sa.select(table))]:
                tx.execute(sa.insert(table), rows)
    there.close()
    (tmp_path / "room").mkdir()
    again = replay(tmp_path / "room", played.folder, FIRST_DAY, PLAN, url)
    first = played.report
    assert [hour.arrivals for hour in again.hours] == [hour.arrivals for hour in first.hours]
    assert again.figures.served == pytest.approx(first.figures.served, abs=2)


def test_what_cannot_be_replayed_is_said(played, tmp_path):
    with pytest.raises(NotPlayable, match="2020-01-01"):
        replay(tmp_path, played.folder, FIRST_DAY.replace(year=2020, day=1), PLAN)
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "kiosk.db").write_bytes(b"no database" * 400)
    (tmp_path / "room").mkdir()
    with pytest.raises(NotPlayable, match="broken"):
        replay(tmp_path / "room", broken, date(2026, 1, 5), PLAN)


def test_a_real_centre_without_services_and_one_of_a_newer_version_are_said(tmp_path):
    data = tmp_path / "data"
    assert CliRunner().invoke(main, ["init", "--data", str(data)]).exit_code == 0
    words = ["simulate", "--recorded", str(data), "--day", "2026-01-05"]
    told = CliRunner().invoke(main, words)
    assert (told.exit_code, "2026-01-05" in told.output) == (1, True), told.exception
    database = open_database(data)
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    told = CliRunner().invoke(main, words)
    assert (told.exit_code, "update it" in told.output) == (1, True), told.exception


def test_who_cannot_be_served_the_same_day_is_cancelled_at_night(furnished, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(furnished, folder)
    report = simulate(folder, demo.furnish, Scenario(seed=3, counters=1, people=150, days=1))
    assert report.figures.left > 0
    assert report.whole.called < report.whole.arrivals
    assert report.whole.longest_min is not None
    assert report.whole.longest_min <= 15 * 60


def test_the_command_prints_the_table_and_draws_it(tmp_path):
    picture = tmp_path / "waits.png"
    words = ["simulate", "--people", "15", "--days", "1", "--picture", str(picture)]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0, told.output
    for part in ("09:00", "全天 Day", "Overtaken", "Told a range"):
        assert part in told.output
    with Image.open(picture) as drawn:
        assert drawn.size == (1000, 560)


def test_a_folder_without_a_record_ends_the_command(tmp_path):
    words = ["simulate", "--recorded", str(tmp_path / "nowhere"), "--day", "2026-01-05"]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 1
    assert "nowhere" in told.output
    assert CliRunner().invoke(main, words[:3]).exit_code == 2
