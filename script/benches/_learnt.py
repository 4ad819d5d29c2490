"""What the views of an application read: learnt while they run and from the pages that they answer with."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from kiosk.screens.web.forms import Fields, OurRequest

VIEW = "linli.view"
"""Where a request says which view it is meant for."""

MOST_NAMES, MOST_VALUES, LONGEST = 60, 12, 200

FORM = re.compile(r'<form\b[^>]*?action="([^"]*)"(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'<(?:input|textarea|button)\b[^>]*?\bname="([^"]+)"[^>]*')
SELECT = re.compile(r'<select\b[^>]*?\bname="([^"]+)"(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option\b[^>]*?\bvalue="([^"]*)"')
VALUE = re.compile(r'\bvalue="([^"]*)"')
LINK = re.compile(r'(?:href|data-poll|hx-get)="(/[^"]*)"')


class Learnt:
    """The fields of each view and what pages have in them; the parts of addresses; which fields are files."""

    def __init__(self, app: Flask) -> None:
        self.fields: dict[str, dict[str, None]] = defaultdict(dict)
        self.files: set[str] = set()
        self.values: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=MOST_VALUES))
        self._map: MapAdapter = app.url_map.bind("localhost")

    def note(self, view: str, name: str, value: str = "") -> None:
        """A view has a field of this name; `value` is what a page of ours has put into it."""
        if name.isidentifier() and len(self.fields[view]) < MOST_NAMES:
            self.fields[view][name] = None
            self._keep(name, value)

    def follow(self, address: str, method: str = "GET") -> str:
        """Learn what an address of ours holds; the view behind it, empty when there is none."""
        parts = urlsplit(address)
        try:
            view, values = self._map.match(parts.path, method)
        except HTTPException:
            return ""
        for name, value in values.items():
            self._keep(f"{view}/{name}", str(value))
            self._keep(f"/{name}", str(value))
        for name, value in parse_qsl(parts.query):
            self.note(str(view), name, value)
        return str(view)

    def harvest(self, page: str) -> None:
        """Learn from a page's forms and links."""
        for action, inside in FORM.findall(page):
            view = self.follow(unescape(action), "POST") or self.follow(unescape(action))
            for found in FIELD.finditer(inside):
                value = VALUE.search(found[0])
                self.note(view, found[1], unescape(value[1]) if value else "")
                if 'type="file"' in found[0]:
                    self.files.add(found[1])
            for name, options in SELECT.findall(inside):
                for value in OPTION.findall(options):
                    self.note(view, name, unescape(value))
        for address in LINK.findall(page):
            self.follow(unescape(address))

    def _keep(self, name: str, value: str) -> None:
        if value and len(value) < LONGEST and value not in self.values[name]:
            self.values[name].append(value)


@contextmanager
def noting(app: Flask, learnt: Learnt) -> Iterator[None]:
    """While this lasts the names that views ask a form or an address for are learnt."""
    before, app.request_class = app.request_class, _request_class(learnt)
    try:
        yield
    finally:
        app.request_class = before


def _request_class(learnt: Learnt) -> type[OurRequest]:
    asking = {"view": ""}

    class Noting(Fields):
        """Fields that note what they are asked for."""

        def get(self, key: Any, *args: Any, **kwargs: Any) -> Any:
            learnt.note(asking["view"], str(key))
            return super().get(key, *args, **kwargs)

        def getlist(self, key: Any, *args: Any, **kwargs: Any) -> Any:
            learnt.note(asking["view"], str(key))
            return super().getlist(key, *args, **kwargs)

        def __getitem__(self, key: Any) -> Any:
            learnt.note(asking["view"], str(key))
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            learnt.note(asking["view"], str(key))
            return super().__contains__(key)

    class Request(OurRequest):
        """A request whose fields are noted."""

        parameter_storage_class = Noting

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            asking["view"] = str(self.environ.get(VIEW, ""))

    return Request
