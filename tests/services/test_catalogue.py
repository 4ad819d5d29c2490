"""Services, groups and counters as staff change them: what is refused, noted, taken back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from kiosk import changes, services, tickets
from kiosk.asked import Asked
from kiosk.services import GroupPlan, MaterialKind, MaterialPlan, ServicePlan
from kiosk.services.tables import service

ADMIN = 1
LAWYER = ServicePlan(
    "help",
    "法律咨询",
    "Legal advice",
    letter="S",
    place="二楼调解室",
    materials=(
        MaterialPlan("身份证", "ID card"),
        MaterialPlan("合同", note="和纠纷有关的", kind=MaterialKind.IF_YOU_HAVE),
        MaterialPlan("代办人身份证", kind=MaterialKind.AGENT),
    ),
)


@pytest.fixture
def tx(box):
    with box.database.write() as tx:
        yield tx


@pytest.fixture
def asked(clock):
    return Asked(clock(), ADMIN)


def changes_of(tx, kind, key):
    return changes.changes(tx, changes.Wanted(kind, key))


def take(tx, box, code, now):
    tap = tickets.Tap(code, f"tap-{code}-{now.timestamp()}")
    taken = tickets.take(tx, box.centre, tap, "zh", now)
    return tickets.ticket_view(tx, box.centre, taken.ticket_id, "zh", now)


def test_a_service_comes_with_its_materials_changes_and_each_step_is_taken_back(tx, asked, box):
    day = box.centre.day(asked.now)
    code = services.add_service(tx, asked, LAWYER)
    known = services.listed_service(tx, code)
    assert (known.code, known.letter_shown, known.plan) == ("S01", "S", replace(LAWYER, initials="flzx"))
    assert services.service_of(tx, code, "en", day).name == "Legal advice"
    own = services.materials(tx, code, "zh", agents=False)
    assert [(line.text, line.is_optional) for line in own] == [("身份证", False), ("合同", True)]
    assert [line.text for line in services.materials(tx, code, "zh", agents=True)] == ["代办人身份证"]

    shorter = replace(known.plan, name="  法律 援助 ", materials=(MaterialPlan(" "),))
    assert services.edit_service(tx, asked, code, shorter)
    assert not services.edit_service(tx, asked, code, replace(shorter, name="法律 援助"))
    edited, _ = changes_of(tx, "service", code)
    assert {d.field for d in changes.differing(edited.noted.before, edited.noted.after)} == {
        "name", "materials",
    }  # fmt: skip
    services.put_back(tx, asked, edited)
    assert services.listed_service(tx, code).plan == known.plan
    with pytest.raises(changes.UndoneAlready):
        services.put_back(tx, asked, edited)
    undone = changes_of(tx, "service", code)[0]
    assert (undone.noted.verb, undone.noted.undoes) == ("undo", edited.id)


def test_a_retired_service_gives_no_more_numbers_and_those_who_have_one_are_served(tx, asked, box):
    day = box.centre.day(asked.now)
    take(tx, box, "N", asked.now)
    services.retire_service(tx, asked, "N")
    for read in (services.all_services, services.popular_services):
        assert "N" not in [one.code for one in read(tx, "zh", day)]
    assert "N" not in [one.code for one in services.group_services(tx, "home", "zh", day)[1]]
    assert "N" not in services.counters(tx, "zh")[0].codes
    with pytest.raises(services.UnknownService):
        take(tx, box, "N", asked.now + timedelta(minutes=1))
    services.open_counter(tx, asked, 1)
    tickets.call_next(tx, box.centre, asked, 1)
    hand = tickets.at_hand(tx, 1)
    assert hand is not None
    assert hand.number == "N001"

    services.put_back(tx, asked, changes_of(tx, "service", "N")[0])
    assert take(tx, box, "N", asked.now + timedelta(minutes=2)).number == "N002"


def test_services_of_one_letter_share_a_sequence_and_each_has_its_own_cap(tx, asked, box):
    services.edit_group(tx, asked, "help", GroupPlan("困难帮扶", letter="SQ", icon="heart-handshake"))
    one = services.add_service(tx, asked, replace(LAWYER, letter="", daily_cap=1))
    other = services.add_service(tx, asked, replace(LAWYER, letter="SQ", name="心理咨询"))
    assert (one, other) == ("SQ01", "SQ02")
    numbers = [
        take(tx, box, code, asked.now + timedelta(minutes=n)).number
        for n, code in enumerate((one, other, other))
    ]
    assert numbers == ["SQ001", "SQ002", "SQ003"]
    with pytest.raises(tickets.NumbersUsedUp):
        take(tx, box, one, asked.now + timedelta(minutes=5))
    assert take(tx, box, "J", asked.now).number == "J001"  # has its own in the same group
    assert services.service_of(tx, other, "zh", box.centre.day(asked.now)).letter == "SQ"


def test_a_letter_belongs_to_one_group_or_one_service(tx, asked):
    def refuses(kind, plan):
        with pytest.raises(kind):
            services.add_service(tx, asked, plan)

    refuses(services.LetterTaken, replace(LAWYER, letter="a"))
    refuses(services.LetterMissing, replace(LAWYER, letter=""))
    services.edit_group(tx, asked, "help", GroupPlan("困难帮扶", letter="S"))
    refuses(services.LetterTaken, replace(LAWYER, group="home", letter="S"))
    with pytest.raises(services.LetterTaken):
        services.add_group(tx, asked, GroupPlan("法律", letter="A"))
    code = services.add_service(tx, asked, replace(LAWYER, letter=""))
    with pytest.raises(services.LetterMissing):
        services.edit_group(tx, asked, "help", GroupPlan("困难帮扶"))
    services.check_letters(tx)
    services.retire_service(tx, asked, "A")
    services.edit_service(tx, asked, code, replace(LAWYER, letter="A"))
    with pytest.raises(services.LetterTaken):
        services.bring_back_service(tx, asked, "A")
    with pytest.raises(services.CodeTaken):
        services.add_service(tx, asked, replace(LAWYER, letter="Z"), code=code)


def test_what_is_wrong_with_a_plan_is_told_all_at_once_by_field():
    wrong = ServicePlan(
        "help", "", "x" * 97, "A1", "no-icon", place="一楼😀", initials="法", duration_min=481,
        hours="1-5 12:00-09:00", daily_cap=10_000, for_whom="甲" * 21,
        materials=(MaterialPlan("", note="原件"),),
    )  # fmt: skip
    assert services.service_faults(services.tidied_service(wrong)) == {
        "name": "empty", "name_en": "long", "letter": "letter", "icon": "choice", "place": "signs",
        "initials": "initials", "duration_min": "range", "hours": "hours", "daily_cap": "range",
        "for_whom": "long", "material_0_text": "empty",
    }  # fmt: skip
    assert services.service_faults(replace(LAWYER, name="长" * 60)) == {"name": "long"}


def test_a_service_has_hours_of_its_own_and_one_that_staff_give_is_taken_by_nobody_else(tx, asked, box):
    services.edit_service(
        tx, asked, "N", replace(services.listed_service(tx, "N").plan, hours="2 14:00-16:00")
    )
    with pytest.raises(tickets.DayOff) as refused:
        take(tx, box, "N", asked.now)  # a Monday
    assert f"{refused.value.facts['opens']:%w %H:%M}" == "2 14:00"
    assert take(tx, box, "N", asked.now + timedelta(days=1, hours=5)).number == "N001"

    plan = replace(services.listed_service(tx, "M").plan, for_whom=services.ONLY_STAFF)
    services.edit_service(tx, asked, "M", plan)
    day = box.centre.day(asked.now)
    assert "M" not in [one.code for one in services.group_services(tx, "home", "zh", day)[1]]
    assert next(one.count for one in services.groups(tx, "zh") if one.slug == "home") == 2
    with pytest.raises(tickets.GivenByStaff):
        take(tx, box, "M", asked.now)
    by_staff = tickets.Tap("M", "by-staff", staff_id=ADMIN)
    assert not tickets.take(tx, box.centre, by_staff, "zh", asked.now).already


def test_orders_groups_and_counters_are_changed_and_taken_back(tx, asked):
    def codes():
        return [one.code for one in services.every_service(tx) if one.plan.group == "home"]

    services.arrange_services(tx, asked, "home", ["N", "L", "M"])
    assert codes() == ["N", "L", "M"]
    services.put_back(tx, asked, changes_of(tx, "group", "home:places")[0])
    assert codes() == ["L", "M", "N"]

    services.arrange_groups(tx, asked, ["home", "help", "papers", "pension"])
    assert services.groups(tx, "zh")[0].slug == "home"
    services.put_back(tx, asked, changes_of(tx, "group", ":places")[0])
    assert services.groups(tx, "zh")[0].slug == "pension"

    slug = services.add_group(tx, asked, GroupPlan("法律", letter="S"))
    assert slug == "g1"
    with pytest.raises(services.GroupInUse):
        services.retire_group(tx, asked, "home")
    services.put_back(tx, asked, changes_of(tx, "group", slug)[0])
    assert services.listed_group(tx, slug).retired_at is not None
    with pytest.raises(services.GroupRetired):
        services.add_service(tx, asked, replace(LAWYER, group=slug))


def test_counters_are_added_retired_and_taught_and_each_step_is_taken_back(tx, asked):
    services.add_counter(tx, asked, 12, ["A", "B"])
    with pytest.raises(services.CounterThere):
        services.add_counter(tx, asked, 12)
    assert services.set_skills(tx, asked, {12: ["B", "A"], 1: ["A"]}) == (1,)
    taught = changes_of(tx, "counter", "1")[0]
    services.put_back(tx, asked, taught)
    assert len(services.counters(tx, "zh")[0].codes) == 13

    services.open_counter(tx, asked, 12)
    with pytest.raises(services.CounterInUse):
        services.retire_counter(tx, asked, 12)
    services.close_counter(tx, asked, 12)
    services.retire_counter(tx, asked, 12)
    assert services.listed_counter(tx, 12).codes == (), "else A and B would stay one line"
    assert [one.number for one in services.counters(tx, "zh")] == [1, 2, 3, 4]
    with pytest.raises(services.UnknownCounter):
        services.open_counter(tx, asked, 12)
    services.bring_back_counter(tx, asked, 12)
    assert services.listed_counter(tx, 12).codes == ("A", "B")


def test_what_was_written_without_a_row_is_not_undone_over(tx, asked):
    services.retire_service(tx, asked, "N")
    tx.execute(sa.update(service).where(service.c.code == "N").values(name="物业"))
    with pytest.raises(changes.ChangedSince):
        services.put_back(tx, asked, changes_of(tx, "service", "N")[0])


def test_a_change_of_the_office_is_news_to_every_screen(tx, asked):
    before = tickets.versions(tx)
    services.retire_service(tx, asked, "N")
    assert tickets.versions(tx) != before


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("养老保险资格认证", "ylbxzgrz"),
        ("人民调解", "rmtj"),
        ("长者食堂（A区）", "zzstaq"),
        ("殡葬补贴", "bzbt"),
        ("㐂", ""),
    ],
)
def test_initials_are_those_of_the_pinyin(name, initials):
    assert services.initials_of(name) == initials
