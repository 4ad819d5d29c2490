"""A list joins the register just as it was shown, or not at all; what is wrong in it is named by its cell."""

import pytest
import sqlalchemy as sa

from kiosk import people
from kiosk.asked import Asked
from kiosk.people.tables import membership, people_change, people_import, person, team
from kiosk.server import nightly
from kiosk.spreadsheets import Sheet

BY = 7
HEADING = ["姓名", "手机", "服务队"]


AS_SEEN = people.Choice()


def in_file(*sheets):
    """A file of sheets, each a sequence of rows."""
    return people.lists_in([Sheet(f"表{n}", list(rows)) for n, rows in enumerate(sheets)])


def listed(*rows):
    return people.listed(in_file(rows))


@pytest.fixture
def read(box):
    """A read of the room, in a transaction of its own."""

    def done(verb, *args):
        with box.database.read() as tx:
            return verb(tx, *args)

    return done


@pytest.fixture
def write(box, clock):
    def done(verb, *args):
        with box.database.write() as tx:
            return verb(tx, Asked(clock(), BY), *args)

    return done


@pytest.fixture
def shown(read):
    """The preview of a list."""
    return lambda *rows, filename="名单.xlsx": read(people.preview, listed(*rows), filename)


@pytest.fixture
def keep(write):
    """A list that waits for its confirmation; gives its key."""

    def done(*rows, key="k1"):
        write(people.keep_file, key, "名单.xlsx", in_file(rows))
        return key

    return done


def counts(box):
    with box.database.read() as tx:
        return tuple(
            tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in (person, team, membership, people_change)
        )


def faults(preview):
    return [(fault.row, fault.letter, fault.what) for fault in preview.faults]


@pytest.mark.parametrize(
    "heading",
    [
        ["姓名", "手机", "服务队"],
        ["志愿者姓名", "联系电话（必填）", "所属团队"],
        ["* 姓 名 *", "手机号码：", "队伍"],
        ["NAME", "Mobile", "Team"],
        ["姓名", "电话", "团队"],
    ],
)
def test_columns_are_known_by_the_names_that_offices_give_them(shown, heading):
    (row,) = shown(heading, ["王某", "138 0000 1234", "理发队"]).rows
    assert (row.name, row.phone, row.joins, row.what) == ("王某", "13800001234", ("理发队",), "new")


def test_columns_stand_in_any_order_under_a_title_and_unknown_ones_are_left_aside(shown):
    found = shown(["2026年志愿者名单"], [], ["序号", "手机", "性别", "姓名"], ["1", "", "女", "王某"], ["2"])
    assert [(row.row, row.name, row.phone) for row in found.rows] == [(4, "王某", "")]
    assert found.ignored == ("序号", "性别")
    assert found.faults == ()


def test_every_wrong_cell_is_named_by_row_and_column_and_what_it_is(shown, write, clock):
    write(people.add_team, "合唱队", people.TeamKind.TEAM, "")
    write(people.close_team, 1)
    found = shown(
        HEADING,
        ["", "13800001234", "理发队"],
        ["王某", "1380000", "理发队"],
        ["李某", "1.38E+10", ""],
        ["赵某", "110101199003070038", ""],
        ["钱某", "=B2", "=C2"],
        ["孙" * 41, "", "队" * 49],
        ["周某", "13800005678", "理发队"],
        ["周某", "13800005678", "理发队"],
        ["吴某", "", "理发队"],
        ["吴某", "", "维修队"],
        ["郑某", "", "合唱队"],
        ["王 110101199003070038", "", ""],
    )
    assert faults(found) == [
        (2, "A", "empty"),
        (3, "B", "phone"),
        (4, "B", "phone"),
        (5, "B", "id_number"),
        (6, "B", "formula"),
        (6, "C", "formula"),
        (7, "A", "long"),
        (7, "C", "long"),
        (9, "A", "twice"),
        (11, "A", "same_name"),
        (12, "", "closed"),
        (13, "A", "id_number"),
    ]
    by_row = {fault.row: fault for fault in found.faults}
    assert (by_row[3].column, by_row[3].written) == ("手机", "1380000")
    assert (by_row[9].about, by_row[11].about, by_row[12].about) == ("8", "10", "合唱队")
    assert by_row[5].written == by_row[13].written == ""


def test_a_list_with_identity_numbers_is_refused_whole_and_an_empty_column_of_them_is_not(shown):
    (fault,) = shown([*HEADING, "身份证号"], ["王某", "", "", "110101199003070038"]).faults
    assert (fault.row, fault.column, fault.letter, fault.what) == (1, "身份证号", "D", "id_column")
    assert shown([*HEADING, "身份证号"], ["王某", "", "", ""]).faults == ()


def test_a_table_without_a_heading_or_without_people_says_so(shown):
    assert faults(shown(["王某", "13800001234"])) == [(0, "", "no_heading")]
    assert faults(shown(HEADING, [], ["", "", ""])) == [(0, "", "nobody")]


def test_a_list_is_looked_for_on_every_sheet():
    found = people.listed(in_file([["说明"], ["请填下一张"]], [HEADING, ["王某"]]))
    assert [line.name for line in found.lines] == ["王某"]


def test_what_is_known_comes_back_or_comes_to_more_teams_and_nothing_twice(shown, write):
    write(people.add_team, "理发队", people.TeamKind.TEAM, "")
    write(people.add_person, "王某", "13800001234", [1])
    write(people.add_person, "李某", "13800005678", [])
    write(people.leave, 2)
    found = shown(
        HEADING,
        ["王某", "13800001234", "理发队"],
        ["王某", "13800001234", "维修队、理发队"],
        ["李某", "13800005678", "理发队"],
        ["李某", "", ""],
        ["赵某", "", "理发队；维修队"],
    )
    assert [(row.what, row.joins, row.has_namesake) for row in found.rows] == [
        ("known", (), False),
        ("joins", ("维修队",), False),
        ("returns", ("理发队",), False),
        ("new", (), True),
        ("new", ("理发队", "维修队"), False),
    ]
    assert found.new_teams == (("维修队", "team"),)


def test_a_confirmed_list_is_taken_in_just_as_it_was_shown(box, read, write, keep):
    write(people.add_team, "理发队", people.TeamKind.TEAM, "")
    write(people.add_person, "李某", "13800005678", [])
    write(people.leave, 1)
    key = keep(
        [*HEADING, "合伙人"],
        ["王某", "13800001234", "理发队", ""],
        ["王某", "13800001234", "维修队", ""],
        ["李某", "13800005678", "理发队", "口腔诊所"],
        ["赵某", "", "", ""],
    )
    done = write(people.commit_import, key, AS_SEEN)
    assert (done.added, done.joined, done.returned, done.teams) == (2, 1, 1, 2)
    kinds = {team.name: (team.id, team.kind) for team in read(people.teams)}
    assert kinds == {"理发队": (1, "team"), "维修队": (2, "team"), "口腔诊所": (3, "partner")}
    people_now = [read(people.person_of, number) for number in (1, 2, 3)]
    assert {(one.name, one.team_ids, one.is_active) for one in people_now} == {
        ("李某", (1, 3), True),
        ("王某", (1, 2), True),
        ("赵某", (), True),
    }
    with box.database.read() as tx:
        verbs = tx.execute(sa.select(people_change.c.verb).order_by(people_change.c.id)).scalars().all()
    assert verbs == ["add", "add", "leave", "add", "add", "import", "import", "come_back"] + ["join"] * 4


def test_the_tail_of_an_imported_phone_finds_its_owner(read, write, keep):
    write(people.commit_import, keep(HEADING, ["王某", "13800001234", ""]), AS_SEEN)
    assert [one.name for one in read(people.people_by_tail, "1234")] == ["王*"]


def test_a_second_press_does_nothing_and_says_so(box, write, keep):
    key = keep(HEADING, ["王某", "13800001234", "理发队"])
    write(people.commit_import, key, AS_SEEN)
    before = counts(box)
    with pytest.raises(people.ImportDone):
        write(people.commit_import, key, AS_SEEN)
    assert counts(box) == before


def test_the_same_list_in_two_tabs_is_taken_in_once(box, write, keep):
    first, second = keep(HEADING, ["王某", "", ""]), keep(HEADING, ["王某", "", ""], key="k2")
    write(people.commit_import, first, AS_SEEN)
    before = counts(box)
    with pytest.raises(people.ImportOutdated):
        write(people.commit_import, second, AS_SEEN)
    assert counts(box) == before


def test_a_preview_that_waited_too_long_is_gone_with_its_names(box, clock, write, keep):
    key = keep(HEADING, ["王某", "", ""])
    clock.forward(minutes=31)
    with pytest.raises(people.ImportExpired):
        write(people.commit_import, key, AS_SEEN)
    with pytest.raises(people.UnknownImport):
        write(people.commit_import, "another", AS_SEEN)
    keep(HEADING, ["李某", "", ""], key="k2")
    nightly.forget_lists(box)
    with box.database.read() as tx:
        kept = dict(tx.execute(sa.select(people_import.c.key, people_import.c.rows)).all())
        assert not people.has_old_previews(tx, clock())
    assert kept["k1"] == ""
    assert "李某" in kept["k2"]
    assert counts(box) == (0, 0, 0, 0)


def test_a_list_that_breaks_off_half_way_leaves_nothing(box, clock, keep, monkeypatch):
    key = keep(HEADING, ["王某", "", "理发队"], ["李某", "", ""])
    monkeypatch.setattr("kiosk.people.importing._Taking._join", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), box.database.write() as tx:
        people.commit_import(tx, Asked(clock(), BY), key, AS_SEEN)
    assert counts(box) == (0, 0, 0, 0)
    monkeypatch.undo()
    with box.database.write() as tx:
        assert people.commit_import(tx, Asked(clock(), BY), key, AS_SEEN).added == 2


def test_teams_alone_can_be_imported(read, write, keep):
    done = write(people.commit_import, keep(["服务队"], ["理发队"], ["维修队"]), AS_SEEN)
    assert (done.added, done.teams) == (0, 2)
    assert [team.name for team in read(people.teams)] == ["理发队", "维修队"]


def test_a_row_is_taken_in_by_little_more_than_one_statement(box, clock, keep):
    key = keep(HEADING, *([f"某{n}", f"1380000{n:04d}", f"队{n % 50}"] for n in range(5000)))
    said: list[str] = []
    with box.database.write() as tx:
        sa.event.listen(tx, "before_cursor_execute", lambda *asked: said.append(asked[2]))
        assert people.commit_import(tx, Asked(clock(), BY), key, AS_SEEN).added == 5000
    assert len(said) < 1.1 * 5000  # one by one they would be four a row, and hold the station up for seconds
