"""The record of service as a workbook, in the columns of the national volunteer record.

After what 《志愿服务记录与证明出具办法（试行）》 wants recorded: who, which project, when and how long, what,
where, for which organisation, and who wrote it down. The columns for an identity document stay empty: this
box keeps no such number, and whoever hands the table on fills them in.
"""

from collections.abc import Sequence

from msgspec import Struct

from kiosk.spreadsheets import Column, write_table

COLUMNS = (
    Column("序号", 6, "number"),
    Column("姓名", 12),
    Column("证件类型", 12),
    Column("证件号码", 22),
    Column("服务项目", 30),
    Column("服务日期", 12, "date"),
    Column("开始时间", 10, "time"),
    Column("结束时间", 10, "time"),
    Column("服务时长（小时）", 16, "hours"),
    Column("服务时长（分钟）", 16, "number"),
    Column("服务内容", 30),
    Column("服务地点", 20),
    Column("组织/服务队", 20),
    Column("记录人", 12),
    Column("备注", 24),
)


class ServiceRecord(Struct, frozen=True):
    """One line of service. `on` is a date as in 2026-11-21, `begins` and `ends` local times or empty.

    `recorded_by` is the log-in name of who confirmed or entered it, empty where the scans alone tell.
    """

    name: str
    project: str
    on: str
    begins: str
    ends: str
    minutes: int
    content: str = ""
    place: str = ""
    team: str = ""
    recorded_by: str = ""
    note: str = ""


def record_workbook(records: Sequence[ServiceRecord]) -> bytes:
    """The records as .xlsx, in the order given; hours have two places. Not in a transaction."""
    rows = [_row(number, one) for number, one in enumerate(records, 1)]
    return write_table("志愿服务记录", COLUMNS, rows)


def _row(number: int, one: ServiceRecord) -> list[str | int | float]:
    return [
        number, one.name, "", "", one.project, one.on, one.begins, one.ends, round(one.minutes / 60, 2),
        one.minutes, one.content, one.place, one.team, one.recorded_by, one.note,
    ]  # fmt: skip
