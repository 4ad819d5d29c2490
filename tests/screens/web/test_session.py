"""The visitor's cookie: what Flask would read, checked once."""

from datetime import datetime, timedelta

import pytest
from flask import Flask, flash, get_flashed_messages, session

from kiosk.screens.web.session import Cookies, cookie_name, is_https


@pytest.fixture
def plain() -> Flask:
    """An application that keeps one word in its cookie and nothing else."""
    app = Flask(__name__)
    app.secret_key, app.session_interface = b"a test's own", Cookies()
    app.config["SESSION_COOKIE_NAME"] = "linli"

    @app.post("/choose/<word>")
    def choose(word):
        session["word"], session.permanent = word, True
        return "", 204

    @app.post("/tell")
    def tell():
        flash("done")
        return "", 204

    @app.get("/told")
    def told():
        return str(len(get_flashed_messages()))

    @app.get("/chosen")
    def chosen():
        return str(session.get("word", ""))

    return app


def chosen(client):
    return client.get("/chosen").text


def choose(client, word):
    client.post(f"/choose/{word}")


def test_what_was_chosen_is_there_at_every_visit(plain):
    client = plain.test_client()
    choose(client, "one")
    assert [chosen(client) for _ in range(3)] == ["one"] * 3
    choose(client, "two")
    assert chosen(client) == "two"


def test_a_cookie_that_is_sent_again_is_as_it_was(plain):
    one, again = plain.test_client(), plain.test_client()
    one.post("/tell")
    again.set_cookie("linli", one.get_cookie("linli").value)
    for _ in range(5):  # the same cookie each time, as a second window or a lost answer sends it
        again.post("/tell")
        again.set_cookie("linli", one.get_cookie("linli").value)
    assert again.get("/told").text == "1"


def test_what_nobody_reads_does_not_fill_the_cookie(plain):
    client = plain.test_client()
    for _ in range(50):
        client.post("/tell")
    assert int(client.get("/told").text) <= 5
    assert client.get("/told").text == "0"


def test_two_visitors_do_not_see_each_others(plain):
    one, other = plain.test_client(), plain.test_client()
    choose(one, "one")
    choose(other, "other")
    assert (chosen(one), chosen(other), chosen(plain.test_client())) == ("one", "other", "")


@pytest.mark.parametrize(
    "change", [lambda c: c[:-2] + "xx", lambda c: "x" + c, lambda _: "", lambda _: "a.b.c"]
)
def test_a_cookie_that_is_not_ours_is_as_none(plain, change):
    client = plain.test_client()
    choose(client, "mine")
    assert chosen(client) == "mine"
    good = client.get_cookie("linli").value
    client.set_cookie("linli", change(good))
    assert chosen(client) == ""
    client.set_cookie("linli", good)
    assert chosen(client) == "mine"


@pytest.mark.parametrize("off", [timedelta(hours=-1), None])
def test_a_cookie_is_good_for_its_time_only_and_not_from_the_future(plain, monkeypatch, off):
    client = plain.test_client()
    choose(client, "mine")
    assert chosen(client) == "mine"
    off = off or plain.permanent_session_lifetime

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + off + timedelta(seconds=2)

    monkeypatch.setattr("kiosk.screens.web.session.datetime", Later)
    assert chosen(client) == ""


def test_the_app_reads_cookies_this_way(app):
    assert isinstance(app.session_interface, Cookies)


HTTPS = {"base_url": "https://localhost"}


def cookies_of(answer):
    return {line.split("=")[0]: line for line in answer.headers.getlist("Set-Cookie")}


@pytest.fixture
def logged_in_by_https(app):
    client = app.test_client()
    form = {"name": "clerk1", "password": "demo-clerk"}
    answer = client.post("/log-in", data=form, headers={"Origin": "https://localhost"}, **HTTPS)
    return client, answer


def test_behind_https_cookies_go_over_https_alone_and_to_this_host_alone(logged_in_by_https):
    client, answer = logged_in_by_https
    given = cookies_of(answer) | cookies_of(client.get("/services/A", **HTTPS))
    assert set(given) >= {"__Host-linli_staff"}
    for cookie in given.values():
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    assert client.get("/counter", **HTTPS).status_code == 200


def test_a_cookie_of_plain_http_opens_nothing_behind_https(app, logged_in_by_https):
    token = cookies_of(logged_in_by_https[1])["__Host-linli_staff"].split(";")[0].partition("=")[2]
    planted = app.test_client()
    planted.set_cookie("linli_staff", token)
    assert planted.get("/counter", **HTTPS).status_code == 303


@pytest.mark.parametrize(
    ("https_only", "address", "is_secure"),
    [
        (False, "http://localhost", False),
        (False, "http://10.0.0.9", False),
        (False, "https://10.0.0.9", True),
        (True, "http://10.0.0.9", True),  # a proxy that does not tell: the setting does
        (True, "http://station.example:8000", True),
        (True, "http://localhost:8000", False),  # the touchscreen on the box itself
        (True, "http://127.0.0.1:8000", False),
        (True, "http://[::1]:8000", False),
        (True, "http://[", True),
    ],
)
def test_a_setting_or_the_proxy_says_https_and_the_box_itself_has_its_cookies(
    app, monkeypatch, https_only, address, is_secure
):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", https_only)
    scheme, _, host = address.partition("://")
    way = {"HTTP_HOST": host, "wsgi.url_scheme": scheme}
    with app.test_request_context("/", environ_overrides=way):
        assert is_https() is is_secure
        assert cookie_name("linli") == ("__Host-linli" if is_secure else "linli")


def test_a_foreign_host_is_refused_with_a_page_behind_https_too(app, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    for host in ("evil.example", "[", ""):
        answer = app.test_client().get("/", headers={"Host": host})
        assert answer.status_code == 400
        assert "<h1>" in answer.text
