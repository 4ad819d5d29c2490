"""Every field of every form that any page shows, filled with what no column can hold: never our fault."""

import pytest

from tests.every_address import NAMED, every_address
from tests.visitor import Page, Visitor

HOSTILE = {
    "24 digits": "9" * 24,
    "too long, with NUL and letters outside the first plane": "\x00\u202e𮯰" * 2000,
}


@pytest.fixture
def admin(app, clock):
    """Somebody who may do everything, where people are at a counter, on hold and in the line."""
    admin = Visitor(app)
    for _ in range(3):
        admin.take()
        clock.forward(seconds=30)
    admin.log_in("admin", "demo-admin")
    admin.post("/counter/1/open")
    admin.post("/counter/1/call-next")
    admin.post("/counter/1/start")
    admin.post("/counter/1/hold", {"kind": "kept"})
    admin.post("/counter/1/call-next")
    return admin


def forms(admin) -> dict[tuple[str, ...], tuple[str, dict[str, str]]]:
    """The forms of all pages, one of each kind: where it goes and what is in it."""
    found: dict[tuple[str, ...], tuple[str, dict[str, str]]] = {}
    for _, address in every_address():
        if "." in address:
            continue  # a file, which takes a second to make
        page = Page(admin.client.get(address))
        if page.mimetype != "text/html" or page.status != 200:
            continue
        page.judge()
        for form in page.all(".//form[@method='post']"):
            fields = [f for kind in ("input", "select", "textarea") for f in form.iter(kind) if f.get("name")]
            filled = {field.get("name", ""): field.get("value") or "" for field in fields}
            action = form.get("action", "")
            kind = "".join("#" if letter.isdigit() else letter for letter in action)
            found.setdefault((kind, *sorted(filled)), (action, filled))
    return found


@pytest.mark.long
def test_no_form_ends_in_a_fault_whatever_is_in_it(admin, happenings):
    tried, faults = 0, []
    for action, filled in forms(admin).values():
        for name in filled:
            for what, bad in HOSTILE.items():
                if action == "/log-out":
                    continue
                answer = admin.client.post(action, data=filled | {name: bad}, headers=admin.headers)
                if answer.status_code >= 500:
                    faults.append((action, name, what))
                if "/log-in" in answer.headers.get("Location", ""):
                    admin.log_in("admin", "demo-admin")
                tried += 1
    assert faults == []
    assert tried > 200


@pytest.mark.long
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_with_nul_in_it_leads_nowhere_and_is_no_fault(admin, method):
    texts = NAMED.keys() - {"move", "verb"}  # those are of a list
    hostile = dict(every_address(method, **dict.fromkeys(texts, "\0")))
    changed = {view: hostile[view] for view, address in every_address(method) if hostile[view] != address}
    found = {
        view: admin.client.open(address, method=method, headers=admin.headers).status_code
        for view, address in changed.items()
    }
    assert len(found) > 20
    assert {view: status for view, status in found.items() if status >= 500} == {}
