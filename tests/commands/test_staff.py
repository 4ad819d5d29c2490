"""`kiosk staff` as it is typed."""

import json

import pytest
from click.testing import CliRunner

from kiosk import services
from kiosk.cli import main
from kiosk.database import folder_lock
from tests.visitor import Visitor


@pytest.fixture
def run(box):
    def run(*words, code=0):
        told = CliRunner().invoke(main, ["staff", *words, "--data", str(box.settings.folder)])
        assert told.exit_code == code, told.output
        return told.output

    return run


def told(text):
    return json.loads(text)


def test_the_accounts_are_listed(run):
    found = told(run("list", "--json"))["staff"]
    assert [one["name"] for one in found] == ["admin", "clerk1", "clerk2", "clerk3", "clerk4", "desk"]
    assert found[0] == {
        "name": "admin", "role": "admin", "enabled": True, "given_password": False, "last_log_in_at": None,
    }  # fmt: skip
    assert "clerk1  clerk" in run("list")


def test_who_is_added_logs_in_and_must_choose_a_password(run, app):
    added = told(run("add", "wangfang", "--role", "clerk", "--json"))
    assert (added["name"], added["role"], added["given_password"]) == ("wangfang", "clerk", True)
    clerk = Visitor(app)
    clerk.log_in("wangfang", added["password"])
    assert clerk.get("/counter", 303).headers["Location"] == "/password"


def test_a_new_password_ends_the_old_one_while_the_station_runs(run, box, clerk):
    with folder_lock.held(box.settings.folder):
        given = told(run("reset", "clerk1", "--json"))["password"]
    clerk.get("/counter", 303)
    clerk.log_in("clerk1", "demo-clerk", 403)
    clerk.log_in("clerk1", given)
    assert given not in run("list")
    assert "只显示这一次" in run("reset", "clerk1")


def test_a_closed_account_is_out_at_once(run, clerk):
    assert told(run("disable", "clerk1", "--json"))["enabled"] is False
    clerk.get("/counter", 303)
    clerk.log_in("clerk1", "demo-clerk", 403)
    assert "停用" in run("list")
    run("enable", "clerk1")
    clerk.log_in("clerk1", "demo-clerk")
    assert told(run("role", "clerk1", "--role", "viewer", "--json"))["role"] == "viewer"
    clerk.get("/counter", 303)


def test_what_cannot_be_done_is_explained_and_is_1_and_wrong_usage_is_2(run, tmp_path):
    assert "no such account" in run("reset", "nobody", code=1)
    assert "last admin" in run("disable", "admin", code=1)
    assert "last admin" in run("role", "admin", "--role", "clerk", code=1)
    assert "has this name" in run("add", "clerk1", "--role", "clerk", code=1)
    assert "no space" in run("add", "two words", "--role", "clerk", code=1)
    run("add", "somebody", code=2)
    run("add", "somebody", "--role", "root", code=2)
    nowhere = CliRunner().invoke(main, ["staff", "list", "--data", str(tmp_path / "nowhere")])
    assert (nowhere.exit_code, "no centre" in nowhere.output) == (1, True)
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "empty").mkdir()
    empty = CliRunner().invoke(main, ["staff", "list", "--data", str(tmp_path / "empty")])
    assert (empty.exit_code, list((tmp_path / "empty").iterdir())) == (1, [])


@pytest.mark.parametrize("words", [("disable", "clerk1"), ("role", "clerk1", "--role", "desk")])
def test_who_may_serve_no_longer_has_left_her_counter(run, box, clerk, words):
    clerk.post("/counter/1/open")
    run(*words)
    with box.database.read() as tx:
        assert [one.opened_by for one in services.counters(tx, "zh")] == [None] * 4
