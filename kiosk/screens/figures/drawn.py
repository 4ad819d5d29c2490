"""Which charts a page of figures has, each with the table that it is drawn from."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from kiosk.figures import By, Figures, Row, by_month, words
from kiosk.screens.figures.charts import Chart, Series, columns, lying
from kiosk.screens.web.page import say
from kiosk.words import mark

MOST_DAYS = 45
"""Columns of the chart by days; of a longer span each column is a month."""

MOST_BARS = 16
"""Bars of a chart: those with most cases."""

_IN_TIME = (By.HOUR, By.WEEKDAY, By.DAY)


class Drawn(Struct, frozen=True):
    """A chart and its table: `head` stands over `labels`, a column for each of `series`."""

    title: str
    chart: Chart
    head: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


def charts_of(found: Figures, names: Mapping[str, str]) -> list[Drawn]:
    """How many came and how long they waited by what was asked; how that went by days, and by hours."""
    charts = [_cases(found.by, _rows_of(found), names), _waits(found.by, _rows_of(found), names)]
    if len(found.days) > 1 and found.by != By.DAY:
        charts.append(_cases(By.DAY, _by_days(found.days), {}))
    if found.by != By.HOUR:
        charts.append(_waits(By.HOUR, found.hours, {}))
    return [one for one in charts if one.chart.bars]


def _rows_of(found: Figures) -> Sequence[Row]:
    if found.by == By.DAY:
        return _by_days(found.days)
    rows = [row for row in found.rows if row.cell.cases]
    return rows if found.by in _IN_TIME else rows[:MOST_BARS]


def _by_days(days: Sequence[Row]) -> Sequence[Row]:
    return days if len(days) <= MOST_DAYS else by_month(days)


def _cases(by: By, rows: Sequence[Row], names: Mapping[str, str]) -> Drawn:
    series = (
        Series(say(mark("办事件数")), [row.cell.cases for row in rows]),
        Series(say(mark("办结")), [row.cell.served for row in rows]),
    )
    return _drawn(say(mark("办了多少件")), by, rows, names, series)


def _waits(by: By, rows: Sequence[Row], names: Mapping[str, str]) -> Drawn:
    series = (
        Series(say(mark("中位")), list(_minutes(row.cell.known_waits.median_s for row in rows))),
        Series(say(mark("九成以内")), list(_minutes(row.cell.known_waits.p90_s for row in rows))),
    )
    return _drawn(say(mark("等了多少分钟")), by, rows, names, series)


def _minutes(seconds: Iterable[float | None]) -> Iterable[float | None]:
    return (None if one is None else round(one / 60, 1) for one in seconds)


def _drawn(
    title: str, by: By, rows: Sequence[Row], names: Mapping[str, str], series: tuple[Series, ...]
) -> Drawn:
    labels = tuple(_label(by, row.key, names) for row in rows)
    draw = columns if by in _IN_TIME else lying
    return Drawn(
        f"{title} · {say(words.BY_WORDS[by])}", draw(labels, series), say(words.HEADS[by]), labels, series
    )


def _label(by: By, key: str, names: Mapping[str, str]) -> str:
    if by == By.DAY:
        return key[:7] if key.endswith("-00") else key[5:]
    return words.key_words(by, key, names, say)
