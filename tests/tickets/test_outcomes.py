"""What came of a visit: the service's own list, one key, kept for ever, taken back with the press."""

import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from kiosk import services, tickets
from kiosk.asked import Asked
from kiosk.services import OutcomeKind, OutcomePlan
from kiosk.tickets import Ended
from kiosk.tickets.tables import visit_detail
from tests.tickets.conftest import CLERK


@pytest.fixture
def serving(hall):
    """A001 of the pension certification is being served at counter 1."""
    one = hall.take()
    hall.call_next()
    hall.do(tickets.start)
    return one


def end(hall, **said):
    hall.do(tickets.finish, ended=Ended(**said))


def detail(hall, ticket_id, lang="zh"):
    return hall.read(tickets.visit_now, ticket_id, lang).steps[-1].detail


def test_a_result_is_kept_with_the_end_of_the_visit_in_both_languages(hall, serving):
    end(hall, outcome="已认证", way="视频", note="视频看得清楚")
    told = detail(hall, serving)
    assert (told.outcome, told.way, told.note) == ("已认证", "视频", "视频看得清楚")
    told = detail(hall, serving, "en")
    assert (told.outcome, told.way) == ("Certified", "By video call")


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": "未认证：照片不像"},
        {"outcome": "未认证", "reason": "照片不像"},
        {"outcome": "not certified", "reason": "the picture does not match"},
    ],
)
def test_a_reason_may_come_with_the_result_or_beside_it(hall, serving, said):
    end(hall, **said)
    told = detail(hall, serving)
    assert (told.outcome, told.reason) == ("未认证", "照片不像")
    assert detail(hall, serving, "en").reason == "the picture does not match"


@pytest.mark.parametrize("said", [{"outcome": "已办好"}, {"outcome": "已认证", "way": "坐船"}])
def test_what_the_service_does_not_list_is_refused_and_the_visit_goes_on(hall, serving, said):
    with pytest.raises(tickets.BadOutcome):
        end(hall, **said)
    assert hall.view(serving).status == tickets.Status.SERVING


def test_nothing_is_asked_and_nothing_written_where_a_service_has_no_list(hall):
    assert not hall.read(services.outcomes_of, "C")
    one = hall.take("C")
    hall.write(tickets.call_ticket, hall.box.centre, Asked(hall.clock(), CLERK), 1, one, "")
    hall.do(tickets.start)
    hall.do(tickets.finish)
    rows = hall.read(sa.Connection.execute, sa.select(sa.func.count()).select_from(visit_detail))
    assert rows.scalar() == 0


def test_a_result_that_was_undone_stands_no_more_and_stays_in_the_history(hall, serving):
    end(hall, outcome="已认证")
    hall.do(tickets.undo)
    told = hall.read(tickets.visit_now, serving, "zh")
    standing = tickets.standing_steps(told.steps)
    assert [step.detail.outcome for step in standing if step.detail] == []
    assert [step.detail.outcome for step in told.steps if step.detail] == ["已认证"]


def test_one_undo_takes_back_a_press_that_finished_and_called_the_next(hall, serving):
    other = hall.take()
    with hall.box.database.write() as tx:
        asked = Asked(hall.clock(), CLERK)
        tickets.finish(tx, asked, 1, serving, Ended("已认证"))
        assert tickets.call_next_if_any(tx, hall.box.centre, asked, 1) == other
    hall.do(tickets.undo)
    assert hall.view(serving).status == tickets.Status.SERVING
    assert hall.view(other).status == tickets.Status.WAITING


def test_a_call_of_its_own_is_taken_back_alone(hall, serving):
    other = hall.take()
    hall.do(tickets.finish)
    hall.clock.forward(seconds=3)
    hall.call_next()
    hall.do(tickets.undo)
    assert hall.view(serving).status == tickets.Status.SERVED
    assert hall.view(other).status == tickets.Status.WAITING


def test_nobody_waiting_is_no_fault_of_a_press_that_finishes(hall, serving):
    with hall.box.database.write() as tx:
        tickets.finish(tx, Asked(hall.clock(), CLERK), 1, serving)
        assert tickets.call_next_if_any(tx, hall.box.centre, Asked(hall.clock(), CLERK), 1) is None
    assert hall.view(serving).status == tickets.Status.SERVED


def test_why_somebody_left_or_did_not_come_is_kept(hall, serving):
    hall.do(tickets.cancel, reason=tickets.LeftBecause.TOO_LONG)
    assert detail(hall, serving).reason == "too_long"


def test_the_list_is_the_services_own_and_is_changed_and_put_back_with_it(hall):
    listed = hall.read(services.listed_service, "C")
    asks = (OutcomePlan("已发证", "Issued"), OutcomePlan("上门", "At home", kind=OutcomeKind.WAY))
    plan = replace(listed.plan, outcomes=asks)
    asked = Asked(hall.clock(), CLERK)
    assert hall.write(services.edit_service, asked, "C", plan)
    found = hall.read(services.outcomes_of, "C")
    assert [one.words.zh for one in found.results] == ["已发证"]
    assert [one.zh for one in found.ways] == ["上门"]
    assert not hall.write(services.edit_service, asked, "C", plan)
    twice = replace(plan, outcomes=(asks[0], asks[0]))
    with pytest.raises(services.BadPlan) as wrong:
        hall.write(services.edit_service, asked, "C", twice)
    assert wrong.value.faults == {"outcome_1_text": "same"}
