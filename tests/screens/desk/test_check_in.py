"""The desk through its pages: one answer to every scan, in its colour, and what staff do by hand."""

from datetime import time

import pytest

from kiosk import checkin, events, qr_codes
from kiosk.asked import Asked
from kiosk.checkin.rules import Word
from kiosk.events import tables
from kiosk.screens.desk.scan_result import LOOKS, shown
from kiosk.spool.tables import print_job
from tests.checkin.conftest import Desk
from tests.visitor import Visitor

HX = {"HX-Request": "true"}
PAYMENT = "134567890123456789"
ID_CARD = "110101190001010010"
FOREIGN_CODES = (PAYMENT, ID_CARD, "https://pay.example/f2f0abcdef", "wxp://f2f0abcdef123456")


@pytest.fixture
def hall(box, clock) -> Desk:
    """Events and people behind the pages."""
    return Desk(box, clock)


@pytest.fixture
def desk(app) -> Visitor:
    """Somebody who is logged in at the desk."""
    desk = Visitor(app)
    desk.log_in("desk", "demo-desk")
    return desk


@pytest.fixture
def scanned(desk):
    """Scan as the page does, with a nonce of its own."""
    made = iter(range(1000))

    def scanned(code, **fields):
        form = {"code": code, "nonce": f"test-{next(made)}"} | fields
        return desk.post("/desk/scan", form, 200, headers=HX)

    return scanned


def word(page) -> str:
    assert page.attribute("data-verdict") == page.headers["X-Verdict"]
    return page.headers["X-Verdict"]


def test_a_card_is_signed_in_with_the_full_name_and_can_be_undone(hall, scanned):
    day = hall.event()
    page = scanned(hall.card(hall.person("志愿者甲")), event=str(day))
    assert word(page) == "ok_in"
    assert page.attribute("data-sound") == "ok"
    assert "志愿者甲" in page.words()
    assert page.value("scan") == "1"
    assert hall.counts(day) == (0, 1, 1)


def test_the_same_nonce_is_answered_the_same_and_writes_nothing(hall, scanned):
    card = hall.card(hall.person())
    hall.event()
    first, again = scanned(card, nonce="once"), scanned(card, nonce="once")
    assert word(first) == word(again) == "ok_in"
    assert again.attribute("data-again") == "replay"
    assert again.attribute("data-sound") == "ok", "the first answer may never have arrived"
    assert len(hall.rows()) == 1


def test_a_scanner_that_reads_again_makes_no_sound(hall, scanned, clock):
    card = hall.card(hall.person())
    hall.event()
    scanned(card)
    clock.forward(seconds=2)
    bounced = scanned(card)
    assert word(bounced) == "ok_in"
    assert (bounced.attribute("data-again"), bounced.attribute("data-sound")) == ("bounce", "")


def test_without_javascript_the_answer_is_a_page_to_scan_on_from(hall, desk):
    day, card = hall.event(), hall.card(hall.person())
    page = desk.post("/desk/scan", {"code": card, "nonce": "a", "event": str(day), "direction": "in"}, 200)
    assert word(page) == "ok_in"
    assert page.heading() == "签到台"
    assert page.value("nonce") not in ("", "a")
    assert page.value("event") == str(day), "the next scan is for the same event"
    assert page.all(".//input[@name='code']")[0].get("autofocus") is not None
    assert [one.get("value") for one in page.all(".//input[@checked]")] == ["in"]


def test_a_scan_needs_neither_nonce_nor_event(hall, desk):
    hall.event()
    card = hall.card(hall.person())
    assert word(desk.post("/desk/scan", {"code": card}, 200)) == "ok_in"


def test_a_nonce_of_any_length_is_one_name(hall, scanned):
    hall.event()
    card, other = hall.card(hall.person()), hall.card(hall.person())
    assert word(scanned(card, nonce="n" * 5000)) == "ok_in"
    assert scanned(card, nonce="n" * 5000).attribute("data-again") == "replay"
    assert word(scanned(other, nonce="n" * 4999)) == "ok_in"


def test_spaces_and_an_address_before_the_digits_do_not_matter(hall, scanned, clock):
    hall.event()
    card = hall.card(hall.person())
    assert word(scanned(" ".join(card[at : at + 4] for at in range(0, 24, 4)))) == "ok_in"
    clock.forward(seconds=5)
    assert word(scanned(f"http://192.168.1.9:8000/t/{card}")) == "already_in"


@pytest.mark.parametrize("code", FOREIGN_CODES)
def test_a_foreign_code_is_named_as_one_and_never_shown_back_or_kept(hall, scanned, desk, code):
    page = scanned(code)
    assert word(page) == "misread"
    assert "不是本站的码" in page.words()
    assert "没有保存" in page.words()
    for shown_page in (page, desk.get("/desk"), desk.get("/desk/now")):
        assert code not in shown_page.text
    assert code not in str(hall.rows())


@pytest.mark.parametrize("code", FOREIGN_CODES)
def test_a_foreign_code_typed_without_javascript_is_not_left_in_the_field(desk, code):
    page = desk.post("/desk/scan", {"code": code, "nonce": "x"}, 200)
    assert word(page) == "misread"
    assert code not in page.text


def test_what_was_cut_short_or_glued_together_says_so(hall, scanned):
    card = hall.card(hall.person())
    assert "只读到一部分" in scanned(card[:-1]).words()
    assert "一张一张扫" in scanned(card + card).words()
    assert "请把码放平" in scanned(card[:-1] + str((int(card[-1]) + 1) % 10)).words()
    assert [row.verdict for row in hall.rows()] == ["misread"] * 3


def test_a_code_made_without_our_secret_is_not_ours(scanned):
    page = scanned(qr_codes.issue(qr_codes.CodeKind.VOLUNTEER_CARD, 1, 0, b"another secret"))
    assert word(page) == "forged"
    assert page.attribute("data-sound") == "refused"


@pytest.mark.parametrize("event", ["9999", "abc", "-1", "1" * 40])
def test_a_scan_for_an_event_that_is_none_is_answered_too(hall, scanned, event):
    hall.event()
    page = scanned(hall.card(hall.person()), event=event)
    assert word(page) == "wrong_event"
    assert "请在上面选好活动" in page.words()


def test_too_early_says_from_when(hall, scanned):
    hall.event(starts=time(14))
    page = scanned(hall.card(hall.person()))
    assert word(page) == "too_early"
    assert "13:30开始签到" in page.words()


def test_too_late_says_who_can_still_help(hall, scanned, clock):
    day = hall.event()
    clock.forward(hours=5)
    page = scanned(hall.card(hall.person()), event=str(day))
    assert word(page) == "too_late"
    assert "11:00就结束了" in page.words()


def test_a_full_event_lets_nobody_in(hall, scanned):
    day = hall.event(capacity=1)
    assert word(scanned(hall.card(hall.person()), event=str(day))) == "ok_in"
    page = scanned(hall.card(hall.person()), event=str(day))
    assert word(page) == "full"
    assert "没有签到" in page.words()


def test_a_registration_for_another_event_names_it(hall, scanned):
    here, there = hall.event(), hall.event(title="居民议事", kind=events.EventKind.MEETING)
    slip = hall.register(there, name="来客").token
    page = scanned(slip, event=str(here))
    assert word(page) == "wrong_event"
    assert "居民议事" in page.words()


def test_a_queue_ticket_shows_where_it_stands(scanned, visitor):
    taken = visitor.take()
    page = scanned(_token(taken))
    assert word(page) == "ticket"
    assert "A001还在等候，前面有0人" in page.words()


def test_who_was_away_is_back_in_line(scanned, visitor, clerk):
    taken = visitor.take()
    clerk.post("/counter/1/call-next")
    clerk.post("/counter/1/hold", {"kind": "fetch"})
    page = scanned(_token(taken))
    assert word(page) == "ticket_back"
    assert page.attribute("data-sound") == "ok"


def _token(taken) -> str:
    return next(a.get("href") for a in taken.with_attribute("href") if "/help" in a.get("href", "")).split(
        "/"
    )[2]


def test_a_sign_out_tells_the_minutes(hall, scanned, clock):
    day, card = hall.event(), hall.card(hall.person())
    scanned(card, event=str(day))
    clock.forward(minutes=65)
    page = scanned(card, event=str(day))
    assert word(page) == "ok_out"
    assert "这次65分钟" in page.words()
    assert hall.counts(day) == (0, 1, 0)


def test_only_out_never_signs_in(hall, scanned):
    day = hall.event()
    page = scanned(hall.card(hall.person()), event=str(day), direction="out")
    assert word(page) == "not_in"
    assert hall.counts(day) == (0, 0, 0)


def test_a_scan_that_waited_for_the_server_says_when_it_was(hall, scanned, clock):
    day, card = hall.event(), hall.card(hall.person())
    clock.forward(minutes=10)
    scanned(card, event=str(day), age_ms="300000")
    (stay,) = hall.stays()
    assert (clock() - stay.in_at).total_seconds() == 300
    assert word(scanned(hall.card(hall.person()), event=str(day), age_ms="-5")) == "ok_in"


def test_a_scan_that_says_it_waited_for_hours_counts_only_when_a_person_has_looked(
    hall, scanned, coordinator, clock
):
    day, card = hall.event(), hall.card(hall.person())
    clock.forward(hours=1)
    page = scanned(card, event=str(day), age_ms="3600000")
    assert word(page) == "needs_confirm"
    assert "很久才记上" in page.words()
    clock.forward(seconds=30)
    scanned(card, event=str(day))
    (stay,) = hall.stays()
    assert (stay.status, stay.minutes) == ("pending", 60)
    assert "扫码以后很久才记上" in coordinator.get("/admin/hours").words()


def test_a_sign_out_that_says_it_waited_for_hours_waits_for_a_person_too(hall, scanned, clock):
    day, card = hall.event(), hall.card(hall.person())
    scanned(card, event=str(day))
    clock.forward(minutes=100)
    page = scanned(card, event=str(day), direction="out", age_ms=str(80 * 60 * 1000))
    assert word(page) == "needs_confirm"
    assert "很久才记上" in page.words()
    assert [(stay.status, stay.minutes) for stay in hall.stays()] == [("pending", 20)]


def test_a_clock_that_fell_back_asks_for_a_person_until_it_is_said_to_be_right(hall, scanned, desk, clock):
    day = hall.event()
    clock.forward(minutes=30)
    scanned(hall.card(hall.person()), event=str(day))
    clock.forward(minutes=-20)
    page = scanned(hall.card(hall.person()), event=str(day))
    assert word(page) == "needs_confirm"
    assert "请把时间调对" in page.words()
    desk.post("/desk/clock", {"event": str(day)})
    assert word(scanned(hall.card(hall.person()), event=str(day))) == "ok_in"


def test_an_undo_wants_a_reason_and_is_a_row_of_its_own(hall, scanned, desk):
    day = hall.event()
    undo_id = scanned(hall.card(hall.person()), event=str(day)).value("scan")
    refused = desk.post("/desk/undo", {"scan": undo_id, "reason": " "}, 400, headers=HX)
    assert "原因" in refused.words()
    assert hall.counts(day) == (0, 1, 1)
    page = desk.post("/desk/undo", {"scan": undo_id, "reason": "扫错了人"}, 200, headers=HX)
    assert word(page) == "undone"
    assert hall.counts(day) == (0, 0, 0)
    assert [(row.verdict, row.reason) for row in hall.rows()] == [("ok_in", ""), ("undone", "扫错了人")]


def test_an_undo_after_fifteen_minutes_is_refused_with_the_way_out(hall, scanned, desk, clock):
    day = hall.event()
    undo_id = scanned(hall.card(hall.person()), event=str(day)).value("scan")
    clock.forward(minutes=16)
    page = desk.post("/desk/undo", {"scan": undo_id, "reason": "扫错了人"}, 409, headers=HX)
    assert "服务时长" in page.words()
    assert page.with_attribute("data-verdict") == []
    assert hall.counts(day) == (0, 1, 1)
    assert not desk.get("/desk").all(".//form[@action='/desk/undo']"), "nothing offers it any more"


def test_the_page_counts_and_lists_the_last_ten_scans_of_this_desk_alone(hall, scanned, desk, app):
    day = hall.event()
    hall.register(day, name="来客")
    for n in range(11):
        scanned(hall.card(hall.person(f"志愿者甲{n}")), event=str(day))
    page = desk.get(f"/desk?event={day}")
    counted = {one.get("data-count"): "".join(one.itertext()) for one in page.with_attribute("data-count")}
    assert counted == {"registered": "1", "signed-in": "11", "inside": "11"}
    assert len(page.with_attribute("data-scanned")) == 10
    assert "志愿者甲10" in page.words()
    other = Visitor(app)
    other.log_in("clerk1", "demo-clerk")
    assert not other.get(f"/desk?event={day}").with_attribute("data-scanned")


def test_the_page_without_a_choice_counts_every_event_of_today(hall, scanned, desk):
    first, second = hall.event(), hall.event(title="居民议事")
    scanned(hall.card(hall.person()), event=str(second))
    rows = desk.get("/desk").all(".//tr[@data-event]")
    counted = {row.get("data-event"): [cell.text for cell in row] for row in rows}
    assert counted == {str(first): ["便民生活日", "0", "0", "0"], str(second): ["居民议事", "0", "1", "1"]}


def test_a_poll_answers_204_until_somebody_comes_or_registers(hall, scanned, desk):
    day = hall.event()
    v = desk.get(f"/desk?event={day}").attribute("data-v")
    assert desk.get(f"/desk/now?event={day}&v={v}", 204).text == ""
    hall.register(day, name="来客")
    page = desk.get(f"/desk/now?event={day}&v={v}")
    v = page.attribute("data-v")
    desk.get(f"/desk/now?event={day}&v={v}", 204)
    scanned(hall.card(hall.person()), event=str(day))
    assert desk.get(f"/desk/now?event={day}&v={v}").attribute("data-v") != v


def test_a_page_left_open_overnight_says_that_the_event_is_over(hall, desk, clock):
    day = hall.event()
    v = desk.get(f"/desk?event={day}").attribute("data-v")
    clock.forward(days=1)
    desk.log_in("desk", "demo-desk")
    assert "这不是今天的活动" in desk.get(f"/desk/now?event={day}&v={v}").words()


def test_a_cancelled_day_is_not_offered_and_says_why_when_it_is_open(hall, desk, clock):
    event_id = hall.event_id()
    day = hall.read(hall._today_of, event_id)
    hall.write(events.cancel_day, hall.box.centre, Asked(clock(), 6), event_id, clock().date(), "下大雨")
    assert not desk.get("/desk").all(f".//a[@data-day='{day}']")
    assert "下大雨" in desk.get(f"/desk?event={day}").words()


def test_staff_find_people_by_name_or_phone_and_sign_them_in_and_out(hall, desk, clock):
    day = hall.event()
    person = hall.person("志愿者乙", [hall.team()])
    page = desk.post("/desk/search", {"text": "志愿者", "event": str(day)}, 200, headers=HX)
    assert page.headers["Cache-Control"] == "no-store"
    assert "志愿者乙" in page.words()
    assert "理发服务队" in page.words()
    form = {"person": str(person), "event": str(day)}
    page = desk.post("/desk/sign-in", form | {"direction": "in", "nonce": "a"}, 200, headers=HX)
    assert word(page) == "ok_in"
    clock.forward(minutes=30)
    page = desk.post("/desk/sign-in", form | {"direction": "out", "nonce": "b"}, 200, headers=HX)
    assert word(page) == "ok_out"
    assert hall.counts(day) == (0, 1, 0)


def test_a_search_without_javascript_is_the_whole_page(hall, desk):
    hall.person("志愿者乙")
    page = desk.post("/desk/search", {"text": "志愿者乙"}, 200)
    assert page.heading() == "签到台"
    assert "找到1人" in page.words()
    buttons = page.all(".//form[@action='/desk/sign-in']/button")
    assert [one.get("disabled") for one in buttons] == ["", ""], "no event is chosen"


@pytest.mark.parametrize("text", ["", "志", " 志 "])
def test_one_character_finds_nobody(hall, desk, text):
    hall.person("志愿者乙")
    page = desk.post("/desk/search", {"text": text}, 200, headers=HX)
    assert "志愿者乙" not in page.words()
    assert page.all(".//p[@class='fault']")


def test_nobody_is_signed_in_by_hand_without_an_event(hall, desk):
    person = hall.person()
    page = desk.post("/desk/sign-in", {"person": str(person), "nonce": "a"}, 409, headers=HX)
    assert "请先在上面选好活动" in page.words()
    assert hall.rows() == []


def test_a_walk_in_is_registered_signed_in_and_given_a_slip_once(hall, desk):
    day = hall.event()
    form = {"event": str(day), "nonce": "w", "name": "来客", "tail": "0011"}
    for _ in range(2):
        assert word(desk.post("/desk/walk-in", form, 200, headers=HX)) == "ok_in"
    assert hall.counts(day) == (1, 1, 1)
    assert len(hall.rows(tables.registration)) == 1
    assert len(hall.rows(print_job)) == 1


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"name": ""}, 400), ({"name": "来客", "tail": "12"}, 400), ({"name": "来" * 17}, 400),
     ({"name": "来客", "event": "9999"}, 404), ({"name": "来客", "event": ""}, 409)],
)  # fmt: skip
def test_a_bad_walk_in_writes_nothing(hall, desk, fields, status):
    day = hall.event()
    page = desk.post("/desk/walk-in", {"event": str(day), "nonce": "w"} | fields, status, headers=HX)
    assert page.all(".//p[@class='verdict__do']")
    assert hall.rows(tables.registration) == hall.rows() == []


def test_people_who_only_look_are_counted(hall, desk):
    day = hall.event()
    page = desk.post("/desk/visitors", {"event": str(day), "nonce": "v", "people": "4"}, 200, headers=HX)
    assert word(page) == "ok_in"
    assert hall.counts(day) == (0, 4, 4)
    desk.post("/desk/visitors", {"event": str(day), "nonce": "x", "people": "viele"}, 400, headers=HX)
    assert hall.counts(day) == (0, 4, 4)


@pytest.mark.parametrize("name", ["desk", "clerk1", "admin"])
def test_desk_clerks_and_admin_may_scan(app, name):
    someone = Visitor(app)
    someone.log_in(name, {"desk": "demo-desk", "admin": "demo-admin"}.get(name, "demo-clerk"))
    assert word(someone.post("/desk/scan", {"code": "1", "nonce": name}, 200)) == "misread"


def test_nobody_scans_without_a_log_in(visitor, hall):
    for method, address in (
        ("get", "/desk"),
        ("get", "/desk/now"),
        ("post", "/desk/scan"),
        ("post", "/desk/search"),
    ):
        page = getattr(visitor, method)(address, status=303)
        assert page.headers["Location"].startswith("/log-in?next=/desk")
    assert hall.rows() == []


def test_who_belongs_to_the_desk_lands_there(app):
    assert Visitor(app).log_in("desk", "demo-desk").headers["Location"] == "/desk"
    assert Visitor(app).log_in("clerk1", "demo-clerk").headers["Location"] == "/counter"


def test_an_unknown_event_is_a_page_that_leads_back(desk):
    page = desk.get("/desk?event=9999", 404)
    assert page.all(".//a[@href='/desk']")
    desk.get("/desk?event=abc", 400)


def test_every_verdict_has_a_look_a_word_and_something_to_do(app, clock):
    assert set(LOOKS) == set(Word)
    with app.test_request_context():
        answers = [shown(checkin.Verdict(one, clock(), opens_at=clock(), ends_at=clock())) for one in Word]
    silent = {answer.verdict.word for answer in answers if not answer.said}
    assert silent == {Word.OK_IN, Word.OK_OUT, Word.TICKET, Word.TICKET_BACK}, "a ticket says where it stands"
    assert {answer.fades_s for answer in answers if answer.look.look == "bad"} == {10}
    assert {answer.fades_s for answer in answers if answer.look.look != "bad"} == {5}


def test_green_is_for_what_was_done_alone():
    green = {one for one, look in LOOKS.items() if look.look == "ok"}
    assert green == {Word.OK_IN, Word.OK_OUT, Word.TICKET_BACK}
