"""Settings that are wrong, stale or open to others: really so once, and the doctor says it."""

import pytest

from kiosk import doctor
from kiosk.settings import FILE as SETTINGS_FILE


def text_of(folder, text):
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")


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
