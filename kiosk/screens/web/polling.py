"""What a screen polls with: the newest change it has seen, and what else could have changed since."""

import zlib

from flask import Response, request
from msgspec import Struct

from kiosk import tickets
from kiosk.database import Tx
from kiosk.screens.web.page import box
from kiosk.words import Malformed


class News(Struct, frozen=True):
    """`v` is the newest change's id; `also` is another with every change of counters, services and the
    centre's rules, and on another day.
    """

    v: int
    also: str


def news(tx: Tx) -> News:
    """How things stand in this very transaction."""
    return news_of(*tickets.versions(tx))


def cached_news(tx: Tx) -> News:
    """How things stood at the last commit: enough to say that nothing is new, and for one ticket's page."""
    return news_of(*tickets.cached_versions(tx))


def news_of(v: int, other: int) -> News:
    """The same of the two versions that a room has read with what it tells."""
    here = box()
    centre = here.centre
    return News(v, f"{other}.{centre.day(here.now()):%y%m%d}.{centre.rules_mark}")


def mark_of(shown: object) -> int:
    """What a page polls with that shows `shown` and no change counts; the same in every process."""
    return zlib.crc32(repr(shown).encode())


def version_seen() -> int | None:
    """The `v` of a poll; None when it has none yet. Raises Malformed."""
    text = request.args.get("v", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Malformed
    return int(text) if text else None


def renewed() -> Response:
    """The answer to a poll of a page that is no more what it was: it is to be loaded anew."""
    return Response(status=204, headers={"HX-Refresh": "true"})


def is_old(tx: Tx, more: str = "") -> bool:
    """Whether the page that polls shows the present: then the answer is 204, and nothing is swapped.

    `more` is what else the page shows that neither ticket, counter nor day tells of, as it has put it into
    its own `also`.

    A version from the future (a restored backup) is news too, so versions are compared for difference.
    A poll without `also` asks for changes of tickets alone.
    """
    return version_seen() is not None and is_known(cached_news(tx), more)


def is_known(present: News, more: str = "") -> bool:
    """The same for who has read how things stand."""
    also = present.also + more
    return version_seen() == present.v and request.args.get("also", also) == also
