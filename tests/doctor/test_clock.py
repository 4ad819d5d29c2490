"""A clock that is wrong or ran backwards: really so once, and the doctor says it."""

import os
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from kiosk import tickets
from kiosk.doctor import clock as clock_check
from kiosk.opening.tables import public_holiday
from kiosk.tickets.tables import change


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


def test_the_rows_that_the_clock_is_compared_with_are_in_the_order_of_writing(box, clock, visitor):
    for day in (0, -1, 2):
        clock.forward(days=day)
        visitor.take("A", tap=f"day {day}", another="1")
    with box.database.read() as tx:
        newest = tickets.last_moments(tx, 2)
        written = tx.execute(sa.select(change.c.at).order_by(change.c.id)).scalars().all()
        assert newest == tuple(written[-2:])
        assert tickets.first_moment(tx) == written[0]


def test_the_calendar_of_the_next_year_is_asked_for_from_december_on(clock, worst, box):
    clock.at = clock.at.replace(month=11, day=30)
    assert worst("clock")[0] == "WELL"
    clock.at = clock.at.replace(month=12, day=1)
    grade, said = worst("clock")
    assert (grade, "holidays of 2027 are not known" in said) == ("REMARK", True)
    with box.database.write() as tx:
        tx.execute(sa.insert(public_holiday).values(day=date(2027, 1, 1), name="元旦", is_off=True))
    assert worst("clock")[0] == "WELL"
