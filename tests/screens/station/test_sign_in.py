"""Signing in and out at the station."""

import re
from datetime import timedelta
from typing import Any

import pytest

from kiosk import checkin, events, people
from kiosk.asked import Asked
from kiosk.checkin.tables import scan, sign_in
from kiosk.events.tables import registration
from kiosk.people.lookups import LIMITS, LookUps, TooManyLookUps
from kiosk.screens.station.parts.sign_in_result import BY_WAY, LOOKS
from kiosk.speech import SENTENCES
from kiosk.spool.tables import print_job
from printing.slips import unpack
from tests.screens.conftest import MEETING, SHIFT, TALK, WITH_STALLS


def said(page):
    return page.all(".//body")[0].get("data-say")


def links(page, start):
    return [a.get("href") for a in page.all(".//a") if a.get("href", "").startswith(start)]


def answer(visitor, address, form):
    """Post, and land on the page that tells the answer."""
    return visitor.get(visitor.post(address, form).headers["Location"])


def slip_of(happenings) -> Any:
    """The one slip that was put on the spool."""
    (job,) = happenings.rows(print_job)
    assert job.kind == "sign_in"
    return unpack(job.kind, job.slip)


def sign(visitor, day, digits, way="sign-in"):
    """Sign in or out by four digits and the first name that is offered."""
    address = f"/events/{day}/{way}"
    page = visitor.press(digits, address)
    fields = {name: page.value(name) for name in ("digits", "person", "nonce")}
    return answer(visitor, address, fields)


class TestFourDigits:
    def test_lead_to_a_masked_name_and_a_sign_in(self, visitor, happenings):
        day, mine = happenings.day(SHIFT), happenings.person()
        page = visitor.press("0417", f"/events/{day}/sign-in")
        assert [b.get("data-person") for b in page.with_attribute("data-person")] == ["王*"]
        assert "小明" not in page.text
        assert visitor.get(f"/events/{day}").heading() in page.words()
        told = sign(visitor, day, "0417")
        assert told.heading() == "签到好了"
        assert said(told) == "signed_in"
        assert "王*" in told.words()
        assert "小明" not in told.text
        assert told.attribute("data-came") == "1"
        (row,) = happenings.rows(sign_in)
        assert (row.person_id, row.event_day_id, row.status) == (mine, day, "inside")
        assert happenings.rows(scan)[0].staff_id is None

    def test_sign_out_again_and_tell_how_long_it_was(self, visitor, happenings, clock):
        day = happenings.day(SHIFT)
        happenings.person()
        sign(visitor, day, "0417")
        clock.forward(minutes=130)
        told = sign(visitor, day, "0417", "sign-out")
        assert told.heading() == "签退好了"
        assert "2小时10分钟" in told.words()
        assert told.attribute("data-say-number") == "served two hours ten minutes"
        assert happenings.rows(sign_in)[0].minutes == 130

    def test_who_is_inside_already_sees_the_button_that_she_is_told_of(self, visitor, happenings, clock):
        day, meeting = happenings.day(SHIFT), happenings.day(MEETING)
        happenings.person()
        assert f"/events/{day}/sign-out" in links(visitor.get(f"/events/{day}"), "/events")
        assert f"/events/{meeting}/sign-out" not in links(visitor.get(f"/events/{meeting}"), "/events")
        sign(visitor, day, "0417")
        clock.forward(minutes=1)
        told = sign(visitor, day, "0417")
        assert told.heading() == "您已经签到了"
        assert "请按“我要走了”" in told.words()
        assert f"/events/{day}/sign-out" in links(told, "/events")

    def test_a_second_press_of_the_same_button_signs_in_once(self, visitor, happenings):
        day = happenings.day(SHIFT)
        happenings.person()
        page = visitor.press("0417", f"/events/{day}/sign-in")
        fields = {name: page.value(name) for name in ("digits", "person", "nonce")}
        for _ in range(2):
            assert answer(visitor, f"/events/{day}/sign-in", fields).heading() == "签到好了"
        assert len(happenings.rows(sign_in)) == 1
        assert len(happenings.rows(scan)) == 1

    def test_show_five_names_at_most_and_nothing_that_tells_of_a_sixth(self, visitor, happenings):
        day = happenings.day(SHIFT)
        for n, family in enumerate("赵钱孙李周吴郑"):
            happenings.person(f"{family}小明", f"1381234{n}417"[:7] + "0417")
        page = visitor.press("0417", f"/events/{day}/sign-in")
        names = [b.get("data-person") for b in page.with_attribute("data-person")]
        assert names == ["赵*", "钱*", "孙*", "李*", "周*"]
        assert not re.search("吴|郑|更多|还有", page.words())

    def test_two_of_one_family_name_and_ending_are_not_guessed_between(self, visitor, happenings):
        day = happenings.day(SHIFT)
        happenings.person("王小明", "13812340417")
        happenings.person("王大力", "13912340417")
        happenings.person("李小红", "13712340417")
        page = visitor.press("0417", f"/events/{day}/sign-in")
        assert [b.get("data-person") for b in page.with_attribute("data-person")] == ["李*"]
        assert "请扫卡" in page.words()

    def test_an_unknown_ending_says_what_to_do(self, visitor, happenings):
        day = happenings.day(SHIFT)
        page = visitor.press("9999", f"/events/{day}/sign-in")
        assert page.heading() == "没有找到"
        assert said(page) == "nobody_found"
        assert page.words().count("我第一次来") == 2, "named, and there to be pressed"
        assert "我第一次来" not in visitor.press("9999", f"/events/{day}/sign-out").words(), "nor named there"

    def test_a_person_with_other_digits_is_not_opened_by_an_id(self, visitor, happenings):
        day, mine = happenings.day(SHIFT), happenings.person()
        form = {"digits": "9999", "person": str(mine), "nonce": "n"}
        visitor.post(f"/events/{day}/sign-in", form, 404)
        assert happenings.rows(sign_in) == []

    @pytest.mark.parametrize("digits", ["04a7", "٠٤١٧", "-417", "041704170417"])
    def test_what_is_no_four_digits_is_400(self, visitor, happenings, digits):
        visitor.post("/digits", {"digits": digits, "back": f"/events/{happenings.day(SHIFT)}/sign-in"}, 400)
        visitor.get(f"/events/{happenings.day(SHIFT)}/sign-in?typed={digits}", 400)

    def test_a_whole_telephone_number_is_no_four_digits(self, visitor, happenings):
        here = f"/events/{happenings.day(SHIFT)}/sign-in"
        visitor.get(visitor.post("/digits", {"digits": "04175", "back": here}).headers["Location"], 400)

    def test_nobody_is_looked_up_for_an_event_that_is_not_open(self, visitor, happenings):
        happenings.person()
        page = visitor.press("0417", f"/events/{happenings.day(MEETING)}/sign-in", 409)
        assert "王" not in page.words()

    def test_a_phone_on_the_network_looks_nobody_up_and_signs_nobody_in(self, visitor, happenings):
        day, mine = happenings.day(SHIFT), happenings.person()
        visitor.client.environ_base = {"REMOTE_ADDR": "192.168.1.20"}
        page = visitor.press("0417", f"/events/{day}/sign-in")
        assert "还没有开通" in page.words()
        assert "王" not in page.words()
        for form in ({"visitors": "1", "nonce": "n"}, {"code": happenings.card(mine)}):
            visitor.post(f"/events/{day}/sign-in", form, 403)
        visitor.post("/slips/scan", {"code": happenings.card(mine)}, 403)
        assert happenings.rows(sign_in) == []

    def test_looking_up_too_often_is_429_and_works_again_later(self, visitor, happenings, clock):
        address = f"/events/{happenings.day(SHIFT)}/sign-in"
        happenings.person()
        for n in range(20):
            visitor.press(f"{n:04d}", address)
        page = visitor.press("0417", address, 429)
        assert said(page) == "too_fast"
        assert "王" not in page.words()
        clock.forward(minutes=1)
        assert visitor.press("0417", address).with_attribute("data-person")

    def test_guessing_ids_is_limited_as_looking_up_is(self, visitor, happenings):
        day = happenings.day(SHIFT)
        for n in range(20):
            form = {"digits": f"{n + 5000}", "person": "1", "nonce": f"n{n}"}
            visitor.post(f"/events/{day}/sign-in", form, 404)
        visitor.post(f"/events/{day}/sign-in", {"digits": "0101", "person": "1", "nonce": "x"}, 429)

    def test_the_limits_hold_over_an_hour_and_each_terminal_has_its_own(self, clock):
        look_ups, (_, (hour, most)) = LookUps(), LIMITS
        for _ in range(most):
            look_ups.note("a", clock())
            clock.forward(seconds=4)
        with pytest.raises(TooManyLookUps):
            look_ups.note("a", clock())
        look_ups.note("b", clock())
        clock.forward(seconds=(hour - timedelta(seconds=4 * most - 1)).total_seconds())
        look_ups.note("a", clock())


class TestScanned:
    def test_a_card_signs_in_and_later_out_on_the_events_page(self, visitor, happenings, clock):
        day, mine = happenings.day(SHIFT), happenings.person()
        code = happenings.card(mine)
        assert answer(visitor, f"/events/{day}/sign-in", {"code": code}).heading() == "签到好了"
        clock.forward(minutes=30)
        told = answer(visitor, f"/events/{day}/sign-in", {"code": code})
        assert told.heading() == "签退好了"
        assert said(told) == "signed_out"

    def test_a_card_scanned_on_the_home_page_finds_its_event(self, visitor, happenings):
        told = answer(visitor, "/slips/scan", {"code": happenings.card(happenings.person())})
        assert told.heading() == "签到好了"
        assert SHIFT in told.words() or WITH_STALLS in told.words()

    def test_a_card_under_sign_out_signs_out_at_once(self, visitor, happenings, clock):
        day, code = happenings.day(SHIFT), happenings.card(happenings.person())
        told = answer(visitor, f"/events/{day}/sign-out", {"code": code})
        assert told.heading() == "还没有签到"
        answer(visitor, f"/events/{day}/sign-in", {"code": code})
        clock.forward(minutes=5)
        assert answer(visitor, f"/events/{day}/sign-out", {"code": code}).heading() == "签退好了"

    def test_a_scanner_that_reads_twice_signs_in_once(self, visitor, happenings, clock):
        day, code = happenings.day(SHIFT), happenings.card(happenings.person())
        for _ in range(2):
            assert answer(visitor, f"/events/{day}/sign-in", {"code": code}).heading() == "签到好了"
            clock.forward(seconds=1)
        assert len(happenings.rows(scan)) == 1

    def test_a_queue_ticket_scanned_on_the_events_page_shows_that_ticket(self, visitor, happenings):
        token = re.findall("/tickets/([0-9]{24})", visitor.take("A").text)[0]
        page = answer(visitor, f"/events/{happenings.day(SHIFT)}/sign-in", {"code": token})
        assert page.attribute("data-number") == "A001"

    @pytest.mark.parametrize("code", ["", "110101194603074518", "https://pay.example/abc", "1" * 24, "12-3"])
    def test_a_foreign_code_is_told_of_and_kept_nowhere_in_clear(self, visitor, happenings, code):
        told = answer(visitor, f"/events/{happenings.day(SHIFT)}/sign-in", {"code": code})
        assert told.heading() == "没有读清楚"
        assert said(told) == "misread"
        assert happenings.rows(sign_in) == []
        for kept in (told.text, str(happenings.rows(scan))):
            assert not code or code not in kept

    def test_an_old_card_is_refused_and_says_what_to_do(self, visitor, happenings, box, clock):
        mine = happenings.person()
        old = happenings.card(mine)
        with box.database.write() as tx:
            people.leave(tx, Asked(clock(), 6), mine)
        told = answer(visitor, f"/events/{happenings.day(SHIFT)}/sign-in", {"code": old})
        assert told.heading() == "这张不能用了"
        assert "找工作人员" in told.words()


class TestWithoutAName:
    def test_who_just_looks_in_is_counted(self, visitor, happenings):
        day = happenings.day(WITH_STALLS)
        page = visitor.get(f"/events/{day}?more=1")
        nonce = page.value("nonce")
        for _ in range(2):
            told = answer(visitor, f"/events/{day}/sign-in", {"visitors": "1", "nonce": nonce})
        assert told.heading() == "欢迎您！"
        assert said(told) == "welcome"
        assert happenings.counts(day) == (0, 1, 1)

    def test_walking_in_takes_two_fields_and_gives_a_slip(self, visitor, happenings, box):
        day = happenings.day(SHIFT)
        first = visitor.get(f"/events/{day}/register")
        assert said(first) == "how_many"
        assert len(links(first, f"/events/{day}/register?together=")) == 6
        second = visitor.press("4711", f"/events/{day}/register?together=3")
        fields = {name: second.value(name) for name in ("together", "digits", "nonce")}
        for _ in range(2):
            told = answer(visitor, f"/events/{day}/register", fields)
        assert told.heading() == "签到好了"
        assert told.attribute("data-print-state") == "printing"
        assert said(told) == "signed_in_slip"
        assert happenings.counts(day) == (3, 3, 3)
        (row,) = happenings.rows(registration)
        assert (row.people, row.phone_tail, row.name) == (3, "4711", "")
        assert not slip_of(happenings).is_registration

    def test_the_slip_of_who_has_no_name_is_known_again_and_asks_for_no_way_out(
        self, visitor, happenings, clock
    ):
        day = happenings.day(SHIFT)
        visitor.post(f"/events/{day}/register", {"together": "2", "nonce": "n"})
        slip = slip_of(happenings)
        assert not slip.has_sign_out
        clock.forward(minutes=20)
        assert answer(visitor, "/slips/scan", {"code": slip.qr}).heading() == "您已经签到了"
        assert answer(visitor, f"/events/{day}/sign-out", {"code": slip.qr}).heading() == "签退好了"
        assert happenings.counts(day) == (2, 2, 0)

    def test_a_name_put_down_for_later_is_signed_in_by_its_slip_on_the_day(self, visitor, happenings, clock):
        day = happenings.day(TALK)
        told = answer(visitor, f"/events/{day}/register", {"together": "1", "nonce": "n"})
        assert told.heading() == "报名好了"
        assert said(told) == "put_down"
        assert happenings.counts(day) == (1, 0, 0)
        slip = slip_of(happenings)
        assert slip.is_registration
        clock.at = clock.at + timedelta(days=3, hours=5, minutes=30)
        assert answer(visitor, "/slips/scan", {"code": slip.qr}).heading() == "签到好了"
        assert happenings.counts(day) == (1, 1, 1)

    def test_no_place_is_given_twice(self, visitor, happenings, box, clock):
        day = happenings.day(TALK)
        with box.database.write() as tx:
            events.set_capacity(tx, Asked(clock(), 6), day, 2)
        visitor.post(f"/events/{day}/register", {"together": "2", "nonce": "a"})
        assert visitor.get(f"/events/{day}").attribute("data-places") == "0"
        refused = visitor.post(f"/events/{day}/register", {"together": "1", "nonce": "b"}, 409)
        assert "名额已满" in refused.words()
        assert said(refused) == "full"

    @pytest.mark.parametrize(
        "form",
        [
            {},
            {"together": "0", "nonce": "n"},
            {"together": "7", "nonce": "n"},
            {"together": "x", "nonce": "n"},
            {"together": "1"},
            {"together": "1", "nonce": "n" * 65},
            {"together": "1", "nonce": "n", "digits": "12a4"},
        ],
    )
    def test_a_form_that_is_none_of_ours_writes_nothing(self, visitor, happenings, form):
        visitor.post(f"/events/{happenings.day(SHIFT)}/register", form, 400)
        assert happenings.rows(registration) == []

    @pytest.mark.parametrize("form", [{}, {"person": "x", "nonce": "n"}, {"visitors": "1"}])
    def test_a_sign_in_that_is_none_of_ours_writes_nothing(self, visitor, happenings, form):
        visitor.post(f"/events/{happenings.day(SHIFT)}/sign-in", form, 400)
        assert happenings.rows(sign_in) == []

    def test_without_a_printer_the_number_is_told_instead(self, visitor, happenings, box):
        object.__setattr__(box.centre.settings, "printer", "off:")
        told = answer(visitor, f"/events/{happenings.day(TALK)}/register", {"together": "1", "nonce": "n"})
        assert said(told) == "stands"
        assert "请记住报名号" in told.words()
        assert told.all(".//body")[0].get("data-say-number") == "di end-1", "aloud too: nothing else holds it"


class TestForgetting:
    def test_the_answer_stays_while_it_is_looked_at_and_goes_with_the_visit(self, visitor, happenings):
        day = happenings.day(SHIFT)
        happenings.person()
        sign(visitor, day, "0417")
        visitor.post("/language", {"lang": "en", "back": "/events/answer"})
        assert "王*" in visitor.get("/events/answer").words()
        visitor.post("/leave")
        assert visitor.get("/events/answer", 303).headers["Location"] == "/events"

    @pytest.mark.parametrize(
        "address", ["/events", "/events/{}", "/events/{}/sign-in", "/events/{}/register"]
    )
    def test_the_next_page_forgets_it(self, visitor, happenings, address):
        day = happenings.day(SHIFT)
        happenings.person()
        sign(visitor, day, "0417")
        visitor.get(address.format(day))
        visitor.get("/events/answer", 303)


class TestSpoken:
    def test_every_answer_has_a_sentence_of_its_own(self):
        looks = [*LOOKS.values(), *BY_WAY.values()]
        assert {look.said for look in looks} <= set(SENTENCES)
        assert {look.said_without_slip for look in looks if look.said_without_slip} <= set(SENTENCES)
        # a ticket and an undo have pages of their own
        assert set(checkin.Word) - set(LOOKS) == {
            checkin.Word.TICKET, checkin.Word.TICKET_BACK, checkin.Word.UNDONE,
        }  # fmt: skip

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_every_page_says_something(self, visitor, happenings, lang):
        visitor.post("/language", {"lang": lang, "back": "/"})
        day, later = happenings.day(SHIFT), happenings.day(MEETING)
        visitor.press("0101", f"/events/{day}/sign-in")
        for address in (
            "/events",
            f"/events/{day}",
            f"/events/{later}",
            f"/events/{day}/sign-in",
            f"/events/{day}/sign-out?typed=2",
            f"/events/{day}/sign-in?typed=4",
            f"/events/{day}/register",
            f"/events/{day}/register?together=2",
            f"/events/{happenings.day(WITH_STALLS)}/stalls",
        ):
            page = visitor.get(address)
            assert said(page) in SENTENCES, address
            if lang == "en":
                rest = re.sub("中文|邻里守望服务队|便民服务队|社区卫生服务站|[楼网]", "", page.words())
                assert re.findall(r"[\u4e00-\u9fff]+", rest) == [], address
