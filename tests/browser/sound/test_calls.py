"""The board's calls: each spoken whole, in order, once, and shorter when many wait."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from kiosk.speech import call_clips
from tests.browser.sound.kit import (
    BOARD,
    announcement,
    look,
    overlaps,
    renew_board,
    stems,
    wait_for,
    wait_for_told,
)


def test_four_calls_at_once_are_all_spoken_in_order_and_never_together(open_page):
    page = open_page(BOARD)
    calls = {7: ["4", "counter-4"], 5: ["2", "counter-2"], 4: ["1", "counter-1"], 6: ["3", "counter-3"]}
    renew_board(page, *(announcement(i, f"A00{i}", clips) for i, clips in calls.items()))
    assert wait_for_told(page, 4) == [["spoken", 4], ["spoken", 5], ["spoken", 6], ["spoken", 7]]
    started = look(page, "started")
    assert stems(started) == [stem for i in sorted(calls) for stem in ("chime", *calls[i])]
    assert overlaps(started) == []
    assert look(page, "loudest") > 0.1


def test_a_call_that_comes_while_another_is_spoken_waits_for_its_end(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao", "counter-1"]))
    wait_for(page, "started.length > 0")
    renew_board(page, announcement(2, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    assert overlaps(look(page, "started")) == []


def test_the_clips_of_one_call_follow_each_other_without_a_hole(open_page):
    page = open_page(BOARD)
    clips = call_clips("A001", 1)
    renew_board(page, announcement(1, "A001", clips), announcement(2, "A002", clips))
    wait_for(page, f"started.length >= {2 * (1 + len(clips))}")
    # Of the second call only: on a busy machine the clips of the first are there after its chime has sounded.
    said = look(page, "started")[1 + len(clips) :]
    assert stems(said) == ["chime", *clips]
    assert max(other["at"] - one["at"] - one["length"] for one, other in pairwise(said)) < 0.05


def test_a_call_that_is_still_on_the_next_board_is_spoken_once(open_page):
    page = open_page(BOARD)
    for _ in range(3):
        renew_board(page, announcement(9, "A001", ["hao"]))
    wait_for_told(page, 1)
    renew_board(page, announcement(9, "A001", ["hao"]), announcement(10, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 9], ["spoken", 10]]
    page.wait_for_timeout(300)
    assert stems(look(page, "started")) == ["chime", "hao"] * 2


def test_a_recall_of_the_same_number_is_spoken_again(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for_told(page, 1)
    renew_board(page, announcement(2, "A001", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]


def test_an_announcement_written_over_an_older_one_is_spoken(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    look(page, "document.querySelector('[data-announcement]').dataset.announcement = '2'")
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]


def test_a_clip_that_cannot_be_loaded_does_not_silence_the_rest(open_page, files):
    files.missing = "/zh/qing.mp3"
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["qing", "hao"]), announcement(2, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    assert stems(look(page, "started")) == ["chime", "hao"] * 2


def test_a_call_waits_for_the_clip_that_a_server_which_restarts_did_not_send(open_page, files):
    files.unanswered = ["/zh/row-001.mp3"] * 3
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["a", "row-001", "hao"]))
    assert wait_for_told(page, 1) == [["spoken", 1]]
    assert (stems(look(page, "started")), files.unanswered) == (["chime", "a", "row-001", "hao"], [])


def test_the_chime_sounds_while_the_other_clips_are_still_fetched(open_page, files):
    files.slow, files.slow_s = "/zh/row-001.mp3", 2.5
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["a", "row-001", "hao"]))
    wait_for_told(page, 1)
    started = look(page, "started")
    assert stems(started) == ["chime", "a", "row-001", "hao"]
    chime, letter = started[:2]
    assert letter["at"] - chime["at"] - chime["length"] > 0.3  # it did not wait for the others
    assert overlaps(started) == []


def test_a_whole_announcement_is_said_and_the_joined_clips_where_it_is_lost_twice_if_the_centre_says_so(
    open_page, files
):
    files.missing = "/voice/gone.mp3"
    page = open_page(BOARD)
    look(page, "Object.assign(document.querySelector('#board').dataset, {twice: '', volume: '130'})")
    instead = 'data-instead="1 0"'
    whole, lost = (
        announcement(i, f"A00{i}", [clip], instead) for i, clip in ((1, "@hao.mp3"), (2, "@gone.mp3"))
    )
    renew_board(page, whole, lost)
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    started = look(page, "started")
    assert stems(started) == ["chime", "hao", "hao", "chime", "1", "0", "1", "0"]
    assert "/voice/hao.mp3" in started[1]["clip"]
    assert overlaps(started) == []


def test_the_number_being_spoken_is_marked_and_then_released(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]), '<p data-number="A002">A002</p>')
    expect(page.locator("html[data-speaking=A001]")).to_have_count(1)
    expect(page.locator("[data-number=A001]")).to_have_attribute("data-speaking", "")
    expect(page.locator("[data-number=A002][data-speaking]")).to_have_count(0)
    wait_for_told(page, 1)
    expect(page.locator("[data-speaking]")).to_have_count(0)


def backlog(page, script):
    """What `script` returns, given an empty backlog and a word for what is done with it."""
    words = """
      const backlog = new Backlog();
      const add = (id, place, now = 0, isAgain = false) => backlog.add({ id, place, isAgain }, now);
      const say = (now = 0) => { const { ids } = backlog.next(now); backlog.said(ids); return ids.join(); };
      const sayAll = () => { const said = []; while (backlog.size) said.push(say()); return said; };
    """
    return page.evaluate(
        f"import('/static/js/backlog.js').then(({{ Backlog }}) => {{ {words} {script} }})",
    )


def test_ten_repeats_are_one_and_the_next_person_comes_before_them(open_page):
    page = open_page(BOARD)
    repeats = "for (let id = 2; id < 12; id += 1) add(id, 'A001@1', 0, true);"
    said = backlog(page, f"add(1, 'A001@1'); say(); {repeats} add(12, 'A002@2'); return sayAll();")
    assert said == ["12", "2,3,4,5,6,7,8,9,10,11"]


def test_a_repeat_of_a_call_that_was_not_said_yet_is_one_with_it(open_page):
    page = open_page(BOARD)
    said = backlog(page, "add(1, 'A001@1'); add(2, 'A002@2'); add(3, 'A001@1', 0, true); return sayAll();")
    assert said == ["1,3", "2"]


def test_who_is_called_elsewhere_or_no_longer_is_dropped(open_page):
    page = open_page(BOARD)
    made = "add(1, 'A001@1'); add(2, 'A002@2'); add(3, 'A001@3');"
    drop = "const gone = backlog.drop(new Set(['A001@3'])).map(({ id }) => id);"
    assert backlog(page, f"{made} {drop} return [gone, sayAll()];") == [[1, 2], ["3"]]


def test_more_than_fifteen_seconds_behind_calls_are_short(open_page):
    page = open_page(BOARD)
    late = "backlog.next({}).isLate".format
    assert backlog(page, f"add(1, 'A001@1'); return [{late(15_000)}, {late(15_001)}];") == [False, True]
    four = f"for (let i = 1; i < 5; i += 1) add(i, `A00${{i}}@1`); const four = {late(0)};"
    assert backlog(page, f"{four} add(5, 'A005@1'); return [four, {late(0)}];") == [False, True]


def test_the_short_form_has_no_chime_and_a_pause_before_the_counter(open_page):
    page = open_page(BOARD)
    calls = [announcement(n, f"A00{n}", ["hao"], 'data-short="3 , 4"') for n in range(1, 6)]
    renew_board(page, *calls)
    wait_for(page, "started.length >= 4")
    first, then, *rest = look(page, "started")
    assert stems([first, then, *rest]) == ["3", "4", "chime", "hao"]
    assert then["at"] - first["at"] - first["length"] == pytest.approx(0.32, abs=0.03)
