"""Putting one's name down, walking in, and the slips of both."""

import json
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from kiosk import checkin, events, people
from kiosk.asked import Asked
from kiosk.checkin import Word, tables
from kiosk.events.tables import registration
from kiosk.spool.tables import print_job

from .conftest import DESK


def slips(desk):
    return [json.loads(row.slip) for row in desk.rows(print_job)]


def test_the_same_tap_is_one_registration(desk):
    day = desk.event()
    first, again = desk.register(day, tap="tap", name="李"), desk.register(day, tap="tap", name="李")
    assert (again.id, again.token, again.already) == (first.id, first.token, True)
    assert desk.counts(day) == (1, 0, 0)


def test_numbers_go_up_and_a_cancelled_one_is_not_given_again(desk, clock):
    day = desk.event(capacity=2)
    first, second = desk.register(day, name="李"), desk.register(day, name="张")
    with pytest.raises(checkin.EventFull):
        desk.register(day, name="陈")
    desk.write(checkin.cancel_registration, second.id, clock())
    assert [first.number, second.number, desk.register(day, name="陈").number] == [1, 2, 3]
    assert desk.counts(day) == (2, 0, 0)


def test_somebody_on_the_register_is_on_the_list_once(desk):
    day, person = desk.event(), desk.person()
    number = desk.register(day, person_id=person).number
    with pytest.raises(checkin.AlreadyRegistered) as refused:
        desk.register(day, person_id=person)
    assert refused.value.facts == {"number": number}
    assert desk.scan(desk.card(person)).number == str(number)
    assert desk.counts(day) == (1, 1, 1)


def test_who_has_come_needs_no_registration_and_cannot_cancel_one(desk, clock):
    day, person = desk.event(), desk.person()
    desk.scan(desk.card(person))
    with pytest.raises(checkin.AlreadyHere):
        desk.register(day, person_id=person)
    slip = desk.register(day, name="李")
    desk.scan(slip.token)
    with pytest.raises(checkin.AlreadySignedIn):
        desk.write(checkin.cancel_registration, slip.id, clock())


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ({"phone_tail": "12"}, checkin.BadRegistration),
        ({"phone_tail": "１２３４"}, checkin.BadRegistration),
        ({"together": 0}, checkin.BadRegistration),
        ({"together": 21}, checkin.BadRegistration),
        ({"name": "长" * 17}, checkin.BadRegistration),
        ({"person_id": 99}, people.UnknownPerson),
    ],
)
def test_a_wrong_field_is_refused_and_nothing_written(desk, who, refusal):
    day = desk.event()
    with pytest.raises(refusal):
        desk.register(day, **who)
    assert desk.rows(registration) == []


def test_an_event_that_is_over_cancelled_or_unknown_takes_nobody(desk, clock):
    day = desk.event()
    with pytest.raises(events.UnknownEvent):
        desk.register(99, name="李")
    clock.forward(hours=3)
    with pytest.raises(checkin.EventOver):
        desk.register(day, name="李")
    event_id = desk.read(events.day_of, day, "zh").event_id
    on = desk.box.centre.day(clock())
    desk.write(events.cancel_day, desk.box.centre, Asked(clock(), DESK), event_id, on, "下雨")
    with pytest.raises(checkin.EventCancelled):
        desk.register(day, name="李")


def test_a_renewed_slip_makes_the_old_one_say_so(desk):
    day = desk.event()
    old = desk.register(day, name="李")
    first, second, stale = (
        desk.write(checkin.renew_registration, desk.box.centre, old.id, seen) for seen in (0, 1, 0)
    )
    assert first != second == stale
    assert [desk.scan(slip).word for slip in (old.token, first, second)] == [
        Word.REVOKED, Word.REVOKED, Word.OK_IN
    ]  # fmt: skip


def walk_in(desk, clock, day, tap="tap", **who):
    asked = Asked(clock(), station="station", lang=who.pop("lang", "zh"))
    return desk.write(checkin.walk_in, desk.box.centre, asked, day, tap, checkin.Registrant(**who))


def test_who_walks_in_is_on_the_list_inside_and_has_one_slip(desk, clock):
    day = desk.event()
    for _ in range(2):
        registered, verdict = walk_in(desk, clock, day, name="李红")
        assert verdict.word == Word.OK_IN
    assert verdict.is_replay
    assert desk.counts(day) == (1, 1, 1)
    (slip,) = slips(desk)
    assert (slip["event"], slip["when"], slip["name"]) == ("便民生活日", "11月23日（周一）9:00–11:00", "李*")
    assert (slip["is_registration"], slip["qr"]) == (False, registered.token)


def test_who_walks_in_too_early_is_on_the_list_and_the_slip_says_come_back(desk, clock):
    from datetime import time

    day = desk.event(starts=time(15))
    _, verdict = walk_in(desk, clock, day, phone_tail="1234", lang="en")
    assert verdict.word == Word.TOO_EARLY
    assert desk.counts(day) == (1, 0, 0)
    (slip,) = slips(desk)
    assert (slip["is_registration"], slip["when"], slip["name"]) == (True, "Mon 23 Nov, 15:00–17:00", "")


def at_once(number, act):
    """`act(n)` in so many threads that start together."""
    line, found = Barrier(number), []

    def run(n):
        line.wait()
        found.append(act(n))

    threads = [Thread(target=run, args=(n,)) for n in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_many_who_want_the_last_places_just_so_many_get_them(desk):
    day = desk.event(capacity=5)
    cards = [desk.card(desk.person()) for _ in range(8)]

    def take(n):
        try:
            return desk.register(day, name="李").number if n % 2 else desk.scan(cards[n // 2]).word
        except checkin.EventFull:
            return Word.FULL

    found = at_once(16, take)
    assert found.count(Word.FULL) == 11
    counts = desk.read(checkin.counts, day)
    assert counts.registered + counts.signed_in == 5


def test_one_card_at_many_stations_at_once_is_one_sign_in(desk):
    day, card = desk.event(), desk.card(desk.person())
    words = at_once(8, lambda n: desk.scan(card, station=f"desk-{n}").word)
    assert sorted(words) == [Word.ALREADY_IN] * 7 + [Word.OK_IN]
    assert desk.counts(day) == (0, 1, 1)


def test_one_nonce_sent_by_many_at_once_is_one_row(desk):
    desk.event()
    card = desk.card(desk.person())
    verdicts = at_once(8, lambda _: desk.scan(card, nonce="once"))
    assert {verdict.word for verdict in verdicts} == {Word.OK_IN}
    assert sum(not verdict.is_replay for verdict in verdicts) == 1
    assert len(desk.rows()) == 1


def test_the_database_itself_lets_nobody_be_inside_twice(desk):
    desk.event()
    desk.scan(desk.card(desk.person()))
    names = [column.name for column in tables.sign_in.columns if column.name != "id"]
    again = sa.insert(tables.sign_in).from_select(
        names, sa.select(*(tables.sign_in.c[name] for name in names))
    )
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)unique"):
        desk.write(sa.Connection.execute, again)
