"""A service's page: what to bring, what is missing, who may go first, why it is shut."""

from datetime import date
from urllib.parse import quote

from kiosk import services
from kiosk.asked import Asked


def test_what_to_bring_differs_for_oneself_and_for_someone_else(visitor):
    own, other = visitor.get("/services/A"), visitor.get("/services/A?for=other")
    assert "身份证" in own.words()
    assert "代办人身份证" not in own.words()
    assert "代办人身份证" in other.words()
    assert other.value("for_someone_else") == "1"


def test_who_comes_for_somebody_else_sees_her_own_papers_first(visitor):
    said = visitor.get("/services/B?for=other").words()
    assert said.index("代办人身份证") < said.index("户口本")


def test_five_things_at_most_are_pressed_before_the_number_and_one_step_leads_back(visitor):
    (main,) = visitor.get("/services/B").all(".//main")
    pressed = [one for kind in ("a", "button") for one in main.iter(kind) if one.get("hidden") is None]
    assert len([one for one in pressed if "返回" not in "".join(one.itertext())]) == 5
    assert len(pressed) == 6
    assert [one.get("type") for one in main.iter("input")] == ["hidden", "hidden"]


def test_a_reason_to_go_first_is_pressed_kept_and_taken_back(visitor):
    page = visitor.get("/services/B")
    reasons = visitor.get(page.link_to("可以优先"))
    chosen = visitor.get(reasons.link_to("残疾人"))
    other = visitor.get(chosen.link_to("替别人办"))
    for seen in (chosen, other, visitor.get(other.link_to("缺东西"))):
        assert seen.value("priority") == "disabled"
    assert other.value("for_someone_else") == "1"
    again = visitor.get(other.link_to("残疾人"))
    (on,) = again.all(".//a[@aria-current='true']")
    assert "残疾人" in "".join(on.itertext())
    back = visitor.get(again.link_to("不用优先"))
    assert back.all(".//input[@name='priority']") == []
    assert back.value("for_someone_else") == "1"


def test_each_reason_to_go_first_says_its_own_minutes(visitor):
    said = visitor.get("/services/B?step=priority").words()
    for one in ("70岁以上早到15分钟", "残疾人早到20分钟", "军人早到15分钟"):
        assert one in said


def test_who_lacks_something_may_ask_fetch_it_or_take_a_number_anyway(visitor, hall_tickets):
    page = visitor.get("/services/B?step=lacking&for=other&priority=elder")
    form = {name: page.value(name) for name in ("service", "tap", "for_someone_else", "priority")}
    visitor.post("/tickets", form)
    (row,) = hall_tickets()
    assert (row["priority_code"], row["for_someone_else"]) == ("elder", True)
    assert page.all(".//form[@action='/leave']")
    assert visitor.get("/services/B?step=nonsense&priority=none").all(".//input[@name='priority']") == []


def test_a_closed_service_says_why_and_offers_no_number(visitor, box, clock, hall_tickets):
    tap = visitor.get("/services/A").value("tap")
    with box.database.write() as tx:
        services.close_service(
            tx, Asked(clock(), 1), "A", "系统维护到下午两点", "Closed until 2 pm", date(2026, 11, 23)
        )
    page = visitor.get("/services/A")
    assert "系统维护到下午两点" in page.words()
    assert page.all(".//form[@action='/tickets']") == []
    assert "系统维护到下午两点" in visitor.get("/").words()
    refused = visitor.post("/tickets", {"service": "A", "tap": tap}, 409)
    assert "系统维护到下午两点" in refused.words()
    assert hall_tickets() == []


def test_a_service_closed_in_chinese_is_closed_in_english_too(visitor, box, clock, hall_tickets):
    with box.database.write() as tx:
        services.close_service(tx, Asked(clock(), 1), "B", "停电", "", date(2026, 11, 23))
    visitor.post("/language", {"lang": "en", "back": "/"})
    visitor.post("/tickets", {"service": "B", "tap": "x"}, 409)
    assert hall_tickets() == []


def test_a_services_page_leads_back_to_the_page_that_led_to_it(visitor, box, clock):
    for address in ("/services?group=pension", "/letters?first=G"):
        page = visitor.get(visitor.get(address).link_to("高龄补贴"))
        assert page.link_to("返回") == address
        chosen = visitor.get(visitor.get(page.link_to("可以优先")).link_to("残疾人"))
        other = visitor.get(chosen.link_to("替别人办"))
        assert other.link_to("返回") == address
        assert visitor.get(visitor.get(other.link_to("缺东西")).link_to("返回")).link_to("返回") == address
    assert visitor.get(visitor.get("/").link_to("养老保险资格认证")).link_to("返回") == "/"
    for elsewhere in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        assert visitor.get(f"/services/B?back={quote(elsewhere)}").link_to("返回") == "/"
    with box.database.write() as tx:
        services.close_service(tx, Asked(clock(), 1), "B", "停电", "", date(2026, 11, 23))
    shut = visitor.get("/services/B?back=/services?group=pension")
    assert not shut.all(".//form[@id='take']")
    assert shut.link_to("返回") == "/services?group=pension"
