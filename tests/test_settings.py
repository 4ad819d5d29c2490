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
    assert [mistake.en for mistake in mistakes] == [
        "kiosk.toml, line 1: there is no setting called gaurd_s; did you mean guard_s?",
        "environment: there is no setting called KIOSK_DATABSE_URL; did you mean KIOSK_DATABASE_URL?",
        "environment: there is no setting called KIOSK_ZZZ.",
        "environment: there is no setting called KIOSK_guard_s; did you mean KIOSK_GUARD_S?",
    ]
    assert mistakes[0].zh == "kiosk.toml 第1行：没有叫 gaurd_s 的设置，是不是 guard_s？"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ('colour = "red"', "第1行：没有叫 colour 的设置。", "line 1: there is no setting called colour."),
        ("\n[server]\nthreads = 3", "第2行：设置不分节", "line 2: there are no sections"),
        ("guard_s = 500", "要在 0 到 120 之间，不能是 500。", "must lie between 0 and 120, not 500."),
        ('threads = "many"', "threads 要写整数（不加引号）", "threads must be a whole number"),
        ('call_twice = "yes"', "要写 true 或 false（不加引号），不能是 'yes'。", "must be true or false"),
        ("days_off = 2026-10-01", "放在英文引号", "must be text, in straight quotes"),
        ("centre_name = “桃园”", "第1行第15个字写得不对", "(at line 1, column 15)"),
        ("guard_s = 3\nguard_s = 4\n#", "第2行第12个字又写了一遍同一项", "stands twice"),
        ('centre_name = "桃园', "最后写得不对", "(at end of document)"),
        (
            'opening_hours = "8:30-12"',
            "opening_hours 要写成 1-5 08:30",
            "must be like 1-5 08:30",
        ),
        ('public_url = "www"', "开头的网址，不能是 'www'。", "begins with http:// or https://, not 'www'."),
        ('trusted_proxy = "proxy"', "要写成一个地址", "must be one address"),
        ("paper_width_dots = 400", "要写成 384、512 或 576", "must be 384, 512 or 576"),
        ('database_url = ["pg://a:hid@den@b"]', "不能是 ['pg://a:***@b']。", "not ['pg://a:***@b']."),
    ],
)
def test_a_mistake_is_told_in_chinese_and_english_and_tells_no_password(tmp_path, text, zh, en):
    write(tmp_path, text)
    (mistake,) = examine(tmp_path, {})[1]
    assert zh in mistake.zh
    assert en in mistake.en
    assert str(mistake) == mistake.zh + mistake.en


@pytest.mark.parametrize(
    ("make", "zh"),
    [
        (lambda path: path.write_bytes('centre_name = "社区"'.encode("gb18030")), "编码选 UTF-8"),
        (lambda path: path.write_bytes('centre_name = "社区"'.encode("utf-16")), "编码选 UTF-8"),
        (Path.mkdir, "它不是文件"),
        (lambda path: path.symlink_to("nowhere"), "它不是文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_chinese_too(tmp_path, make, zh):
    make(tmp_path / FILE)
    (mistake,) = examine(tmp_path, {})[1]
    assert zh in mistake.zh
    assert mistake.en.startswith("kiosk.toml: ")


def test_in_the_environment_too(tmp_path):
    _, mistakes = examine(tmp_path, {"KIOSK_CALL_TWICE": "ja", "KIOSK_IDLE_S": "soon"})
    assert list(map(str, mistakes)) == [
        "KIOSK_CALL_TWICE：要写 yes 或 no，不能是 'ja'。KIOSK_CALL_TWICE: 'ja' is not yes or no.",
        "KIOSK_IDLE_S：要写整数，不能是 'soon'。KIOSK_IDLE_S: 'soon' is not a whole number.",
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
