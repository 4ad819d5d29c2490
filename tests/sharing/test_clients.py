"""Who asks: only the trusted proxy is believed, and only what it has added itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kiosk.sharing.clients import BOX, SIGNS, Client, client_of

LAN = "192.168.1.20"


@pytest.mark.parametrize("peer", sorted(BOX))
def test_a_browser_on_the_box_is_the_box(peer):
    assert client_of(peer, {}) == Client(peer, is_box=True)


def test_a_laptop_on_the_network_is_not():
    assert client_of(LAN, {}) == Client(LAN, is_box=False)


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_what_came_through_a_proxy_that_nobody_trusts_is_never_the_box(sign):
    assert client_of("127.0.0.1", {sign: "127.0.0.1"}) == Client("127.0.0.1", is_box=False)


@given(some.dictionaries(some.sampled_from(sorted(SIGNS)), some.text(), min_size=1))
def test_nobody_makes_himself_the_box_or_another_by_writing_headers(headers):
    assert client_of(LAN, headers, "127.0.0.1") == Client(LAN, is_box=False)
    assert client_of("127.0.0.1", headers) == Client("127.0.0.1", is_box=False)


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (LAN, LAN),
        (f"127.0.0.1, {LAN}", LAN),  # the first was written by the client
        (f"{LAN}:50312", LAN),
        ("fe80::1", "fe80::1"),
        ("[fe80::1]:443", "fe80::1"),
        ('"[fe80::1]"', "fe80::1"),
    ],
)
def test_the_last_address_that_the_trusted_proxy_names_counts(told, address):
    assert client_of("10.0.0.2", {"X_FORWARDED_FOR": told}, "10.0.0.2") == Client(address, is_box=False)


def test_a_browser_on_the_box_may_come_through_the_trusted_proxy():
    assert client_of("127.0.0.1", {"X_FORWARDED_FOR": "127.0.0.1"}, "127.0.0.1").is_box


@pytest.mark.parametrize("told", ["", "unknown", "1.2.3", "127.0.0.1,"])
def test_where_the_trusted_proxy_names_nobody_it_is_not_the_box(told):
    assert client_of("127.0.0.1", {"X_FORWARDED_FOR": told}, "127.0.0.1") == Client("127.0.0.1", is_box=False)


@pytest.mark.parametrize(
    ("told", "is_https"), [("https", True), ("HTTPS", True), ("http", False), ("", False)]
)
def test_the_trusted_proxy_tells_whether_it_was_https(told, is_https):
    headers = {"X_FORWARDED_FOR": LAN, "X_FORWARDED_PROTO": told}
    assert client_of("127.0.0.1", headers, "127.0.0.1").is_https is is_https
    assert not client_of("127.0.0.1", headers).is_https
