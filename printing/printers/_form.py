"""A printer's settings as the lines of a form and as an address: one mechanism for every kind.

A kind declares a frozen dataclass whose fields are made by `setting`; how the form looks, how the address is
written (tcp://host:port?confirm=gs_r, cups:queue) and what is wrong in either is worked out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Literal, NamedTuple, TypedDict, Unpack, get_type_hints
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

Value = str | int | float
Place = Literal["host", "port", "path", "option"]
"""Where in the address a setting stands."""


def mark(sentence: str) -> str:
    """Mark a Chinese sentence for the catalogue; whoever shows it translates it."""
    return sentence


class Fault(NamedTuple):
    """What is wrong with one field: a Chinese sentence of the catalogue, `facts` for its named gaps."""

    sentence: str
    facts: dict[str, object] = {}  # noqa: RUF012 - never written to

    def __str__(self) -> str:
        return self.sentence % self.facts


class BadPrinter(ValueError):
    """An address or a form names no printer that can be used.

    `faults` holds what is wrong, by field; what belongs to no field stands under "kind".
    """

    def __init__(self, faults: Mapping[str, Fault], what: str) -> None:
        told = "；".join(f"{name}：{fault}" for name, fault in faults.items())
        super().__init__(
            f"打印机 {what!r} 不能用。{told} This printer cannot be used; please mend: {', '.join(faults)}."
        )
        self.faults = dict(faults)


class Choice(NamedTuple):
    """One of the values that a field may have."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One line of a printer's form. `default` None means that it must be filled in.

    `label`, `help` and the choices' labels are Chinese sentences of the catalogue; numbers lie between `low`
    and `high`; texts fit `pattern`, shown by `example`. `is_rare` ones may be folded away.
    """

    name: str
    type: type
    label: str
    help: str
    default: Value | None
    low: float | None
    high: float | None
    choices: tuple[Choice, ...]
    place: Place
    pattern: str
    example: str
    is_rare: bool

    @property
    def is_needed(self) -> bool:
        return self.default is None


class About(TypedDict, total=False):
    """What else a line of the form says; as in `Field`."""

    low: float
    high: float
    choices: tuple[tuple[str, str], ...]
    place: Place
    pattern: str
    example: str
    is_rare: bool


def setting(label: str, help: str = "", *, default: Value | None = None, **about: Unpack[About]) -> Any:  # noqa: A002
    """A dataclass field with its line of the form."""
    plain = {"low": None, "high": None, "place": "option", "pattern": "", "example": "", "is_rare": False}
    choices = tuple(Choice(*choice) for choice in about.get("choices", ()))
    line = plain | about | {"label": label, "help": help, "choices": choices}
    return field(default=MISSING if default is None else default, metadata=line)


def lines(settings: type) -> tuple[Field, ...]:
    """The form of a settings dataclass: first what says where the printer is, the rarely needed last."""
    types = get_type_hints(settings)
    found = [
        Field(
            name=f.name,
            type=types[f.name] if types[f.name] in (int, float) else str,
            default=None if f.default is MISSING else f.default,
            **f.metadata,
        )
        for f in fields(settings)
    ]
    return tuple(sorted(found, key=lambda line: (line.place == "option", line.is_rare)))


_HOST_AND_PORT = re.compile(r"(?P<name>\[[^\]]*\]|[^:@]*)(:(?P<port>.*))?")


def read(url: str, form: tuple[Field, ...]) -> dict[str, str]:
    """The parts of an address by the name of their field, as texts that nobody has checked.

    Raises ValueError when `url` is not an address at all.
    """
    parts = urlsplit(url)
    where = _HOST_AND_PORT.fullmatch(parts.netloc)
    if where is None or parts.fragment:
        raise ValueError("an address is kind://host:port/path?options")
    placed = {"host": where["name"].strip("[]"), "port": where["port"], "path": unquote(parts.path)}
    texts = {line.name: placed.pop(line.place) for line in form if line.place in placed}
    # what the address says beyond the form is kept, so that it is refused by name and not lost in silence
    beyond = {place: text for place, text in placed.items() if text not in (None, "", "/")}
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    return {name: str(text) for name, text in (texts | beyond | options).items() if text is not None}


def write(kind: str, form: tuple[Field, ...], values: Mapping[str, Value]) -> str:
    """The address of checked `values`; options at their defaults are left out."""
    at = {line.place: values[line.name] for line in form if line.place != "option"}
    host = str(at.get("host", ""))
    host = f"[{host}]" if ":" in host else host
    place = f"//{host}:{at['port']}" if "port" in at else f"//{host}" if "host" in at else ""
    options = {
        line.name: values[line.name]
        for line in form
        if line.place == "option" and values[line.name] != line.default
    }
    asked = f"?{urlencode(options, quote_via=quote)}" if options else ""
    return f"{kind}:{place}{quote(str(at.get('path', '')))}{asked}"


def checked(form: tuple[Field, ...], texts: Mapping[str, object]) -> dict[str, Value]:
    """The values of all fields; an empty text means the default. Raises BadPrinter with every fault."""
    values: dict[str, Value] = {}
    faults = dict.fromkeys(texts.keys() - {line.name for line in form}, _UNKNOWN)
    for line in form:
        text = str(texts.get(line.name, "")).strip()
        fault = next(_faults(line, text), None)
        if fault is not None:
            faults[line.name] = fault
        elif text or line.default is None:
            values[line.name] = line.type(text)
        else:
            values[line.name] = line.default
    if faults:
        raise BadPrinter(faults, " ".join(f"{name}={text}" for name, text in texts.items()))
    return values


_UNKNOWN = Fault(mark("没有这一项。"))


def _faults(line: Field, text: str) -> Iterator[Fault]:
    if not text:
        if line.is_needed:
            yield Fault(mark("请填写。"))
    elif line.choices:
        if text not in [choice.value for choice in line.choices]:
            yield Fault(mark("只能是：%(choices)s。"), {"choices": "、".join(c.value for c in line.choices)})
    elif line.type is not str:
        yield from _number_faults(line, text)
    elif not re.fullmatch(line.pattern or ".*", text) or not text.isprintable():
        yield Fault(mark("请像这样填写：%(example)s"), {"example": line.example})


def _number_faults(line: Field, text: str) -> Iterator[Fault]:
    try:
        number = line.type(text)
    except ValueError:
        yield Fault(mark("请填一个数字。"))
        return
    low, high = line.low or 0, line.high or float("inf")
    if not low <= number <= high:  # and so not for "nan"
        yield Fault(mark("请填 %(low)g 到 %(high)g 之间的数。"), {"low": low, "high": high})
