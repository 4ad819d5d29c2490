"""What the centre is called, and its rules."""

from .conftest import fields, noted


def test_the_centres_name_is_another_on_the_next_page_and_a_rule_counts_at_once(admin, visitor, rows):
    form = fields(admin.get("/admin/centre")) | {
        "centre_name": "桃园社区",
        "guard_s": "0",
        "when_not_printing": "show",
    }
    form.pop("phone_tickets")
    admin.post("/admin/centre", form)
    assert "桃园社区" in visitor.get("/").words()
    page = admin.post("/admin/centre", form | {"centre_name": " ", "no_show_calls": "11", "slow_s": ""}, 400)
    faults = {one.get("id") for one in page.all(".//span[@class='fault']")}
    assert faults == {"centre_name-fault", "no_show_calls-fault", "slow_s-fault"}
    assert "表情图" in admin.post("/admin/centre", form | {"centre_name": "桃园😀"}, 400).words()
    admin.post("/admin/centre", form | {"centre_name": "李村社区"}, 409)
    assert noted(rows) == [("setting", "centre", "change", 1)]
