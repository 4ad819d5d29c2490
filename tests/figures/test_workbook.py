"""Another program, with queries of its own, finds the same figures in the workbook."""

from io import BytesIO

import duckdb
import pytest
from openpyxl import load_workbook

from kiosk import figures
from kiosk.figures import By, Span

COLUMNS = [name for name, *_ in figures.VISITS]
RENAMED = {"end": "ended_as"}
"""What SQL has a meaning of its own for."""

SUMS = """
SELECT count(*) FILTER (place = 1), count(*), count(*) FILTER (ended_as = '办结'),
  count(*) FILTER (ended_as = '转走'), count(*) FILTER (ended_as = '弃号'),
  count(*) FILTER (ended_as = '过号没回来'), count(*) FILTER (ended_as = '下班还没办'),
  sum(misses), sum(recalls), sum(holds), count(wait_s), median(wait_s), quantile_disc(wait_s, 0.9),
  max(wait_s), count(*) FILTER (wait_s <= 1200), sum(walk_s), sum(serve_s), sum(hold_s),
  count(*) FILTER (place = 1 AND told_high_min IS NOT NULL AND wait_s IS NOT NULL),
  count(*) FILTER (place = 1 AND told_high_min IS NOT NULL AND wait_s <= greatest(told_high_min, 1) * 60)
FROM visits
"""
NAMES = (
    *("tickets", "cases", "served", "transferred", "left", "missed_out", "closed", "misses", "recalls"),
    *("holds", "waits", "wait_median_s", "wait_p90_s", "wait_longest_s", "in_promise"),
)


@pytest.fixture
def visits(small_day):
    """The sheet of every case, as a table of another database, and the figures of the same day."""
    small_day.close()
    box, now = small_day.box, small_day.clock()
    day = box.centre.day(small_day.began)
    with box.database.read() as tx:
        found = figures.figures_of(tx, box.centre, Span(day, day), By.SERVICE, now)
        cases = figures.cases_in(tx, box.centre, Span(day, day))
        writing = figures.Writing(box.centre, figures.names_of(tx, "zh"))
    book = load_workbook(BytesIO(figures.workbook(found, cases, writing)), read_only=True)
    rows = list(book["每一件"].iter_rows(min_row=2, values_only=True))
    numbers = {name for name, _, _, kind in figures.VISITS if kind == "number"}
    columns = [(RENAMED.get(name, name), "INT" if name in numbers else "VARCHAR") for name in COLUMNS]
    there = duckdb.connect()
    there.execute(f"CREATE TABLE visits ({', '.join(' '.join(one) for one in columns)})")
    there.executemany(f"INSERT INTO visits VALUES ({', '.join('?' * len(columns))})", rows)  # noqa: S608
    return there, found


def test_another_program_finds_the_same_figures_in_the_workbook(visits):
    there, found = visits
    (row,) = there.execute(SUMS).fetchall()
    told = figures.values(found.whole, 20)
    assert dict(zip(NAMES, row, strict=False)) == {name: told[name] for name in NAMES}
    walk_s, serve_s, hold_s, told_count, in_range = row[len(NAMES) :]
    whole = found.whole
    assert (walk_s, serve_s, hold_s) == (whole.walk_s, whole.serve_s, whole.hold_s)
    assert (told_count, in_range) == (whole.told, whole.in_range)


def test_and_the_same_of_each_service(visits):
    there, found = visits
    rows = there.execute(
        "SELECT service, count(*), count(wait_s), sum(serve_s) FROM visits GROUP BY 1"
    ).fetchall()
    assert {row[0]: row[1:] for row in rows} == {
        row.key: (row.cell.cases, len(row.cell.waits), row.cell.serve_s) for row in found.rows
    }
