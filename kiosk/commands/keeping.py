"""`kiosk backup`, `kiosk restore`, `kiosk doctor`: keeping a centre safe and finding out what ails it."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

import kiosk.backup
import kiosk.doctor
from kiosk.clock import system_clock
from kiosk.commands._alike import DATA, Place, alone, settings_to_find, stop
from kiosk.database import UnusableDatabase
from kiosk.database.joining import refuse_others

FILE = Place()


@click.command()
@click.argument("file", type=FILE)
@DATA
def backup(file: Path, data: Path) -> None:
    """Keep the centre as one FILE (or in a folder, with the date as its name), while the station runs."""
    with _explained():
        settings = settings_to_find(data)
        refuse_others(settings)
        kept = kiosk.backup.make_backup(data, file, system_clock(), settings.database_url)
    click.echo(
        f"备份好了，检查过了：{kept}（{kept.stat().st_size / 1e6:.1f} MB）。里面有密钥，请收好。\n"
        f"Kept and checked: {kept}. It holds the secret: put it away safely."
    )


@click.command()
@click.argument("file", type=Place(is_file=True))
@DATA
@click.option("--replace", is_flag=True, help="Put the backup in the place of the centre that is there.")
@click.option("--secret", "is_secret", is_flag=True, help="Bring back a lost secret alone; the data stay.")
def restore(file: Path, data: Path, replace: bool, is_secret: bool) -> None:
    """Bring the centre kept in FILE back into the data folder; the station must not run meanwhile."""
    if replace and is_secret:
        raise click.UsageError("--replace 和 --secret 只能用一个。Either --replace or --secret.")
    with _explained():
        kiosk.backup.read_label(file)  # before the folder is made
        with alone(data):
            if is_secret:
                kiosk.backup.restore_secret(data, file, system_clock())
                click.echo("密钥取回来了，数据没有动。The secret is back; the data stayed as they were.")
                return
            back = kiosk.backup.restore(data, file, system_clock(), os.environ, replace=replace)
    made = back.label.made_at.astimezone()
    click.echo(f"恢复好了，是 {made:%Y-%m-%d %H:%M} 的备份。Restored: the backup of {made:%Y-%m-%d %H:%M}.")
    if back.aside:
        click.echo(f"原来的在 The centre that was there lies in: {back.aside}")
    click.echo(
        "备份以后取的号都不在了：大厅里有人拿着号，请他们重新取。\n"
        "Numbers taken since are not in it: people who hold one must take a new one.\n"
        "备份以后停用的设备又能用了，请看一遍 kiosk device list。\n"
        "Devices switched off since are let in again: look through kiosk device list."
    )


@click.command()
@DATA
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
def doctor(data: Path, as_json: bool) -> None:
    """Look at everything that the station needs, and say what to do. Changes nothing; the station may run."""
    if not data.is_dir():
        stop(f"没有文件夹 {data}，请用 --data 指明。There is no folder {data}: say with --data where it is.")
    with _explained():
        target = kiosk.doctor.target_in(data, os.environ, system_clock)
    results = []
    for result in kiosk.doctor.examine(target):
        results.append(result)
        if not as_json:
            click.echo("\n".join(_lines(result)))
    if as_json:
        click.echo(json.dumps(_told(results), ensure_ascii=False, indent=1))
    sys.exit(1 if any(result.grade == kiosk.doctor.Grade.BROKEN for result in results) else 0)


def _lines(result: kiosk.doctor.Result) -> Iterator[str]:
    zh, en = result.title
    for finding in result.findings:
        yield f"{finding.grade.sign} {zh}：{finding.said[0]} {en}: {finding.said[1]}"
        if finding.todo[0]:
            yield f"  → {finding.todo[0]} {finding.todo[1]}"


def _told(results: list[kiosk.doctor.Result]) -> dict[str, object]:
    """What `--json` prints: the worst grade, then each check with its findings."""
    return {
        "grade": max(result.grade for result in results).name.lower(),
        "checks": [
            {
                "check": result.name,
                "grade": result.grade.name.lower(),
                "took_s": round(result.took_s, 3),
                "findings": [
                    {
                        "grade": finding.grade.name.lower(),
                        "zh": finding.said[0],
                        "en": finding.said[1],
                        "todo_zh": finding.todo[0],
                        "todo_en": finding.todo[1],
                        "facts": dict(finding.facts),
                    }
                    for finding in result.findings
                ],
            }
            for result in results
        ],
    }


@contextmanager
def _explained() -> Iterator[None]:
    """End the command with the reason when nothing could be kept or brought back."""
    try:
        yield
    except (kiosk.backup.Refused, UnusableDatabase) as refused:
        stop(str(refused))
    except OSError as fault:
        stop(f"文件用不了。A file cannot be used: {fault.filename}: {fault.strerror or fault}")
