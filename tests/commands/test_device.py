"""`kiosk device`, beside a server that runs."""

import json

import pytest
from click.testing import CliRunner

from kiosk import devices
from kiosk.asked import Asked
from kiosk.box import open_box
from kiosk.cli import main
from kiosk.settings import Settings


@pytest.fixture
def folder(tmp_path):
    open_box(Settings(folder=tmp_path / "data")).database.close()
    return tmp_path / "data"


def kiosk(folder, *words):
    return CliRunner().invoke(main, ["device", *words, "--data", str(folder)])


def let_in_by(box, code):
    with box.database.write() as tx:
        return devices.enrol(tx, box.centre, Asked(box.now()), code)


def device_with(box, token):
    return devices.device_with(box.database, token)


def told(folder, *words):
    done = kiosk(folder, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_code_of_the_command_lets_a_device_in_that_is_listed_and_put_out(folder):
    made = told(folder, "add", "station", "--name", "门口的")
    assert len(made["code"]) == 6
    box = open_box(Settings(folder=folder))
    let_in = let_in_by(box, made["code"])
    (listed,) = told(folder, "list")
    assert (listed["id"], listed["kind"], listed["name"]) == (let_in.id, "station", "门口的")
    assert listed["revoked_at"] is None
    assert told(folder, "revoke", str(let_in.id)) == {"revoked": let_in.id}
    assert device_with(box, let_in.token) is None
    assert told(folder, "list")[0]["revoked_at"]
    box.database.close()


def test_a_start_address_of_the_command_opens_the_station(folder):
    made = told(folder, "add", "station", "--start")
    box = open_box(Settings(folder=folder))
    token = devices.start_token(made["start"].removeprefix("/start/"))
    assert device_with(box, token).id == made["id"]
    box.database.close()


def test_people_are_told_the_same_in_words(folder):
    assert "/enrol" in kiosk(folder, "add", "board").output
    assert "/start/" in kiosk(folder, "add", "station", "--start").output
    assert "station" in kiosk(folder, "list").output


def test_a_wrong_command_says_what_is_wrong_and_makes_no_centre(folder, tmp_path):
    assert kiosk(folder, "add", "printer").exit_code == 2
    assert kiosk(folder, "revoke", "9").exit_code == 1
    nowhere = kiosk(tmp_path / "nowhere", "list")
    assert nowhere.exit_code == 1
    assert "没有中心" in nowhere.output
    assert not (tmp_path / "nowhere").exists()
