"""What lasts too long, by the centre's own minutes: told in words in the hall, each minute anew."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Some
from typing import Any

import pytest

from kiosk import opening, services, tickets
from kiosk.asked import Asked
from kiosk.screens.hall.lasting import Limits, alarms

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
LIMITS = Limits(30, 40, 20)


def ago(minutes: float) -> datetime:
    return AT - timedelta(minutes=minutes)


def seat(pause=None, since=None):
    return services.Counter(2, 1, ago(60), pause, (), (), since)


def told(waits=0.0, served=0.0, paused=0.0, limits=LIMITS):
    waiting = [tickets.WaitingCount("A", "养老", 3, ago(waits))]
    hands: dict[int, Any] = {2: Some(id=9, number="A009", called_at=ago(served))} if served else {}
    desk = seat(services.Pause.LUNCH, ago(paused)) if paused else seat()
    return [(one.kind, one.about, one.minutes) for one in alarms(waiting, [desk], hands, limits, AT)]


@pytest.mark.parametrize(
    ("what", "told_of"),
    [
        ({"waits": 29.9}, []),
        ({"waits": 30}, [("wait", "养老", 30)]),
        ({"served": 39.9}, []),
        ({"served": 41}, [("visit", "A009", 41)]),
        ({"paused": 19.9}, []),
        ({"paused": 25}, [("pause", "lunch", 25)]),
        ({"waits": 500, "served": 500, "limits": Limits(0, 0, 0)}, []),
        ({"waits": -5}, []),
    ],
)
def test_each_is_told_from_its_own_minute_on_and_never_by_a_clock_set_back(what, told_of):
    assert told(**what) == told_of


def test_the_hall_says_it_and_is_made_anew_each_minute(visitor, clerk, clock):
    visitor.take("A")
    page = clerk.get("/hall")
    poll = page.all(".//*[@id='hall']")[0].get("hx-get")
    assert page.attribute("data-alarms") == ""
    clock.forward(seconds=1)
    clerk.get(poll, 204)
    clock.forward(minutes=30)
    late = clerk.get(poll)
    assert late.attribute("data-alarms") == "wait-A"
    assert "养老保险资格认证：有人等了30分钟" in late.words()


def test_the_centre_sets_its_minutes(box, visitor, clerk, clock):
    with box.database.write() as tx:
        opening.set_rules(tx, box.centre, Asked(clock(), 1), {"long_wait_min": 5})
    visitor.take("A")
    clock.forward(minutes=6)
    assert clerk.get("/hall").attribute("data-alarms") == "wait-A"


def test_only_an_idle_counter_counts_arrivals(visitor, clerk):
    assert clerk.get("/counter/1").attribute("data-arrivals") == "0"
    visitor.take("A")
    assert clerk.get("/counter/1").attribute("data-arrivals") == "1"
    clerk.post("/counter/1/call-next")
    assert clerk.get("/counter/1").with_attribute("data-arrivals") == []
    clerk.post("/counter/1/start")
    clerk.post("/counter/1/finish")
    clerk.post("/counter/1/pause", {"pause": "rest"})
    assert clerk.get("/counter/1").with_attribute("data-arrivals") == []
