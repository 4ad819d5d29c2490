"""The back office for hours: what is confirmed, by whom and why; every total agrees with its rows."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from kiosk import checkin
from kiosk.checkin.tables import hours_change, manual_hours, sign_in
from kiosk.people.tables import person as people_table
from kiosk.screens.office import volunteer_hours
from printing.subprocess_task import TooManyTasks
from tests.visitor import Visitor

SHIFT, MONDAY = "邻里守望志愿服务", "便民生活日"
MANUAL = {"on": "2026-11-20", "minutes": "90", "what": "入户慰问", "reason": "没有带卡", "team_id": ""}


@pytest.fixture
def served(visitor, coordinator, happenings, clock):
    """Somebody who forgot to sign out yesterday; two hours of the planned 150 minutes."""
    person = happenings.person()
    visitor.post(f"/events/{happenings.day(MONDAY)}/sign-in", {"code": happenings.card(person)})
    clock.forward(hours=24)
    coordinator.log_in("desk", "demo-desk")
    with happenings.box.database.write() as tx:
        checkin.close_events(tx, happenings.box.centre, clock())
    return person


def stay(happenings):
    return happenings.rows(sign_in)[0]


class TestPending:
    def test_who_forgot_to_sign_out_waits_and_counts_for_nothing(self, coordinator, served, happenings):
        page = coordinator.get("/admin/hours")
        assert "王小明" in page.words()
        assert page.value("minutes") == "150"
        assert "忘了签退" in page.words(), "why a person must look"
        assert "这段时间没有时长" in page.words()

    def test_confirmed_as_suggested_it_counts(self, coordinator, served, happenings):
        coordinator.post(f"/admin/hours/{stay(happenings).id}/confirm", {"minutes": "150", "reason": ""})
        words = coordinator.get("/admin/hours").words()
        assert "没有要核的" in words
        assert "2小时30分" in words
        assert stay(happenings).status == "left"

    def test_other_minutes_want_a_reason_and_keep_it(self, coordinator, served, happenings):
        address = f"/admin/hours/{stay(happenings).id}/confirm"
        page = coordinator.post(address, {"minutes": "60", "reason": " "}, 400)
        assert "请写一下原因" in page.words()
        assert stay(happenings).status == "pending"
        coordinator.post(address, {"minutes": "60", "reason": "十点走的"})
        note = happenings.rows(hours_change)[-1]
        assert (note.verb, note.minutes, note.reason, note.staff_id) == ("confirm", 60, "十点走的", 6)

    @pytest.mark.parametrize("minutes", ["", "x", "-1", "1.5", "100000", "9999"])
    def test_minutes_that_cannot_be_are_refused(self, coordinator, served, happenings, minutes):
        address = f"/admin/hours/{stay(happenings).id}/confirm"
        coordinator.post(address, {"minutes": minutes, "reason": "因为"}, 400)
        assert stay(happenings).status == "pending"

    def test_two_who_decide_at_once_do_it_once(self, coordinator, served, happenings):
        address = f"/admin/hours/{stay(happenings).id}/confirm"
        coordinator.post(address, {"minutes": "150"})
        page = coordinator.post(address, {"minutes": "0", "reason": "没来"}, 409)
        assert "已经核过了" in page.words()
        assert stay(happenings).minutes == 150


class TestByHand:
    def test_a_row_keeps_who_and_why_and_counts(self, coordinator, happenings):
        person = happenings.person()
        for _ in range(2):  # pressed twice
            coordinator.post(f"/admin/hours/{person}/manual", MANUAL | {"tap": "t"})
        (row,) = happenings.rows(manual_hours)
        assert (row.minutes, row.what, row.reason, row.staff_id) == (90, "入户慰问", "没有带卡", 6)
        words = coordinator.get(f"/admin/hours/{person}").words()
        assert "入户慰问" in words
        assert "没有带卡 desk" in words
        assert "1小时30分" in words

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("on", ""), ("on", "2027-01-01"), ("on", "0001-01-01"), ("on", "20.11."), ("minutes", "0"),
            ("minutes", "1441"),
            ("minutes", "eins"), ("what", " "), ("what", "慰问😀"), ("what", "长" * 49), ("reason", ""),
        ],
    )  # fmt: skip
    def test_a_wrong_field_writes_nothing_and_keeps_what_was_typed(
        self, coordinator, happenings, field, value
    ):
        person = happenings.person()
        form = MANUAL | {"tap": "t", field: value}
        page = coordinator.post(f"/admin/hours/{person}/manual", form, 400)
        assert happenings.rows(manual_hours) == []
        kept = "what" if field != "what" else "reason"
        assert page.all(f".//input[@id='{kept}']")[0].get("value") == form[kept]
        assert [one.get("name") for one in page.with_attribute("aria-invalid")] == [field]

    def test_all_that_is_wrong_is_told_at_once(self, coordinator, happenings):
        form = {"tap": "t", "on": "x", "minutes": "", "what": "", "reason": " ", "team_id": ""}
        page = coordinator.post(f"/admin/hours/{happenings.person()}/manual", form, 400)
        assert len(page.with_attribute("aria-invalid")) == 4

    def test_a_row_taken_back_stays_and_counts_no_more(self, coordinator, happenings):
        person = happenings.person()
        coordinator.post(f"/admin/hours/{person}/manual", MANUAL | {"tap": "t"})
        address = f"/admin/hours/{person}/manual/1/withdraw"
        coordinator.post(address, {"reason": ""}, 400)
        coordinator.post(address, {"reason": "记错了人"})
        assert "这段时间没有时长" in coordinator.get(f"/admin/hours/{person}").words()
        assert happenings.rows(hours_change)[-1].reason == "记错了人"
        coordinator.post(address, {"reason": "再来"}, 404)


class TestTotals:
    @pytest.mark.parametrize(
        ("by", "label"), [("person", "王小明"), ("team", "便民服务队"), ("month", "2026-11")]
    )
    def test_agree_with_the_rows_whichever_way_they_are_added(
        self, coordinator, served, happenings, by, label
    ):
        coordinator.post(f"/admin/hours/{stay(happenings).id}/confirm", {"minutes": "150"})
        coordinator.post(f"/admin/hours/{served}/manual", MANUAL | {"tap": "t", "team_id": "2"})
        page = coordinator.get(f"/admin/hours?first=2026-11-01&last=2026-11-30&by={by}")
        assert label in page.words()
        assert "4小时" in page.words()
        total = coordinator.get(f"/admin/hours?first=2026-11-23&last=2026-11-23&by={by}")
        assert "2小时30分" in total.words()

    @pytest.mark.parametrize(
        "asked",
        [
            "first=2026-11-30&last=2026-11-01",
            "first=x&last=y",
            "first=2026-11-01",
            "first=2000-01-01&last=2026-01-01",
        ],
    )
    def test_a_span_that_is_none_is_400_and_leads_back(self, coordinator, happenings, asked):
        page = coordinator.get(f"/admin/hours?{asked}", 400)
        assert "请填开始和结束日期" in page.words()
        assert page.all(".//a[@href='/admin/events']")

    def test_by_what_is_not_offered_is_400(self, coordinator, happenings):
        coordinator.get("/admin/hours?by=mood", 400)

    def test_while_other_files_are_made_the_record_says_come_again_and_reads_nothing(
        self, coordinator, happenings, monkeypatch
    ):
        def full():
            raise TooManyTasks

        monkeypatch.setattr(volunteer_hours, "place", full)
        monkeypatch.setattr(checkin, "hours_rows", lambda *_: 1 / 0)
        page = coordinator.get("/admin/hours/record.xlsx?first=2026-11-01&last=2026-11-30", 429)
        assert "请等几秒再试一次" in page.text

    def test_the_record_has_a_line_a_row_in_the_national_columns(self, coordinator, served, happenings):
        coordinator.post(f"/admin/hours/{stay(happenings).id}/confirm", {"minutes": "150"})
        coordinator.post(f"/admin/hours/{served}/manual", MANUAL | {"tap": "t", "what": "=1+1"})
        page = coordinator.get("/admin/hours/record.xlsx?first=2026-11-01&last=2026-11-30")
        rows = list(load_workbook(BytesIO(page.body)).worksheets[0].iter_rows(values_only=True))
        assert rows[0][:2] == ("序号", "姓名")
        lines = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        assert [line["服务时长（分钟）"] for line in lines] == [90, 150]
        assert lines[0]["记录人"] == "desk"
        assert lines[0]["备注"] == "没有带卡"
        assert f"{lines[1]['开始时间']}"[:5] == "09:00"
        assert lines[1]["服务地点"] == "中心门前广场"

    @pytest.mark.long
    def test_the_certificate_is_a_pdf_with_a_chinese_name(self, coordinator, served, happenings):
        page = coordinator.get(f"/admin/hours/{served}/certificate.pdf?first=2026-11-01&last=2026-11-30")
        assert page.body.startswith(b"%PDF-")
        assert "%E7%8E%8B%E5%B0%8F%E6%98%8E" in page.headers["Content-Disposition"]

    def test_are_for_coordinators_only(self, app, served, happenings):
        clerk, stranger = Visitor(app), Visitor(app)
        clerk.log_in("clerk1", "demo-clerk")
        for address in (
            "/admin/hours",
            f"/admin/hours/{served}",
            "/admin/hours/record.xlsx",
            f"/admin/hours/{served}/certificate.pdf",
        ):
            clerk.get(address, 403)
            assert "/log-in" in stranger.get(address, 303).headers["Location"]


def rolls(page):
    return len(page.all(".//table[@class='roll']/tbody/tr"))


def turned(page, sign):
    """The addresses that lead on to other pages, by what stands on them."""
    return [
        link.get("href")
        for link in page.all(".//nav[@class='tasks__more']/a")
        if sign in "".join(link.itertext())
    ]


class TestMany:
    @pytest.fixture
    def sixty(self, coordinator, happenings):
        """Sixty people with an hour each, of whom the last has two; twenty-five more hours wait."""
        box = happenings.box
        row = {
            "served_on": box.centre.day(box.now()), "points_per_hour": 10, "what": "值班", "reason": "没带卡",
            "staff_id": 6, "at": box.now(),
        }  # fmt: skip
        stays = {
            "event_day_id": happenings.day(MONDAY), "status": "pending", "is_first": True,
            "counts_hours": True, "in_at": box.now(), "out_at": box.now(), "minutes": 30,
        }  # fmt: skip
        with box.database.write() as tx:
            first = tx.execute(
                people_table.insert().values(name="志愿者").returning(people_table.c.id)
            ).scalar_one()
            ids = range(first + 1, first + 60)
            tx.execute(people_table.insert(), [{"id": n, "name": f"志愿者{n}"} for n in ids])
            hours = [60] * 59 + [120]
            every = [
                row | {"person_id": first + n, "minutes": minutes, "tap": f"m{n}"}
                for n, minutes in enumerate(hours)
            ]
            tx.execute(manual_hours.insert(), every)
            tx.execute(sign_in.insert(), [stays | {"person_id": first + n} for n in range(25)])
        return first + 59

    def test_fifty_people_are_shown_and_all_are_added_up(self, coordinator, sixty):
        page = coordinator.get("/admin/hours")
        first, *_ = page.all(".//table[@class='roll']/tbody/tr/td/a")
        assert first.text == f"志愿者{sixty}", "whoever served longest comes first"
        assert rolls(page) == 50
        assert "第1到50位，共60位" in page.words()
        assert "61小时" in page.words()
        *_, after = turned(page, "后面的")
        rest = coordinator.get(f"/admin/hours{after}")
        assert (rolls(rest), turned(rest, "后面的")) == (10, ["?page=1&waiting=1"])
        assert "61小时" in rest.words()

    def test_a_page_that_is_not_there_any_more_shows_what_is_there(self, coordinator, sixty):
        page = coordinator.get("/admin/hours?page=9&waiting=9")
        assert rolls(page) == 10
        assert "第51到60位，共60位" in page.words()
        assert "第21到25位，共25位" in page.words()

    def test_twenty_stays_are_asked_about_at_a_time(self, coordinator, sixty):
        page = coordinator.get("/admin/hours")
        assert len(page.all(".//form[@class='pend']")) == 20
        after, *_ = turned(page, "后面的")
        assert after == "?waiting=1"
        assert len(coordinator.get(f"/admin/hours{after}").all(".//form[@class='pend']")) == 5
