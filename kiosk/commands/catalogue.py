"""`kiosk catalogue`: the centre's services as a file, out and in."""

import json
from pathlib import Path
from typing import Any

import click

from kiosk import exchange
from kiosk.asked import Asked
from kiosk.box import Box
from kiosk.commands._alike import Place, stop
from kiosk.exchange import SHEETS, Done, Fault
from kiosk.words import Refusal

FILE = click.argument("file", type=Place(is_file=True))
JSON = click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")

WHY = {
    "empty": "要填。It is needed.",
    "long": "太长。Too long.",
    "signs": "不能有表情图。No pictures.",
    "letter": "一个或两个大写字母。One or two capital letters.",
    "initials": "只能是小写字母和数字。Small letters and digits only.",
    "hours": "时间没有看懂，例如 1-5 09:00-11:00。Not understood: 1-5 09:00-11:00.",
    "range": "数太大或太小。The number is too large or too small.",
    "number": "要填整数。A whole number.",
    "choice": "没有这一种。There is no such choice.",
    "many": "材料太多。Too many things to bring.",
    "tick": "填“是”，或者空着。Write 是 (yes), or leave it empty.",
    "twice": "和第 {about} 行一样。The same as in row {about}.",
    "code": "代码只能是字母和数字（业务的要大写）。Letters and digits only; capital ones for a service.",
    "heading": "没有这一列，请看看列名。There is no such column: see its heading.",
    "unknown": "没有这项业务。There is no such service.",
    "window": "不是窗口的号码。No number of a window.",
    "clash": "这个代码在本站是“{about}”，以文件为准请加 --replace。Here it is “{about}”: see --replace.",
    "taken": "这个代码已经有了。This code is taken.",
}


def written(box: Box, file: Path) -> None:
    """Write the catalogue into a file; JSON by its name, else a workbook."""
    with box.database.read() as tx:
        book = exchange.catalogue_now(tx, box.centre)
    content = exchange.as_json(book) if file.suffix.lower() == ".json" else exchange.as_workbook(book)
    try:
        file.write_bytes(content)
    except OSError as fault:
        stop(f"{file} 写不了。It cannot be written: {fault.strerror or fault}")


def taken(box: Box, file: Path, *, replace: bool, is_look: bool) -> dict[str, Any]:
    """Take a file in, all or nothing, or only look what it would do; what the command tells.

    Ends the command with every cell that is wrong.
    """
    try:
        book = exchange.read_book(file.read_bytes())
    except OSError as fault:
        stop(f"{file} 打不开。It cannot be read: {fault.strerror or fault}")
    except Refusal as refusal:
        stop(f"{file}: {refusal.sentence % refusal.facts}")
    by = Asked(box.now())
    done = exchange.look(box.database.write, box.centre, by, book, replace=replace)
    if not done.is_right:
        stop("\n".join(_mistakes(done)))
    if not is_look:
        with box.database.write() as tx:
            done = exchange.take(tx, box.centre, by, book, replace=replace)
            if not done.is_right:  # somebody changed the catalogue in this moment
                raise SystemExit(1)
    counts = {what: done.count(what) for what in ("added", "changed", "retired", "bring_back", "same")}
    rows = [
        {"sheet": one.sheet.value, "row": one.row, "key": one.key, "name": one.name, "what": one.what}
        for one in done.outcomes
        if one.what != "same"
    ]
    return counts | {"rows": rows}


def _mistakes(done: Done) -> list[str]:
    told = [f"{_place(one)}：{WHY.get(one.what, one.what).format(about=one.about)}" for one in done.faults]
    return told + [f"{_place(one)}：{why.sentence % why.facts}" for one, why in done.refusals]


def _place(fault: Fault) -> str:
    spec = SHEETS[fault.sheet]
    column = f" {spec.heading(fault.column)}" if fault.column else ""
    return f"{spec.title} 第 {fault.row} 行 row {fault.row}{column}"


def told(found: dict[str, Any], *, as_json: bool) -> None:
    """Say what an import has done or would do."""
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for row in found["rows"]:
        click.echo(f"{row['what']:10} {SHEETS[row['sheet']].title} {row['key']} {row['name']}")
    click.echo("  ".join(f"{what} {number}" for what, number in found.items() if what != "rows"))
