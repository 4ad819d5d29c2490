import io
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk import changes, staff
from kiosk.asked import Asked
from kiosk.changes import Noted
from kiosk.database import metadata
from kiosk.screens.centre.change_words import KIND_WORDS
from tests.audit import AUDITED, NOT_AUDITED
from tests.every_address import every_rule
from tests.visitor import Visitor

CHANGES = "/admin/changes"


@pytest.fixture
def admin(app):
    admin = Visitor(app)
    admin.log_in("admin", "demo-admin")
    return admin


@pytest.fixture
def manager(app, box, clock):
    with box.database.write() as tx:
        kept = staff.hashed("demo-manager", "scrypt:128:8:1")
        staff.add_staff(tx, Asked(clock()), "manager", staff.Role.MANAGER, kept)
    manager = Visitor(app)
    manager.log_in("manager", "demo-manager")
    return manager


@pytest.fixture
def note(box, clock):
    def note(name, kind="card", key="1", staff_id=1, **facts):
        with box.database.write() as tx:
            return changes.note(
                tx, Asked(clock(), staff_id), Noted(kind, key, name, "edit", None, facts or {"post": name})
            )

    return note


def shown(page):
    return [int(one) for one in re.findall(r'data-change="(\d+)"', page.text)]


def test_the_page_tells_who_changed_what_before_and_after(admin):
    admin.post("/admin/devices/codes", {"kind": "board", "name": "门口的"}, 200)
    page = admin.get(CHANGES)
    line = page.text[page.text.index('data-change="') :]
    assert "admin" in line
    assert "2026-11-23 09:00" in line
    assert re.search(r"门口的.*要了开通码.*种类</dt><dd><ins>大厅的大屏</ins>", line, re.DOTALL)
    assert not re.search(r"\b\d{6}\b", line)


def test_the_form_asks_by_kind_by_whom_by_days_and_by_words(admin, note, clock):
    old = note("社区书记", staff_id=2)
    clock.forward(days=2)
    admin.log_in("admin", "demo-admin")
    new = note("网格员", kind="team", contact="老地方")
    by = {
        "kind=team": [new],
        "staff=2": [old],
        "since=2026-11-24": [new],
        "until=2026-11-23&kind=card": [old],
        "words=老地": [new],
        "words=书记": [old],
        "words=没有的": [],
        "kind=card&words=老地": [],
    }
    assert {asked: shown(admin.get(f"{CHANGES}?{asked}")) for asked in by} == by


def test_what_is_wrong_in_the_form_is_said_at_its_field_and_what_was_typed_stays(admin):
    page = admin.get(f"{CHANGES}?since=2026-11-24&until=2026-11-20&kind=nothing&words=票", 400)
    assert {one.get("id") for one in page.all(".//span[@class='fault']")} == {"until-fault", "kind-fault"}
    assert page.value("words") == "票"
    for hostile in (
        "since=0001-01-01",
        "until=9999-12-31",
        "below=99999999999",
        "staff=x",
        f"words={'字' * 41}",
    ):
        admin.get(f"{CHANGES}?{hostile}", 400)
    admin.get(f"{CHANGES}/changes.xlsx?since=x", 400)


def test_older_changes_are_a_page_further_on(admin, note):
    made = [note(f"岗位{number}") for number in range(52)]
    first = admin.get(f"{CHANGES}?kind=card")
    assert shown(first) == made[:1:-1]
    older = next(a.get("href") for a in first.all(".//a") if "below=" in a.get("href", ""))
    assert "kind=card" in older
    assert shown(admin.get(older)) == [made[1], made[0]]
    sent = admin.post(CHANGES, {"words": "岗位"}, 200)
    assert [one for one in sent.all(".//a") if "words" in one.get("href", "")] == [], "it may be a name"
    (button,) = sent.all(".//button[@name='below']")
    assert shown(admin.post(CHANGES, {"words": "岗位", "below": button.get("value")}, 200)) == made[1::-1]


def test_the_table_holds_one_row_a_field_and_no_formula(admin, note):
    note("=HYPERLINK(1)", post="@SUM(1)", phone="110")
    answer = admin.client.get(f"{CHANGES}/changes.xlsx?kind=card")
    rows = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    assert [row[3:] for row in rows[1:]] == [
        ("'=HYPERLINK(1)", "改了", "岗位", None, "'@SUM(1)"),
        ("'=HYPERLINK(1)", "改了", "电话", None, "110"),
    ]


def test_a_change_is_taken_back_and_that_is_a_change_too(admin):
    admin.post("/admin/people/teams/new", {"name": "磨刀队", "kind": "team", "contact": ""})
    team = admin.get(CHANGES)
    admin.post("/admin/people/teams/1", {"name": "剪刀队", "contact": "老张"})
    edited = shown(admin.get(CHANGES))[0]
    admin.post(f"{CHANGES}/{edited}/undo")
    page = admin.get("/admin/people/teams/1")
    assert page.value("name") == "磨刀队"
    assert len(shown(admin.get(CHANGES))) == len(shown(team)) + 2
    assert "撤销这次修改" not in admin.get(f"{CHANGES}/{edited}").text
    admin.post(f"{CHANGES}/{edited}/undo", status=409)


def test_what_cannot_be_taken_back_has_no_button_and_says_why(admin, manager, note):
    admin.post("/admin/staff/3/role", {"role": "viewer"})
    role = shown(admin.get(CHANGES))[0]
    assert "撤销这次修改" not in manager.get(f"{CHANGES}/{role}").text
    manager.post(f"{CHANGES}/{role}/undo", status=403)
    assert "撤销这次修改" in admin.get(f"{CHANGES}/{role}").text
    foreign = note("将来的", kind="later")
    assert "不能撤销" in admin.get(f"{CHANGES}/{foreign}").text
    admin.post(f"{CHANGES}/{foreign}/undo", status=400)
    admin.get(f"{CHANGES}/999999", 404)
    admin.post(f"{CHANGES}/999999/undo", status=404)


def test_every_table_is_audited_or_named_with_why_not():
    assert set(AUDITED) | set(NOT_AUDITED) == set(metadata.tables)
    assert set(AUDITED) & set(NOT_AUDITED) == set()
    assert {kind for audited in AUDITED.values() for kind in audited.kinds} <= set(KIND_WORDS)


def written(path: Path) -> str:
    """A test's text, its constant addresses filled in."""
    text = path.read_text(encoding="utf-8")
    for name, address in re.findall(r'^([A-Z]+) = "(/[^"]+)"', text, re.MULTILINE):
        text = text.replace(f"{{{name}}}", address)
    return text


def is_sent(rule: str, texts: list[str]) -> bool:
    """Whether a test sends a form to this address: written whole, or its last part behind a name."""
    whole = re.compile('"' + re.sub(r"<[^>]+>", '[^/"]+', rule) + '["?]')
    before, after = rule.partition("/<")[0], rule.rpartition(">")[2]
    in_parts = re.compile(rf'}}{after}"' if after else whole)
    return any(whole.search(text) or (before in text and in_parts.search(text)) for text in texts)


def test_every_form_of_the_office_is_sent_where_the_audit_watches():
    """The audit looks at every form that a test of screens sends: so none writes without its row."""
    here = Path(__file__).parents[1]
    texts = [written(path) for path in here.rglob("*.py")]
    office = ("/admin", "/setup", "/printers", "/hall")
    rules = {rule for rule in every_rule("POST") if rule.startswith(office)}
    assert len(rules) > 110
    assert [rule for rule in sorted(rules) if not is_sent(rule, texts)] == []
