"""Logging in and out."""

from tests.visitor import Visitor


def test_a_wrong_password_is_told_on_the_form_and_too_many_lock(app):
    visitor = Visitor(app)
    for _ in range(5):
        page = visitor.log_in("clerk1", "wrong", 403)
    assert "名字或密码不对" in page.words()
    assert "5分钟" in visitor.log_in("clerk1", "demo-clerk", 429).words()


def test_logging_in_leads_back_to_where_one_was_going_but_never_elsewhere(app):
    visitor = Visitor(app)
    form = {"name": "clerk1", "password": "demo-clerk"}
    assert visitor.post("/log-in", form | {"next": "/counter/2"}).headers["Location"] == "/counter/2"
    assert visitor.post("/log-in", form | {"next": "//evil.example"}).headers["Location"] == "/counter"


def test_logging_out_ends_it(app):
    visitor = Visitor(app)
    visitor.log_in("clerk1", "demo-clerk")
    visitor.get("/counter")
    visitor.post("/log-out")
    visitor.get("/counter", 303)
