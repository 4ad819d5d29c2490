"""The register: who is on it, who may be found and how, and whose card a code is."""

import pytest
import sqlalchemy as sa

from kiosk import people, qr_codes
from kiosk.asked import Asked
from kiosk.people.tables import people_change

BY = 7


@pytest.fixture
def register(box, clock):
    """The door of the room, each verb in a transaction of its own."""

    class Register:
        def __getattr__(self, verb):
            def done(*args, **kwargs):
                with box.database.write() as tx:
                    return getattr(people, verb)(tx, *args, **kwargs)

            return done

        def add(self, name="王小明", phone="13800001234", team_ids=()):
            return self.add_person(Asked(clock(), BY), name, phone, team_ids)

        def team(self, name="理发队", kind=people.TeamKind.TEAM):
            return self.add_team(Asked(clock(), BY), name, kind, "")

        def card(self, person_id):
            return people.card_token(box.centre, self.person_of(person_id))

        def by_card(self, code):
            return self.person_by_card(box.centre, code)

        def log(self):
            with box.database.read() as tx:
                rows = tx.execute(sa.select(people_change).order_by(people_change.c.id)).all()
            return [(row.verb, row.person_id, row.team_id) for row in rows]

    return Register()


def test_somebody_added_belongs_to_the_teams_and_every_step_is_written_down(register):
    hair, repairs = register.team("理发队"), register.team("维修队")
    one = register.add(team_ids=[repairs, hair])
    assert register.person_of(one) == people.Person(
        one, "王小明", "13800001234", (hair, repairs), is_active=True, card_revision=0
    )
    assert register.log() == [
        ("add", None, hair),
        ("add", None, repairs),
        ("add", one, None),
        ("join", one, repairs),
        ("join", one, hair),
    ]


def test_the_same_name_and_phone_is_refused_and_writes_nothing(register):
    register.add()
    before = register.log()
    with pytest.raises(people.PersonKnown):
        register.add("王 小明", "+86 138-0000-1234")
    assert register.log() == before
    register.add("王小明", "13800001235")


def test_what_is_no_name_or_no_phone_is_refused(register):
    for name, phone in (
        ("", ""),
        ("王", "12"),
        ("王" * 41, ""),
        ("110101199003070038", ""),
        ("王", "1.38E+10"),
    ):
        with pytest.raises(people.WrongField):
            register.add(name, phone)
    assert register.log() == []


def test_an_unknown_team_undoes_the_whole_step(register):
    with pytest.raises(people.UnknownTeam):
        register.add(team_ids=[99])
    assert register.log() == []
    with pytest.raises(people.UnknownPerson):
        register.person_of(1)


def test_a_correction_changes_fields_and_teams_and_says_which(register, clock):
    hair, repairs = register.team("理发队"), register.team("维修队")
    one = register.add(team_ids=[hair])
    register.edit_person(Asked(clock(), BY), one, "王大明", "13800001234", [repairs])
    assert register.person_of(one).name == "王大明"
    assert register.person_of(one).team_ids == (repairs,)
    assert register.log()[-3:] == [("edit", one, None), ("join", one, repairs), ("part", one, hair)]
    register.edit_person(Asked(clock(), BY), one, "王大明", "13800001234", [repairs])
    assert len(register.log()) == 7


def test_a_correction_may_not_make_two_of_one(register, clock):
    register.add()
    other = register.add("李四", "13800009999")
    with pytest.raises(people.PersonKnown):
        register.edit_person(Asked(clock(), BY), other, "王小明", "13800001234", [])


def test_a_card_opens_its_owner_and_an_address_around_it_does_not_matter(register):
    one = register.add()
    code = register.card(one)
    assert len(code) == 24
    assert register.by_card(code).id == register.by_card(f"http://10.0.0.1:8000/t/{code}").id == one


def test_codes_that_are_no_card_of_ours_are_refused_each_with_its_reason(register, box):
    one = register.add()
    code = register.card(one)
    wrong_digit = str((int(code[5]) + 1) % 10)
    with pytest.raises(qr_codes.Misread):
        register.by_card(code[:5] + wrong_digit + code[6:])
    with pytest.raises(qr_codes.Forged):
        register.by_card(qr_codes.issue(qr_codes.CodeKind.VOLUNTEER_CARD, one, 0, b"another centre"))
    with pytest.raises(people.NotACard):
        register.by_card(box.centre.token(qr_codes.CodeKind.TICKET, one, 0))
    with pytest.raises(people.UnknownPerson):
        register.by_card(box.centre.token(qr_codes.CodeKind.VOLUNTEER_CARD, one + 1, 0))


def test_who_has_left_is_kept_not_found_and_the_card_says_so_until_they_come_back(register, clock):
    one = register.add()
    code = register.card(one)
    register.leave(Asked(clock(), BY), one)
    register.leave(Asked(clock(), BY), one)
    assert register.people_by_tail("1234") == ()
    assert register.search("小明") == ()
    assert [found.id for found in register.search("小明", everybody=True)] == [one]
    with pytest.raises(people.PersonLeft):
        register.by_card(code)
    register.come_back(Asked(clock(), BY), one)
    assert register.by_card(code).is_active
    assert [verb for verb, *_ in register.log()] == ["add", "leave", "come_back"]


def test_four_digits_show_at_most_five_masked_names_and_nothing_else(register):
    for number in range(7):
        register.add(f"王小{number}明", f"138{number:04d}5555")
    found = register.people_by_tail("5555")
    assert [one.name for one in found] == ["王*"] * 5
    assert len(register.people_by_tail("5555", limit=50)) == 5
    assert {field for one in found for field in one.__struct_fields__} == {"id", "name"}
    for tail in ("", "555", "55555", "%%%%", "____", "５５５５"):
        assert register.people_by_tail(tail) == ()


def test_an_id_opens_nobody_without_the_digits_that_led_to_it(register):
    one, other = register.add(), register.add("李四", "13900009999")
    assert register.picked_by_tail("1234", one).id == one
    with pytest.raises(people.UnknownPerson):
        register.picked_by_tail("1234", other)


def test_a_search_takes_two_letters_and_wildcards_are_letters(register):
    one = register.add()
    for short in ("", "王", " 王 "):
        with pytest.raises(people.TooShort):
            register.search(short)
    assert register.search("%%") == register.search("__") == ()
    assert [found.id for found in register.search("00001234")] == [one]


def test_a_team_has_a_name_of_its_own_and_closes_without_losing_its_people(register, clock):
    hair = register.team("理发队")
    partner = register.team("口腔诊所", people.TeamKind.PARTNER)
    with pytest.raises(people.TeamKnown):
        register.team(" 理发队 ")
    with pytest.raises(people.TeamKnown):
        register.edit_team(Asked(clock(), BY), partner, "理发队", "")
    one = register.add(team_ids=[hair])
    assert [team.id for team in register.teams()] == [hair, partner]
    assert register.team_sizes() == {hair: 1}
    register.close_team(Asked(clock(), BY), hair)
    assert [team.id for team in register.teams()] == [partner]
    assert [team.id for team in register.teams(everyone=True)] == [hair, partner]
    assert [found.id for found in register.people_of_team(hair)] == [one]
    register.reopen_team(Asked(clock(), BY), hair)
    assert register.team_of(hair).is_active


def test_people_of_no_team_are_not_lost(register):
    one = register.add()
    assert [found.id for found in register.people_without_team()] == [one]
