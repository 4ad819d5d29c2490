"""A crawl as every role: each cell of the table of who sees what, on every page that staff can open."""

import pytest

from kiosk import concerns, kinds, staff
from kiosk.asked import Asked
from kiosk.concerns import Contact, GridPlan, Hand, Kind, Outcome, PlacePlan, Reply, Said, Source, Told
from kiosk.kinds import NewDate, Seen, WhatRunsOut
from kiosk.staff import Role
from tests.every_address import every_address
from tests.visitor import Visitor

WORDS, PHONE, REPLY, PLACE = "喜鹊在楼道里叫", "13987654321", "已请鸟飞走了", "梧桐苑"
ABOUT = "有人反映鸟叫"
FOUND, HOPED, HELD, DATED = "鸟巢挡住了灯", "想要一个鸟笼", "养鸟证", "鸟大爷"
"""What a walk found, what somebody hopes for, a paper that is held, for whom something runs out."""
ROLES = tuple(role for role in Role if role != Role.VIEWER)


@pytest.fixture
def people(app, box, clock) -> dict[str, int]:
    """An account of every role, and a second clerk who is accused: log-in name → id."""
    kept = staff.hashed("demo-password", "scrypt:128:8:1")
    wanted = [*((f"a-{role}", role) for role in Role), ("accused", Role.CLERK), ("owner", Role.CLERK)]
    with box.database.write() as tx:
        return {name: staff.add_staff(tx, Asked(clock()), name, role, kept) for name, role in wanted}


@pytest.fixture
def told(box, clock, people) -> dict[str, int]:
    """One concern of each kind that the table tells apart, all with words, a number and a reply: its id."""
    made = {}
    with box.database.write() as tx:
        at = Asked(clock(), people["a-clerk"])
        grid = concerns.add_grid(tx, at, GridPlan("一格", people["a-grid"]))
        court = concerns.add_place(tx, at, PlacePlan(PLACE))
        inside = concerns.add_place(tx, at, PlacePlan("1号楼", parent_id=court))
        concerns.put_place(tx, at, court, grid)
        elsewhere = concerns.add_place(tx, at, PlacePlan("槐安里"))

        def take_in(name, place, by="owner", source=Source.DESK, **more):
            contact = Contact("客", PHONE, "4321")
            words = f"{WORDS}{name}"
            said = Said("lights", f"tap-{name}", source, place, words, f"{ABOUT}{name}", contact, **more)
            made[name] = concerns.take_in(tx, box.centre, Asked(clock(), people[by]), said).id
            hand = Hand(Asked(clock(), people["owner"]), is_lead=True)
            reply = Reply(Outcome.SOLVED, f"{REPLY}{name}", Told.RECEIPT)
            if name != "new":
                concerns.settle(tx, box.centre, hand, made[name], reply)

        take_in("inside", inside)
        take_in("elsewhere", elsewhere)
        take_in("sealed", inside, is_sealed=True)
        take_in("mine", elsewhere, by="a-clerk")
        take_in("accused", elsewhere)
        take_in("secretary", elsewhere)
        for kind, source in KINDS.items():
            take_in(kind, elsewhere, kind=kind, source=source)
        _hang_on(tx, box, Asked(clock(), people["owner"]), made, {"inside": inside, "elsewhere": elsewhere})
        hand = Hand(Asked(clock(), people["a-manager"]), is_lead=True)
        concerns.seal(tx, hand, made["accused"], people["accused"])
        concerns.seal(tx, hand, made["secretary"], people["a-secretary"])
    return made


def _hang_on(tx, box, asked, made, places):
    """What kinds keep beside a concern: a walk with a finding in each place, a hope, a paper held, a date."""
    for name, place in places.items():
        walk = kinds.begin_patrol(tx, asked, place, f"walk-{name}")
        seen = Seen("lights", f"{FOUND}{name}", "物业", "", box.centre.day(asked.now), f"seen-{name}")
        kinds.note_finding(tx, box.centre, asked, walk, seen)
        hope = Said("lights", f"hope-{name}", Source.DESK, place, "", "", Contact("客", PHONE, "4321"))
        hoped = concerns.take_in(tx, box.centre, asked, hope).id
        kinds.write_sentence(tx, Hand(asked, is_lead=True), hoped, f"{HOPED}{name}")
    case = concerns.take_in(
        tx, box.centre, asked, Said("lights", "case", Source.DESK, places["elsewhere"])
    ).id
    kinds.hold_paper(tx, Hand(asked, is_lead=True), case, f"{HELD}elsewhere")
    ran_out = NewDate(WhatRunsOut.CARE, Contact(DATED, PHONE, "4321"), box.centre.day(asked.now), 12, "due")
    kinds.add_date(tx, box.centre, asked, ran_out)


@pytest.fixture
def log_in(app):
    def log_in(name) -> Visitor:
        member = Visitor(app)
        member.log_in(name, "demo-password")
        return member

    return log_in


KINDS = {
    Kind.HOPE: Source.STATION, Kind.CASE: Source.COUNTER, Kind.FINDING: Source.PATROL,
    Kind.QUESTION: Source.CALL, Kind.SUGGESTION: Source.SHEET, Kind.REMINDER: Source.DATE,
}  # fmt: skip
"""Each has pages of its own."""

NOTHING: frozenset[str] = frozenset()
OPEN = frozenset(("inside", "elsewhere", "mine", *KINDS))
ALL = OPEN | {"sealed", "accused"}
THEIRS = frozenset(("secretary",))
SEES = {
    # role: those that are there, words, number in full after one press, place, reply
    Role.CLERK: (OPEN, {"mine"}, NOTHING, OPEN, OPEN),
    Role.DESK: (OPEN, NOTHING, NOTHING, OPEN, OPEN),
    Role.MANAGER: (ALL, ALL, ALL, ALL, ALL),
    Role.SECRETARY: (ALL, ALL, ALL, ALL, ALL),
    Role.GRID: ({"inside"}, {"inside"}, {"inside"}, {"inside"}, {"inside"}),
    Role.STREET: (OPEN | THEIRS, THEIRS, NOTHING, OPEN | THEIRS, OPEN | THEIRS),
    Role.ADMIN: (OPEN, NOTHING, NOTHING, NOTHING, NOTHING),
}
"""The table, as far as each of these concerns shows it."""


READS = {role: there for role, (there, *_) in SEES.items()} | {Role.ADMIN: NOTHING, Role.STREET: THEIRS}
"""Whoever may know that it is there reads the sentence that staff wrote of it, but these two."""


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sees_on_the_page_of_a_concern_what_the_table_says(told, log_in, role):
    member = log_in(f"a-{role}")
    seen: tuple[set[str], ...] = (set(), set(), set(), set(), set())
    for name, number in told.items():
        answer = member.client.get(f"/concerns/{number}")
        text, is_there = answer.get_data(as_text=True), answer.status_code == 200
        assert is_there or answer.status_code == 404
        looked = member.client.post(f"/concerns/{number}/look", data={}, headers=member.headers)
        facts = (
            is_there, f"{WORDS}{name}" in text, PHONE in looked.get_data(as_text=True),
            PLACE in text or "槐安里" in text, f"{REPLY}{name}" in text,
        )  # fmt: skip
        assert PHONE not in text
        for cell, is_so in zip(seen, facts, strict=True):
            if is_so:
                cell.add(name)
    assert seen == SEES[role]


HANGS = {
    # role: walks' findings, hopes that nobody has released, papers held, for whom something runs out
    Role.CLERK: ({"inside", "elsewhere"}, {"inside", "elsewhere"}, {"elsewhere"}, True),
    Role.DESK: ({"inside", "elsewhere"}, {"inside", "elsewhere"}, {"elsewhere"}, True),
    Role.MANAGER: ({"inside", "elsewhere"}, {"inside", "elsewhere"}, {"elsewhere"}, True),
    Role.SECRETARY: ({"inside", "elsewhere"}, {"inside", "elsewhere"}, {"elsewhere"}, True),
    Role.GRID: ({"inside"}, {"inside"}, NOTHING, False),
    Role.STREET: (NOTHING, NOTHING, NOTHING, False),
    Role.ADMIN: (NOTHING, NOTHING, NOTHING, False),
    Role.VIEWER: (NOTHING, NOTHING, NOTHING, False),
}
"""The same of what hangs on concerns: theirs are those of the own grid."""


@pytest.mark.parametrize("role", Role)
def test_what_kinds_keep_beside_a_concern_is_shown_to_those_who_may_read_it(told, log_in, role):
    member, every = log_in(f"a-{role}"), {"inside", "elsewhere"}
    pages = ["/s/patrols", "/s/patrols/1", "/s/patrols/2", "/s/hopes", "/s/dates"]
    pages += [f"/{way}/{number}" for way in ("concerns", "s/cases", "s/hopes") for number in range(1, 25)]
    text = "".join(member.client.get(address).get_data(as_text=True) for address in pages)
    seen = tuple({name for name in every if f"{words}{name}" in text} for words in (FOUND, HOPED, HELD))
    assert (*seen, DATED in text) == HANGS[role]
    assert PHONE not in text


PACKED = (".pdf", ".xlsx", ".png")
"""No word is found in their bytes (a second each): tests/figures/test_ledgers.py reads them."""


@pytest.mark.long
@pytest.mark.parametrize("role", Role)
def test_no_page_of_staff_shows_more_than_the_table_says(told, log_in, role):
    member = log_in(f"a-{role}")
    _, words, _, place, reply = SEES.get(role, (NOTHING,) * 5)
    wrong = []
    every = [address for _, address in every_address("GET") if "log-out" not in address]
    addresses = [address for address in every if not address.endswith(PACKED)]
    for address in (*addresses, "/concerns?over=1"):
        text = member.client.get(address).data.decode(errors="replace")
        shown = {name for name in told if f"{WORDS}{name}" in text} - set(words)
        shown |= {name for name in told if f"{REPLY}{name}" in text} - set(reply)
        shown |= {name for name in told if f"{ABOUT}{name}" in text} - set(READS.get(role, NOTHING))
        if shown or PHONE in text or (address == "/concerns?over=1" and PLACE in text and not place):
            wrong.append((address, shown))
    assert len(addresses) > 100
    assert [address for address, _ in wrong] == []


def test_whoever_is_accused_finds_no_trace_of_it_and_can_do_nothing(told, log_in):
    member, number = log_in("accused"), told["accused"]
    assert "S0005" not in member.get("/concerns?over=1").words()
    member.get(f"/concerns/{number}", 404)
    for verb in ("accept", "look", "reopen", "seal"):
        member.post(f"/concerns/{number}/{verb}", {"line": "x"}, 404)


def test_the_street_sees_a_single_one_after_it_wrote_why_and_the_look_is_noted(told, log_in, clock):
    street, number = log_in("a-street"), told["elsewhere"]
    assert "S0002" not in street.get("/concerns?over=1").words()
    assert street.get("/concerns").with_attribute("data-counts")
    street.post("/concerns/find", {"number": "S0002", "line": ""}, 400)
    street.post(
        "/concerns/find", {"number": "S0003", "line": "x"}, 404
    )  # sealed, and not against the secretary
    page = street.get(
        street.post("/concerns/find", {"number": "s0002", "line": "信访转来"}).headers["Location"]
    )
    assert f"{WORDS}elsewhere" in page.words()
    assert PHONE not in page.text
    assert "信访转来" in log_in("a-secretary").get(f"/concerns/{number}").words()
    clock.forward(minutes=31)
    assert f"{WORDS}elsewhere" not in street.get(f"/concerns/{number}").words()


def test_each_look_at_a_number_is_noted_with_who_looked(told, log_in, box):
    log_in("a-grid").post(f"/concerns/{told['inside']}/look", {}, 200)
    log_in("a-secretary").post(f"/concerns/{told['inside']}/look", {}, 200)
    with box.database.read() as tx:
        looks = [one for one in concerns.lines_of(tx, told["inside"]) if one.verb == concerns.Verb.LOOK]
        names = staff.staff_names(tx)
    assert [names[one.staff_id or 0] for one in looks] == ["a-grid", "a-secretary"]


def test_what_is_about_the_secretary_leaves_who_had_it_and_is_the_streets_to_decide(told, log_in):
    street, number = log_in("a-street"), told["secretary"]
    page = street.get(f"/concerns/{number}")
    assert f"{WORDS}secretary" in page.words()
    assert "只有街道看" in page.words()
    assert "/s/cases/" not in page.text  # no press that leads to what is not for them
    street.post(f"/concerns/{number}/reopen", {"line": "再查"})
    street.post(f"/concerns/{number}/decline", {"reason": "discipline", "line": "请打12388"})
    assert street.get(f"/concerns/{number}").attribute("data-state") == "declined"
