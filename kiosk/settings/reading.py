"""Reading the settings: the file, then the environment; with every mistake and where it stands."""

import dataclasses
import logging
import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kiosk.settings.known import BOX_FILE, FILE, GONE, PREFIX, Settings, names
from kiosk.settings.mistakes import BadSettings, Both, Mistake, faults, of_the_toml, shown

log = logging.getLogger(__name__)

Written = dict[str, tuple[Any, Both]]
"""What was written for each setting, and where."""


def load(folder: Path, environ: Mapping[str, str], **given: Any) -> Settings:
    """Read `folder`/kiosk.toml, then `KIOSK_*` of `environ`, then `given`; the later wins.

    Raises BadSettings with all mistakes together, each with its line or variable.
    """
    settings, mistakes = examine(folder, environ, **given)
    if mistakes:
        raise BadSettings(mistakes)
    return settings


def examine(folder: Path, environ: Mapping[str, str], **given: Any) -> tuple[Settings, list[Mistake]]:
    """The same without raising: what is right, the default for what is wrong, and every mistake."""
    mistakes: list[Mistake] = []
    written = _from_file(folder / FILE, mistakes)
    written |= _from_environ(environ, mistakes)
    values: dict[str, Any] = {}
    for name, (value, where) in written.items():
        found = faults(name, value)
        mistakes += [Mistake(where, fault) for fault in found]
        values |= {} if found else {name: value}
    return Settings(folder=folder, **(values | given)), mistakes


def about_database(folder: Path, settings: Settings, mistakes: Sequence[Mistake]) -> list[Mistake]:
    """The mistakes with which nobody knows which database is meant; none when the others do no harm.

    A centre that was on a PostgreSQL and whose settings name none now may have it in a file that is no TOML.
    """
    if not settings.database_url and (folder / BOX_FILE).exists():
        return list(mistakes)
    return [mistake for mistake in mistakes if "database_url" in mistake.en.lower()]


class _Unreadable(ValueError):
    """Why a file cannot be read at all, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.said = (zh, en)


def _from_file(path: Path, mistakes: list[Mistake]) -> Written:
    if not (path.exists() or path.is_symlink()):
        return {}
    try:
        text = _text_of(path)
        found = _parsed(text)
    except _Unreadable as fault:
        mistakes.append(Mistake((FILE, FILE), fault.said))
        return {}
    lines = {m[1]: text[: m.start(1)].count("\n") + 1 for m in reversed([*_NAME.finditer(text)])}
    known = {}
    for name, value in found.items():
        where = _line_of(lines.get(name))
        if name in names():
            known[name] = (value, where)
        elif name in GONE:
            log.warning("%s: %s", where[1], GONE[name])
        elif isinstance(value, dict):
            mistakes.append(Mistake(where, _section(name)))
        else:
            mistakes.append(Mistake(where, _unknown(name, dict(zip(names(), names(), strict=True)))))
    return known


_NAME = re.compile(r"""(?m)^[ \t]*\[{0,2}[ \t]*["']?([\w-]+)""")
"""What stands first in a line: the name of a setting, or of a table, of which there are none."""


def _line_of(number: int | None) -> Both:
    return (f"{FILE} 第{number}行", f"{FILE}, line {number}") if number else (FILE, FILE)


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _Unreadable("括号太多，读不了", "not readable as TOML: too many brackets") from None
    except tomllib.TOMLDecodeError as wrong:
        raise _Unreadable(*of_the_toml(str(wrong))) from wrong


def _text_of(path: Path) -> str:
    if not path.is_file():  # a pipe would be waited for, a device read for ever
        raise _Unreadable(
            "它不是文件，请把它移走，把设置写进一个新的文件",
            "it is no file; move it away, and write your settings into a new one",
        )
    try:
        return path.read_text(encoding="utf-8-sig")  # Windows' own editor writes a mark in front
    except UnicodeDecodeError:
        raise _Unreadable(
            "不是按 UTF-8 保存的，请在编辑器里选“另存为”，编码选 UTF-8",
            "not saved as UTF-8; in the editor choose 另存为 (Save as), UTF-8",
        ) from None
    except OSError as fault:
        raise _Unreadable(
            f"读不出来（{fault.strerror or fault}），请换运行邻里站的用户来运行，再看文件的权限（ls -l）",
            f"cannot be read ({fault.strerror or fault}): run this as the user who runs the station, and see "
            "who may read the file (ls -l)",
        ) from fault


def _section(name: str) -> Both:
    return (
        f"设置不分节，请删掉 [{name}] 这一行，下面的各行照旧",
        f"there are no sections: delete the line [{name}], and leave those below it",
    )


def _unknown(name: str, known: Mapping[str, str]) -> Both:
    """That no setting is called so, with the nearest; `known` maps what is written to a setting's name."""
    near = get_close_matches(name.removeprefix(PREFIX).lower(), known.values(), n=1)
    meant = next((written for written, setting in known.items() if [setting] == near), "")
    return (
        f"没有叫 {name} 的设置" + (f"，是不是 {meant}？" if meant else ""),
        f"there is no setting called {name}" + (f"; did you mean {meant}?" if meant else ""),
    )


def _from_environ(environ: Mapping[str, str], mistakes: list[Mistake]) -> Written:
    kinds = {f.name: f.type for f in dataclasses.fields(Settings)}
    known = {f"{PREFIX}{name.upper()}": name for name in names()}
    gone = {f"{PREFIX}{name.upper()}": todo for name, todo in GONE.items()}
    read: Written = {}
    for variable in sorted(name for name in environ if name.upper().startswith(PREFIX)):
        if variable in gone:
            log.warning("%s: %s", variable, gone[variable])
        elif variable not in known:
            mistakes.append(Mistake(("环境变量", "environment"), _unknown(variable, known)))
        else:
            name = known[variable]
            try:
                read[name] = (_converted(environ[variable], kinds[name]), (variable, variable))
            except ValueError:
                said = _not_so(environ[variable], kinds[name])
                mistakes.append(Mistake((variable, variable), said))
    return read


WORDS: dict[Any, Both] = {
    bool: (" yes 或 no", "yes or no"),
    int: ("整数", "a whole number"),
    float: ("数", "a number"),
}


def _not_so(text: str, kind: Any) -> Both:
    zh, en = WORDS[kind]
    return f"要写{zh}，不能是 {shown(text)}", f"{shown(text)} is not {en}"


def _converted(text: str, kind: Any) -> Any:
    if kind is bool:
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if text.lower() not in words:
            raise ValueError(text)
        return words[text.lower()]
    return kind(text)
