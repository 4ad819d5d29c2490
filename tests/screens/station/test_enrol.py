"""Who may change something at the station: machines that staff have let in, and nobody else."""

from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa
from msgspec import structs

from kiosk import devices
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.devices import Kind, known
from kiosk.devices.rules import MOST_WRONG
from kiosk.devices.tables import device, device_change
from kiosk.screens.web import devices as web
from kiosk.spool.tables import print_job
from tests.every_address import every_address
from tests.visitor import Visitor

LAPTOP, TABLET = "192.168.1.66", "192.168.1.20"


class Machine(Visitor):
    """A browser at an address of the centre's network, or at the box itself."""

    def __init__(self, app, address=LAPTOP, host="localhost", **headers):
        super().__init__(app, f"http://{host}")
        self.host = host.partition(":")[0]
        self.client.open = partial(self.client.open, base_url=f"http://{host}")
        self.client.environ_base["REMOTE_ADDR"] = address
        self.client.environ_base |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}

    @property
    def token(self):
        found = self.client.get_cookie(web.COOKIE, self.host)
        return found.value if found else ""


@pytest.fixture
def app(real, app_over):
    """None of a demo."""
    return app_over(real)


@pytest.fixture
def code(box, clock):
    def code(kind=Kind.STATION, name="门口的"):
        with box.database.write() as tx:
            return devices.make_code(tx, box.centre, Asked(clock(), 1), kind, name)

    return code


@pytest.fixture
def station(app, code):
    machine = Machine(app, TABLET)
    machine.post("/enrol", {"code": code()})
    return machine


def device_with(box, token):
    return devices.device_with(box.database, token)


def take(machine, status, n=0, **fields):
    return machine.post("/tickets", {"service": "A", "tap": f"tap-{n}"} | fields, status)


def test_a_flood_from_the_network_is_no_ticket_and_no_slip(app, station, hall_tickets, rows):
    laptop = Machine(app)
    for n in range(40):
        page = take(laptop, 403, n, priority="old", another="1")
    assert "自助机" in page.words()
    assert hall_tickets() == []
    assert rows(print_job) == []
    take(station, 303)
    assert len(hall_tickets()) == 1


NO_CENTRES = {"language", "comfort", "leave", "enrol", "keep_digits"}


def test_nothing_of_the_station_can_be_changed_from_the_network(app, station, rows):
    laptop = Machine(app)
    found = [(view, address) for view, address in every_address("POST") if view.startswith("station.")]
    assert len(found) > 10
    for view, address in found:
        if view.rpartition(".")[2].removeprefix("do_") not in NO_CENTRES:
            laptop.post(address, {}, 403)
    assert rows(print_job) == []


def test_lost_slips_and_look_ups_are_for_the_station(app, station, happenings):
    day = happenings.day("邻里守望志愿服务")
    for address in ("/lost", "/lost?service=A"):
        Machine(app).get(address, 403)
        station.get(address)
    laptop = Machine(app)
    for way in ("sign-in", "sign-out", "register"):
        assert "这台机器还没有开通" in laptop.get(f"/events/{day}/{way}").words(), "before she is asked"
    choice = {"person": "1", "digits": "0101", "nonce": "n"}
    laptop.post(f"/events/{day}/sign-in", choice, 403)
    station.press("0101", f"/events/{day}/sign-in")


def test_who_is_not_let_in_sees_at_home_what_to_do_and_can_choose_language_and_large_letters(app, station):
    laptop = Machine(app)
    page = laptop.get("/")
    assert "请找工作人员" in page.words()
    assert page.value("code") == ""
    laptop.post("/language", {"lang": "en", "back": "/"})
    laptop.post("/comfort", {"mode": "text", "back": "/"})
    page = laptop.get("/")
    assert "ask staff" in page.words()
    assert page.all(".//body")[0].get("data-text") == "large"
    assert laptop.get("/home/now?v=1", 204).headers["HX-Refresh"] == "true"


def test_boards_phones_and_cards_stay_open_to_all(app, station):
    take(station, 303)
    address = take(station, 303).headers["Location"]
    token = address.rpartition("/")[2].partition("?")[0]
    for place in ("/board", "/board/now", f"/t/{token}", "/cards", "/events", "/log-in"):
        Machine(app).get(place)


def test_a_code_lets_a_machine_in_and_its_cookie_is_kept_from_scripts_and_other_sites(app, code, box):
    tablet = Machine(app, TABLET)
    answer = tablet.post("/enrol", {"code": code()})
    assert answer.headers["Location"] == "/"
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(web.COOKIE))
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=34560000"} <= set(cookie.split("; "))
    assert tablet.get("/").heading() == "您好，要办什么事？"


@pytest.mark.parametrize(
    ("kind", "place"),
    [(Kind.BOARD, "/board"), (Kind.COUNTER, "/counter"), (Kind.DESK, "/desk"), (Kind.RATING, "/rate")],
)
def test_a_device_of_another_kind_goes_to_its_place_and_takes_no_tickets(app, code, kind, place, station):
    machine = Machine(app, "192.168.1.30")
    assert machine.post("/enrol", {"code": code(kind)}).headers["Location"] == place
    take(machine, 403)


def test_a_wrong_code_says_what_to_do_and_the_address_has_to_wait(app, code, clock):
    right, laptop = code(), Machine(app)
    page = laptop.post("/enrol", {"code": f"{(int(right) + 1) % 1000000:06}"}, 403)
    assert "再按一次" in page.words()
    assert "再试" in laptop.post("/enrol", {"code": right}, 429).words()
    clock.forward(seconds=3)
    laptop.post("/enrol", {"code": right})


def test_a_thousand_guesses_find_no_code_and_write_next_to_nothing(app, code, clock, rows):
    right = code()
    guesses = [f"{(int(right) + n) % 1000000:06}" for n in range(1, 60)]
    for n, guess in enumerate(guesses):
        Machine(app, f"10.0.0.{n}").post("/enrol", {"code": guess}, 403)
    Machine(app, TABLET).post("/enrol", {"code": right}, 403)
    assert len(rows(device_change)) == 1 + MOST_WRONG


def test_digits_are_pressed_one_by_one_without_a_keyboard_and_stand_in_no_address(app, code):
    tablet, digits = Machine(app, TABLET), code()
    for n, digit in enumerate(digits[:5]):
        answer = tablet.post("/enrol", {"code": digits[:n], "key": digit})
        assert answer.headers["Location"] == "/enrol"
        assert tablet.get("/enrol").value("code") == digits[: n + 1]
    tablet.post("/enrol", {"code": digits[:5], "key": "back"})
    assert tablet.get("/enrol").value("code") == digits[:4]
    tablet.post("/enrol", {"code": digits[:4], "key": digits[4]})
    assert tablet.post("/enrol", {"code": digits[:5], "key": digits[5]}).headers["Location"] == "/"


def test_a_script_that_sends_a_wrong_code_is_led_to_the_page_that_says_so_once(app):
    laptop = Machine(app)
    sent = laptop.post("/enrol", {"code": "123456"}, 204, headers={"Linli-Sent": "1"})
    assert sent.headers["Linli-Go-To"] == "/enrol"
    assert "再按一次" in laptop.get("/enrol").words()
    assert "再按一次" not in laptop.get("/enrol").words()


def test_a_device_that_was_put_out_is_refused_at_once(app, station, box, clock):
    take(station, 303)
    known = device_with(box, station.token)
    with box.database.write() as tx:
        devices.revoke(tx, Asked(clock(), 1), known.id)
    take(station, 403, 1)
    assert "请找工作人员" in station.get("/").words()


def test_a_cookie_of_another_centre_opens_nothing(app, station):
    laptop = Machine(app)
    laptop.client.set_cookie(web.COOKIE, "a" * 43)
    take(laptop, 403)
    laptop.client.set_cookie(web.COOKIE, "é€" * 100)
    take(laptop, 403)


def test_a_machine_that_is_let_in_again_leaves_its_old_place(app, station, code, box):
    old = station.token
    station.post("/enrol", {"code": code(Kind.BOARD)})
    assert device_with(box, old) is None
    assert device_with(box, station.token).kind == Kind.BOARD


def test_at_a_new_centre_the_first_browser_at_the_box_is_its_station(app, box):
    at_box = Machine(app, "127.0.0.1", "127.0.0.1:8000")
    take(at_box, 403)
    assert at_box.get("/").heading() == "您好，要办什么事？"
    take(at_box, 303)
    second = Machine(app, "127.0.0.1", "127.0.0.1:8000")
    page = second.get("/")
    assert "开机地址" in page.words()
    take(second, 403, 1)


@pytest.mark.parametrize(
    "machine",
    [
        {"address": LAPTOP},
        {"address": "127.0.0.1", "host": "linli.example"},
        {"address": "127.0.0.1", "x_forwarded_for": LAPTOP},
        {"address": "127.0.0.1", "forwarded": f"for={LAPTOP}"},
        {"address": "127.0.0.1", "via": "1.1 proxy"},
        {"address": "127.0.0.9"},
    ],
)
def test_nobody_else_is_the_first_also_through_a_proxy_on_the_box(app, box, machine, monkeypatch):
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["localhost", "127.0.0.1", "linli.example"])
    page = Machine(app, **machine).get("/")
    assert "请找工作人员" in page.words()
    assert not devices.had_station(box.database)


@pytest.fixture
def start(box, clock):
    with box.database.write() as tx:
        return devices.add_with_start(tx, Asked(clock(), 1), Kind.STATION, "本机")


def test_a_browser_that_forgets_its_cookies_is_let_in_by_its_start_address(app, start, hall_tickets):
    for n in range(3):
        at_box = Machine(app, "127.0.0.1", "127.0.0.1:8000")
        answer = at_box.get(f"/start/{start.token}", 303)
        assert answer.headers["Location"] == "/"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        take(at_box, 303, n, another="1")  # else the guard gives this terminal the same one
        assert at_box.token != start.token
    assert len(hall_tickets()) == 3


def test_a_start_address_works_at_the_box_alone_and_no_longer_than_staff_want(app, start, box, clock):
    laptop = Machine(app)
    assert laptop.get(f"/start/{start.token}", 303).headers["Location"] == "/"
    assert not laptop.token
    at_box = Machine(app, "127.0.0.1")
    at_box.get(f"/start/{start.token[:-1]}x", 303)
    assert not at_box.token
    with box.database.write() as tx:
        devices.revoke(tx, Asked(clock(), 1), start.id)
    at_box.get(f"/start/{start.token}", 303)
    assert not at_box.token


def test_a_start_address_is_in_no_log(app, start, caplog, monkeypatch):
    monkeypatch.setattr(devices, "start_token", None)
    Machine(app, "127.0.0.1").get(f"/start/{start.token}", 500)
    assert caplog.records
    assert start.token not in caplog.text


def test_the_cookie_is_renewed_while_the_device_is_used_and_seldom(app, station, clock, box):
    def renewed():
        answer = station.get("/services/A")
        return any(one.startswith(f"{web.COOKIE}=") for one in answer.headers.getlist("Set-Cookie"))

    assert not renewed()
    clock.forward(hours=2)
    assert renewed()
    assert not renewed()
    with box.database.read() as tx:
        (row,) = devices.devices(tx)
    assert (row.seen_at, row.address) == (clock(), TABLET)


def test_a_disk_that_takes_nothing_does_not_keep_a_page_from_a_device(app, station, clock, monkeypatch):
    clock.forward(hours=2)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(devices, "note_seen", full)
    station.get("/services/A")


def test_what_a_board_says_was_heard_counts_from_a_device_alone(app, code, rows):
    told = {"voice": "on", "spoken": ""}
    Machine(app).post("/board/voice", told, 403)
    board = Machine(app, "192.168.1.40")
    board.post("/enrol", {"code": code(Kind.BOARD)})
    board.post("/board/voice", told, 204)


def test_the_test_picture_of_a_board_says_that_it_is_not_let_in(app, code):
    board = Machine(app, "192.168.1.40")
    assert board.get("/board?test").with_attribute("data-not-enrolled")
    board.post("/enrol", {"code": code(Kind.BOARD)})
    assert not board.get("/board?test").with_attribute("data-not-enrolled")


def test_a_centre_that_goes_over_to_https_finds_its_devices_by_the_cookie_that_they_have(app, code, clock):
    tablet = Machine(app, TABLET)
    tablet.post("/enrol", {"code": code()})
    plain = tablet.token
    clock.forward(hours=2)
    answer = tablet.client.get("/", base_url="https://localhost")
    assert "您好，要办什么事？" in answer.text
    (cookie,) = [one for one in answer.headers.getlist("Set-Cookie") if web.COOKIE in one]
    assert cookie.startswith(f"__Host-{web.COOKIE}={plain};")
    assert "Secure" in cookie


def test_in_the_demo_every_browser_on_this_machine_is_enrolled_and_no_other(box, app_over):
    demo = app_over(box)
    take(Machine(demo, "127.0.0.1"), 303)
    take(Machine(demo, LAPTOP), 403, 1)
    take(Machine(demo, "127.0.0.1", x_forwarded_for=LAPTOP), 403, 2)


@pytest.fixture
def with_phones(real, app_over):
    settings = replace(real.settings, phone_tickets=True)
    return app_over(Box(structs.replace(real.centre, settings=settings), real.database, real.clock))


def test_a_phone_takes_one_number_at_a_time_without_priority_and_slip(
    with_phones, app_over, box, hall_tickets, rows
):
    phone = Machine(with_phones)
    assert "可以优先" not in phone.get("/services/A").words()
    first = take(phone, 303, priority="old").headers["Location"]
    assert first.startswith("/t/")
    phone.get(first)
    for n, service in enumerate("AB"):
        assert take(phone, 303, n + 1, service=service, another="1").headers["Location"] == first
    (ticket,) = hall_tickets()
    assert ticket["priority_code"] is None
    assert rows(print_job) == []
    clerk = Visitor(app_over(box))  # the demo's log-ins open no other centre
    clerk.log_in("clerk1", "demo-clerk")
    clerk.post("/counter/1/open")
    for verb in ("call-next", "start", "finish"):
        clerk.post(f"/counter/1/{verb}")
    assert take(phone, 303, 9).headers["Location"] != first


def test_phones_that_drop_their_cookies_soon_get_no_more_and_stations_go_on(with_phones, code, hall_tickets):
    for n in range(30):
        machine = Machine(with_phones)
        machine.post("/tickets", {"service": "A", "tap": f"tap-{n}"}, 303 if n < 5 else 429)
    for n in range(30):
        machine = Machine(with_phones, f"10.0.0.{n}")
        page = machine.post("/tickets", {"service": "A", "tap": f"more-{n}"}, 303 if n < 8 else 429)
    assert "自助机" in page.words()
    tablet = Machine(with_phones, TABLET)
    tablet.post("/enrol", {"code": code()})
    take(tablet, 303, 99)
    assert len(hall_tickets()) == 14


def test_a_phone_that_may_take_numbers_may_nothing_else(with_phones):
    phone = Machine(with_phones)
    phone.get("/")
    phone.get("/home/now")
    phone.post("/cards/1/print", {}, 403)
    phone.get("/lost", 403)


@pytest.fixture
def brought_up_to_date(box, clock):
    """A centre that gave tickets before there were devices (migration 0011); the id of the box itself."""
    with box.database.write() as tx:
        row = {"kind": "station", "name": "本机", "way": "box", "enrolled_at": clock()}
        device_id = tx.execute(sa.insert(device).values(row).returning(device.c.id)).scalar_one()
        tx.execute(sa.insert(device_change).values(device_id=device_id, verb="enrol", at=clock()))
    known._memories.clear()
    return device_id


def test_the_hall_of_a_centre_that_is_brought_up_to_date_goes_on_until_staff_say_otherwise(
    app, brought_up_to_date, box, clock, monkeypatch
):
    monkeypatch.setattr(web, "_is_own", lambda address: address == "192.168.1.10")
    monkeypatch.setitem(app.config, "TRUSTED_HOSTS", ["localhost", "127.0.0.1", "192.168.1.10"])
    for n, (address, host) in enumerate((("127.0.0.1", "localhost"), ("192.168.1.10", "192.168.1.10:8000"))):
        at_box = Machine(app, address, host)
        assert at_box.get("/").heading() == "您好，要办什么事？"
        take(at_box, 303, n, another="1")  # else the guard gives this terminal the same one
        assert not at_box.token
    take(Machine(app, LAPTOP, "192.168.1.10:8000"), 403, 8)
    for sign in ({"x_forwarded_for": LAPTOP}, {"via": "1.1 proxy"}):
        take(Machine(app, "127.0.0.1", **sign), 403, 8)
        take(Machine(app, "192.168.1.10", "192.168.1.10:8000", **sign), 403, 8)
    with box.database.write() as tx:
        devices.revoke(tx, Asked(clock(), 1), brought_up_to_date)
    take(Machine(app, "127.0.0.1"), 403, 9)


def test_only_an_address_of_this_machine_is_its_own():
    assert web._is_own("127.0.0.1")
    assert not web._is_own("203.0.113.77")
    assert not web._is_own("")
    assert not web._is_own("nonsense")


def test_a_proxy_that_says_nothing_of_itself_speaks_an_older_http(app, box):
    at_box = Machine(app, "127.0.0.1")
    answer = at_box.client.get("/", environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"})
    assert "请找工作人员" in answer.text
    assert not devices.had_station(box.database)


def test_a_machine_that_is_not_let_in_says_so_before_the_question(app, station, box, clock):
    laptop = Machine(app)
    for address in ("/", "/services/A", "/services?group=social"):
        assert "还没有开通" in laptop.get(address).words(), address
    assert station.get("/services/A").all(".//form[@action='/tickets']")
    tap = station.get("/services/A").value("tap")
    with box.database.write() as tx:
        (known_one,) = (one for one in devices.devices(tx) if one.kind == Kind.STATION)
        devices.revoke(tx, Asked(clock(), 1), known_one.id)
    refused = station.post("/tickets", {"service": "A", "tap": tap}, 403)
    assert "请找工作人员" in refused.words()
