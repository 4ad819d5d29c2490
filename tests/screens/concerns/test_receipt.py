"""The receipt's page on a phone: the reply, and whether it is solved; never what was said."""

import io
import re

from kiosk import concerns, ratings, spool
from kiosk.asked import Asked
from kiosk.concerns import Hand, Outcome, Reply
from printing.printer_process import Setup


def reply(box, clock, number="S0001") -> None:
    with box.database.write() as tx:
        said = Reply(Outcome.SOLVED, "灯换好了，您再看看")
        concerns.settle(tx, box.centre, Hand(Asked(clock(), 2), True), int(number[1:]), said)


def test_the_receipts_page_tells_the_reply_and_no_word_that_was_said(visitor, box, clock):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a", "words": "三楼老李家门口"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    assert "老李" not in visitor.get(f"/t/{token}").text
    reply(box, clock)
    page = visitor.get(f"/t/{token}")
    assert page.attribute("data-state") == "answered"
    assert "灯换好了" in page.words()
    assert "老李" not in page.text
    again = visitor.get(visitor.post(f"/t/{token}/answer", {"solved": "half"}).headers["Location"])
    assert again.attribute("data-state") == "open"
    visitor.post(f"/t/{token}/answer", {"solved": "half"})  # a second press changes nothing
    visitor.post(f"/t/{token}/answer", {"solved": "maybe"}, 400)


def test_opening_the_page_changes_nothing(visitor, box, clock):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    reply(box, clock)
    for address in (f"/t/{token}", f"/t/{token}?solved=yes", f"/concerns/slip/{token}"):
        visitor.get(address)
    assert visitor.client.get(f"/t/{token}/answer").status_code == 405
    assert visitor.get(f"/t/{token}").attribute("data-state") == "answered"


def test_an_answer_takes_one_face_a_round_and_no_visits_share_counts_it(visitor, box, clock):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    visitor.post(f"/t/{token}/rating", {"grade": "5"}, 409)
    reply(box, clock)
    assert len(visitor.get(f"/t/{token}").all(".//button[@name='grade']")) == 5
    visitor.post(f"/t/{token}/answer", {"solved": "no"})
    rated = visitor.get(visitor.post(f"/t/{token}/rating", {"grade": "2"}).headers["Location"])
    assert rated.attribute("data-rated") == "2"
    visitor.post(f"/t/{token}/rating", {"grade": "5"}, 409)
    visitor.post(f"/concerns/slip/{token}/rating", {"grade": "9"}, 400)
    clock.forward(days=1)
    with box.database.write() as tx:
        said = Reply(Outcome.SOLVED, "换了新灯")
        concerns.answer(tx, box.centre, Hand(Asked(clock(), 2), True), 1, said)
    visitor.post(f"/concerns/slip/{token}/answer", {"solved": "yes"})
    assert visitor.get(f"/concerns/slip/{token}").all(".//button[@name='grade']") == []
    again = visitor.get(f"/concerns/slip/{token}?done=yes")
    assert len(again.all(".//button[@name='grade']")) == 5
    visitor.post(f"/concerns/slip/{token}/rating", {"grade": "5"})
    today = box.centre.day(clock())
    with box.database.read() as tx:
        assert [ratings.grade_of_answer(tx, 1, number) for number in (0, 1)] == [2, 5]
        assert ratings.figures(tx, today, today, ratings.By.SERVICE).whole.n == 0


def test_a_receipt_of_nobody_is_told_apart_from_one_of_another_kind(visitor):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    wrong = token[:8] + ("0" if token[8] != "0" else "1") + token[9:]
    visitor.get(f"/t/{wrong}", 404)
    visitor.take("A")
    visitor.get(f"/t/{token}")


def test_a_receipt_adds_ten_lines_a_day_then_a_person_is_asked(visitor, box, clock):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    for _ in range(10):
        visitor.post(f"/t/{token}/more", {"words": "还" * 900})
    assert "服务台" in visitor.post(f"/t/{token}/more", {"words": "还没修"}, 409).words()
    with box.database.read() as tx:
        kept = [one.note for one in concerns.lines_of(tx, 1) if one.verb == concerns.Verb.SAY_MORE]
    assert kept == ["还" * 300] * 10
    clock.forward(days=1)
    visitor.post(f"/t/{token}/more", {"words": "还没修"})


def test_a_receipt_of_yesterdays_reprint_says_when_it_was_and_what_to_do(visitor, clerk, clock):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    page = clerk.get("/concerns/1")
    assert "旧的那张就不能用了" in page.words()
    clerk.post("/concerns/1/reprint")
    clock.forward(days=1)
    for address in (f"/t/{token}", f"/concerns/slip/{token}"):
        page = visitor.get(address, 404)
        assert "2026-11-23 09:00补打过" in page.words()
        assert "请到服务台再打一张" in page.words()
    visitor.post(f"/t/{token}/withdraw", status=404)
    assert page.heading() == "这是旧小票"
    clerk.log_in("clerk1", "demo-clerk")
    assert "补打了小票" in clerk.get("/concerns/1").words()


def test_without_a_printer_no_receipt_is_voided_and_staff_are_told_so(visitor, clerk, box):
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(box.now(), 1), box.settings, Setup("off:"))
    page = clerk.get("/concerns/1")
    assert "没有打印机" in page.words()
    assert "S0001抄给他" in page.words()
    assert not page.all(".//form[@action='/concerns/1/reprint']")
    clerk.post("/concerns/1/reprint")  # a page of before
    visitor.get(f"/t/{token}")
    assert "补打了小票" not in clerk.get("/concerns/1").words()


def test_who_left_no_number_is_not_told_that_she_will_be_called(visitor):
    left = {"phone": "13800001234", "title": "auntie"}
    for form, told in (({"tap": "a"}, "没有留电话"), ({"tap": "b"} | left, "我们打电话找您")):
        taken = visitor.post("/concerns", {"category": "lights"} | form)
        page = visitor.get(f"/t/{re.findall('[0-9]{24}', taken.headers['Location'])[0]}")
        (asked,) = page.all(".//label[@for='words']")
        assert told in asked.text
        assert (page.all(".//textarea[@required]") == []) == ("phone" in form)


def test_the_holder_deletes_the_voice_and_the_matter_goes_on(visitor, clerk):
    voice = (io.BytesIO(b"OggS" + b"v" * 3000), "voice.ogg")
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a", "voice": voice})
    token = re.findall("[0-9]{24}", taken.headers["Location"])[0]
    assert "删掉我的录音和手写" in visitor.get(f"/t/{token}").words()
    page = visitor.get(visitor.post(f"/t/{token}/wipe").headers["Location"])
    assert "您的录音和手写删掉了" in page.words()
    assert "删掉我的录音和手写" not in page.words()
    assert page.attribute("data-state") == "new"
    assert not clerk.get("/concerns/1").all(".//audio")
