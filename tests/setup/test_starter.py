"""The starter catalogue: every line of it can be offered as it is."""

import tomllib
from collections import Counter
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from kiosk import services, setup
from kiosk.services import GroupPlan
from kiosk.setup.furnish import plan_of
from kiosk.setup.starter import FILE
from printing.drawing.fonts import undrawn

GROUPS = setup.starter_groups()
EVERY = [(group, one) for group in GROUPS for one in group.services]
ICONS = Path(__file__).parent.parent.parent / "static" / "vendor" / "icons"


def test_there_are_eighty_services_in_about_eight_groups():
    assert len(EVERY) >= 80
    assert 7 <= len(GROUPS) <= 9
    assert all(8 <= len(group.services) <= 16 for group in GROUPS)


def test_codes_names_and_letters_are_of_one_each():
    for found in (
        [one.code for _, one in EVERY],
        [one.name for _, one in EVERY],
        [one.name_en for _, one in EVERY],
        [group.letter for group in GROUPS],
        [group.slug for group in GROUPS],
    ):
        assert [name for name, count in Counter(found).items() if count > 1] == []


def test_every_plan_is_right_as_staff_would_have_written_it():
    """Lengths, icons and signs: what the page of services refuses is not in the file."""
    assert {
        one.code: faults for group, one in EVERY if (faults := services.service_faults(plan_of(group, one)))
    } == {}
    plans = [GroupPlan(group.name, group.name_en, group.icon, group.letter) for group in GROUPS]
    assert [faults for plan in plans if (faults := services.group_faults(plan))] == []


def test_every_icon_is_one_that_is_shipped():
    icons = {group.icon for group in GROUPS} | {one.icon for _, one in EVERY}
    assert {name for name in icons if not (ICONS / f"{name}.svg").is_file()} == set()


def test_the_english_is_complete():
    missing = [one.code for _, one in EVERY if not one.name_en or not one.place_en]
    lines = [line.text for _, one in EVERY for line in one.lines if not line.text_en]
    notes = [line.note for _, one in EVERY for line in one.lines if line.note and not line.note_en]
    assert missing + lines + notes == []


def test_every_letter_can_be_drawn():
    texts = {one.name for _, one in EVERY} | {
        text for _, one in EVERY for line in one.lines for text in (line.text, line.note)
    }
    assert not undrawn("".join(sorted(texts)))


def test_the_initials_are_those_of_the_pinyin():
    for _, one in EVERY:
        assert one.initials == "".join(lazy_pinyin(one.name, style=Style.FIRST_LETTER)), one.name


def test_everybody_is_told_what_to_bring_and_for_how_long_it_takes():
    for _, one in EVERY:
        assert one.lines, one.name
        assert len(one.lines) <= services.MOST_MATERIALS
        assert 5 <= one.duration_min <= 30, one.name
        assert len({line.text for line in one.lines if line.kind != "agent"}) == sum(
            line.kind != "agent" for line in one.lines
        )


def test_everything_to_bring_that_the_file_names_is_asked_for_somewhere():
    named = tomllib.loads(FILE.read_text(encoding="utf-8"))["materials"].values()
    used = {(line.text, line.text_en, line.note, line.note_en) for _, one in EVERY for line in one.lines}
    assert {tuple(line) for line in named} == used
