"""Entries on a phone, at a door."""


def test_an_entry_at_a_door_is_sent_by_a_script_or_as_any_form_is(clerk):
    page = clerk.get("/s/door")
    form = {"tap": "a", "pick": "2", "source": "stairwell", "back": "/s/door"}
    assert page.value("back") == "/s/door"
    sent = clerk.client.post("/concerns/add", data=form, headers={**clerk.headers, "Linli-Sent": "1"})
    assert (sent.status_code, sent.headers["Linli-Go-To"]) == (204, "/s/door?taken=S0001")
    assert "S0001" in clerk.get("/s/door?taken=S0001").words()
