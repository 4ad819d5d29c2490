import pytest

from kiosk import changes
from kiosk.asked import Asked
from kiosk.changes import Noted, Wanted

OLD = {"name": "高龄补贴", "materials": ["身份证"]}
NEW = {"name": "高龄补贴", "materials": ["身份证", "照片"]}


def edited(before, after, key="B", kind="service", undoes=None):
    return Noted(kind, key, "高龄补贴", "edit", before, after, undoes)


def test_a_change_is_read_as_it_was_written(box, clock):
    with box.database.write() as tx:
        made = changes.note(tx, Asked(clock(), 7), edited(None, OLD))
    with box.database.read() as tx:
        change = changes.change_of(tx, made)
    assert (change.at, change.staff_id, change.noted) == (clock(), 7, edited(None, OLD))
    assert change.undone_by is None


def test_what_differs_is_told_field_by_field():
    assert [(d.field, d.before, d.after) for d in changes.differing(OLD, NEW | {"place": "一楼"})] == [
        ("materials", ["身份证"], ["身份证", "照片"]),
        ("place", None, "一楼"),
    ]
    assert [d.field for d in changes.differing(OLD, None)] == ["name", "materials"]
    assert changes.differing(NEW, dict(NEW)) == ()


def test_whoever_saves_a_form_that_others_have_overtaken_is_told_what_they_changed(box, clock):
    with box.database.write() as tx:
        changes.note(tx, Asked(clock(), 7), edited(None, OLD))
        seen = changes.newest(tx, "service", "B")
        changes.check_seen(tx, "service", "B", seen)
        changes.note(tx, Asked(clock(), 8), edited(OLD, NEW))
        changes.note(tx, Asked(clock(), 8), edited(OLD, NEW, key="C"))
        with pytest.raises(changes.ChangedMeanwhile) as refused:
            changes.check_seen(tx, "service", "B", seen)
    assert [(change.staff_id, change.noted.after) for change in refused.value.changes] == [(8, NEW)]


def test_a_change_is_taken_back_once_and_only_while_nothing_stands_upon_it(box, clock):
    with box.database.write() as tx:
        first = changes.change_of(tx, changes.note(tx, Asked(clock(), 7), edited(None, OLD)))
        second = changes.change_of(tx, changes.note(tx, Asked(clock(), 7), edited(OLD, NEW)))
        with pytest.raises(changes.ChangedSince):
            changes.check_undoable(tx, first)
        changes.check_undoable(tx, second)
        taken_back = changes.note(tx, Asked(clock(), 8), edited(NEW, OLD, undoes=second.id))
        with pytest.raises(changes.UndoneAlready):
            changes.check_undoable(tx, second)
        assert changes.change_of(tx, second.id).undone_by == taken_back
        changes.check_undoable(tx, first)


def test_the_history_is_asked_by_thing_person_day_and_words(box, clock):
    clock.forward(days=1)  # the demo's own accounts are changes, too
    made = clock()
    with box.database.write() as tx:
        first = changes.note(tx, Asked(clock(), 7), edited(None, OLD))
        clock.forward(days=1)
        second = changes.note(tx, Asked(clock(), 8), edited(OLD, NEW))
        third = changes.note(tx, Asked(clock(), 8), edited(None, {"post": "100%网格长"}, "1", "card"))

    def found(**wanted):
        with box.database.read() as tx:
            return [change.id for change in changes.changes(tx, Wanted(**wanted))]

    assert found(since=made) == [third, second, first]
    assert found()[:3] == [third, second, first]
    assert found(kind="service") == [second, first]
    assert found(kind="service", key="C") == []
    assert found(staff_id=7) == [first]
    assert found(since=clock()) == [third, second]
    assert found(since=made, until=clock()) == [first]
    assert found(words="照片") == [second]
    assert found(words="0%网") == [third]
    assert found(words="0_网") == []


def test_pages_of_the_history_do_not_overlap(box, clock):
    with box.database.write() as tx:
        made = [changes.note(tx, Asked(clock(), 7), edited(OLD, NEW)) for _ in range(5)]
        pages = [changes.changes(tx, Wanted("service"), page, of=2) for page in range(4)]
    assert [[change.id for change in page] for page in pages] == [made[4:2:-1], made[2:0:-1], made[:1], []]


def test_a_change_that_is_not_there_is_refused(box):
    with box.database.read() as tx, pytest.raises(changes.UnknownChange):
        changes.change_of(tx, 999)


def test_a_key_that_its_column_does_not_hold_is_a_fault_of_ours(box, clock):
    with box.database.write() as tx, pytest.raises(ValueError, match="x"):
        changes.note(tx, Asked(clock()), edited(None, OLD, key="x" * 65))


def test_old_changes_forget_of_people_whom_they_were_about(box, clock):
    said = {"name": "王小明", "phone": "13800001234", "is_active": True}
    with box.database.write() as tx:
        old = changes.note(tx, Asked(clock(), 7), Noted("person", "1", "王小明", "add", None, said))
        service = changes.note(tx, Asked(clock(), 7), edited(None, OLD))
        day = clock.forward(days=1)
        new = changes.note(tx, Asked(clock(), 7), Noted("person", "2", "王小明", "edit", said, said))
        assert [changes.forget(tx, day, "person", ("name", "phone")) for _ in range(2)] == [1, 0]
        forgotten, stays, fresh = (changes.change_of(tx, one).noted for one in (old, service, new))
    assert (forgotten.name, forgotten.before, forgotten.after) == ("", None, {"is_active": True})
    assert (stays.name, stays.after, fresh.name, fresh.after) == ("高龄补贴", OLD, "王小明", said)


def test_words_are_searched_a_part_of_the_history_at_a_time(box, clock, monkeypatch):
    monkeypatch.setattr("kiosk.changes.reads.LOOKED_THROUGH", 3)
    with box.database.write() as tx:
        made = [changes.note(tx, Asked(clock()), edited(None, {"name": f"第{n}项"})) for n in range(7)]
        first = changes.find_changes(tx, Wanted("service", words="第0项"))
        second = changes.find_changes(tx, Wanted("service", words="第0项", below=first.below))
        last = changes.find_changes(tx, Wanted("service", words="第0项", below=second.below))
    assert [(found.is_cut, found.below) for found in (first, second)] == [(True, made[4]), (True, made[1])]
    assert ([one.id for one in last.changes], last.is_cut, last.below) == ([made[0]], False, None)
