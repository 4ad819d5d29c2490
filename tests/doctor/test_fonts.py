"""Letters that no typeface here can print: really so once, and the doctor says it."""

import pytest

from kiosk import people
from kiosk.asked import Asked
from kiosk.database.joining import write_rules
from kiosk.doctor.fonts import labels
from printing.drawing import fonts


@pytest.fixture
def own_font():
    yield
    fonts.use(None)


def test_font_that_is_not_there_is_told(worst, own_font, tmp_path):
    grade, said = worst("fonts", font=str(tmp_path / "none.ttf"))
    assert grade == "BROKEN"
    assert "apt-get" in said


@pytest.mark.parametrize("where", ["service", "material", "contact_card", "rules"])
def test_font_a_character_that_cannot_be_printed_is_named(box, worst, where):
    odd = "\U000310a0"
    column = {"service": "name", "material": "text", "contact_card": "name"}.get(where)
    with box.database.write() as tx:
        if column is None:
            write_rules(tx, {"centre_name": f"{odd}社区"})
        else:
            tx.exec_driver_sql(f"UPDATE {where} SET {column} = ?", (f"李{odd}",))  # noqa: S608 - ours
    grade, said = worst("fonts")
    assert grade == "REMARK"
    assert "U+310A0" in said


def test_font_the_letters_of_names_on_the_register_are_looked_at(box, clock, worst):
    with box.database.write() as tx:
        people.add_team(tx, Asked(clock(), 1), "\U000310a0队", people.TeamKind.TEAM, "")
        people.add_person(tx, Asked(clock(), 1), "王\U000310a1", "", [])
    grade, said = worst("fonts")
    assert grade == "REMARK"
    assert "U+310A0" in said
    assert "U+310A1" in said
    assert "王" not in said


def test_font_all_that_is_in_use_can_be_printed(worst):
    assert worst("fonts")[0] == "WELL"


def test_font_the_labels_of_the_slips_are_looked_at():
    assert {*"前面还有补打请带好"} <= set(labels())
