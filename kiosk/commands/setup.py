"""`kiosk setup`: a whole centre from a file of answers, without a browser; for fleets and for tests."""

import json
from pathlib import Path
from typing import Any

import click

from kiosk import setup as room
from kiosk import staff
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.commands._alike import Place, stop


def answered(path: Path) -> room.Answers:
    """The answers in a file; ends the command with every mistake and its place."""
    codes = frozenset(one.code for group in room.starter_groups() for one in group.services)
    try:
        answers = room.read_answers(json.loads(path.read_text(encoding="utf-8-sig")), codes)
    except room.BadAnswers as wrong:
        stop("\n".join(wrong.mistakes))
    except (ValueError, RecursionError) as fault:
        stop(f"{path} 不是 JSON。It is not JSON: {fault}")
    except OSError as fault:
        stop(f"{path} 打不开。It cannot be read: {fault.strerror or fault}")
    weak = [
        f"$.staff[{at}].password：{WEAK}" for at, one in enumerate(answers.staff) if _is_weak(answers, one)
    ]
    if weak:
        stop("\n".join(weak))
    return answers


WEAK = "别人容易猜中，请换一个，不写就做一个。Too easy to guess: take another one, or leave it out."


def _is_weak(answers: room.Answers, one: room.Person) -> bool:
    if not one.password:
        return False
    try:
        staff.check_choice(one.password, (one.name, answers.centre_name, answers.centre_name_en))
    except (staff.PasswordCommon, staff.PasswordIsAName):
        return True
    return False


def set_up(box: Box, answers: room.Answers) -> dict[str, Any]:
    """Make the centre of these answers, all or nothing; what the command prints.

    Ends the command where there is a centre already.
    """
    given = {one.name: one.password or staff.made_password() for one in answers.staff}
    # one that was made goes round on paper and is changed first; one that was written was chosen
    kept = {one.name: staff.hashed(given[one.name], is_given=not one.password) for one in answers.staff}
    try:
        with box.database.write() as tx:
            room.answer(tx, box.centre, Asked(box.now()), answers, kept)
    except room.BegunAlready:
        stop("这里已经有一个中心了，没有改动。There is a centre here already; nothing was changed.")
    return {
        "centre_name": answers.centre_name,
        "counters": answers.counters,
        "services": len(answers.services),
        "staff": [_told(one, given[one.name]) for one in answers.staff],
    }


def _told(one: room.Person, password: str) -> dict[str, str]:
    told = {"name": one.name, "role": one.role.value}
    return told if one.password else told | {"password": password}


ANSWERS = click.option(
    "--answers", type=Place(is_file=True), required=True, metavar="FILE.json",
    help="What the pages would ask; docs/first-day.md says which answers there are.",
)  # fmt: skip
