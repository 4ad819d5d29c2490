"""Starting a box with a printer that cannot be used."""

from dataclasses import replace

import pytest

from kiosk import spool
from kiosk.serve import prepare
from printing.press import Setup
from printing.printers import BadPrinter


def started(box):
    running = prepare(box, "127.0.0.1", 0)
    running.stop()
    return running


def test_a_settings_file_that_names_no_printer_is_refused_at_the_start(box):
    settings = replace(box.settings, printer="pigeon://coop")
    with pytest.raises(BadPrinter):
        started(replace(box, centre=replace(box.centre, settings=settings)))


def test_a_printer_chosen_on_the_screen_that_cannot_be_used_keeps_no_station_from_starting(
    box, clock, caplog
):
    with box.database.write() as tx:
        spool.choose_printer(tx, Setup("pigeon://coop"), 1, clock())
    assert not started(box).worker.is_alive()
    assert "cannot be used" in caplog.text


def test_a_printer_chosen_on_the_screen_makes_up_for_a_bad_one_in_the_file(box, clock):
    with box.database.write() as tx:
        spool.choose_printer(tx, Setup("memory:"), 1, clock())
    settings = replace(box.settings, printer="pigeon://coop")
    assert not started(replace(box, centre=replace(box.centre, settings=settings))).worker.is_alive()
