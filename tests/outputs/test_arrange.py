"""The script that lays the panels side by side, before an X server that only notes what it is told."""

import os
import subprocess

import pytest

from kiosk.outputs.writing import FILES

XRANDR = """#!/bin/sh
case "$1" in --current) cat "{folder}/outputs" ;; *) echo "xrandr $*" >> "{folder}/told" ;; esac
"""
XINPUT = """#!/bin/sh
case "$*" in
  list) echo " Panel touch id=9 [slave  pointer  (2)]" && echo " Mouse id=8 [slave  pointer  (2)]" ;;
  "list --long 9") echo "  Touch mode: direct" ;;
  map-to-output*) echo "xinput $*" >> "{folder}/told" ;;
esac
"""


@pytest.fixture
def arrange(tmp_path):
    """Run the script once: arrange({"HDMI-1": True}, "station board", "station_output=HDMI-1")."""

    def arrange(outputs, screens, *conf):
        for name, text in (("xrandr", XRANDR), ("xinput", XINPUT), ("xset", "#!/bin/sh\n")):
            (tmp_path / name).write_text(text.format(folder=tmp_path))
            (tmp_path / name).chmod(0o755)
        state = {True: "connected 1920x1080+0+0", False: "disconnected"}
        (tmp_path / "outputs").write_text(
            "".join(f"{one} {state[is_in]}\n" for one, is_in in outputs.items())
        )
        (tmp_path / "screens.conf").write_text("\n".join([f"screens='{screens}'", *conf, ""]))
        path = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "LINLI_SCREENS": str(tmp_path)}
        done = subprocess.run(
            [FILES / "arrange", "once"], env=path, capture_output=True, text=True, check=True, timeout=10
        )
        told = tmp_path / "told"
        return (told.read_text().splitlines() if told.exists() else []), done.stderr

    return arrange


def test_the_touchscreen_is_left_and_first_and_has_the_touch(arrange):
    told, _ = arrange(
        {"HDMI-1": True, "HDMI-2": True, "DP-1": False}, "station board", "station_output=HDMI-2",
        "station_turn=left", "board_output=HDMI-1",
    )  # fmt: skip
    assert told == [
        "xrandr --output HDMI-2 --auto --rotate left --pos 0x0 --primary"
        " --output HDMI-1 --auto --rotate normal --right-of HDMI-2 --output DP-1 --off",
        "xinput map-to-output 9 HDMI-2",
    ]


def test_without_names_the_screens_take_what_is_plugged_in(arrange):
    told, _ = arrange({"DP-1": False, "HDMI-1": True, "HDMI-2": True}, "station board")
    assert "--output HDMI-1 --auto --rotate normal --pos 0x0 --primary" in told[0]
    assert "--output HDMI-2 --auto --rotate normal --right-of HDMI-1" in told[0]


def test_a_screen_without_a_name_leaves_the_other_its_output(arrange):
    told, _ = arrange({"HDMI-1": True, "HDMI-2": True}, "station board", "board_output=HDMI-1")
    assert "--output HDMI-2 --auto --rotate normal --pos 0x0 --primary" in told[0]


def test_a_name_that_the_machine_does_not_have_leaves_no_panel_dark(arrange):
    told, said = arrange({"HDMI-A-0": True}, "station", "station_output=HDMI-1")
    assert "--output HDMI-A-0 --auto --rotate normal --pos 0x0 --primary" in told[0]
    assert "no output HDMI-1 here" in said


def test_a_television_alone_does_not_pass_for_the_touchscreen(arrange):
    told, said = arrange({"HDMI-1": False, "HDMI-2": True}, "station board", "station_output=HDMI-1")
    assert told == [
        "xrandr --output HDMI-2 --auto --rotate normal --pos 0x0 --output HDMI-1 --off --noprimary"
    ]
    assert "nothing is plugged in at HDMI-1" in said
