"""The doctor's round: every check in turn, each with its deadline; one that breaks stops no other."""

import threading
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from time import monotonic
from types import ModuleType
from typing import Any

from msgspec import Struct

from kiosk.doctor._findings import Both, Finding, Grade, broken
from kiosk.doctor._target import Target

DEADLINE_S = 15.0
"""For a check that names no other."""


class Result(Struct, frozen=True):
    """What one check found. `name` is its file, `title` what people call it."""

    name: str
    title: Both
    findings: tuple[Finding, ...]
    took_s: float

    @property
    def grade(self) -> Grade:
        """The worst of its findings."""
        return max(finding.grade for finding in self.findings)


def checks() -> dict[str, ModuleType]:
    """Every check by name: a file of this package whose name begins with no underscore."""
    package = __name__.rpartition(".")[0]
    names = [m.name for m in iter_modules(import_module(package).__path__) if not m.name.startswith("_")]
    return {name: import_module(f"{package}.{name}") for name in sorted(names)}


def examine(target: Target) -> Iterator[Result]:
    """Run every check, one after another: side by side they would spoil what the disk's measures."""
    for name, check in checks().items():
        began = monotonic()
        findings = _within(check, target, getattr(check, "DEADLINE_S", DEADLINE_S))
        yield Result(name, check.TITLE, findings, monotonic() - began)


def _within(check: ModuleType, target: Target, deadline_s: float) -> tuple[Finding, ...]:
    found: list[Finding] = []
    thread = threading.Thread(target=_collect, args=(check, target, found), daemon=True)
    thread.start()
    thread.join(deadline_s)
    if thread.is_alive():
        said = (f"查了 {deadline_s:g} 秒还没有结果。", f"no result after {deadline_s:g} s.")
        todo = (
            "等空闲时再查一次；还是这样，就请人来看。",
            "Look again when it is quiet; then call for help.",
        )
        return (*found, broken(said, todo, deadline_s=deadline_s))
    return tuple(found)


def _collect(check: Any, target: Target, found: list[Finding]) -> None:
    try:
        findings: Iterable[Finding] = check.check(target)
        found.extend(findings)
    except Exception as fault:  # whatever one check stumbles over, the others must speak
        why = f"{type(fault).__name__}: {fault}"
        todo = ("请把这一行交给维护的人。", "Give this line to whoever looks after the box.")
        found.append(broken((f"这一项查不下去：{why}。", f"this check broke off: {why}."), todo, fault=why))
