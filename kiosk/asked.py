"""Who asks: built once by a screen and handed down whole, so that a verb takes its own facts beside it."""

from datetime import datetime

from msgspec import Struct

from kiosk.words import Lang


class Asked(Struct, frozen=True):
    """When it was asked (aware, UTC), by which staff, at which station or desk, and in which language.

    `staff_id` is None for residents and the nightly jobs; `station` is the terminal's random name.
    """

    now: datetime
    staff_id: int | None = None
    station: str = ""
    lang: Lang = "zh"
