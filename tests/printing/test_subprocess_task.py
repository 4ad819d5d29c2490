"""Tasks in processes of their own: a few at a time, the others hear at once that they should come again."""

import subprocess
import threading

import pytest

from printing.subprocess_task import AT_ONCE, TookTooLong, TooManyTasks, run_module

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
