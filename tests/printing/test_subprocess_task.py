"""Tasks in processes of their own: a few at a time, the others hear at once that they should come again."""

import subprocess
import threading
from contextlib import ExitStack

import pytest

from printing import subprocess_task
from printing.subprocess_task import AT_ONCE, TookTooLong, TooManyTasks, place, run_module

LONG_S = 5.0


@pytest.fixture
def slow(monkeypatch):
    may_end, begun = threading.Event(), threading.Semaphore(0)

    def run(*_, **__):
        begun.release()
        assert may_end.wait(LONG_S)
        return subprocess.CompletedProcess([], 0, b"done", b"")

    monkeypatch.setattr(subprocess, "run", run)
    return may_end, begun


def test_one_too_many_is_refused_at_once_and_later_taken(slow):
    may_end, begun = slow
    tasks = [threading.Thread(target=run_module, args=("x",), kwargs={"given": b"", "longest_s": 1})
             for _ in range(AT_ONCE)]  # fmt: skip
    for task in tasks:
        task.start()
        assert begun.acquire(timeout=LONG_S)
    with pytest.raises(TooManyTasks):
        run_module("x", given=b"", longest_s=1)
    may_end.set()
    for task in tasks:
        task.join(LONG_S)
    assert run_module("x", given=b"", longest_s=1).out == b"done"


def test_one_that_failed_leaves_its_place(monkeypatch):
    def run(*_, **__):
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr(subprocess, "run", run)
    for _ in range(AT_ONCE + 1):
        with pytest.raises(TookTooLong):
            run_module("x", given=b"", longest_s=1)


def test_who_has_a_place_needs_no_second_one(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, b"done", b""))
    with place():
        others = [threading.Thread(target=_in_a_place) for _ in range(AT_ONCE - 1)]
        for other in others:
            other.start()
        assert run_module("x", given=b"", longest_s=1).out == b"done"
        with place():
            pass
        assert run_module("x", given=b"", longest_s=1).out == b"done"
        for other in others:
            other.join(LONG_S)


def _in_a_place():
    with place():
        pass


def test_what_is_done_before_the_process_counts():
    def one_more():
        with pytest.raises(TooManyTasks), place():
            pass
        refused.set()

    refused = threading.Event()
    with ExitStack() as places:
        for _ in range(AT_ONCE):
            places.enter_context(place())
            subprocess_task._MINE.has_place = False  # as if another thread had it
        (late := threading.Thread(target=one_more)).start()
        late.join(LONG_S)
    assert refused.is_set()
