"""`kiosk setup`: a centre from a file of answers."""

import json

import pytest
from click.testing import CliRunner

from kiosk import services, setup, staff
from kiosk.box import open_box
from kiosk.cli import main
from kiosk.settings import FILE, load

GOOD = {
    "centre_name": "幸福里社区党群服务中心",
    "opening_hours": "1-5 08:30-12:00 13:30-17:30; 6 09:00-12:00",
    "counters": 3,
    "services": ["A01", "B02", "H14"],
    "staff": [
        {"name": "admin", "role": "admin"},
        {"name": "窗口1", "role": "clerk", "password": "three unlikely words"},
    ],
}


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """A judged password takes half a second."""
    monkeypatch.setattr("kiosk.staff.passwords._is_common", lambda text, known: text.startswith("common"))


@pytest.fixture
def run(tmp_path):
    def run(answers, folder=tmp_path / "data"):
        file = tmp_path / "answers.json"
        file.write_text(answers if isinstance(answers, str) else json.dumps(answers), encoding="utf-8")
        return CliRunner().invoke(main, ["setup", "--data", str(folder), "--answers", str(file)])

    return run


def test_a_whole_centre_is_made_and_the_passwords_that_were_made_are_printed(run, tmp_path):
    told = run(GOOD)
    assert told.exit_code == 0, told.output
    made = json.loads(told.stdout)
    assert [set(one) for one in made["staff"]] == [{"name", "role", "password"}, {"name", "role"}]
    assert (made["counters"], made["services"]) == (3, 3)
    box = open_box(load(tmp_path / "data", {}))
    with box.database.write() as tx:
        assert [one.code for one in services.every_service(tx)] == ["A01", "B02", "H14"]
        assert [one.codes for one in services.every_counter(tx)] == [("A01", "B02", "H14")] * 3
        attempt = staff.begin_attempt(tx, "admin", "here", box.now())
        assert [one.has_given_password for one in staff.accounts(tx)] == [True, False]
        assert {setup.Step.CENTRE, setup.Step.SERVICES} < setup.done_steps(tx)
    assert staff.check_password(attempt, made["staff"][0]["password"])
    assert box.centre.name("zh") == GOOD["centre_name"]
    assert [len(day) for day in box.centre.hours.week] == [2, 2, 2, 2, 2, 1, 0]
    box.database.close()
    assert (tmp_path / "data" / FILE).exists()
    again = run(GOOD)
    assert again.exit_code == 1
    assert "already" in again.output


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (GOOD | {"counters": 0, "colour": 1}, ("$.counters", "$.colour")),
        (
            GOOD | {"staff": [{"name": "a", "role": "admin", "password": "common words"}]},
            ("$.staff[0].password",),
        ),
        ("{", ("JSON",)),
        ("[" * 5000, ("JSON",)),
    ],
)
def test_a_mistake_is_told_by_its_place_and_nothing_is_made(run, tmp_path, answers, says):
    told = run(answers)
    assert told.exit_code == 1
    assert [one for one in says if one not in told.output] == []
    assert not (tmp_path / "data").exists()


def test_no_answers_at_all_is_wrong_usage(tmp_path):
    assert CliRunner().invoke(main, ["setup", "--data", str(tmp_path / "x")]).exit_code == 2
    missing = CliRunner().invoke(
        main, ["setup", "--data", str(tmp_path / "x"), "--answers", str(tmp_path / "no")]
    )
    assert missing.exit_code == 1
    assert not (tmp_path / "x").exists()
