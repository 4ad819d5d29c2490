"""The centre's name and hours."""

WEEK = {
    "days0": ["1", "2", "3", "4", "5"], "opens0": "08:30", "closes0": "12:00", "opens_again0": "13:30",
    "closes_again0": "17:30", "days1": ["6"], "opens1": "9:00", "closes1": "12：00",
}  # fmt: skip


def test_the_name_stands_on_every_page_at_once(admin):
    assert (
        admin.post("/setup/centre", {"name": "幸福里", "name_en": "Happy Lane"}).headers["Location"]
        == "/setup/hours"
    )
    assert "幸福里" in admin.get("/setup/hours").words()
    assert admin.get("/setup/centre").value("name_en") == "Happy Lane"


def test_a_name_that_will_not_do_is_told_at_its_field(admin):
    page = admin.post("/setup/centre", {"name": "", "name_en": "x" * 65}, 400)
    assert len(page.with_attribute("aria-invalid")) == 2


def test_the_hours_are_kept_and_shown_again(admin, box):
    assert admin.post("/setup/hours", WEEK).headers["Location"] == "/setup/counters"
    periods = box.centre.hours.week
    assert [len(day) for day in periods] == [2, 2, 2, 2, 2, 1, 0]
    page = admin.get("/setup/hours")
    assert page.value("opens1") == "09:00"
    assert len(page.all(".//input[@checked]")) == 6


def test_hours_that_end_before_they_begin_are_told_and_what_was_typed_is_kept(admin, box):
    page = admin.post("/setup/hours", WEEK | {"closes0": "08:00", "days1": ["5"], "opens1": "soon"}, 400)
    assert {one.get("id") for one in page.with_attribute("aria-invalid") if one.get("id")} >= {
        "closes0",
        "opens1",
    }
    assert page.value("opens1") == "soon"
    assert "只能勾一次" in page.words()


def test_a_centre_may_be_open_without_hours(admin, box):
    admin.post("/setup/hours", WEEK)
    admin.post("/setup/hours", {"always": "1", "opens0": "rubbish"})
    assert box.centre.hours.week == ()
    assert admin.get("/setup/hours").all(".//input[@name='always'][@checked]")


def test_the_clock_goes_by_the_time_zone_that_was_chosen(admin, box):
    form = {"name": "幸福里", "time_zone": "Asia/Urumqi"}
    assert "2026-11-23 09:00" in admin.get("/setup/centre").words()
    admin.post("/setup/centre", form)
    page = admin.get("/setup/centre")
    assert "2026-11-23 07:00" in page.words()
    assert page.all(".//option[@selected]")[0].get("value") == "Asia/Urumqi"
    assert admin.post("/setup/centre", form | {"time_zone": "Mars/North"}, 400).with_attribute("aria-invalid")
