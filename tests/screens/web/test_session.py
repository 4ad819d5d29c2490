"""The visitor's cookie: what Flask would read, checked once."""

from datetime import datetime, timedelta

import pytest
from flask import Flask, session

from kiosk.screens.web.session import Cookies


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
