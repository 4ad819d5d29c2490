"""A day's cases and counters added up, by everything that figures are told apart by. Pure."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from kiosk.figures.day.cases import Case
from kiosk.figures.day.desks import DeskTime
from kiosk.figures.rules import COUNTS, NOTHING, By, Cell, End, Waits
from kiosk.figures.tables import WHOLE

KEYS: dict[str, Callable[[Case], str]] = {
    WHOLE: lambda case: "",
    By.SERVICE: lambda case: case.service,
    By.COUNTER: lambda case: str(case.counter or ""),
    By.HOUR: lambda case: f"{case.hour:02d}",
    By.CHANNEL: lambda case: case.ticket.channel,
    By.PRIORITY: lambda case: case.ticket.priority,
    By.OUTCOME: lambda case: case.outcome,
    By.CLERK: lambda case: str(case.staff_id or ""),
}
"""What is kept of a day: its kind, and the key of a case in it. Days, weekdays and groups follow."""

Cells = dict[tuple[str, str], Cell]


def cells_of(cases: Iterable[Case], desks: Iterable[DeskTime]) -> Cells:
    """By kind and key."""
    sorted_out: dict[tuple[str, str], list[Case]] = {(WHOLE, ""): []}
    for case in cases:
        for kind, key_of in KEYS.items():
            sorted_out.setdefault((kind, key_of(case)), []).append(case)
    cells = {key: cell_of(found) for key, found in sorted_out.items()}
    for desk in desks:
        for key in ((WHOLE, ""), (By.COUNTER, str(desk.counter)), (By.CLERK, str(desk.staff_id or ""))):
            cells[key] = _with_desk(cells.get(key, NOTHING), desk)
    return cells


def cell_of(cases: Iterable[Case]) -> Cell:
    """What these cases add up to."""
    counts = dict.fromkeys(COUNTS, 0)
    waits = []
    for case in cases:
        for name, value in _counted(case):
            counts[name] += value
        if case.wait_s is not None:
            waits.append(case.wait_s)
    return Cell(**counts, waits=Waits.of(waits))


def _counted(case: Case) -> Iterable[tuple[str, int]]:
    yield "cases", 1
    yield "tickets", case.place == 1
    if case.end:
        yield ENDS[case.end], 1
    for times, at_all, count in (
        ("misses", "missed_n", case.misses),
        ("recalls", "recalled_n", case.recalls),
        ("holds", "held_n", case.holds),
    ):
        yield times, count
        yield at_all, count > 0
    for name, seconds in (("hold", case.hold_s), ("walk", case.walk_s), ("serve", case.serve_s)):
        if seconds is not None:
            yield f"{name}_n", 1
            yield f"{name}_s", seconds
    yield "told", case.is_told
    yield "in_range", case.is_in_range
    yield "unsure", case.is_unsure


ENDS = {
    End.SERVED: "served",
    End.TRANSFERRED: "transferred",
    End.LEFT: "left",
    End.MISSED: "missed_out",
    End.CLOSED: "closed",
}
"""The count that each end of a case adds to."""


def _with_desk(cell: Cell, desk: DeskTime) -> Cell:
    return replace(
        cell,
        open_s=cell.open_s + desk.open_s,
        pause_s=cell.pause_s + desk.pause_s,
        busy_s=cell.busy_s + desk.busy_s,
    )
