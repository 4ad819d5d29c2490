import json
import random

import pytest
from msgspec.structs import replace

from kiosk import changes, exchange, services
from kiosk.asked import Asked
from kiosk.exchange import Row, SheetKind
from kiosk.spreadsheets import NotATable, TableTooLarge

ODD = ("=SUM(1)", "'引号", "-3", "@x", "001", "a,b；“c”", "㐂", "1e5")


@pytest.fixture
def now(box):
    def now():
        with box.database.read() as tx:
            return exchange.catalogue_now(tx, box.centre)

    return now


@pytest.fixture
def look(box, clock):
    def look(book, *, replace=False):
        return exchange.look(box.database.write, box.centre, Asked(clock(), 1), book, replace=replace)

    return look


@pytest.fixture
def take(box, clock):
    def take(book, *, replace=False):
        with box.database.write() as tx:
            return exchange.take(tx, box.centre, Asked(clock(), 1), book, replace=replace)

    return take


def edited(book, sheet, number, **cells):
    """The book with other cells in one row."""
    rows = [
        Row(row.number, {**row.cells, **cells}) if row.number == number else row for row in book.rows(sheet)
    ]
    return replace(book, sheets={**book.sheets, sheet: tuple(rows)})


def more(book, sheet, **cells):
    """The book with one more row."""
    rows = book.rows(sheet)
    return replace(book, sheets={**book.sheets, sheet: (*rows, Row(len(rows) + 2, cells))})


def told(done):
    return [(f.sheet.value, f.row, f.column, f.what) for f in done.faults]


def newest(box):
    with box.database.read() as tx:
        return len(changes.changes(tx, changes.Wanted(), of=1000))


@pytest.mark.parametrize("written", [exchange.as_workbook, exchange.as_json, lambda b: exchange.packed(b)])
def test_the_round_trip_changes_nothing(box, clock, now, take, written):
    picked = random.Random(7)
    with box.database.write() as tx:
        by = Asked(clock(), 1)
        for at, text in enumerate(ODD):
            lines = [
                services.MaterialPlan(f"{text}证", note=text, kind=kind) for kind in services.MaterialKind
            ]
            picked.shuffle(lines)
            ends = [
                services.OutcomePlan(f"{text[:9]}了", reasons=text[:20], kind=kind)
                for kind in services.OutcomeKind
            ]
            picked.shuffle(ends)
            plan = services.ServicePlan(
                "pension", f"{text}事", letter=f"Q{chr(65 + at)}", place=text, for_whom=text,
                daily_cap=5, hours="1 09:00-11:00", materials=tuple(lines), outcomes=tuple(ends),
                is_popular=picked.random() < 0.5,
            )  # fmt: skip
            code = services.add_service(tx, by, plan)
            services.set_skills(tx, by, {1: [code]})
        services.retire_service(tx, by, code)
        services.arrange_groups(tx, by, [one.slug for one in services.every_group(tx)][::-1])
    before, history, book = now(), newest(box), written(now())
    read = exchange.unpacked(book) if isinstance(book, str) else exchange.read_book(book)
    done = take(read)
    assert done.is_right
    assert {one.what for one in done.outcomes} == {"same"}
    assert (now(), newest(box)) == (before, history)


def test_each_row_says_what_it_does_and_looking_changes_nothing(box, now, look, take):
    before, history = now(), newest(box)
    book = edited(before, SheetKind.SERVICE, 2, name="换了名字")
    book = edited(book, SheetKind.SERVICE, 3, retired="是")
    book = more(book, SheetKind.GROUP, slug="new", name="新类别", letter="Z", icon="house")
    book = more(book, SheetKind.SERVICE, code="Z1", group="new", name="新业务", icon="house")
    book = more(book, SheetKind.MATERIAL, code="Z1", text="身份证", kind="有就带")
    done = look(book)
    assert done.is_right
    changed = [(one.sheet.value, one.name, one.what) for one in done.outcomes if one.what != "same"]
    assert changed[0] == ("groups", "新类别", "added")
    assert ("services", "换了名字", "changed") in changed
    assert ("services", "新业务", "added") in changed
    assert done.count("retired") == 1
    assert (now(), newest(box)) == (before, history)
    assert exchange.mark_of(take(book)) == exchange.mark_of(done)
    with box.database.read() as tx:
        made = services.listed_service(tx, "Z1")
    assert (made.letter_shown, made.plan.materials[0].kind) == ("Z", services.MaterialKind.IF_YOU_HAVE)
    assert newest(box) == history + 5  # and the import itself


def test_an_import_is_taken_back_as_one_and_refused_when_something_was_changed_since(box, clock, now, take):
    before = now()
    book = edited(before, SheetKind.SERVICE, 2, name="换了名字")
    book = edited(book, SheetKind.SERVICE, 3, retired="是")
    book = edited(book, SheetKind.COUNTER, 3, **{"1": "", "2": ""})
    book = edited(book, SheetKind.PRIORITY, 2, head_start_min="7")
    book = more(book, SheetKind.GROUP, slug="new", name="新类别", letter="Z", icon="house")
    book = more(book, SheetKind.SERVICE, code="Z1", group="new", name="新业务", icon="house")
    take(book)
    (whole,) = of_imports(box)
    assert whole.noted.after["new"] == 2
    by = Asked(clock(), 1)
    with box.database.write() as tx:
        services.edit_service(tx, by, "A", replace(services.listed_service(tx, "A").plan, name="又改"))
    with box.database.write() as tx, pytest.raises(changes.PartChangedSince) as refused:
        exchange.put_back(tx, by, whole)
    assert [one.noted.name for one in refused.value.changes] == ["又改"]
    with box.database.write() as tx:
        services.put_back(tx, by, refused.value.changes[0])
        exchange.put_back(tx, by, whole)
    after = now()
    assert after.rows(SheetKind.PRIORITY) == before.rows(SheetKind.PRIORITY)
    for sheet in (SheetKind.GROUP, SheetKind.SERVICE, SheetKind.COUNTER):
        known = {(row["slug"], row["code"]): row.cells for row in before.rows(sheet)}
        found = {(row["slug"], row["code"]): row.cells for row in after.rows(sheet)}
        added = {key: found.pop(key) for key in found.keys() - known.keys()}
        assert found == known
        assert all(cells.get("retired", "是") == "是" for cells in added.values()), "it is known to history"
    with box.database.write() as tx, pytest.raises(changes.UndoneAlready):
        exchange.put_back(tx, by, of_imports(box)[-1])


def of_imports(box):
    with box.database.read() as tx:
        return changes.changes(tx, changes.Wanted(exchange.KIND))


def test_every_bad_cell_is_named_and_nothing_is_taken(now, look):
    book = edited(now(), SheetKind.SERVICE, 2, name=" ", duration_min="很久", is_popular="也许")
    book = edited(book, SheetKind.SERVICE, 3, hours="25:00", icon="nothing")
    book = edited(book, SheetKind.MATERIAL, 2, text="字" * 41, kind="谁")
    book = replace(book, columns={**book.columns, SheetKind.GROUP: ("slug", "名字")})
    book = more(book, SheetKind.SERVICE, code="A", name="再来一个")
    book = more(book, SheetKind.SERVICE, code="a b", name="坏代码")
    book = more(book, SheetKind.MATERIAL, code="QQ", text="没有这个业务")
    book = more(book, SheetKind.COUNTER, code="QQ", **{"1": "✓"})
    done = look(book)
    last = len(book.rows(SheetKind.SERVICE))
    assert set(told(done)) >= {
        ("groups", 1, "名字", "heading"),
        ("services", 2, "name", "empty"),
        ("services", 2, "duration_min", "number"),
        ("services", 2, "is_popular", "tick"),
        ("services", 3, "hours", "hours"),
        ("services", 3, "icon", "choice"),
        ("materials", 2, "text", "long"),
        ("materials", 2, "kind", "choice"),
        ("services", last, "code", "twice"),
        ("services", last + 1, "code", "code"),
        ("materials", len(book.rows(SheetKind.MATERIAL)) + 1, "code", "unknown"),
        ("counters", len(book.rows(SheetKind.COUNTER)) + 1, "code", "unknown"),
    }


def test_outcomes_are_taken_with_their_service_and_a_wrong_line_is_named(box, now, look, take):
    book = more(now(), SheetKind.OUTCOME, code="C", kind="结果", text="已发证", reasons="照片不清、没有章")
    assert take(book).is_right
    with box.database.read() as tx:
        (result,) = services.outcomes_of(tx, "C").results
    assert [one.zh for one in result.reasons] == ["照片不清", "没有章"]
    for cells, wrong in (
        ({"code": "ZZZ"}, ("code", "unknown")),
        ({"kind": "心情"}, ("kind", "choice")),
        ({"text": "长" * 21}, ("text", "long")),
    ):
        book = more(now(), SheetKind.OUTCOME, **{"code": "D", "kind": "", "text": "好"} | cells)
        last = len(book.rows(SheetKind.OUTCOME)) + 1
        assert told(look(book)) == [("outcomes", last, *wrong)]


def test_a_code_that_means_something_else_here_is_told_unless_the_file_is_to_win(now, look):
    foreign = replace(edited(now(), SheetKind.SERVICE, 2, name="别的中心的事"), centre="other.linli")
    assert told(look(foreign)) == [("services", 2, "code", "clash")]
    assert look(foreign, replace=True).count("changed") == 1
    assert look(replace(foreign, centre=now().centre)).count("changed") == 1


def test_two_letters_that_clash_are_refused_at_their_row(now, look):
    book = now()
    letters = [row["letter"] or row["code"] for row in book.rows(SheetKind.SERVICE)]
    done = look(edited(book, SheetKind.SERVICE, 2, letter=letters[1]))
    assert [(fault.sheet, fault.row, type(why)) for fault, why in done.refusals] == [
        (SheetKind.SERVICE, 2, services.LetterTaken)
    ]


def test_what_the_file_does_not_name_stays(box, now, take):
    book = now()
    one = replace(book, sheets={SheetKind.PRIORITY: book.rows(SheetKind.PRIORITY)[:1]})
    few = replace(
        book,
        sheets={SheetKind.SERVICE: (Row(2, {"code": "A", "name": "改名"}),)},
        columns={SheetKind.SERVICE: ("code", "name")},
    )
    for partial in (one, few):  # nor does the form that carries it say more than the file
        assert exchange.unpacked(exchange.packed(partial)).sheets == partial.sheets
    assert {done.what for done in take(one).outcomes} == {"same"}
    assert [done.what for done in take(few).outcomes] == ["changed"]
    with box.database.read() as tx:
        kept = services.listed_service(tx, "A").plan
    assert kept.materials
    assert kept.name == "改名"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NotATable),
        (b"{}", exchange.NotACatalogue),
        (b'{"format": "linli-catalogue", "services": [1]}', exchange.NotACatalogue),
        (b'{"format": "linli-catalogue", "services": [{"code": [1]}]}', exchange.NotACatalogue),
        (b"{" + b'"a":{' * 5000, exchange.NotACatalogue),
        ("姓名,手机\n王,1".encode(), exchange.NotACatalogue),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(content, refusal):
    with pytest.raises(refusal):
        exchange.read_book(content)


def test_a_file_is_bounded():
    many = [{"code": f"X{number}"} for number in range(2001)]
    with pytest.raises(TableTooLarge):
        exchange.read_book(json.dumps({"format": "linli-catalogue", "services": many}).encode())
    with pytest.raises(exchange.NotACatalogue):
        exchange.unpacked("nothing of ours")
