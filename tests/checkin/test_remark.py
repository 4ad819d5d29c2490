"""The record's remark: start, end and minutes agree, or it says why not."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.checkin import HoursRow, remark

NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("came", "left", "minutes", "decided", "said"),
    [
        (0, 120, 120, None, ""),
        (-20, 120, 120, None, "来得早，从09:00算起"),
        (0.9, 60.5, 59, None, "不满一分钟的不算"),
        (0, 180, 150, None, "走得晚，算到11:30"),
        (0, 240, 100, "问过本人", "负责人核定100分钟；问过本人"),
        (0, 100, 100, "问过本人", "问过本人"),
        (14 * 60, 16 * 60, 120, "值夜班", "结束时间是第二天；值夜班"),
    ],
)
def test_says_why_the_minutes_are_not_from_the_start_to_the_end(came, left, minutes, decided, said):
    row = HoursRow(
        1, "王小明", None, "", "便民生活日", "大厅", date(2026, 11, 23), minutes, 0,
        NINE + timedelta(minutes=came), NINE + timedelta(minutes=left),
        reason=decided or "", staff_id=6 if decided else None,
        counts_from=NINE, counts_until=NINE + timedelta(minutes=150),
    )  # fmt: skip
    assert remark(row, SHANGHAI) == said


def test_a_row_by_hand_keeps_the_words_of_who_wrote_it():
    row = HoursRow(
        1, "王小明", None, "", "上门", "", date(2026, 11, 23), 60, 10, manual_id=1, reason="没带卡"
    )
    assert remark(row, SHANGHAI) == "没带卡"
