"""The starter catalogue: what community service centres offer, read from the file beside this."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

FILE = Path(__file__).with_name("starter.toml")


class Line(Struct, frozen=True):
    """One thing to bring, in both languages; `kind` is own, agent or if_you_have."""

    kind: str
    text: str
    text_en: str
    note: str
    note_en: str


class End(Struct, frozen=True):
    """A line of what is asked at the end of a visit, in both languages; `kind` is result or way."""

    kind: str
    text: str
    text_en: str
    reasons: str
    reasons_en: str


class Starter(Struct, frozen=True):
    """A service of the starter catalogue; `initials` are those of its pinyin."""

    code: str
    name: str
    name_en: str
    initials: str
    icon: str
    duration_min: int
    is_popular: bool
    place: str
    place_en: str
    lines: tuple[Line, ...]
    ends: tuple[End, ...] = ()


class StarterGroup(Struct, frozen=True):
    """A group of them, whose numbers share a letter."""

    slug: str
    letter: str
    name: str
    name_en: str
    icon: str
    services: tuple[Starter, ...]


KINDS = ("own", "agent", "if_you_have")


def starter_groups() -> tuple[StarterGroup, ...]:
    """The whole catalogue, in its order. Takes 20 ms: nothing of it stays in the server."""
    read = _read()
    place = {"place": read["place"], "place_en": read["place_en"]}
    return tuple(_group(group, read, place) for group in read["groups"])


def starter_ends() -> dict[str, tuple[End, ...]]:
    """What the catalogue has services ask at the end of a visit, by name."""
    return {name: _ends(lines) for name, lines in _read()["ends"].items()}


def _read() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _group(group: dict[str, Any], read: Mapping[str, Any], place: dict[str, str]) -> StarterGroup:
    services = tuple(_service(one, read, place) for one in group.pop("services"))
    return StarterGroup(**group, services=services)


def _service(one: dict[str, Any], read: Mapping[str, Any], place: dict[str, str]) -> Starter:
    lines = tuple(Line(kind, *read["materials"][name]) for kind in KINDS for name in one.pop(kind, ()))
    ends = _ends(read["ends"].get(one.pop("ends", ""), ()))
    return Starter(**{"is_popular": False} | place | one, lines=lines, ends=ends)


def _ends(lines: Sequence[Sequence[str]]) -> tuple[End, ...]:
    return tuple(End(*line) for line in lines)
