"""Each thing really broken once, and the doctor says so."""

import os
import shutil
import socket
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta

import pytest
import sqlalchemy as sa

from kiosk import backup, devices, doctor, people, pleas, speech, spool, tickets
from kiosk.asked import Asked
from kiosk.database import FILE, folder_lock, metadata, only_grows
from kiosk.database.joining import write_rules
from kiosk.devices.tables import device
from kiosk.doctor import clock as clock_check
from kiosk.doctor import disk as disk_check
from kiosk.doctor import sound as sound_check
from kiosk.doctor.fonts import labels
from kiosk.settings import FILE as SETTINGS_FILE
from kiosk.spool import Feed
from kiosk.tickets.tables import change
from printing.drawing import fonts
from printing.printer_process import Printed, Setup
from printing.printers import Outcome


def text_of(folder, text):
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")


# settings


def test_settings_every_mistake_is_told_by_its_line(box, examined):
    text_of(box.settings.folder, 'guard_s = 999\ncolour = "red"\n')
    findings = examined("settings", idle_s="soon")
    assert [finding.grade for finding in findings] == [doctor.Grade.BROKEN] * 3
    said = " ".join(finding.said[1] for finding in findings)
    assert all(part in said for part in ("line 1", "line 2", "KIOSK_IDLE_S"))


def test_settings_the_right_ones_count_while_others_are_wrong(box, worst):
    text_of(box.settings.folder, 'guard_s = 999\nprinter = "off:"\n')
    assert worst("settings")[0] == "BROKEN"
    assert "none is used" in worst("printers")[1]


def test_settings_that_are_the_centres_own_by_now_are_told_to_be_deleted(box, worst):
    text_of(box.settings.folder, 'centre_name = "桃园社区"\nguard_s = 8\n')
    grade, said = worst("settings")
    assert (grade, said.count("delete the line")) == ("REMARK", 1)
    assert "社区党群服务中心" in said


def test_settings_saved_in_another_encoding_are_told(box, worst):
    (box.settings.folder / SETTINGS_FILE).write_bytes('centre_name = "社区"\n'.encode("gb18030"))
    grade, said = worst("settings")
    assert grade == "BROKEN"
    assert "UTF-8" in said


def test_settings_a_secret_that_others_may_read_is_told(box, worst):
    (box.settings.folder / "secret").chmod(0o644)
    grade, said = worst("settings")
    assert grade == "BROKEN"
    assert "chmod 600" in said


def test_settings_a_folder_that_others_may_enter_is_told_with_what_lies_open_in_it(box, worst):
    (box.settings.folder / "slips").mkdir(exist_ok=True)
    (box.settings.folder / "slips").chmod(0o755)
    assert worst("settings")[0] == "WELL"
    box.settings.folder.chmod(0o750)
    grade, said = worst("settings")
    assert (grade, "750" in said, "slips" in said) == ("BROKEN", True, True)


def test_database_a_file_that_others_may_read_is_told(box, worst):
    (box.settings.folder / FILE).chmod(0o644)
    assert worst("database")[0] == "REMARK"


@pytest.mark.parametrize("fault", ["gone", "short"])
def test_settings_a_lost_secret_is_told_before_a_start_makes_another(box, worst, fault):
    secret = box.settings.folder / "secret"
    if fault == "gone":
        secret.unlink()
    else:
        secret.write_bytes(b"short")
    assert worst("settings")[0] == "BROKEN"


def test_settings_that_are_right_are_well(worst):
    assert worst("settings")[0] == "WELL"


# database


def test_database_a_damaged_page_is_told_with_how_to_restore(box, worst, damage):
    backup.keep_day(box)
    box.database.close()
    damage(box.settings.folder / FILE, "service")
    grade, said = worst("database")
    assert grade == "BROKEN"
    assert f"kiosk restore {box.settings.folder}/backups/linli-2026-11-23.zip --data" in said


def test_database_an_index_that_does_not_fit_its_table_is_told(box, worst):
    """A quick check does not see it; a queue is read by its indexes."""
    box.database.close()
    with closing(sqlite3.connect(box.settings.folder / FILE)) as db, db:
        db.execute("CREATE INDEX odd ON service (name)")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_master SET sql = 'CREATE INDEX odd ON service (place)' WHERE name = 'odd'")
    assert worst("database")[0] == "BROKEN"


def test_database_a_row_whose_partner_is_missing_is_told(box, worst):
    box.database.close()
    with closing(sqlite3.connect(box.settings.folder / FILE)) as db, db:
        db.execute("DELETE FROM service WHERE code = 'A'")
    grade, said = worst("database")
    assert grade == "BROKEN"
    assert "has no service" in said


@pytest.mark.parametrize(("revision", "grade"), [("0001", "REMARK"), ("9999", "BROKEN")])
def test_database_tables_of_another_version_are_told(box, worst, revision, grade):
    with box.database.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (revision,))
    assert worst("database")[0] == grade


def test_database_that_is_not_written_ahead_is_told(box, worst):
    box.database.close()
    with closing(sqlite3.connect(box.settings.folder / FILE)) as db:
        db.execute("PRAGMA journal_mode=DELETE")
    grade, said = worst("database")
    assert grade == "REMARK"
    assert "delete" in said


def test_database_a_log_that_never_shrinks_is_told(box, worst, monkeypatch):
    monkeypatch.setattr("kiosk.doctor.database.LONG_LOG", 1000)
    with box.database.write() as tx:
        tx.exec_driver_sql("INSERT INTO pace (service_code, visits, mean_log, var_log) VALUES ('K', 1, 1, 1)")
    assert "log has grown" in worst("database")[1]


def test_database_whose_file_cannot_be_written_is_told(box, worst):
    path = box.settings.folder / FILE
    box.database.close()
    bind = subprocess.run(["mount", "--bind", path, path], capture_output=True, check=False)
    if bind.returncode:
        pytest.skip("mounting needs root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", path], check=True)
        grade, said = worst("database")
    finally:
        subprocess.run(["umount", path], check=True)
    assert grade == "BROKEN"
    assert f"{path} cannot be written: Read-only" in said


def test_database_that_is_sound_is_well(worst):
    assert worst("database")[0] == "WELL"


# disk


def test_disk_that_is_read_only_is_told(box, worst):
    folder = str(box.settings.folder)
    bind = subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False)
    if bind.returncode:
        pytest.skip("mounting needs root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        grade, said = worst("disk")
    finally:
        subprocess.run(["umount", folder], check=True)
    assert grade == "BROKEN"
    assert "read-only" in said.lower()


def test_full_or_write_protected_sticks_are_told_before_a_backup_fails(box, worst, small_disk):
    folder = str(small_disk.folder)
    assert worst("backup", backup_folder=folder)[0] == "REMARK"  # there is none yet
    small_disk.fill()
    assert f"no backup can be written to {folder}: No space" in worst("backup", backup_folder=folder)[1]
    small_disk.sweep()
    small_disk.become_read_only()
    grade, said = worst("backup", backup_folder=folder)
    assert grade == "BROKEN"
    assert f"no backup can be written to {folder}: Read-only" in said


def test_a_full_disk_takes_no_pictures_of_slips_although_an_empty_file_fits(worst, small_disk, box):
    (box.settings.folder / "slips").symlink_to(small_disk.folder)
    small_disk.fill()
    assert "no slip can be written" in worst("printers")[1]


def usage(free):
    return lambda _: shutil._ntuple_diskusage(10**12, 10**12 - free, free)


@pytest.mark.parametrize(("free", "grade"), [(10**8, "BROKEN"), (6 * 10**8, "REMARK"), (10**10, "WELL")])
def test_disk_without_room_is_told(worst, monkeypatch, free, grade):
    monkeypatch.setattr(shutil, "disk_usage", usage(free))
    assert worst("disk")[0] == grade


def test_disk_that_fills_up_soon_at_this_pace_is_told(box, clock, visitor, worst, monkeypatch):
    visitor.take("A")
    clock.forward(days=10)
    (box.settings.folder / "slips").mkdir()
    (box.settings.folder / "slips" / "1.bin").write_bytes(bytes(10**6))
    monkeypatch.setattr(shutil, "disk_usage", usage(5 * 10**9))
    assert worst("disk")[0] == "WELL"
    (box.settings.folder / "slips" / "2.bin").write_bytes(b"")
    os.truncate(box.settings.folder / "slips" / "2.bin", 2 * 10**9)  # 200 MB a day: 25 days
    grade, said = worst("disk")
    assert grade == "REMARK"
    assert "enough for 24 days" in said


def test_disk_that_is_slow_is_told_in_milliseconds(worst, monkeypatch):
    monkeypatch.setattr(disk_check, "SLOW_MS", 0.0)
    grade, said = worst("disk")
    assert grade == "REMARK"
    assert "a write takes" in said


def test_disk_nothing_is_left_of_the_measuring(box, worst):
    worst("disk")
    assert not list(box.settings.folder.glob("*.part"))


# clock


def test_clock_that_is_behind_the_newest_row_is_told(clock, visitor, worst):
    visitor.take("A")
    clock.at -= timedelta(hours=3)
    grade, said = worst("clock")
    assert grade == "BROKEN"
    assert "2026-11-23 01:00 UTC" in said


def test_clock_that_once_ran_backwards_is_told(clock, visitor, worst):
    visitor.take("A")
    clock.at -= timedelta(days=1)
    visitor.take("B")
    clock.forward(days=2)
    grade, said = worst("clock")
    assert grade == "REMARK"
    assert "ran backwards" in said


@pytest.mark.parametrize("year", [1970, 2000, 2025, 2100])
def test_clock_of_a_year_that_cannot_be_is_told(clock, worst, year):
    clock.at = clock.at.replace(year=year)
    assert worst("clock")[0] == "BROKEN"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"NTPSynchronized": "no", "LocalRTC": "no"}, "network"),
        ({"NTPSynchronized": "yes", "LocalRTC": "yes"}, "set-local-rtc 0"),
    ],
)
def test_clock_what_the_system_says_of_it_is_passed_on(worst, monkeypatch, told, said):
    monkeypatch.setattr(clock_check, "_timedatectl", lambda: told)
    grade, text = worst("clock")
    assert grade == "REMARK"
    assert said in text


def test_clock_a_system_that_does_not_answer_is_not_waited_for(monkeypatch, tmp_path):
    mute = tmp_path / "timedatectl"
    mute.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    mute.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(clock_check, "ASK_S", 0.2)
    assert clock_check._timedatectl() == {}


def test_clock_a_hardware_clock_with_an_empty_battery_is_told(worst, monkeypatch, tmp_path):
    monkeypatch.setattr(clock_check, "HARDWARE", tmp_path / "since_epoch")
    (tmp_path / "since_epoch").write_text("946684800\n", encoding="ascii")
    assert "battery" in worst("clock")[1]


def test_clock_that_is_right_is_shown_in_the_centres_zone(worst):
    grade, said = worst("clock")
    assert grade == "WELL"
    assert "2026-11-23 09:00" in said


# backups


@pytest.fixture
def stick():
    """A folder on another disk; only its device is looked at."""
    return "/dev/shm"  # noqa: S108


def test_backup_none_yet_is_a_remark_on_the_first_day_and_a_fault_later(clock, visitor, worst, stick):
    visitor.take("A")
    assert worst("backup", backup_folder=stick)[0] == "REMARK"
    clock.forward(days=3)
    assert worst("backup", backup_folder=stick)[0] == "BROKEN"


def test_backup_older_than_what_was_done_since_is_told(box, clock, visitor, worst, stick):
    backup.keep_day(box)
    clock.forward(days=5)
    assert worst("backup", backup_folder=stick)[0] == "WELL"  # the centre was shut: nothing would be lost
    visitor.take("A")
    grade, said = worst("backup", backup_folder=stick)
    assert grade == "BROKEN"
    assert "the last 5 days" in said


def test_backup_that_cannot_be_opened_is_told(box, worst):
    backup.keep_day(box)
    (file,) = (box.settings.folder / backup.FOLDER).iterdir()
    whole = bytearray(file.read_bytes())
    whole[400:420] = bytes(20)
    file.write_bytes(whole)
    grade, said = worst("backup")
    assert grade == "BROKEN"
    assert "cannot be opened" in said


def test_backup_that_holds_far_less_than_the_one_before_is_told_with_the_way_back(
    box, visitor, clock, worst, stick
):
    visitor.post("/tickets", {"service": "A", "tap": "one"}, status=303)
    backup.keep_day(box)
    with box.database.write() as tx:
        for table in reversed(metadata.sorted_tables):
            if only_grows(table.name) or table.name == "print_job":
                tx.execute(sa.delete(table))
    clock.forward(days=1)
    backup.keep_day(box)
    grade, said = worst("backup")
    assert (grade, "data may be lost" in said) == ("BROKEN", True)
    assert visitor.client.get("/healthz").json["status"] == "attention"


def test_backup_that_failed_in_the_night_is_told(box, worst):
    (box.settings.folder / backup.FOLDER).mkdir()
    fault = '{"at": "2026-11-22T16:00:00+00:00", "why": "盘满了"}'
    (box.settings.folder / backup.FOLDER / "fault.json").write_text(fault, encoding="utf-8")
    grade, said = worst("backup")
    assert grade == "BROKEN"
    assert "盘满了" in said


def test_backup_only_on_this_machine_is_a_remark(box, worst, tmp_path, stick):
    backup.keep_day(box)
    assert "USB stick" in worst("backup")[1]
    assert "same disk" in worst("backup", backup_folder=str(tmp_path))[1]
    assert worst("backup", backup_folder=str(tmp_path / "gone"))[0] == "BROKEN"
    assert worst("backup", backup_folder=stick)[0] == "WELL"


# printers


@pytest.fixture
def deaf():
    """A printer that takes the line and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"


def test_printer_that_is_dead_is_told(worst):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    grade, said = worst("printers", printer=f"tcp://127.0.0.1:{port}")
    assert grade == "BROKEN"
    assert "cannot be reached" in said


def test_printer_that_is_silent_is_not_called_well(worst, deaf):
    grade, said = worst("printers", printer=deaf)
    assert grade == "REMARK"
    assert "nobody knows" in said


def test_printer_address_that_is_not_understood_is_told(worst):
    grade, said = worst("printers", printer="pigeon://coop")
    assert grade == "BROKEN"
    assert "pigeon" in said


def test_printer_of_files_without_a_folder_is_told(box, worst):
    (box.settings.folder / "slips").write_text("a file in its place", encoding="utf-8")
    assert worst("printers")[0] == "BROKEN"


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (Outcome("printed", 9), "WELL"),
        (Outcome("unconfirmed", 9, "no answer"), "REMARK"),
        (Outcome("failed", 0, "no typeface", is_hopeless=True), "BROKEN"),
    ],
)
def test_printer_what_became_of_the_last_slips_is_told(box, visitor, worst, outcome, grade):
    visitor.take("A")
    feed = Feed(box.database, box.clock, box.settings)
    job = feed.claim()
    assert job is not None
    feed.report(job.id, Printed(outcome))
    found, said = worst("printers")
    assert found == grade
    assert outcome.note in said


def test_printer_chosen_in_the_back_office_is_the_one_that_is_asked(box, worst):
    setup = Setup("tcp://127.0.0.1:1", 576, False)
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(box.now(), 1), box.settings, setup)
    grade, said = worst("printers", printer="file:")
    assert (grade, "tcp://127.0.0.1:1" in said) == ("BROKEN", True)


@pytest.fixture
def cable():
    """A printer's device file, and how many bytes came out at its other end."""
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)

    def arrived() -> int:
        try:
            return len(os.read(ours, 4096))
        except BlockingIOError:
            return 0

    yield os.ttyname(theirs), arrived
    os.close(ours)
    os.close(theirs)


def test_printer_on_a_cable_is_not_asked_in_the_middle_of_a_slip(box, worst, cable):
    """While the station runs, what it heard last is told; a question could end up inside a picture."""
    url, arrived = f"device://{cable[0]}", cable[1]
    with box.database.write() as tx:
        row = "INSERT INTO printer_change (url, to_state, at) VALUES (?, 'paper_out', ?)"
        tx.exec_driver_sql(row, (url, "2026-11-23 00:00:00.000000"))
    with folder_lock.held(box.settings.folder):
        assert "out of paper" in worst("printers", printer=url)[1]
    assert arrived() == 0
    assert "nobody knows" in worst("printers", printer=url)[1]
    assert arrived() > 0


def test_printer_slips_that_were_left_when_the_station_stopped_are_told(box, visitor, worst):
    visitor.take("A")
    assert "slips were left" in worst("printers")[1]
    with folder_lock.held(box.settings.folder):
        assert worst("printers")[0] == "WELL"


# typefaces


@pytest.fixture
def own_font():
    yield
    fonts.use(None)


def test_font_that_is_not_there_is_told(worst, own_font, tmp_path):
    grade, said = worst("fonts", font=str(tmp_path / "none.ttf"))
    assert grade == "BROKEN"
    assert "apt-get" in said


@pytest.mark.parametrize("where", ["service", "material", "contact_card", "rules"])
def test_font_a_character_that_cannot_be_printed_is_named(box, worst, where):
    odd = "\U000310a0"
    column = {"service": "name", "material": "text", "contact_card": "name"}.get(where)
    with box.database.write() as tx:
        if column is None:
            write_rules(tx, {"centre_name": f"{odd}社区"})
        else:
            tx.exec_driver_sql(f"UPDATE {where} SET {column} = ?", (f"李{odd}",))  # noqa: S608 - ours
    grade, said = worst("fonts")
    assert grade == "REMARK"
    assert "U+310A0" in said


def test_font_the_letters_of_names_on_the_register_are_looked_at(box, clock, worst):
    with box.database.write() as tx:
        people.add_team(tx, Asked(clock(), 1), "\U000310a0队", people.TeamKind.TEAM, "")
        people.add_person(tx, Asked(clock(), 1), "王\U000310a1", "", [])
    grade, said = worst("fonts")
    assert grade == "REMARK"
    assert "U+310A0" in said
    assert "U+310A1" in said
    assert "王" not in said


def test_font_all_that_is_in_use_can_be_printed(worst):
    assert worst("fonts")[0] == "WELL"


def test_font_the_labels_of_the_slips_are_looked_at():
    assert {*"前面还有补打请带好"} <= set(labels())


# sound


@pytest.fixture
def clips(tmp_path, monkeypatch):
    """The clips, copied, on a machine with a sound device."""
    shutil.copytree(sound_check.CLIPS, tmp_path / "audio")
    (tmp_path / "cards").write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n", encoding="ascii")
    monkeypatch.setattr(sound_check, "CLIPS", tmp_path / "audio")
    monkeypatch.setattr(sound_check, "DEVICES", tmp_path / "cards")
    return tmp_path / "audio"


def test_sound_that_is_whole_is_well(worst, clips):
    assert worst("sound")[0] == "WELL"


@pytest.mark.parametrize("clip", ["zh/a.mp3", "en/7.mp3", "zh/counter-12.mp3", "zh/taken.mp3", "chime.mp3"])
def test_sound_a_missing_clip_is_named(worst, clips, clip):
    (clips / clip).unlink()
    grade, said = worst("sound")
    assert grade == "BROKEN"
    assert clip in said


def test_sound_a_clip_that_was_cut_short_is_named(worst, clips):
    os.truncate(clips / "zh/hao.mp3", 700)
    assert "zh/hao.mp3" in worst("sound")[1]


def test_sound_a_lost_list_of_clips_is_told(worst, clips):
    (clips / sound_check.RECORD).unlink()
    assert worst("sound")[0] == "BROKEN"


def test_sound_a_service_that_no_clip_can_say_is_named(box, worst, clips):
    with box.database.write() as tx:
        tx.exec_driver_sql("INSERT INTO counter (number) VALUES (101)")
    grade, said = worst("sound")
    assert grade == "REMARK"
    assert "101" in said


@pytest.mark.parametrize("cards", [None, "--- no soundcards ---\n"])
def test_sound_a_machine_without_a_device_is_told(worst, clips, cards):
    sound_check.DEVICES.unlink()
    if cards:
        sound_check.DEVICES.write_text(cards, encoding="ascii")
    assert "no sound device" in worst("sound")[1]


# what staff write


def test_speech_what_nothing_says_and_what_is_damaged_is_told(box, worst):
    grade, said = worst("speech")
    assert (grade, "not spoken" in said) == ("REMARK", True)
    with box.database.read() as tx:
        texts = speech.texts_of(tx, box.centre, box.now()).values()
        shelf = speech.open_shelves(box.database.engine, box.settings.folder).own
    shelf.folder.mkdir()
    for text in texts:
        draft = shelf.folder / "draft"
        draft.write_bytes(b"ID3")
        name = shelf.take_in(draft, speech.made_key(text.words, text.lang, ""), "x")
    assert worst("speech")[0] == "WELL"
    shelf.path_of(name).write_bytes(b"ID?")
    assert "1 clips of this centre are damaged" in worst("speech")[1]


# the station


def test_station_whether_it_runs_is_told(box, worst):
    assert "does not run" in worst("station")[1]
    with folder_lock.held(box.settings.folder):
        assert worst("station")[0] == "WELL"


def test_station_a_call_for_help_that_nobody_goes_to_is_told_and_later_how_long_it_waited(box, clock, worst):
    with box.database.write() as tx:
        plea = pleas.ask(tx, Asked(clock(), station="device:1"), pleas.Kind.UNWELL)
    assert "nobody goes" not in worst("station")[1]
    clock.forward(minutes=4)
    assert (worst("station")[0], "nobody goes" in worst("station")[1]) == ("BROKEN", True)
    with box.database.write() as tx:
        pleas.answer(tx, Asked(clock(), 2), plea, "clerk", None)
    assert "waited over three minutes" in worst("station")[1]


def test_station_a_restore_that_was_broken_off_is_told(box, worst):
    ready = box.settings.folder / "restore-ready-20261123T010000Z"
    ready.mkdir()
    (ready / "secret").write_bytes(b"s" * 32)
    assert worst("station")[0] == "BROKEN"


def test_station_devices_that_should_be_switched_off_are_told(box, worst, clock):
    with box.database.write() as tx:
        devices.add_with_start(tx, Asked(clock()), devices.Kind.BOARD, "西墙的")
    with folder_lock.held(box.settings.folder):
        assert worst("station")[0] == "WELL"
        clock.forward(days=91)
        assert "西墙的" in worst("station")[1]
        old = {"kind": "station", "name": "本机", "way": "box", "enrolled_at": clock()}
        with box.database.write() as tx:
            tx.execute(sa.insert(device).values(old))
        assert "still counts as the kiosk" in worst("station")[1]


def test_the_rows_that_the_clock_is_compared_with_are_in_the_order_of_writing(box, clock, visitor):
    for day in (0, -1, 2):
        clock.forward(days=day)
        visitor.take("A", tap=f"day {day}", another="1")
    with box.database.read() as tx:
        newest = tickets.last_moments(tx, 2)
        written = tx.execute(sa.select(change.c.at).order_by(change.c.id)).scalars().all()
        assert newest == tuple(written[-2:])
        assert tickets.first_moment(tx) == written[0]
