"""A station that does not run or that nobody looks after: really so once, and the doctor says it."""

import sqlalchemy as sa

from kiosk import devices, pleas
from kiosk.asked import Asked
from kiosk.database import folder_lock
from kiosk.devices.tables import device


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
