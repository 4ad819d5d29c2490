"""One day of an event: its places, and what was raised at a meeting."""

from datetime import timedelta

from kiosk import concerns, events
from kiosk.asked import Asked
from kiosk.events.tables import meeting_point


class TestMeetings:
    def test_points_are_kept_in_peoples_own_words_and_in_order(self, coordinator, happenings):
        day = happenings.day("居民议事")
        for n, text in enumerate(("楼道灯坏了", "加一个晾衣架", "楼道灯坏了")):
            form = {"text": text, "raised_by": "三号楼" if n else "", "tap": f"t{n}"}
            coordinator.post(f"/admin/events/days/{day}/points", form)
        coordinator.post(f"/admin/events/days/{day}/points", form)  # pressed twice
        rows = happenings.rows(meeting_point)
        assert [row.text for row in rows] == ["楼道灯坏了", "加一个晾衣架", "楼道灯坏了"]
        assert {row.staff_id for row in rows} == {6}
        words = coordinator.get(f"/admin/events/days/{day}").words()
        assert words.index("楼道灯坏了") < words.index("加一个晾衣架")
        assert "三号楼" in words

    def test_a_point_becomes_a_concern_by_one_button_and_is_told_of_at_the_next_meeting(
        self, coordinator, happenings, clock
    ):
        day, box = happenings.day("居民议事"), happenings.box
        for text in ("楼道灯坏了", "加一个晾衣架"):
            coordinator.post(f"/admin/events/days/{day}/points", {"text": text, "tap": text})
        point = happenings.rows(meeting_point)[0].id
        for _ in range(2):
            coordinator.post(f"/admin/events/days/{day}/points/{point}/concern")
        coordinator.post(f"/admin/events/days/{day}/points/99/concern", status=404)
        page = coordinator.get(f"/admin/events/days/{day}")
        assert "待受理" in page.words()
        assert len(page.all(".//li//form")) == 1
        with box.database.write() as tx:
            running = concerns.running_concerns(tx, box.centre, Asked(clock()))
            (one,) = [found for found in running if found.source == "meeting"]
            assert one.number in page.words()
            assert (one.kind, one.source, one.about) == ("suggestion", "meeting", "楼道灯坏了")
            reply = concerns.Reply(concerns.Outcome.SOLVED, "灯换好了")
            concerns.settle(tx, box.centre, concerns.Hand(Asked(clock(), 2), True), one.id, reply)
            held = events.day_of(tx, day, "zh")
            after = events.need_day(tx, box.centre, held.event_id, held.on + timedelta(days=14))
        told = coordinator.get(f"/admin/events/days/{after}").words()
        assert "上次说的事" in told
        assert "灯换好了" in told
        assert "没有变成诉求" in told

    def test_a_point_without_words_is_refused(self, coordinator, happenings):
        day = happenings.day("居民议事")
        page = coordinator.post(f"/admin/events/days/{day}/points", {"text": " ", "tap": "t"}, 400)
        assert "请写下这一条意见" in page.words()
        assert happenings.rows(meeting_point) == []

    def test_only_a_meeting_has_points(self, coordinator, happenings):
        page = coordinator.get(f"/admin/events/days/{happenings.day('健康讲座和义诊')}")
        assert page.all(".//textarea") == []
