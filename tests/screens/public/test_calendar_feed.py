"""The calendar to subscribe to."""

from datetime import date, datetime, timedelta

from icalendar import Calendar
from msgspec import structs

from kiosk import events
from kiosk.asked import Asked
from kiosk.screens.public import calendar_feed
from tests.screens.conftest import TALK, WITH_STALLS


class TestFeed:
    def read(self, visitor):
        page = visitor.get("/events.ics")
        assert page.mimetype == "text/calendar"
        return Calendar.from_ical(page.body), page

    def test_holds_every_day_of_ninety_with_its_own_times(self, visitor, happenings):
        calendar, _ = self.read(visitor)
        mondays = [e for e in calendar.walk("VEVENT") if e["SUMMARY"] == WITH_STALLS]
        starts = [e.decoded("DTSTART") for e in mondays]
        assert starts[1] - starts[0] == timedelta(days=7)
        assert datetime.fromisoformat("2026-11-23T09:00:00+08:00") in starts
        assert all(e.decoded("DTEND") - e.decoded("DTSTART") == timedelta(minutes=150) for e in mondays)
        assert len(mondays) == 14
        uids = [str(e["UID"]) for e in calendar.walk("VEVENT")]
        assert len(uids) == len(set(uids)) > 100
        assert "理发、修电动车、磨刀" in str(mondays[0]["DESCRIPTION"])

    def test_is_folded_and_ended_as_the_standard_asks(self, visitor, happenings):
        _, page = self.read(visitor)
        lines = page.body.split(b"\r\n")
        assert max(len(line) for line in lines) <= 75
        assert lines[-1] == b""
        assert b"\n" not in page.body.replace(b"\r\n", b"")

    def test_says_which_day_is_cancelled(self, visitor, happenings, box, clock):
        with box.database.write() as tx:
            held = events.day_of(tx, happenings.day(TALK), "zh")
            events.cancel_day(tx, box.centre, Asked(clock(), 6), held.event_id, held.on, "停电")
        calendar, _ = self.read(visitor)
        talks = {e.decoded("DTSTART").date(): e for e in calendar.walk("VEVENT") if e["SUMMARY"] == TALK}
        assert str(talks[date(2026, 11, 26)]["STATUS"]) == "CANCELLED"
        assert str(talks[date(2026, 12, 3)]["STATUS"]) == "CONFIRMED"
        assert "停电" in str(talks[date(2026, 11, 26)]["DESCRIPTION"])

    def test_tells_that_an_event_was_changed_and_when(self, visitor, happenings, box, clock):
        def talk():
            calendar, _ = self.read(visitor)
            return next(e for e in calendar.walk("VEVENT") if e["SUMMARY"] == TALK)

        before = talk()
        later = clock.forward(minutes=5)
        with box.database.write() as tx:
            held = events.day_of(tx, happenings.day(TALK), "zh")
            events.cancel_day(tx, box.centre, Asked(clock(), 6), held.event_id, held.on, "停电")
        assert talk()["SEQUENCE"] == before["SEQUENCE"] + 1
        assert before.decoded("LAST-MODIFIED") < talk().decoded("LAST-MODIFIED") == later
        assert talk()["UID"] == before["UID"]

    def test_no_two_centres_have_the_same_name_for_an_event(self, visitor, happenings, box):
        calendar, _ = self.read(visitor)
        ours = {str(e["UID"]).partition("@")[2] for e in calendar.walk("VEVENT")}
        assert ours == {box.centre.address}
        assert structs.replace(box.centre, secret=b"another").address not in ours

    def test_of_a_centre_without_events_is_an_empty_calendar(self, visitor):
        calendar, _ = self.read(visitor)
        assert calendar.walk("VEVENT") == []

    def test_a_reader_that_has_it_already_is_told_so(self, visitor, happenings, box, clock):
        _, page = self.read(visitor)
        again = visitor.client.get("/events.ics?anything", headers={"If-None-Match": page.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        with box.database.write() as tx:
            held = events.day_of(tx, happenings.day(TALK), "zh")
            events.cancel_day(tx, box.centre, Asked(clock(), 6), held.event_id, held.on, "停电")
        changed = visitor.client.get("/events.ics", headers={"If-None-Match": page.headers["ETag"]})
        assert changed.status_code == 200

    def test_it_is_written_once_for_a_change_whatever_is_asked(self, visitor, happenings, monkeypatch):
        written, write = [], calendar_feed._written

        def noted():
            written.append(write())
            return written[-1]

        monkeypatch.setattr(calendar_feed, "_written", noted)
        for n in range(5):
            assert visitor.get(f"/events.ics?n={n}").status == 200
        assert len(written) == 1

    def test_who_asks_while_it_is_written_gets_the_one_before(self, visitor, happenings, clock):
        before = self.read(visitor)[1].body
        clock.forward(minutes=11)
        with calendar_feed._ONE_WRITES:
            assert self.read(visitor)[1].body == before
