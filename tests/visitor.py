"""A test client that judges every page: valid HTML, one h1, its title, unique ids, labels, form actions."""

import re
from collections import Counter
from itertools import count
from xml.etree.ElementTree import Element

from tests import markup

ORIGIN = "http://localhost"
UNLABELLED = ("hidden", "submit", "button")
NOT_IN_MARKUP = re.compile(r"^on|^hx-on|^style$")


class Visitor:
    """A browser without JavaScript. Every HTML answer is judged before a test sees it."""

    def __init__(self, app, origin: str | None = ORIGIN) -> None:
        self.client = app.test_client()
        self.headers = {"Origin": origin} if origin else {}
        self._taps: dict[str, str] = {}
        self._more = count(1)

    def get(self, address: str, status: int = 200, **headers: str):
        return self._judged(self.client.get(address, headers=headers), status)

    def post(self, address: str, form: dict | None = None, status: int = 303, **kwargs):
        headers = self.headers | kwargs.pop("headers", {})
        return self._judged(self.client.post(address, data=form or {}, headers=headers, **kwargs), status)

    def log_in(self, name: str, password: str, status: int = 303):
        return self.post("/log-in", {"name": name, "password": password}, status)

    def press(self, digits: str, address: str, status: int = 200) -> "Page":
        """Press these digits on the pad of the page at `address`, and land where they lead."""
        answer = self.post("/digits", {"digits": digits, "back": address})
        return self.get(answer.headers["Location"], status)

    def take(self, service: str = "A", tap: str | None = None, **fields: str) -> "Page":
        """Take a ticket and land on its page."""
        if tap is None:
            tap = self._tap(service)
        answer = self.post("/tickets", {"service": service, "tap": tap} | fields)
        return self.get(answer.headers["Location"])

    def _tap(self, service: str) -> str:
        """The name of a press: as the page has it, and for the next one of the same service like it."""
        if service in self._taps:
            return f"{self._taps[service]}-{next(self._more)}"
        self._taps[service] = self.get(f"/services/{service}").value("tap")
        return self._taps[service]

    def _judged(self, response, status: int):
        page = Page(response)
        response.close()
        assert response.status_code == status, (
            f"{response.status_code} instead of {status}: {page.text[:400]}"
        )
        if response.mimetype == "text/html" and response.data and status not in (302, 303):
            page.judge()
        return page


class Page:
    """An answer, and what is in it."""

    def __init__(self, response) -> None:
        self.headers = response.headers
        self.status = response.status_code
        self.mimetype = response.mimetype
        self.body = response.data
        self.text = response.get_data(as_text=True) if response.mimetype.startswith("text/") else ""

    @property
    def root(self) -> Element:
        return markup.parsed(self.text)[0]

    @property
    def is_fragment(self) -> bool:
        return markup.is_fragment(self.text)

    def all(self, path: str) -> list[Element]:
        """Elements by a path of xml.etree, e.g. `.//form[@action]`."""
        return self.root.findall(path)

    def with_attribute(self, name: str) -> list[Element]:
        return self.all(f".//*[@{name}]")

    def attribute(self, name: str) -> str:
        """The one value of an attribute that stands on one element only."""
        (element,) = self.with_attribute(name)
        return element.get(name, "")

    def value(self, field: str) -> str:
        """The value of the first form field of this name."""
        return self.all(f".//input[@name='{field}']")[0].get("value", "")

    def link_to(self, said: str) -> str:
        """Where the one link of the page itself that says so leads."""
        (found,) = [a.get("href", "") for a in self.all(".//main//a") if said in words(a)]
        return found

    def heading(self) -> str:
        return words(self.all(".//h1")[0])

    def words(self) -> str:
        """All that the page says."""
        (body,) = self.all(".//body")
        return words(body)

    def judge(self) -> None:
        """Fail on what every page must get right."""
        errors = markup.parsed(self.text)[1]
        assert not errors, f"invalid HTML: {errors[:3]}"
        self._judge_parts()
        if not self.is_fragment:
            self._judge_whole()
        markup.judged_right(self.text)

    def _judge_parts(self) -> None:
        found: dict[str, list[Element]] = {}
        ids: Counter[str] = Counter()
        for element in self.root.iter():
            found.setdefault(element.tag, []).append(element)
            if "id" in element.attrib:
                ids[element.attrib["id"]] += 1
            bad = [name for name in element.attrib if name not in _allowed and NOT_IN_MARKUP.match(name)]
            assert not bad, f"{element.tag} carries {bad}, which the content policy forbids"
            _allowed.update(element.attrib)
        assert [name for name, count in ids.items() if count > 1] == []
        for element in (*found.get("style", ()), *found.get("script", ())):
            assert not (element.text or "").strip(), "inline script or style"
        for form in found.get("form", ()):
            assert form.get("action"), "a form without an action"
            assert form.get("method") in ("post", "get"), "a form without a method"
        for button in found.get("button", ()):
            assert words(button) or button.get("aria-label"), "a button that says nothing"
        labels = found.get("label", ())
        labelled = {label.get("for") for label in labels}
        inside = {id(field) for label in labels for field in label.iter("input")}
        for field in (field for kind in ("input", "select", "textarea") for field in found.get(kind, ())):
            is_named = field.get("aria-label") or field.get("id") in labelled or id(field) in inside
            assert field.get("type") in UNLABELLED or is_named, f"no label: {field.attrib}"

    def _judge_whole(self) -> None:
        assert len(self.all(".//h1")) == 1, "not one h1"
        title = "".join(self.all(".//title")[0].itertext())
        assert title.startswith(self.heading()), f"title {title!r} does not start with {self.heading()!r}"
        (html,) = self.all(".") if self.root.tag == "html" else self.all(".//html")
        assert html.get("lang") in ("zh-CN", "en")
        assert self.headers["Content-Security-Policy"].startswith("default-src 'self'")


_allowed: set[str] = set()
"""Attributes that were looked at and may stand in a page."""


def words(element: Element) -> str:
    """The text of an element with white space folded."""
    return " ".join("".join(element.itertext()).split())
