"""A real server process before a network printer: what comes out leads back to the ticket."""

import re
import socket
import time

import pytest

from script.benches._hall import Client
from tests.printing.fake_printer import FakePrinter
from tests.printing.paper import codes

pytestmark = pytest.mark.load


def until(check, seconds=20):
    end = time.monotonic() + seconds
    while not check() and time.monotonic() < end:
        time.sleep(0.05)
    assert check()


def test_the_code_on_the_paper_finds_the_ticket_again(place):
    printer = FakePrinter("ok")
    with place.serving(printer=printer.url) as server:
        station = Client(server)
        page = station.take("A")
        until(lambda: printer.slips)
        (code,) = codes(printer.slips[0])
        assert page.endswith(code)
        assert re.findall(r'data-number="(\w+)"', station.get(f"/t/{code}")[2]) == ["A001"]
        until(lambda: 'data-print-state="printed"' in station.get(f"{page}/slip")[2])
        assert len(printer.slips) == 1
    printer.close()


def test_with_a_public_address_the_code_is_an_address_that_opens_on_a_phone(place):
    printer = FakePrinter("ok")
    with place.serving(printer=printer.url, public_url="http://localhost:8000") as server:
        station = Client(server)
        page = station.take("A")
        until(lambda: printer.slips)
        (code,) = codes(printer.slips[0])
        assert code == f"http://localhost:8000/t/{page.rpartition('/')[2]}"
    printer.close()


def test_a_dead_printer_keeps_nobody_from_a_number(place):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        with place.serving(printer=url) as server:
            station = Client(server)
            page = station.take("A")
            assert 'data-number="A001"' in station.get(page)[2]
            until(lambda: 'data-print-state="failed"' in station.get(f"{page}/slip")[2])
            assert 'data-number="A002"' in station.get(station.take("A"))[2]


def test_a_contact_card_comes_out_with_its_code(place):
    printer = FakePrinter("ok")
    with place.serving(printer=printer.url) as server:
        assert Client(server).post("/cards/1/print", tap="x")[0] == 303
        until(lambda: printer.slips)
        (vcard,) = codes(printer.slips[0])
        assert "TEL:0000-2251001" in vcard
    printer.close()
