"""Events at the station: the calendar, signing in and out, what is told and what is never told."""

import pytest
import sqlalchemy as sa

from kiosk import events
from kiosk.asked import Asked
from kiosk.events.tables import event_day, registration
from tests.screens.conftest import MEETING, SHIFT, TALK, WITH_STALLS


def said(page):
    return page.all(".//body")[0].get("data-say")


def links(page, start):
    return [a.get("href") for a in page.all(".//a") if a.get("href", "").startswith(start)]


class TestCalendar:
    def test_home_leads_to_the_events_and_still_offers_six_choices(self, visitor, happenings):
        home = visitor.get("/")
        assert links(home, "/events") == ["/events"]
        assert 1 < len(home.all(".//main//nav//a")) <= 6

    def test_today_comes_first_and_each_event_once(self, visitor, happenings):
        page = visitor.get("/events")
        addresses = links(page, "/events/")
        assert addresses[:2] == [f"/events/{happenings.day(title)}" for title in (SHIFT, WITH_STALLS)]
        assert len(addresses) == 4
        words = page.words()
        assert words.count(SHIFT) == 1
        assert "每天都有" in words
        assert "中心门前广场" in words
        assert "邻里守望服务队" in words
        assert "理发、修电动车、磨刀" in words
        assert "还没有人来" in visitor.get(addresses[0]).words()
        lines = visitor.get(addresses[0]).all(".//p[@class='event__line']")
        assert lines[0].get("data-speak") == "day-1 7 clock dao 2 ten 3 clock 5 ten 9 minute"
        further = visitor.get("/events?page=1")
        assert "倾听666" in further.words()
        assert [href for href in links(further, "/events") if href == "/events"], "the way back"

    def test_an_english_page_names_who_holds_an_event_in_english(self, visitor, happenings):
        visitor.post("/language", {"lang": "en", "back": "/"})
        visitor.get("/events")
        for address in ("/events", f"/events/{happenings.day(SHIFT)}"):
            page = visitor.get(address)
            assert "Good Neighbours team" in page.words()
            assert not any("\u4e00" <= sign <= "\u9fff" for sign in page.words().replace("中文", ""))

    def test_a_cancelled_day_says_why_and_takes_nobody(self, visitor, happenings, box, clock):
        day = happenings.day(TALK)
        with box.database.write() as tx:
            held = events.day_of(tx, day, "zh")
            events.cancel_day(tx, box.centre, Asked(clock(), 6), held.event_id, held.on, "医生临时有事")
        assert "已取消" in visitor.get("/events").words()
        page = visitor.get(f"/events/{day}")
        assert "医生临时有事" in page.words()
        assert links(page, f"/events/{day}/") == []
        refused = visitor.post(f"/events/{day}/register", {"together": "1", "nonce": "n"}, 409)
        assert "医生临时有事" in refused.words()
        assert happenings.rows(registration) == []

    def test_an_event_that_is_over_stands_out_no_longer_and_says_so(self, visitor, happenings, clock):
        day = happenings.day(WITH_STALLS)
        for hours, looks, words in ((0, True, False), (5, False, True)):
            clock.forward(hours=hours)
            (card,) = visitor.get("/events").all(f".//a[@href='/events/{day}']")
            assert ("happening--today" in card.get("class")) is looks
            assert ("已经结束" in "".join(card.itertext())) is words
            assert ("choice-over" in card.get("data-speak").split()) is words

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_what_nobody_need_come_to_is_said_so_too(self, visitor, happenings, box, clock, lang):
        visitor.post("/language", {"lang": lang, "back": "/"})
        talk, over = happenings.day(TALK), happenings.day(WITH_STALLS)
        with box.database.write() as tx:
            held = events.day_of(tx, talk, "zh")
            events.cancel_day(tx, box.centre, Asked(clock(), 6), held.event_id, held.on, "医生临时有事")
        clock.forward(hours=30)
        for day, sentence, stem in ((talk, "event_off", "cancelled"), (over, "event_over", "over")):
            page = visitor.get(f"/events/{day}")
            (line,) = page.all(".//p[@class='event__state']")
            assert (said(page), line.get("data-speak")) == (sentence, f"choice-{stem}")
        (card,) = visitor.get("/events").all(f".//a[@href='/events/{talk}']")
        assert "choice-cancelled" in card.get("data-speak").split()

    def test_an_event_of_another_day_can_only_be_registered_for(self, visitor, happenings):
        day = happenings.day(MEETING)
        page = visitor.get(f"/events/{day}")
        assert links(page, f"/events/{day}/") == [f"/events/{day}/register"]
        assert said(page) == "event_later"
        assert page.attribute("data-event-state") == "later"

    def test_a_week_without_events_says_so(self, visitor):
        page = visitor.get("/events")
        (told,) = page.all(".//p[@class='group__of']")
        assert page.all(".//main//a[@href='/ask']")
        assert "还没有安排活动" in told.text
        assert said(page) == "no_events"

    def test_a_box_that_was_off_for_months_still_shows_today(self, visitor, happenings, clock):
        clock.forward(days=98)
        assert links(visitor.get("/events"), "/events/")

    @pytest.mark.parametrize("address", ["/events/99", "/events/99/sign-in", "/events/99/stalls"])
    def test_what_is_not_there_is_404_at_the_station(self, visitor, happenings, address):
        page = visitor.get(address, 404)
        assert "没有找到" in page.words()
        assert "log-in" not in page.text

    def test_an_old_page_number_shows_the_last_page(self, visitor, happenings):
        assert links(visitor.get("/events?page=99"), "/events/")


class TestStalls:
    def test_a_stall_gives_a_number_today(self, visitor, happenings, hall_tickets):
        day = happenings.day(WITH_STALLS)
        assert links(visitor.get(f"/events/{day}"), f"/events/{day}/stalls")
        page = visitor.get(f"/events/{day}/stalls")
        assert links(page, "/services/") == ["/services/P", "/services/Q", "/services/R"]
        assert visitor.take("P").attribute("data-number") == "P001"
        assert len(hall_tickets()) == 1

    def test_the_seventh_stall_is_a_page_on(self, visitor, happenings, box, clock):
        day = happenings.day(WITH_STALLS)
        with box.database.write() as tx:
            of_day = sa.select(event_day.c.event_id).where(event_day.c.id == day)
            event_id = tx.execute(of_day).scalar_one()
            for code in "STUV":
                stall = events.NewStall(code, f"摊位{code}", (5,), f"Stall {code}")
                events.add_stall(tx, Asked(clock(), 6), event_id, stall)
        assert len(links(visitor.get(f"/events/{day}/stalls"), "/services/")) == 6
        assert links(visitor.get(f"/events/{day}/stalls?page=1"), "/services/") == ["/services/V"]

    def test_a_stall_of_another_day_gives_none(self, visitor, happenings, clock):
        clock.forward(days=1)
        day = happenings.day(WITH_STALLS)
        assert links(visitor.get(f"/events/{day}"), f"/events/{day}/stalls") == []
        visitor.post("/tickets", {"service": "P", "tap": "x"}, 409)
