"""The starter catalogue: what community service centres offer, read from the file beside this."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("starter.toml")


@dataclass(frozen=True)
class Line:
    """One thing to bring, in both languages; `kind` is own, agent or if_you_have."""

    kind: str
    text: str
    text_en: str
    note: str
    note_en: str


@dataclass(frozen=True)
class Starter:
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


@dataclass(frozen=True)
class StarterGroup:
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
    with FILE.open("rb") as file:
        read = tomllib.load(file)
    place = {"place": read["place"], "place_en": read["place_en"]}
    return tuple(_group(group, read["materials"], place) for group in read["groups"])


def _group(
    read: dict[str, Any], materials: Mapping[str, Sequence[str]], place: dict[str, str]
) -> StarterGroup:
    services = tuple(_service(one, materials, place) for one in read.pop("services"))
    return StarterGroup(**read, services=services)


def _service(read: dict[str, Any], materials: Mapping[str, Sequence[str]], place: dict[str, str]) -> Starter:
    lines = tuple(Line(kind, *materials[name]) for kind in KINDS for name in read.pop(kind, ()))
    return Starter(**{"is_popular": False} | place | read, lines=lines)
