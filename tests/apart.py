"""What the program has done in processes of their own, done with less: warm, and in few letters."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from printing import subprocess_task
from printing.papers import Paper, drawn_apart
from printing.subprocess_task import Done
from tests.printing.few_letters import REGULAR, make_typefaces
from tests.warm_tasks import WarmTasks

TRIES_THE_TASKS = ("tests/pictures/", "tests/printing/", "tests/spreadsheets/", "tests/test_")
"""Tests of these have each task begun as a server begins it."""


@pytest.fixture(scope="session", autouse=True)
def tasks_are_begun_warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What screens and figures have done apart is done by copies of a process that is loaded already."""
    tasks = WarmTasks(tmp_path_factory.mktemp("tasks") / "line")

    def run_module(*task: str, **how: Any) -> Done:
        is_cold = os.environ.get("PYTEST_CURRENT_TEST", "").startswith(TRIES_THE_TASKS)
        return (subprocess_task.run_module if is_cold else tasks.run_module)(*task, **how)

    with pytest.MonkeyPatch.context() as patch:
        for room in ("kiosk.pictures", "kiosk.spreadsheets", "printing.papers"):
            patch.setattr(f"{room}.run_module", run_module)
        yield
    tasks.close()


@pytest.fixture(scope="session")
def drawn_in_few_letters(made_once: Callable[..., Path]) -> Callable[..., bytes]:
    """Draws a paper as `drawn_apart` does: 0.5 s instead of 1.0, which goes into 130,000 unused glyphs."""

    @cache
    def few() -> str:
        return str(made_once("few-letters", make_typefaces) / REGULAR)

    def drawn(paper: Paper, font: str = "") -> bytes:
        return drawn_apart(paper, font or few())

    return drawn


@pytest.fixture(scope="session", autouse=True)
def papers_are_set_in_few_letters(drawn_in_few_letters: Callable[..., bytes]) -> Iterator[None]:
    """What a screen or the night has drawn.

    What else draws, a real server too, has the machine's own typefaces; tests/printing/test_papers.py holds
    that the same paper comes of both.
    """

    with pytest.MonkeyPatch.context() as patch:
        for where in ("kiosk.screens.web.downloads", "kiosk.figures.report.kept"):
            patch.setattr(f"{where}.drawn_apart", drawn_in_few_letters)
        yield
