"""The answers of a file, in the place of the pages: all of them checked before anything is written."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from kiosk.cards import LENGTHS, faults
from kiosk.opening_hours import BadOpeningHours, parse_hours
from kiosk.setup.centre import LONGEST_NAME, LONGEST_NAME_EN
from kiosk.setup.rules import MOST_COUNTERS
from kiosk.staff import LONGEST_PASSWORD, SHORTEST_PASSWORD, Role, is_a_name

KNOWN = ("centre_name", "centre_name_en", "opening_hours", "counters", "services", "staff", "card")
NEEDED = ("centre_name", "counters", "services", "staff")


class Person(Struct, frozen=True):
    """An account to open; an empty password is made."""

    name: str
    role: Role
    password: str = ""


class Answers(Struct, frozen=True):
    """What the pages ask. `opening_hours` is a week as the settings write it; empty: always open."""

    centre_name: str
    centre_name_en: str
    opening_hours: str
    counters: int
    services: frozenset[str]
    staff: tuple[Person, ...]
    card: Mapping[str, str] | None


class BadAnswers(Exception):
    """Every mistake at once; `mistakes` holds one sentence for each, with its place in the file."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


def read_answers(given: object, known_codes: frozenset[str]) -> Answers:
    """The answers of a file that was read as JSON. Raises BadAnswers with every mistake and its place."""
    if not isinstance(given, dict):
        raise BadAnswers(["$：要是一个对象 {…}。It must be an object {…}."])
    reading = _Reading(given)
    answers = Answers(
        centre_name=reading.text("centre_name", LONGEST_NAME),
        centre_name_en=reading.text("centre_name_en", LONGEST_NAME_EN),
        opening_hours=reading.hours("opening_hours"),
        counters=reading.counters("counters"),
        services=reading.codes("services", known_codes),
        staff=reading.people("staff"),
        card=reading.card("card"),
    )
    if reading.mistakes:
        raise BadAnswers(reading.mistakes)
    return answers


class _Reading:
    """Reads each answer, noting what is wrong with it; what is wrong is empty then."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.mistakes: list[str] = []
        for name in given:
            if name not in KNOWN:
                near = get_close_matches(name, KNOWN, n=1)
                meant = f"，是不是 {near[0]}？ did you mean {near[0]}?" if near else ""
                self.wrong(name, f"没有这一项{meant}", "there is no such answer")
        for name in NEEDED:
            if name not in given:
                self.wrong(name, "还没有写", "it is missing")

    def wrong(self, path: str, zh: str, en: str) -> None:
        self.mistakes.append(f"$.{path}：{zh}。{en[0].upper()}{en[1:]}.")

    def text(self, name: str, most: int, *, path: str = "", within: Mapping[str, Any] | None = None) -> str:
        value = (self.given if within is None else within).get(name, "")
        path = path or name
        if not isinstance(value, str) or not value.isprintable():
            self.wrong(path, "要是一行文字", "it must be one line of text")
            return ""
        said = value.strip()
        if name in (self.given if within is None else within) and not said and not name.endswith("_en"):
            self.wrong(path, "是空的", "it is empty")
        if len(said) > most:
            self.wrong(path, f"最多{most}个字", f"it has at most {most} characters")
        return said

    def hours(self, name: str) -> str:
        week = self.given.get(name, "")
        try:
            if not isinstance(week, str):
                raise BadOpeningHours(str(week))
            parse_hours(week)
        except BadOpeningHours as fault:
            like = "1-5 08:30-12:00 13:30-17:30; 6 09:00-12:00"
            self.wrong(name, f"看不懂“{fault}”，要像 {like}", f"it must be like {like}")
            return ""
        return week

    def counters(self, name: str) -> int:
        count = self.given.get(name, 1)
        if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_COUNTERS:
            self.wrong(
                name, f"要是1到{MOST_COUNTERS}的整数", f"it must be a whole number from 1 to {MOST_COUNTERS}"
            )
            return 0
        return count

    def codes(self, name: str, known: frozenset[str]) -> frozenset[str]:
        given = self.given.get(name, "all")
        if given == "all":
            return known
        if not isinstance(given, list) or not given:
            self.wrong(name, '要是 "all" 或者编号的列表', 'it must be "all" or a list of codes')
            return frozenset()
        for at, code in enumerate(given):
            if not isinstance(code, str) or code not in known:
                self.wrong(
                    f"{name}[{at}]", f"没有 {code!r} 这个编号", "the starter catalogue has no such code"
                )
        return frozenset(code for code in given if isinstance(code, str))

    def people(self, name: str) -> tuple[Person, ...]:
        given = self.given.get(name, [])
        if not isinstance(given, list):
            self.wrong(name, "要是一个列表", "it must be a list")
            return ()
        people = [self._person(f"{name}[{at}]", one) for at, one in enumerate(given)]
        names = [one.name for one in people if one.name]
        for at, one in enumerate(people):
            if (one.name and one.name in names[: names.index(one.name)]) or names.count(one.name) > 1:
                self.wrong(f"{name}[{at}].name", f"{one.name} 写了两次", "two have this name")
        if name in self.given and Role.ADMIN not in {one.role for one in people}:
            self.wrong(name, "要有一个 admin", "one of them must be an admin")
        return tuple(people)

    def _person(self, path: str, one: object) -> Person:
        if not isinstance(one, dict):
            self.wrong(path, "要是一个对象", "it must be an object")
            return Person("", Role.CLERK)
        for part in one:
            if part not in ("name", "role", "password"):
                self.wrong(f"{path}.{part}", "没有这一项", "there is no such answer")
        name, role, password = one.get("name", ""), one.get("role", ""), one.get("password", "")
        if not isinstance(name, str) or not is_a_name(name):
            self.wrong(f"{path}.name", "要1到32个字，中间没有空格", "1 to 32 characters and no space")
            name = ""
        roles = tuple(known.value for known in Role)
        if role not in roles:
            self.wrong(f"{path}.role", f"要是 {'、'.join(roles)}", f"it must be one of {', '.join(roles)}")
            role = Role.CLERK
        if not isinstance(password, str) or (password and not _fits(password)):
            lengths = f"{SHORTEST_PASSWORD}–{LONGEST_PASSWORD}"
            self.wrong(
                f"{path}.password",
                f"要{lengths}个字符，不写就做一个",
                f"{lengths} characters, or leave it out",
            )
            password = ""
        return Person(name, Role(role), password)

    def card(self, name: str) -> Mapping[str, str] | None:
        given = self.given.get(name)
        if given is None:
            return None
        if not isinstance(given, dict):
            self.wrong(name, "要是一个对象", "it must be an object")
            return None
        fields = {
            part: self.text(part, most, path=f"{name}.{part}", within=given) for part, most in LENGTHS.items()
        }
        for part in given:
            if part not in LENGTHS:
                self.wrong(f"{name}.{part}", "没有这一项", "there is no such answer")
        for part, code in faults(fields).items():
            if part not in given or code == "phone_signs":
                self.wrong(f"{name}.{part}", "还没有写，或者不对", "it is missing, or wrong")
        return fields


def _fits(password: str) -> bool:
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD and password.isprintable()
