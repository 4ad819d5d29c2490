"""Reports of months and years: made by the night and whenever somebody asks, for staff alone."""

from io import BytesIO

import pypdfium2
import pytest
from openpyxl import load_workbook

from kiosk.server.nightly import AddingUp, close_days
from kiosk.staff import Role


@pytest.mark.long
def test_a_month_is_reported_as_a_paper_with_what_changed_and_as_a_workbook(small_day, manager):
    answer = manager.get("/figures/month/2026-11.pdf")
    pages = pypdfium2.PdfDocument(answer.body)
    assert len(pages) == 3
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    for words in ("2026年11月服务统计", "一共办了17件", "上个月没有记录", "各项业务台账", "养老保险资格认证"):
        assert words in "".join(text.split())
    book = load_workbook(BytesIO(manager.get("/figures/month/2026-11.xlsx").body), read_only=True)
    assert len(list(book["每一件"].iter_rows())) == 18
    assert "2026年11月" in manager.get("/figures/reports").words()
    assert manager.get("/figures/year/2026.pdf").body.startswith(b"%PDF")


@pytest.mark.long
def test_on_the_first_the_night_makes_the_report_of_the_month_and_it_is_kept(small_day, as_role, box):
    watch = AddingUp(box)
    small_day.at(8 * 24 * 60)  # the first of December at nine
    close_days(box)
    watch.look()
    watch.look()
    kept = box.settings.folder / "reports"
    assert {path.name for path in kept.iterdir()} == {"2026-11.pdf", "2026-11.xlsx"}
    manager = as_role(Role.MANAGER)
    assert manager.get("/figures/month/2026-11.pdf").body == (kept / "2026-11.pdf").read_bytes()
    (kept / "2026-11.pdf").write_bytes(b"%PDF-old")
    assert "做好了，存着" in manager.get("/figures/reports").words()
    manager.post("/figures/reports/2026-11/make")
    assert len((kept / "2026-11.pdf").read_bytes()) > 1000


def test_a_month_that_is_none_or_has_not_begun_has_no_report(manager, as_role):
    for name in ("2026-13", "2026-12", "2026", "nothing", "1999-01", "２０２６-11"):
        manager.get(f"/figures/month/{name}.pdf", 404)
        manager.get(f"/figures/month/{name}.xlsx", 404)
    for name in ("2027", "2026-11", "0000", "20260"):
        manager.get(f"/figures/year/{name}.pdf", 404)
    viewer = as_role(Role.VIEWER)
    viewer.get("/figures/reports")
    viewer.post("/figures/reports/2026-11/make", status=403)
