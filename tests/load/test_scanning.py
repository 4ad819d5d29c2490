"""Scanning against a real server process: nobody in twice, nobody lost, also when it is killed."""

from collections import Counter

import pytest

from script.benches._hall import Client
from script.benches.scan import (
    IN_FOR_GOOD,
    at,
    everywhere,
    furnish,
    killed_after,
    scan,
    scan_until_dead,
    stations,
)

pytestmark = pytest.mark.load


@pytest.fixture
def hall(place):
    return furnish(place.settings(), 2, people=200, tickets=30)


def test_the_same_slips_at_every_station_are_one_sign_in_each(place, hall):
    with place.serving() as server:
        desks = stations(server)
        for day, slips in hall.rounds:
            words = Counter(everywhere(desks, slips, at(day)))
            assert words == {"ok_in": 30, "already_in": 210}
    assert place.ask("SELECT count(*), count(DISTINCT registration_id) FROM sign_in") == [(60, 60)]
    assert place.ask("SELECT count(*), count(DISTINCT nonce) FROM scan") == [(480, 480)]


def test_one_nonce_sent_from_everywhere_is_one_row_and_one_answer(place, hall):
    with place.serving() as server:
        words = everywhere(
            stations(server),
            (hall.cards[0],) * 5,
            lambda desk, card: scan(desk, card, hall.open_house, "once"),
        )
    assert Counter(words) == {"ok_in": 40}
    assert place.ask("SELECT nonce, verdict FROM scan") == [("once", "ok_in")]


def test_two_hundred_who_race_for_fifty_places_get_just_fifty(place, hall):
    with place.serving() as server:
        words = everywhere(stations(server), hall.cards, lambda desk, card: scan(desk, card, hall.race))
    assert Counter(words)["ok_in"] == 50
    assert place.ask("SELECT count(*), count(DISTINCT person_id) FROM sign_in") == [(50, 50)]
    assert set(words) == {"ok_in", "already_in", "full"}


def test_a_server_killed_while_scanning_keeps_every_green_answer(place):
    hall = furnish(place.settings(), 0, people=1300)  # each of four desks brings a hundred to each kill
    left = iter(hall.cards)
    green: dict[str, str] = {}
    for _ in range(3):
        with place.serving() as server:
            desks = stations(server, 4)
            with killed_after(server, 0.6, answers=10) as tell:
                green |= scan_until_dead(desks, left, hall.open_house, tell)
    assert len(green) > 20
    assert green.keys() <= {nonce for (nonce,) in place.ask(IN_FOR_GOOD)}
    with place.serving() as server:
        (desk,) = stations(server, 1)
        again = {nonce: scan(desk, card, hall.open_house, nonce) for nonce, card in green.items()}
    assert set(again.values()) == {"ok_in"}


def test_nobody_scans_without_a_log_in(place, hall):
    with place.serving() as server:
        status, location, _ = Client(server).post("/desk/scan", code=hall.cards[0], nonce="a")
    assert (status, "/log-in" in location) == (303, True)
    assert place.ask("SELECT count(*) FROM scan") == [(0,)]
