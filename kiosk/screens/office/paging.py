"""Long lists page by page: which one is asked for, and where those before and after it are."""

from urllib.parse import urlencode

from flask import request
from msgspec import Struct

from kiosk.screens.web.forms import Reading

PAGE = 50
"""Lines of a page: with 5,000 people a whole list had 2 MB and took more than a second."""


class Paged(Struct, frozen=True):
    """Page `number`, from 0, of `found` lines, `size` on each; `name` is its word in the address."""

    number: int
    found: int
    size: int = PAGE
    name: str = "page"

    @property
    def skipped(self) -> int:
        """Lines before the first one shown."""
        return self.number * self.size

    @property
    def first(self) -> int:
        """The place of the first line shown, from 1; 0 when there is none."""
        return min(self.number * self.size + 1, self.found)

    @property
    def last(self) -> int:
        """The place of the last line shown."""
        return min((self.number + 1) * self.size, self.found)

    @property
    def before(self) -> str:
        """The address of the page before; empty on the first."""
        return self._address(self.number - 1) if self.number else ""

    @property
    def after(self) -> str:
        """The address of the next page; empty on the last."""
        return self._address(self.number + 1) if self.last < self.found else ""

    def _address(self, number: int) -> str:
        # what else was asked for stays: the span, the other list's page
        return f"?{urlencode(request.args.to_dict() | {self.name: number})}"


def page_of(found: int, size: int = PAGE, name: str = "page") -> Paged:
    """The page asked for; the last when there are fewer by now."""
    asked = Reading(request.args).whole(name) or 0
    return Paged(min(asked, max(0, found - 1) // size), found, size, name)
