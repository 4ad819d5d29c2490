"""What the record of service says beside a line whose times and minutes do not agree by themselves."""

from datetime import datetime, timedelta, tzinfo

from kiosk.checkin.hours.volunteer_hours import HoursRow


def remark(row: HoursRow, zone: tzinfo) -> str:
    """Why the minutes are other than from the start to the end as written, to the minute; in Chinese, like
    the record. Whoever decided about them has written why. Empty where the three agree."""
    moments = (row.in_at, row.out_at, row.counts_from, row.counts_until)
    known = [at.astimezone(zone) for at in moments if at is not None]
    if len(known) < len(moments):
        return row.reason  # written by hand: no scan tells a start or an end
    begins, ends = (at.replace(second=0, microsecond=0) for at in known[:2])
    said = ["结束时间是第二天"] if ends.date() > begins.date() else []
    if row.minutes != (ends - begins) // timedelta(minutes=1):
        said.append(f"负责人核定{row.minutes}分钟" if row.staff_id is not None else _cut(*known))
    return "；".join([*said, *([row.reason] if row.reason else [])])


def _cut(came: datetime, left: datetime, counts_from: datetime, counts_until: datetime) -> str:
    cut = []
    if came < counts_from:
        cut.append(f"来得早，从{counts_from:%H:%M}算起")
    if left > counts_until:
        cut.append(f"走得晚，算到{counts_until:%H:%M}")
    return "，".join(cut) or "不满一分钟的不算"
