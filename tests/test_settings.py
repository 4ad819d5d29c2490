import os
from pathlib import Path

import pytest

from kiosk.settings import (
    FILE,
    OF_THE_CENTRE,
    BadSettings,
    Settings,
    examine,
    load,
    names,
    template,
)


def write(folder, text):
    (folder / FILE).write_text(text, encoding="utf-8")


def test_without_a_file_everything_has_its_default(tmp_path):
    assert load(tmp_path, {}) == Settings(folder=tmp_path)


def test_the_file_is_read(tmp_path):
    write(tmp_path, 'centre_name = "桃园社区党群服务中心"\nguard_s = 3\n')
    read = load(tmp_path, {})
    assert (read.centre_name, read.guard_s) == ("桃园社区党群服务中心", 3)


def test_the_environment_goes_before_the_file_and_the_command_before_both(tmp_path):
    write(tmp_path, "guard_s = 3\nthreads = 3\n")
    read = load(tmp_path, {"KIOSK_GUARD_S": "4", "KIOSK_LARGE_PRINT": "yes"}, is_demo=True)
    assert (read.guard_s, read.threads, read.large_print, read.is_demo) == (4, 3, True, True)


def test_all_mistakes_are_told_together_by_line_and_name(tmp_path):
    write(tmp_path, '# ours\nguard_s = 500\ncolour = "red"\ntime_zone = "Mars/North"\nthreads = "many"\n')
    with pytest.raises(BadSettings) as told:
        load(tmp_path, {"KIOSK_IDLE_S": "soon", "KIOSK_PUBLIC_URL": "ftp://here"})
    assert len(told.value.mistakes) == 6
    for part in (
        "line 2: guard_s",
        "line 3: there is no setting called colour",
        "line 4: time_zone",
        "line 5: threads",
    ):
        assert part in str(told.value)
    assert "KIOSK_IDLE_S" in str(told.value)
    assert "KIOSK_PUBLIC_URL" in str(told.value)


def test_an_unknown_name_is_told_with_the_nearest_one_in_the_environment_as_in_the_file(tmp_path):
    write(tmp_path, "gaurd_s = 3\n")
    environ = {"KIOSK_DATABSE_URL": "postgresql+psycopg://a:hidden@b/c", "KIOSK_guard_s": "1", "KIOSKS": "3"}
    _, mistakes = examine(tmp_path, environ | {"KIOSK_ZZZ": ""})
    assert mistakes == [
        "kiosk.toml, line 1: there is no setting called gaurd_s; did you mean guard_s?",
        "environment: there is no setting called KIOSK_DATABSE_URL; did you mean KIOSK_DATABASE_URL?",
        "environment: there is no setting called KIOSK_ZZZ",
        "environment: there is no setting called KIOSK_guard_s; did you mean KIOSK_GUARD_S?",
    ]


def test_brackets_without_end_are_told_as_any_other_fault_of_the_file(tmp_path):
    write(tmp_path, "a = " + "[" * 5000)
    with pytest.raises(BadSettings, match="not readable as TOML"):
        load(tmp_path, {})


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path):
    write(tmp_path, "guard_s = 3\ncentre_name = 桃园\n")
    with pytest.raises(BadSettings, match="line 2"):
        load(tmp_path, {})


def test_the_template_names_every_setting_of_the_machine_and_reads_as_the_defaults(tmp_path):
    write(tmp_path, template().replace("\n# ", "\n", 1))
    assert all((f"# {name} = " in template()) is (name not in OF_THE_CENTRE) for name in names())
    write(tmp_path, "\n".join(line[2:] for line in template().splitlines() if " = " in line))
    assert load(tmp_path, {}) == Settings(folder=tmp_path)


def test_the_box_answers_to_its_own_names_only(tmp_path):
    hosts = Settings(
        folder=tmp_path, public_url="http://hall.example:8000/x", trusted_hosts="a.example, b.example"
    ).host_names()
    assert {"localhost", "127.0.0.1", "hall.example", "a.example", "b.example"} <= set(hosts)
    assert "evil.example" not in hosts
    assert "" not in hosts


@pytest.mark.parametrize(
    ("value", "is_right"), [("", True), ("10.0.0.2", True), ("::1", True), ("proxy", False)]
)
def test_the_trusted_proxy_is_one_address(tmp_path, value, is_right):
    environ = {"KIOSK_TRUSTED_PROXY": value}
    if is_right:
        assert load(tmp_path, environ).trusted_proxy == value
    else:
        with pytest.raises(BadSettings, match="trusted_proxy must be one address"):
            load(tmp_path, environ)


def test_a_setting_of_an_earlier_version_is_warned_about_with_what_to_do_and_stops_nothing(tmp_path, caplog):
    (tmp_path / "kiosk.toml").write_text(
        'guard_s = 9\nstation_addresses = "192.168.1.20"\n', encoding="utf-8"
    )
    assert load(tmp_path, {"KIOSK_STATION_ADDRESSES": "192.168.1.20"}).guard_s == 9
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "line 2" in told[1] or "line 2" in told[0]
    assert all("/admin/devices" in one for one in told)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_settings_file_that_is_no_file_is_a_mistake_and_not_waited_for(tmp_path, make):
    make(tmp_path / "kiosk.toml")
    with pytest.raises(BadSettings, match="it is no file"):
        load(tmp_path, {})
