"""What a counter's page shows, of plain values: no request, no database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk import services, tickets
from kiosk.screens.hall.card.now import ASIDE, SHOWN, Seen, counter_now, paging
from kiosk.screens.hall.card.page import Look

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
RULE = tickets.MissedRule(3, timedelta(seconds=60), timedelta(seconds=60))
MARKS = ("for_someone_else", "is_slow", "wants_staff", "cannot_hear", "taken_by_staff")
DESK = services.Counter(1, 2, NOW, None, ("A",), ("养老保险资格认证",))


def say(sentence, **facts):
    return sentence % facts


def person(n=1, **more):
    """Somebody of a list, who came ten minutes ago."""
    plain = {"priority": "", "counter_number": None, "only_counter": None, "hold": "", "lacks": ""}
    marks = dict.fromkeys(MARKS, False)
    known: dict[str, Any] = {
        "id": n,
        "number": f"A{n:03}",
        "service": "养老",
        "taken_at": NOW - timedelta(minutes=10),
    }
    return tickets.Waiting(**known | plain | marks | more)


def at_hand(status=tickets.Status.CALLED, **more):
    marks = dict.fromkeys(MARKS, False)
    known: dict[str, Any] = {
        "id": 9,
        "number": "A009",
        "service_code": "A",
        "service": "养老",
        "priority": "",
        "calls": 1,
    }
    times = {"taken_at": NOW - timedelta(seconds=50), "called_at": NOW - timedelta(seconds=20)}
    return tickets.AtHand(status=status, **known | times | marks | more)


def seen(**more):
    line = tickets.CountersLine(0, None, (), 0)
    nobody = Seen(DESK, None, None, (), line, (), (), None, RULE, NOW)
    if "at_hand" in more and more["at_hand"].status == tickets.Status.CALLED:
        calls, since = more["at_hand"].calls, more["at_hand"].called_at
        nobody = replace(nobody, heard=tickets.Heard(calls, calls, since))
    return replace(nobody, **more)


def made(look=None, **more):
    return counter_now(seen(**more), look or Look(), say)


@pytest.mark.parametrize(
    ("more", "state", "verb"),
    [
        ({}, "free", "call-next"),
        ({"counter": replace(DESK, pause=services.Pause.LUNCH)}, "free", "go-on"),
        ({"at_hand": at_hand()}, "called", "start"),
        ({"at_hand": at_hand(tickets.Status.SERVING)}, "serving", "finish"),
    ],
)
def test_the_big_button_follows_the_state(more, state, verb):
    now = made(**more)
    assert (now.state, now.main.verb, now.main.key) == (state, verb, "Space")


def test_nobody_is_called_by_hand_while_somebody_stands_there_or_in_a_pause():
    assert made().can_call
    assert not made(at_hand=at_hand()).can_call
    assert not made(counter=replace(DESK, pause=services.Pause.REST)).can_call


def test_what_is_missing_until_a_missed_turn_stands_on_its_button():
    _, missed = made(at_hand=at_hand()).presses
    assert (missed.wait.calls, missed.wait.seconds, missed.wait.is_both) == (2, 40, True)
    _, missed = made(at_hand=at_hand(calls=3, called_at=NOW - timedelta(seconds=60))).presses
    assert missed.wait is None


def test_a_missed_turn_waits_until_its_calls_were_heard():
    long_ago = NOW - timedelta(seconds=60)
    _, missed = made(at_hand=at_hand(calls=3), heard=tickets.Heard(3, 2, long_ago)).presses
    assert (missed.wait.calls, missed.wait.unheard, missed.wait.calls_left) == (0, 1, 1)
    _, missed = made(at_hand=at_hand(calls=1), heard=tickets.Heard(1, 0, None)).presses
    assert (missed.wait.calls, missed.wait.unheard, missed.wait.calls_left) == (2, 1, 3)


def test_only_who_is_called_is_fetched_by_the_staff():
    assert made(at_hand=at_hand(wants_staff=True)).hand.is_fetched
    assert not made(at_hand=at_hand(tickets.Status.SERVING, wants_staff=True)).hand.is_fetched
    assert made(at_hand=at_hand(cannot_hear=True)).hand.is_beckoned
    assert not made(at_hand=at_hand(tickets.Status.SERVING, cannot_hear=True)).hand.is_beckoned


def test_somebody_on_hold_goes_on_here_when_the_hold_is_ours_or_for_papers_from_home():
    ours = person(1, hold="kept", counter_number=1, lacks="户口本\n照片")
    kept, fetched = (person(n, hold=hold, counter_number=2) for n, hold in ((2, "kept"), (3, "fetch")))
    lines = made(held=(ours, kept, fetched)).held.lines
    assert [[act.verb for act in line.acts] for line in lines] == [
        ["resume", "call"], [], ["resume", "call"]
    ]  # fmt: skip
    assert [line.is_elsewhere for line in lines] == [False, True, True]
    assert [tag.words for tag in lines[0].tags] == ["材料留在这里", "缺：户口本、照片"]
    assert lines[1].tags[1].words == "2号窗口"


def test_a_wait_is_told_in_whole_minutes_and_the_first_minute_in_words():
    line = tickets.CountersLine(1, person(), (person(), person(2, taken_at=NOW - timedelta(seconds=59))), 2)
    shown = made(line=line).waiting.lines
    assert [one.tags[0].words for one in shown] == ["等了10分钟", "刚取的号"]


def test_of_those_aside_the_first_are_shown_and_the_others_counted_until_all_are_asked_for():
    missed = tuple(person(n) for n in range(ASIDE + 3))
    now = made(missed=missed)
    assert (len(now.missed.lines), now.missed.count, now.hidden) == (ASIDE, ASIDE + 3, 3)
    now = made(Look(is_all=True), missed=missed)
    assert (len(now.missed.lines), now.hidden) == (ASIDE + 3, 0)


def test_a_number_is_looked_for_among_those_aside_too():
    now = made(Look(number="02"), missed=(person(1), person(2)), held=(person(102, hold="fetch"),))
    assert [line.number for line in now.missed.lines + now.held.lines] == ["A002", "A102"]
    assert (now.found, now.missed.count) == (2, 2)


@pytest.mark.parametrize(
    ("skipped", "found", "place", "before", "after"),
    [
        (0, 0, (0, 0), None, None),
        (0, SHOWN, (1, SHOWN), None, None),
        (0, SHOWN + 1, (1, SHOWN), None, SHOWN),
        (SHOWN, SHOWN + 1, (SHOWN + 1, SHOWN + 1), 0, None),
        (5, 100, (6, 5 + SHOWN), 0, 5 + SHOWN),
        (90, 20, (20, 20), 90 - SHOWN, None),
    ],
)
def test_pages_lead_to_those_before_and_after(skipped, found, place, before, after):
    pages = paging(Look(skipped), found)
    assert (pages.first, pages.last) == place
    assert [None if look is None else look.skipped for look in (pages.before, pages.after)] == [before, after]
