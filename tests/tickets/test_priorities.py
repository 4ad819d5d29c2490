import pytest

from kiosk import changes, tickets
from kiosk.asked import Asked
from kiosk.tickets import PriorityPlan


def test_a_reason_for_going_first_is_added_changed_retired_ordered_and_taken_back(hall, clock):
    asked = Asked(clock(), 1)
    code = hall.write(tickets.add_priority, asked, PriorityPlan(" 孕妇 ", "Pregnant", 20))
    assert hall.read(tickets.listed_priority, code).plan == PriorityPlan("孕妇", "Pregnant", 20)
    early = hall.take(priority=code)
    assert hall.view(early).priority == "孕妇"

    assert hall.write(tickets.edit_priority, asked, code, PriorityPlan("孕产妇", "", 30))
    assert not hall.write(tickets.edit_priority, asked, code, PriorityPlan("孕产妇", "", 30))
    hall.write(tickets.retire_priority, asked, code)
    assert code not in [one.code for one in hall.read(tickets.priorities, "zh")]
    assert hall.view(early).priority == "孕产妇"
    with pytest.raises(tickets.BadTap):
        hall.take(priority=code)

    def newest(key):
        return hall.read(changes.changes, changes.Wanted("priority", key))[0]

    hall.write(tickets.put_back_priority, asked, newest(code))
    assert code in [one.code for one in hall.read(tickets.priorities, "zh")]
    before = [one.code for one in hall.read(tickets.every_priority)]
    hall.write(tickets.arrange_priorities, asked, before[::-1])
    hall.write(tickets.put_back_priority, asked, newest(":places"))
    assert [one.code for one in hall.read(tickets.every_priority)] == before
    with pytest.raises(tickets.BadPriority) as refused:
        hall.write(tickets.add_priority, asked, PriorityPlan("😀", "x" * 49, 241))
    assert refused.value.faults == {"name": "signs", "name_en": "long", "head_start_min": "range"}
