"""The list behind a figure, a page of it."""

from kiosk import figures

DAY = "from=2026-11-23&to=2026-11-23"


def test_a_long_list_comes_by_pages_that_lead_to_each_other(small_day, manager):
    for _ in range(20):
        small_day.take("A")
    first = manager.get(f"/figures/list?{DAY}&figure=cases")
    assert "共37件" in first.words()
    assert len(first.all(".//tbody/tr")) == figures.LINES
    (after,) = [link.get("href") for link in first.all(".//a") if "page=1" in link.get("href", "")]
    assert len(manager.get(after).all(".//tbody/tr")) == 37 - figures.LINES
    assert len(manager.get(f"/figures/list?{DAY}&figure=cases&page=999999").all(".//tbody/tr")) == 1


def test_a_list_is_of_one_key_where_one_is_named(small_day, manager):
    page = manager.get(f"/figures/list?{DAY}&by=counter&key=2&figure=cases")
    assert "2号窗口" in page.words()
    assert "共1件" in page.words()
