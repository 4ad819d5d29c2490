"""What changed, in plain Chinese."""

from kiosk.figures import Cell, Waits
from kiosk.figures.report.changed import changed, together


def cell(cases, wait_min=10, gone=0):
    waits = Waits.of([wait_min * 60] * cases)
    return Cell(tickets=cases, cases=cases, served=cases - gone, left=gone, waits=waits)


def said(now, before, services=None):
    return changed(now, before, 20, services or {}, "上个月")


def test_more_people_who_wait_longer_are_said_in_whole_numbers():
    services = together([("社保", 90), ("低保", 30)], [("社保", 60), ("低保", 40)])
    told = said(cell(120, 25, gone=6), cell(100, 10, gone=2), services)
    assert "一共办了120件，办结114件，比上个月多20件，多了20%。" in told
    assert "变化最大的是“社保”，比上个月多30件。" in told
    assert "一半的人在25分钟以内叫到，比上个月长15分钟。" in told
    assert "每100个人里有0个在承诺的20分钟以内叫到，少了100个。" in told
    assert "没办就走的有6个，多了4个。" in told


def test_nothing_is_compared_with_nothing_and_few_are_no_share():
    assert said(cell(0), cell(50)) == "这段时间没有人来办事。"
    assert "没法比" in said(cell(50), cell(0))
    told = said(cell(3), cell(2))
    assert "%" not in told
    assert "太少" in told
    assert "差不多" in said(cell(100), cell(101))
