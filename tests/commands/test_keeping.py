"""`kiosk backup`, `restore` and `doctor` as they are typed."""

import json

import pytest
from click.testing import CliRunner

from kiosk import backup
from kiosk.cli import main
from kiosk.database import folder_lock
from kiosk.settings import FILE


@pytest.fixture
def run():
    def run(*words, **environ):
        settings = {f"KIOSK_{name.upper()}": value for name, value in environ.items()}
        return CliRunner(env=settings).invoke(main, [str(word) for word in words])

    return run


@pytest.fixture
def kept(run, box, tmp_path):
    told = run("backup", tmp_path / "kept.zip", "--data", box.settings.folder)
    assert told.exit_code == 0, told.output
    return tmp_path / "kept.zip"


def test_a_backup_is_made_while_a_station_holds_the_folder(run, box, tmp_path):
    with folder_lock.held(box.settings.folder):
        told = run("backup", tmp_path / "kept.zip", "--data", box.settings.folder)
    assert told.exit_code == 0
    assert backup.is_backup(tmp_path / "kept.zip")
    assert "密钥" in told.output


def test_a_backup_is_made_whatever_is_wrong_with_the_settings(run, box, tmp_path):
    (box.settings.folder / FILE).write_text("guard_s = = 3", encoding="utf-8")
    assert run("backup", tmp_path / "kept.zip", "--data", box.settings.folder).exit_code == 0


def test_what_cannot_be_kept_is_explained_and_is_1(run, box, tmp_path):
    nowhere = run("backup", tmp_path / "kept.zip", "--data", tmp_path / "nowhere")
    assert (nowhere.exit_code, "no centre" in nowhere.output) == (1, True)
    gone = run("backup", tmp_path / "stick" / "kept.zip", "--data", box.settings.folder)
    assert (gone.exit_code, "No such file" in gone.output) == (1, True)


def test_a_restore_is_refused_while_a_station_holds_the_folder(run, box, kept):
    before = (box.settings.folder / "secret").stat().st_ino
    with folder_lock.held(box.settings.folder):
        told = run("restore", kept, "--data", box.settings.folder, "--replace")
    assert (told.exit_code, "stop that one first" in told.output) == (1, True)
    assert (box.settings.folder / "secret").stat().st_ino == before


def test_a_restore_says_of_when_it_is_and_where_the_old_centre_lies(run, box, kept):
    folder = box.settings.folder
    assert run("restore", kept, "--data", folder).exit_code == 1
    told = run("restore", kept, "--data", folder, "--replace")
    assert told.exit_code == 0
    assert str(folder / "replaced") in told.output
    assert "must take a new one" in told.output


def test_a_file_that_is_no_backup_does_not_even_make_the_folder(run, tmp_path):
    (tmp_path / "holiday.zip").write_bytes(b"PK")
    told = run("restore", tmp_path / "holiday.zip", "--data", tmp_path / "new")
    assert (told.exit_code, "not a sound backup" in told.output) == (1, True)
    assert run("restore", tmp_path / "none.zip", "--data", tmp_path / "new").exit_code == 1
    told = run("restore", tmp_path, "--data", tmp_path / "new")
    assert (told.exit_code, "是文件夹，这里要写文件" in told.output) == (1, True)
    told = run("simulate", "--recorded", tmp_path / "holiday.zip", "--day", "2026-01-05")
    assert (told.exit_code, "是文件，这里要写文件夹" in told.output) == (1, True)
    assert not (tmp_path / "new").exists()


def test_a_restore_that_was_broken_off_is_finished_by_the_next_command_that_holds_the_folder(
    run, box, kept, monkeypatch
):
    folder = box.settings.folder

    def pulled(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as plug:
        plug.setattr("kiosk.backup.restoring._put_aside", pulled)
        run("restore", kept, "--data", folder, "--replace")
    assert backup.is_unfinished(folder)
    run("init", "--data", folder)
    assert not backup.is_unfinished(folder)
    assert len(list((folder / "replaced").glob("*/kiosk.db"))) == 1


def test_a_second_station_on_one_folder_is_refused(run, box):
    with folder_lock.held(box.settings.folder):
        told = run("serve", "--demo", "--port", "0", "--data", box.settings.folder)
    assert (told.exit_code, "Another Linli" in told.output) == (1, True)


def test_the_doctor_writes_a_line_with_a_sign_for_each_check_and_what_to_do(run, box):
    told = run("doctor", "--data", box.settings.folder)
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert {line[0] for line in lines} <= set("✓!✗ ")
    assert any(line.startswith("✓ 数据库：完好") for line in lines)
    assert any(line.startswith("  → ") for line in lines)


def test_something_broken_is_1_and_wrong_usage_2(run, box, tmp_path):
    (box.settings.folder / FILE).write_text("guard_s = 999\n", encoding="utf-8")
    told = run("doctor", "--data", box.settings.folder)
    assert (told.exit_code, "✗ 设置：" in told.output) == (1, True)
    assert run("doctor", "--data", tmp_path / "nowhere").exit_code == 1
    assert run("doctor", "--colour").exit_code == 2
    assert run("backup").exit_code == 2


def test_programs_get_one_json_object(run, box):
    told = run("doctor", "--json", "--data", box.settings.folder, printer="pigeon://coop")
    report = json.loads(told.output)
    assert (told.exit_code, report["grade"]) == (1, "broken")
    printers = next(check for check in report["checks"] if check["check"] == "printers")
    assert printers["findings"][0]["grade"] == "broken"
    assert all(finding["zh"] and finding["en"] for check in report["checks"] for finding in check["findings"])
