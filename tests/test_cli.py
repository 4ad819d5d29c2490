"""The command: exit codes, and messages that explain the fault."""

import shutil

import pytest
from click.testing import CliRunner

from kiosk import staff
from kiosk.box import open_box
from kiosk.cli import is_loopback, main
from kiosk.settings import FILE, load


@pytest.fixture
def run(monkeypatch):
    def run(*words, **environ):
        return CliRunner(env={f"KIOSK_{name.upper()}": value for name, value in environ.items()}).invoke(
            main, [str(word) for word in words]
        )

    return run


def test_init_makes_a_centre_with_an_administrator_whose_password_is_shown_once(run, tmp_path):
    folder = tmp_path / "centre"
    told = run("init", "--data", folder)
    assert told.exit_code == 0
    password = told.output.split("admin / ")[1].split()[0]
    box = open_box(load(folder, {}))
    with box.database.write() as tx:
        attempt = staff.begin_attempt(tx, "admin", "here", box.now())
    assert staff.check_password(attempt, password)
    box.database.close()
    assert password not in (folder / FILE).read_text(encoding="utf-8")


def test_init_does_not_touch_a_centre_that_is_there(run, tmp_path):
    run("init", "--data", tmp_path)
    again = run("init", "--data", tmp_path)
    assert again.exit_code == 1
    assert "already" in again.output


def test_every_mistake_of_the_settings_ends_the_command(run, tmp_path):
    (tmp_path / FILE).write_text("guard_s = 999\ncolour = 1\n", encoding="utf-8")
    told = run("serve", "--data", tmp_path, idle_s="soon")
    assert told.exit_code == 1
    for part in ("line 1: guard_s", "line 2", "KIOSK_IDLE_S"):
        assert part in told.output


def test_a_printer_that_is_not_understood_ends_the_command(run, tmp_path):
    told = run("serve", "--demo", "--data", tmp_path, printer="pigeon://coop")
    assert told.exit_code == 1
    assert "pigeon" in told.output


def test_a_folder_that_cannot_be_made_is_named(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    told = run("init", "--data", tmp_path / "file" / "below")
    assert told.exit_code == 1
    assert "below" in told.output


@pytest.mark.parametrize("command", ["serve", "init"])
def test_a_read_only_folder_ends_the_command_with_a_sentence(run, small_disk, command):
    small_disk.become_read_only()
    told = run(command, "--data", small_disk.folder)
    assert told.exit_code == 1
    assert "写不进去" in told.output
    assert "Traceback" not in told.output


def test_a_full_disk_ends_the_start_with_a_sentence(run, small_disk, furnished):
    shutil.copytree(furnished, small_disk.folder, dirs_exist_ok=True)
    small_disk.fill()
    told = run("serve", "--demo", "--data", small_disk.folder)
    assert told.exit_code == 1
    assert "写不进去" in told.output
    assert "Traceback" not in told.output


def test_wrong_usage_is_2(run):
    assert run("serve", "--port", "many").exit_code == 2
    assert run("dance").exit_code == 2


@pytest.mark.parametrize(
    ("host", "verdict"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("::", False),
        ("10.0.0.1", False),
        ("x", False),
    ],
)
def test_loopback_is_told_apart(host, verdict):
    assert is_loopback(host) is verdict


def test_a_host_that_is_none_is_told_without_a_traceback(run, tmp_path):
    told = run(
        "serve",
        "--demo",
        "--demo-on-lan",
        "--host",
        "evil..host",
        "--port",
        "0",
        "--data",
        str(tmp_path / "x"),
    )
    assert told.exit_code == 1
    assert "Cannot listen on evil..host:0" in told.output


def test_a_path_that_is_none_is_a_sentence_and_nothing_is_made(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    address = "postgresql+psycopg://linli:geheim@192.168.1.5/linli"
    for words in (
        ("init", "--data", address), ("serve", "--data", address), ("doctor", "--data", address),
        ("backup", address), ("restore", "http://192.168.1.9/kept.zip"), ("catalogue", "export", address),
        ("simulate", "--recorded", address, "--day", "2026-01-05"), ("setup", "--answers", address),
    ):  # fmt: skip
        told = run(*words)
        assert (told.exit_code, "A path is wanted here" in told.output) == (1, True), words
        assert "geheim" not in told.output
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    told = run("init", "--data", tmp_path / "file")
    assert (told.exit_code, "is a file: name a folder" in told.output) == (1, True)
    told = run("setup", "--answers", tmp_path)
    assert (told.exit_code, "is a folder: name a file" in told.output) == (1, True)
    monkeypatch.setattr("os.access", lambda *_: False)
    for command in ("init", "staff list", "doctor", "restore kept.zip"):
        told = run(*command.split(), "--data", tmp_path)
        assert (told.exit_code, "is closed to you" in told.output) == (1, True), command
