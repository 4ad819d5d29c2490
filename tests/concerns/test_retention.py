"""What is kept for how long after the end, what stays, and what a night must not forget."""

from datetime import timedelta

import pytest

from kiosk import concerns, tickets
from kiosk.asked import Asked
from kiosk.concerns import Contact, Outcome, PauseReason, Reply, Said, Solved, Source, State
from kiosk.concerns.actions.files import Attached
from kiosk.concerns.tables import concern_change, concern_file, concern_party, concern_pause
from kiosk.server.nightly import close_days
from tests.concerns.desk import LEAD, OTHER

VOICE, PHOTO = Attached("voice", b"v" * 2000), Attached("photo", b"p" * 2000)


@pytest.fixture
def ended(desk) -> tuple[int, int, int]:
    """One that was done ten days after its answer, one merged into it, and one that still runs: their ids."""
    left = Contact("阿姨", "13800001234", "1234")
    parent = desk.take_in(words="灯不亮", about="三单元灯不亮", contact=left)
    child = desk.take_in(words="我家也是", contact=left)
    running = desk.take_in(words="太吵", contact=left)
    with desk.box.database.write() as tx:
        for number in (parent.id, child.id, running.id):
            concerns.keep_files(tx, desk.asked(), desk.box.settings.folder, number, [VOICE])
        concerns.keep_files(tx, desk.asked(), desk.box.settings.folder, parent.id, [PHOTO])
    desk.do(concerns.merge, child.id, parent.number)
    desk.do(concerns.accept, parent.id)
    desk.do(concerns.pause, parent.id, PauseReason.WEATHER, (desk.clock().date() + timedelta(days=2), "雨停"))
    desk.do(concerns.answer, parent.id, Reply(Outcome.SOLVED, "换好了"))
    desk.clock.forward(days=10)
    desk.resident(concerns.say_solved, parent.id, Solved.YES)
    return parent.id, child.id, running.id


def night(desk) -> None:
    with desk.box.database.write() as tx:
        concerns.forget(tx, desk.asked())
        concerns.wipe_old_files(tx, desk.asked(), desk.box.settings.folder)


def kept(desk, kind="voice") -> set[int]:
    return {row.concern_id for row in desk.rows(concern_file) if row.kind == kind and row.wiped_at is None}


def parties(desk) -> set[int]:
    return {row.concern_id for row in desk.rows(concern_party)}


def test_voices_numbers_and_words_go_at_their_time_after_the_end_and_not_before(desk, ended):
    parent, child, running = ended
    for days, voices, photos, known, words in (
        (29, {parent, child, running}, {parent}, {parent, child, running}, True),
        (2, {running}, {parent}, {parent, child, running}, True),
        (148, {running}, {parent}, {parent, child, running}, True),
        (2, {running}, set(), {running}, True),
        (548, {running}, set(), {running}, True),
        (2, {running}, set(), {running}, False),
    ):
        desk.clock.forward(days=days)
        night(desk)
        assert (kept(desk), kept(desk, "photo"), parties(desk)) == (voices, photos, known)
        notes = {row.note for row in desk.rows(concern_change) if row.concern_id != running}
        assert (desk.at(parent).words != "", notes != {""}) == (words, words)
    one = desk.at(parent)
    assert (one.words, one.about, one.reply, desk.at(child).words) == ("", "", "", "")
    assert {row.note for row in desk.rows(concern_pause)} == {""}
    assert (one.category, one.outcome, one.solved, one.state, one.round) == (
        "楼道灯路灯", Outcome.SOLVED, Solved.YES, State.DONE, 0,
    )  # fmt: skip
    assert [row.verb for row in desk.rows(concern_change) if row.concern_id == parent][-1] == "agree"
    assert desk.at(running).words == "太吵"
    folder = desk.box.settings.folder / "concerns"
    assert len(list(folder.iterdir())) == 1  # the same voice, which one that runs still has


def test_what_was_opened_again_is_forgotten_after_its_last_end(desk, ended):
    parent, _, _ = ended
    desk.clock.forward(days=20)
    desk.do(concerns.reopen_by_staff, parent, "又不亮", by=LEAD)
    desk.clock.forward(days=200)
    night(desk)
    assert parent in parties(desk)


def test_a_clock_that_jumped_two_years_ahead_forgets_nobody(desk, ended, clock):
    clock.forward(days=800)
    close_days(desk.box)
    assert len(parties(desk)) == 3
    for _ in range(3):
        clock.forward(days=1)
        with desk.box.database.write() as tx:
            tickets.close_day(tx, desk.box.centre, clock())
    close_days(desk.box)
    clock.forward(days=1)
    close_days(desk.box)
    assert len(parties(desk)) == 1


def test_a_voice_is_wiped_at_once_when_somebody_asks_and_the_matter_goes_on(desk, ended):
    _, _, running = ended
    with desk.box.database.write() as tx:
        concerns.wipe_files(tx, desk.asked(), desk.box.settings.folder, running)
    assert running not in kept(desk)
    assert desk.at(running).state == State.NEW
    assert [row.verb for row in desk.rows(concern_change)][-1] == "wipe"


def test_who_had_it_does_not_recheck_either(desk):
    one = desk.take_in(source=Source.PATROL).id
    desk.do(concerns.accept, one, by=OTHER)
    desk.answer(one, by=LEAD)
    for by in (OTHER, LEAD):
        with pytest.raises(concerns.NotByYourself):
            desk.do(concerns.recheck, one, "好了", by=by, is_good=True)


def test_a_reprint_voids_the_older_slip_which_says_when_and_what_to_do(desk):
    one = desk.take_in()
    desk.do(concerns.reprint, one.id)
    with desk.box.database.read() as tx:
        with pytest.raises(concerns.ReceiptRevoked) as refused:
            concerns.concern_in(tx, desk.box.centre, one.token)
        assert refused.value.facts == {"when": "2026-11-23 09:00"}
        assert concerns.concern_in(tx, desk.box.centre, desk.at(one.id).token) == one.id
    for _ in range(4):
        desk.do(concerns.reprint, one.id)
    with pytest.raises(concerns.ReprintedOften):
        desk.do(concerns.reprint, one.id)
    again = Said("lights", "tap-1")
    with desk.box.database.write() as tx:
        told = concerns.take_in(tx, desk.box.centre, Asked(desk.clock(), station="door"), again)
    assert told.token == desk.at(one.id).token
