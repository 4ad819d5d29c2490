"""`kiosk screens`: what it writes, and what it refuses."""

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk import devices
from kiosk.asked import Asked
from kiosk.box import open_box
from kiosk.cli import main
from kiosk.outputs.writing import FILES, SCRIPTS
from kiosk.settings import Settings


@pytest.fixture
def folder(begun, tmp_path):
    return shutil.copytree(begun, tmp_path / "data 100%")


def kiosk(folder, *words):
    return CliRunner().invoke(main, ["screens", *words, "--data", str(folder)])


def told(folder, *words):
    done = kiosk(folder, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def starts(folder):
    return {path.stem: path.read_text().strip() for path in (folder / "screens").glob("*.start")}


def let_in(box, start):
    return devices.device_with(box.database, devices.start_token(start.removeprefix("/start/")))


def test_both_screens_are_written_and_their_browsers_are_let_in(folder):
    said = told(folder)
    assert said["folder"] == str(folder / "screens")
    units = {path.name for path in (folder / "screens/systemd").iterdir()}
    assert units == {
        "linli.service", "linli-x.service", "linli-station.service", "linli-board.service",
        "linli-screens.target",
    }  # fmt: skip
    assert {str(path) for path in (folder / "screens").rglob("*") if path.is_file()} == set(said["files"])
    box = open_box(Settings(folder=folder))
    found = {screen: let_in(box, start) for screen, start in starts(folder).items()}
    assert {screen: one.kind for screen, one in found.items()} == {"station": "station", "board": "board"}
    box.database.close()


def test_nobody_else_can_read_a_start_address_and_a_second_time_makes_none(folder):
    told(folder)
    before = starts(folder)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder / "screens").glob("*.start")}
    assert modes == {0o600}
    told(folder)
    assert starts(folder) == before
    box = open_box(Settings(folder=folder))
    with box.database.write() as tx:
        devices.revoke(tx, Asked(box.now()), let_in(box, before["station"]).id)
    told(folder)
    after = starts(folder)
    assert after["station"] != before["station"]
    assert after["board"] == before["board"]
    assert let_in(box, after["station"]).kind == "station"
    box.database.close()


def test_a_screen_that_is_named_alone_is_the_only_one(folder):
    told(folder)
    said = told(folder, "--station", "HDMI-1,left", "--no-server", "--port", "8100")
    assert not [path for path in said["files"] if "board" in path or path.endswith("/linli.service")]
    assert set(starts(folder)) == {"station"}
    assert not (folder / "screens/systemd/linli-board.service").exists()
    conf = (folder / "screens/screens.conf").read_text()
    assert "station_output='HDMI-1'" in conf
    assert "station_turn='left'" in conf
    assert "server='http://127.0.0.1:8100'" in conf


def test_people_are_told_where_it_lies_and_three_commands(folder, tmp_path):
    said = kiosk(folder, "--out", str(tmp_path / "for the box")).output
    assert str(tmp_path / "for the box") in said
    commands = [line for line in said.splitlines() if line.startswith("  sudo ")]
    assert len(commands) == 3
    assert f"sudo sh '{tmp_path / 'for the box'}'/install" in said


@pytest.mark.parametrize(
    "words",
    [
        ("--station", "HDMI 1"), ("--station", "HDMI-1;reboot"), ("--board", ""), ("--board", "x" * 33),
        ("--station", "HDMI-1,sideways"), ("--station", "插口"), ("--station", "HDMI-1", "--board", "hdmi-1"),
        ("--host", "here\nUser=root"), ("--port", "0"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_refused_in_a_sentence_and_nothing_is_written(folder, words):
    done = kiosk(folder, *words)
    assert done.exit_code == 2
    assert done.output.strip()
    assert not (folder / "screens").exists()


def test_without_a_centre_and_without_room_it_says_so(folder, tmp_path):
    nowhere = kiosk(tmp_path / "nowhere")
    assert nowhere.exit_code == 1
    assert "没有中心" in nowhere.output
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "taken").write_text("a file")
    assert kiosk(folder, "--out", str(tmp_path / "taken/in")).exit_code == 1


def test_systemd_takes_the_units_as_they_are(folder, tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    told(folder)
    root = tmp_path / "root"
    units = shutil.copytree(folder / "screens/systemd", root / "etc/systemd/system")
    own = str(Path(sys.executable).with_name("kiosk")).lstrip("/")
    for program in ("usr/local/lib/linli-screens/screen", "usr/bin/startx", own):
        (root / program).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(FILES / "screen", root / program)
        (root / program).chmod(0o755)
    names = [f"/etc/systemd/system/{path.name}" for path in units.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", f"--root={root}", "verify", *names], capture_output=True, text=True, timeout=20
    )
    wrong = [line for line in done.stderr.splitlines() if "linli" in line and "not found" not in line]
    assert wrong == []


def test_the_policy_lets_sound_through_and_no_other_site(folder):
    told(folder, "--port", "8100")
    policy = json.loads((folder / "screens/policy.json").read_text())
    assert policy["AutoplayAllowed"] is True
    assert policy["URLBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == ["127.0.0.1:8100", "localhost:8100"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_shells_take_the_scripts(script):
    checker = shutil.which("shellcheck") or str(Path(sys.executable).with_name("shellcheck"))
    if not Path(checker).exists():
        pytest.skip("no shellcheck here")
    done = subprocess.run(
        [checker, "-e", "SC1090,SC1091,SC2154", FILES / script], capture_output=True, text=True, timeout=20
    )
    assert done.stdout == ""
