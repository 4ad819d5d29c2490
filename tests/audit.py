"""Looks at every transaction of a screen of staff: what staff change leaves its row in the history.

SQLite itself tells which tables were written, by triggers on the connection alone: statements that go
straight to the driver are seen too.
"""

import sqlite3
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from flask import has_request_context, request
from sqlalchemy import Connection, Engine, event

from kiosk.database import metadata


@dataclass(frozen=True)
class Audited:
    """A table that staff can change: the kinds of change it is told under, and what is not told.

    `aside` are columns that daily work or a machine writes; `only` a condition on the new row; `verbs` the
    statements that count.
    """

    kinds: tuple[str, ...]
    aside: tuple[str, ...] = ()
    only: str = ""
    verbs: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE")


AUDITED = {
    "service_group": Audited(("group",)),
    "service": Audited(("service", "closing", "group", "event")),
    "material": Audited(("service",)),
    "outcome": Audited(("service",)),
    "counter": Audited(("counter", "event"), aside=("opened_by", "opened_at", "pause", "paused_at")),
    "centre_fact": Audited(("opening", "closing", "setting")),
    "concern_category": Audited(("concern",)),
    "concern_place": Audited(("concern",)),
    "concern_grid": Audited(("concern",)),
    "household_colour": Audited(("concern",)),
    "due_result": Audited(("concern",)),
    "survey": Audited(("survey",)),
    "survey_criterion": Audited(("survey",)),
    "public_holiday": Audited(("opening",)),
    "notice": Audited(("notice",)),
    "clip": Audited(("clip",)),
    "recording": Audited(("clip",)),
    "counter_service": Audited(("counter", "event")),
    "priority": Audited(("priority",)),
    "contact_card": Audited(("card",)),
    "card_problem": Audited(("card",)),
    "problem_card": Audited(("card",)),
    "staff": Audited(("staff",)),
    "device": Audited(("device",), aside=("seen_at", "address")),
    "enrolment_code": Audited(("device",), aside=("used_at", "wrong_tries")),
    "printer_setup": Audited(("printer",)),
    "person": Audited(("person",)),
    "membership": Audited(("person",)),
    "team": Audited(("team",)),
    "event": Audited(("event",)),
    # the days of a plan are written when somebody needs them: that is no change
    "event_day": Audited(("event",), verbs=("UPDATE", "DELETE")),
    "stall": Audited(("event",)),
    "manual_hours": Audited(("hours",)),
    # a stay's minutes are daily work of the desk but where a coordinator decides
    "hours_change": Audited(("hours",), only="NEW.verb = 'confirm'", verbs=("INSERT",)),
}

NOT_AUDITED = {
    "open_sentence": "only ever added: its row says who wrote it",
    "open_step": "only ever added: who released a sentence, who took it down",
    "office_change": "the history itself",
    "change": "the history of the tickets",
    "ticket": "daily work of the queue, told in change",
    "last_number": "daily work of the queue, told in change",
    "closed_day": "the night closes a day; opening it again is told in change, of each ticket",
    "spoken_call": "what the board has said",
    "voice": "which board speaks: a machine's word",
    "pace": "counted out of change",
    "service_time": "follows from the days of the event",
    "counter_change": "the history of opening and pausing a counter: a clerk's daily work",
    "service_change": "an older history, kept beside this one",
    "card_change": "an older history, kept beside this one",
    "staff_change": "an older history, kept beside this one",
    "device_change": "an older history, kept beside this one, with wrong codes too",
    "people_change": "an older history, kept beside this one",
    "event_change": "an older history, kept beside this one",
    "card_tap": "a resident's tap",
    "registration": "who comes: daily work of the desk, forgotten after scan_keep_days",
    "sign_in": "daily work of the desk, told in scan and hours_change",
    "scan": "the history of the desk",
    "meeting_point": "what residents said at a meeting, written once",
    "people_import": "a list that waits for its confirmation, wiped after half an hour",
    "concern": "what residents say: daily work, told in concern_change",
    "concern_change": "the history of the concerns",
    "concern_clock": "promises, told with the change that starts or ends them",
    "concern_file": "a voice, ink or a photo of a concern: written when it is taken in",
    "concern_number": "the counter of a year",
    "concern_party": "who asked: written when it is taken in, wiped when it is taken back",
    "concern_pause": "a rest of a concern, told in concern_change",
    "household": "which colour a household has: a grid worker's daily work, told in household_change",
    "household_change": "the history of the households",
    "door_card": "a card that was printed: written once",
    "patrol": "daily work: a walk, written once",
    "finding": "what a patrol saw, told in concern_change",
    "hope": "daily work, told in hope_change",
    "hope_change": "the history of the hopes",
    "case_paper": "papers that staff hold for somebody: given back is a time of the same row",
    "product": "what came of a case: written once",
    "batch": "tasks that came together: written once",
    "due_date": "daily work, told in due_change",
    "due_change": "the history of the dates",
    "plea": "somebody needs a person at a station: daily work, told in plea_change",
    "plea_change": "the history of the pleas",
    "rating": "a resident's own word, which nobody can change",
    "rating_word": "the same, beside it",
    "survey_answer": "a score sheet that somebody filled in, which nobody can change",
    "survey_mark": "the same, by criterion",
    "rating_judge": "who was asked to judge one: only ever added",
    "rating_review": "what one of staff found of a bad rating: kept as it is, its own history",
    "visit_detail": "what the window noted of one visit, told in its change",
    "print_job": "daily work of the printer, told in print_change",
    "print_change": "the history of the printer",
    "printer_change": "what printers said of themselves",
    "paper_roll": "daily work: a roll that was put in, with who and when",
    "setup_step": "how far the first start has come; what it writes is told by the rooms",
    "figure_day": "added up out of change and counter_change, by the night",
    "staff_session": "log-ins",
    "log_in_attempt": "log-ins",
}
"""What is not audited, and why."""


@dataclass
class Watch:
    """What was seen: requests that wrote without telling, by table and address; tables that were told; views
    that wrote any of them, as wing.screen.view.
    """

    untold: list[tuple[str, str]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    wrote: set[str] = field(default_factory=set)
    _written: dict[Any, set[tuple[str, str]]] = field(default_factory=dict)

    def over(self, engine: Engine) -> None:
        """Look at what `engine` does from here on."""
        event.listen(engine, "set_connection_execution_options", self._prepare)
        event.listen(engine, "commit", self._judge)
        event.listen(engine, "rollback", self._forget)

    def _prepare(self, connection: Connection, options: dict[str, Any]) -> None:
        """Make a connection tell what is written, once it is to write: most only read, and it takes 4 ms."""
        driver: Any = connection.connection.dbapi_connection
        if driver in self._written or not options.keys() & {"write", "trial"}:
            return
        self._written[driver] = written = set()
        driver.create_function("seen", 2, lambda table, what: written.add((table, what)))
        driver.execute("PRAGMA temp_store=MEMORY")  # a full disk refuses no trigger
        try:
            driver.executescript(_triggers())
        except sqlite3.OperationalError:  # a disk that takes nothing takes nothing untold either
            del self._written[driver]

    def _judge(self, connection: Connection) -> None:
        written = self._written.get(connection.connection.dbapi_connection, set())
        kinds = {what for table, what in written if table == "office_change"}
        tables = {table for table, _ in written} - {"office_change"}
        if has_request_context() and request.method == "POST":
            untold = {table for table in tables if not kinds & set(AUDITED[table].kinds)}
            self.untold += [(table, request.path) for table in sorted(untold)]
            self.told |= tables - untold
            if tables:
                self.wrote.add(str(request.endpoint))
        written.clear()

    def _forget(self, connection: Connection) -> None:
        self._written.get(connection.connection.dbapi_connection, set()).clear()


@cache
def _triggers() -> str:
    told = (
        "CREATE TEMP TRIGGER told AFTER INSERT ON main.office_change"
        " BEGIN SELECT seen('office_change', NEW.kind); END"
    )
    statements = [told]
    for name, audited in AUDITED.items():
        columns = [
            column.name for column in metadata.tables[name].columns if column.name not in audited.aside
        ]
        for verb in audited.verbs:
            on = f"UPDATE OF {', '.join(columns)}" if verb == "UPDATE" else verb
            only = f" WHEN {audited.only}" if audited.only else ""
            statements.append(
                f"CREATE TEMP TRIGGER {name}_{verb} AFTER {on} ON main.{name}{only}"
                f" BEGIN SELECT seen('{name}', '{verb}'); END"
            )
    return ";".join(("BEGIN", *statements, "COMMIT"))
