"""Tasks of the street: taken in together, and told of on one sheet."""

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.concerns import Hand, Outcome, Reply


def test_lines_become_tasks_with_one_date_and_the_sheet_counts_what_is_done_in_time(clerk, box, clock):
    form = {
        "title": "冬季安全检查",
        "told_by": "街道办",
        "due_on": "2026-11-30",
        "category": "other",
        "tap": "t",
    }
    clerk.post("/s/tasks", form | {"lines": " \n"}, 400)
    clerk.post("/s/tasks", form | {"lines": "a", "due_on": "2026-11-01"}, 400)
    for _ in range(2):
        where = clerk.post("/s/tasks", form | {"lines": "查灭火器\n\n查楼道杂物\n查充电桩"}).headers[
            "Location"
        ]
    with box.database.write() as tx:
        running = concerns.running_concerns(tx, box.centre, Asked(clock()))
        assert [(one.kind, one.source, f"{one.due.on}") for one in running] == [
            ("task", "street", "2026-11-30")
        ] * 3
        reply = Reply(Outcome.SOLVED, "查过了")
        concerns.settle(tx, box.centre, Hand(Asked(clock(), 2), True), running[0].id, reply)
        clock.forward(days=9)
        concerns.settle(tx, box.centre, Hand(Asked(clock(), 2), True), running[1].id, reply)
    clerk.log_in("clerk1", "demo-clerk")
    assert "共3件，完成2件，其中按时1件" in clerk.get(where).words()
    assert "完成2/3" in clerk.get("/s/tasks").words()
    assert clerk.get(f"{where}/report.pdf").body.startswith(b"%PDF")
    clerk.get("/s/tasks/99", 404)
