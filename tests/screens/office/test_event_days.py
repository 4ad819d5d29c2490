"""One day of an event: its places, and what was raised at a meeting."""

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

    def test_a_point_without_words_is_refused(self, coordinator, happenings):
        day = happenings.day("居民议事")
        page = coordinator.post(f"/admin/events/days/{day}/points", {"text": " ", "tap": "t"}, 400)
        assert "请写下这一条意见" in page.words()
        assert happenings.rows(meeting_point) == []

    def test_only_a_meeting_has_points(self, coordinator, happenings):
        page = coordinator.get(f"/admin/events/days/{happenings.day('健康讲座和义诊')}")
        assert page.all(".//textarea") == []
