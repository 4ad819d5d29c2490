"""您说·我们办 on the board: one released sentence and three counts, in its turn, while nobody is called."""

from datetime import datetime

from msgspec import Struct

from kiosk.database import Tx
from kiosk.figures import opinions
from kiosk.openness import Tells
from kiosk.screens.web.page import box, say
from kiosk.words import mark

FROM_S, UNTIL_S = 30, 50
"""Between these seconds of a minute it may be shown; the rest of the time the board is as ever."""


MUCH_SAID, MUCH_DONE = 12, 20
"""Letters that take more than a line beside the last calls."""


class Quiet(Struct, frozen=True):
    """What is shown of a month: its name, counts in words, and one sentence or none."""

    month: str
    counts: tuple[tuple[str, int], ...]
    said: str = ""
    done: str = ""
    could_not: bool = False

    @property
    def is_long(self) -> bool:
        """Whether its sentence needs the smaller letters."""
        return len(self.said) > MUCH_SAID or len(self.done) > MUCH_DONE


def turn_at(tx: Tx, moment: datetime) -> int:
    """Whose turn it is: the number of a sentence and one, 0 for nobody's. Asked with every poll."""
    if not FROM_S <= moment.second < UNTIL_S:
        return 0
    month = opinions.cached_month(tx, box().centre, moment)
    if month.is_empty:
        return 0
    sentences = len(month.done) + len(month.cannot)
    return int(moment.timestamp() // 60) % max(1, sentences) + 1


def quiet_at(tx: Tx, moment: datetime) -> Quiet | None:
    """What is shown now, where nobody is being called."""
    turn = turn_at(tx, moment)
    if not turn:
        return None
    month = opinions.cached_month(tx, box().centre, moment)
    counts = (
        (say(mark("收到")), month.taken),
        (say(mark("答复了")), month.answered),
        (say(mark("居民说解决了")), month.solved),
    )
    name = say(mark("%(month)s月"), month=month.first.month)
    told = (*month.done, *month.cannot)
    if not told:
        return Quiet(name, counts)
    one = told[(turn - 1) % len(told)]
    return Quiet(name, counts, one.said, one.done, one.tells == Tells.CANNOT)
