"""Saving a thing of the catalogue: looked at before, refused at its field, or told what others changed."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct
from werkzeug.wrappers import Response

from kiosk import changes
from kiosk.database import Tx
from kiosk.screens.catalogue.history import last_change, seen_now, told_since
from kiosk.screens.catalogue.look import Look, OnlyLooking
from kiosk.screens.web.errors import status_of
from kiosk.screens.web.forms import Draft, whole
from kiosk.screens.web.page import box
from kiosk.words import Refusal, Unknown

Answer = Response | tuple[str, int]
Beside = dict[str, Any]
"""What every page with a form of the catalogue shows beside it, by the names in its template."""


class Editing(Struct, frozen=True):
    """The page of one thing: its kind in the history, what draws it, what notes a refusal at its field."""

    kind: str
    page: Callable[[Tx, str, Draft, Beside], str]
    refused: Callable[[Draft, Refusal], Draft]

    def fresh(self, key: str, draft_of: Callable[[Tx], Draft]) -> str:
        """The page as it is opened."""
        with box().database.read() as tx:
            return self.page(tx, key, draft_of(tx), self._beside(tx, key, None, ()))

    def again(
        self,
        key: str,
        draft: Draft,
        status: int,
        look: Look | None = None,
        since: tuple[changes.Change, ...] = (),
    ) -> tuple[str, int]:
        """The page with what was typed, and how it would look, or what others have changed `since`."""
        with box().database.read() as tx:
            return self.page(tx, key, draft, self._beside(tx, key, look, since)), status

    def not_saved(self, key: str, draft: Draft, write: Callable[[Tx], object]) -> Answer | None:
        """Have it written unless others were faster; the page to show when it wasn't, None when it was.

        Raises Unknown for what is not there, and Malformed for a form that is not ours.
        """
        seen = whole("seen")
        try:
            with box().database.write() as tx:
                changes.check_seen(tx, self.kind, key, seen)
                write(tx)
        except OnlyLooking as shown:
            return self.again(key, draft, 200, look=shown.look)
        except changes.ChangedMeanwhile as meanwhile:
            return self.again(key, draft, 409, since=meanwhile.changes)
        except Unknown:
            raise
        except Refusal as refusal:
            return self.again(key, self.refused(draft, refusal), status_of(refusal))
        return None

    def _beside(self, tx: Tx, key: str, look: Look | None, since: tuple[changes.Change, ...]) -> Beside:
        return {
            "look": look,
            "since": told_since(tx, since),
            "seen": seen_now(tx, self.kind, key, since),
            "last": last_change(tx, (self.kind,), key),
        }
