"""Weeks of residents' concerns, played through their verbs, by chance but the same for the same seed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.concerns import (
    Contact,
    DeclineReason,
    Hand,
    Outcome,
    PauseReason,
    PlacePlan,
    Reply,
    Said,
    Solved,
    Source,
)
from kiosk.words import Malformed, Refusal, Unknown

LEAD, ONE, OTHER = 1, 2, 3
CATEGORIES = ("lights", "water_power", "idea", "help", "staff")
SOURCES = (Source.STATION, Source.DOOR, Source.PATROL, Source.CALL, Source.HOTLINE)


class Residents:
    """Says and does things, each in its own transaction."""

    def __init__(self, box: Any, clock: Any, seed: int) -> None:
        self.box, self.clock, self.chance = box, clock, Random(seed)
        self.ids: list[int] = []
        with box.database.write() as tx:
            compound = concerns.add_place(tx, self.asked(LEAD), PlacePlan("和平小区", "", None))
            self.places = [
                concerns.add_place(tx, self.asked(LEAD), PlacePlan(f"{number}号楼", "", compound))
                for number in (1, 2)
            ]
            self.compound = compound

    def asked(self, staff_id: int | None = None) -> Asked:
        return Asked(self.clock(), staff_id, station=f"s{len(getattr(self, 'ids', ()))}")

    def live(self, days: int) -> None:
        """So many days, with some taken in each day and some steps of what runs."""
        for _ in range(days):
            self.clock.forward(hours=24)
            with self.box.database.write() as tx:
                concerns.look_after(tx, self.box.centre, self.asked())
            for _ in range(self.chance.randrange(3)):
                self.take_in()
            for concern_id in self.chance.sample(self.ids, min(len(self.ids), 5)):
                self.clock.forward(minutes=self.chance.randrange(1, 60))
                self.act(concern_id)
                if self.chance.random() < 0.2:
                    with suppress(Refusal), self.box.database.write() as tx:
                        concerns.undo(tx, Hand(self.asked(LEAD), is_lead=True), concern_id)
            self.clock.at -= timedelta(hours=self.clock.at.hour - 1)
        self.clock.forward(hours=20)

    def certain(self) -> None:
        """Two that give every figure one that counts as good and one that does not, whatever else comes."""
        left = Contact("李", "13800004321", "4321")
        good = self.take_in(category="lights", source=Source.DOOR, contact=left)
        late = self.take_in(category="lights", source=Source.CALL, contact=left)
        reply = Reply(Outcome.SOLVED, "换好了")
        for days, concern_id, verbs in (
            (0, good, (concerns.accept, concerns.step, concerns.answer)),
            (0, good, (concerns.say_solved,)),
            (1, good, (concerns.answer, concerns.recheck)),
            (9, late, (concerns.accept,)),
            (9, late, (concerns.answer, concerns.recheck)),
        ):
            self.clock.forward(days=days, minutes=1)
            for verb in verbs:
                self.do(verb, concern_id, reply, is_good=concern_id == good)
        with self.box.database.write() as tx:
            concerns.say_solved(tx, self.box.centre, self.asked(), good, Solved.YES)

    def do(self, verb: Any, concern_id: int, reply: Reply, *, is_good: bool) -> None:
        """One verb, by one of staff; a re-check by another."""
        centre, hand = self.box.centre, Hand(self.asked(ONE), is_lead=True)
        with self.box.database.write() as tx:
            if verb is concerns.accept:
                verb(tx, centre, hand, concern_id)
            elif verb is concerns.step:
                verb(tx, hand, concern_id, "打过电话了")
            elif verb is concerns.answer:
                verb(tx, centre, hand, concern_id, reply)
            elif verb is concerns.recheck:
                other = Hand(self.asked(OTHER), is_lead=True)
                verb(tx, centre, other, concern_id, "看过了", is_good=is_good)
            else:
                verb(tx, centre, self.asked(), concern_id, Solved.NO)

    def take_in(self, **more: Any) -> int:
        """Somebody says something."""
        contact = Contact("王", "13800001234", "1234") if self.chance.random() < 0.6 else Contact()
        place = self.chance.choice([None, self.compound, *self.places])
        said = {"source": self.chance.choice(SOURCES), "place_id": place, "contact": contact} | more
        category = said.pop("category", None) or self.chance.choice(CATEGORIES)
        with self.box.database.write() as tx:
            said_now = Said(category, f"tap-{len(self.ids)}", **said)
            taken = concerns.take_in(tx, self.box.centre, self.asked(), said_now)
        self.ids.append(taken.id)
        return taken.id

    def act(self, concern_id: int) -> None:
        """Try verbs until one may be done."""
        for verb in self.chance.sample(self.verbs(), len(self.verbs())):
            with suppress(Refusal, Malformed, Unknown), self.box.database.write() as tx:
                verb(tx, concern_id)
                return

    def verbs(self) -> list[Callable[[Any, int], None]]:
        centre, chance = self.box.centre, self.chance
        hand = Hand(self.asked(chance.choice((ONE, OTHER))), is_lead=True)
        until = centre.day(self.clock()) + timedelta(days=chance.randrange(1, 12))
        reply = Reply(chance.choice(list(Outcome)), "说清楚了")
        number = f"S{chance.randrange(1, len(self.ids) + 2):04d}"
        return [
            lambda tx, one: concerns.accept(tx, centre, hand, one),
            lambda tx, one: concerns.accept(tx, centre, hand, one),
            lambda tx, one: concerns.answer(tx, centre, hand, one, reply),
            lambda tx, one: concerns.settle(tx, centre, hand, one, reply),
            lambda tx, one: concerns.step(tx, hand, one, "去看过了"),
            lambda tx, one: concerns.pause(tx, centre, hand, one, PauseReason.WEATHER, (until, "等天晴")),
            lambda tx, one: concerns.resume(tx, centre, hand.asked, one),
            lambda tx, one: concerns.extend(tx, hand, one, "还要几天"),
            lambda tx, one: concerns.send_back(tx, hand, one, "不归我"),
            lambda tx, one: concerns.say_solved(tx, centre, hand.asked, one, chance.choice(list(Solved))),
            lambda tx, one: concerns.recheck(tx, centre, hand, one, "看过", is_good=chance.random() < 0.6),
            lambda tx, one: concerns.decline(tx, hand, one, DeclineReason.COURT, "请去法院"),
            lambda tx, one: concerns.merge(tx, centre, hand, one, number),
            lambda tx, one: concerns.unmerge(tx, hand, one),
            lambda tx, one: concerns.withdraw(tx, centre, hand.asked, one),
        ]
