"""What a form holds, each kind of field read in one way, and the sentences for what is wrong with one.

A field that people fill in is read by `Reading`, which notes what is wrong with it for the page to show. The
functions are for what a page of ours has put into its own form: whatever else comes is not from our page.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any, TypeVar

from flask import Flask, flash, redirect, request, url_for
from htmx_flask.requests import HtmxAwareRequest
from msgspec import Struct, field
from msgspec.structs import replace
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.wrappers import Response

from kiosk.screens.web.page import say, typed
from kiosk.words import Malformed, mark

LARGEST = 2**31 - 1
"""The largest number that every column of the database can hold."""

BODY_LIMIT = 64 * 1024
"""Bytes of a form at most; whoever takes in a picture, a file or a voice raises it for that."""

MOST_FIELDS = 1000

LONGEST_TAP = 64

SENT, GO_TO = "Linli-Sent", "Linli-Go-To"
"""The header of a form that a script sends for its page, and that of the answer: the address to go on to.

The page is not left before there is an answer. A redirect would be followed unseen, its page shown to nobody.
"""

Choice = TypeVar("Choice", bound=str)

FAULTS = {
    "empty": mark("请填写这一项。"),
    "long": mark("太长了，请写短一点。"),
    "number": mark("请填一个整数。"),
    "range": mark("这个数太大或太小了。"),
    "date": mark("请填日期，例如 2026-11-28。"),
    "years": mark("这个日期太早或太晚了。请填一年前到十年后之间的日期。"),
    "done_on": mark("日期不能晚于今天，也不能早于十年前。"),
    "one_letter": mark("请填一个字母，例如 T。"),
    "time": mark("请填时间，例如 18:00。"),
    "periods": mark("请这样写：09:30-11:00 15:00-16:00。"),
    "order": mark("结束要晚于开始。"),
    "pair": mark("开始和结束都要填，或者都空着。"),
    "overlap": mark("要晚于上一段的结束，两段不能重叠。"),
    "day_off": mark("今天本来就休息。要开，请在“特别的日子”里写上时间。"),
    "past_day": mark("这一天已经过去了。"),
    "too_many_days": mark("一次最多62天。"),
    "no_numbers": mark("这样有的日子，最后一段时间一个号也发不出。请改小一点。"),
    "choice": mark("请选一项。"),
    "unreachable": mark("电话、地址、微信码至少要有一样，不然找不到人。"),
    "over": mark("这个时间已经过了。"),
    "pictures": mark("请不要用表情图，有的屏幕和小票显示不出来。"),
    "rule": mark("按这样重复，一天也没有。请看看日期。"),
    "phone": mark("不像电话号码。请填手机号或带区号的座机，没有就空着。"),
    "phone_signs": mark("电话只能有数字、空格、括号和横线。"),
    "id_number": mark("这像身份证号。本站不保存证件号码，请删掉。"),
    "no_name": mark("这不像姓名。请填姓名；不是人的行，请删掉。"),
    "no_team": mark("这不像服务队的名字。请改好，没有就空着。"),
    "formula": mark("这一格是公式，请粘贴成数值。"),
    "twice": mark("和第%(about)s行一样，请删掉一行。"),
    "same_name": mark("和第%(about)s行同名，又没有电话，分不清是不是一个人。请填手机号。"),
    "closed": mark("“%(about)s”已经停用，请先恢复，或者改掉。"),
    "id_column": mark("这一列是证件号码。本站不保存证件号码，请删掉整列再上传。"),
    "two_names": mark("%(about)s这几列都像姓名。一行只能有一个人，请把名单接成一列，或者改一个列名。"),
    "heading_again": mark("这里又有一行列名，和上面的不一样。请把下面的名单放到另一个文件里。"),
    "no_heading": mark("没有找到“姓名”这一列。请在名单上面写一行列名：姓名、手机、服务队。"),
    "nobody": mark("表里没有人。"),
}
"""What the rooms and `Reading` call a fault, and what is said of it: in a form, or in a cell of a list."""


class Sent(ImmutableMultiDict[str, Any]):
    """What a browser sent, by name. To miss one is no fault, but werkzeug makes a refusal for each."""

    def get(self, key: str, *default: Any, **how: Any) -> Any:
        """The value of `key`; `default` where it is missing, or is not of the `type` that is named."""
        if key in self:
            return super().get(key, *default, **how)
        return default[0] if default else how.get("default")


class Fields(Sent):
    """What a form or an address holds. NUL, which PostgreSQL keeps in no text, is another sign of no key.

    So a number with one stays malformed, and a text loses it as it does the others (`typed`).
    """

    def __init__(self, mapping: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__(
            [(name, one.replace("\0", "\1") if isinstance(one, str) else one) for name, one in mapping]
        )


class OurRequest(HtmxAwareRequest):  # type: ignore[misc]  # it comes without types
    """A request as screens read it."""

    # not in the application's settings: Flask looked them up eight times a form, 1 % of a ticket
    max_content_length = max_form_memory_size = BODY_LIMIT
    max_form_parts = MOST_FIELDS
    parameter_storage_class = Fields
    dict_storage_class = Sent


class Draft(Struct, frozen=True):
    """A form as a page shows it: text by field, the boxes that are ticked, and what is wrong (sentences)."""

    values: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    ticked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def fault(self, name: str) -> str:
        """What is wrong with a field, empty when it is right."""
        return self.faults.get(name, "")

    def has(self, name: str, value: object) -> bool:
        """Whether this box of a row of boxes is ticked."""
        return str(value) in self.ticked.get(name, ())

    def with_faults(self, faults: Mapping[str, str]) -> "Draft":
        """The same form with what is wrong, as sentences."""
        return replace(self, faults={**self.faults, **faults})

    def judged(self, codes: Mapping[str, str]) -> "Draft":
        """The same form with what is wrong, as codes of FAULTS."""
        return self.with_faults({name: say(FAULTS[code]) for name, code in codes.items()})


class Reading:
    """Reads what people fill in; `faults` are codes of FAULTS by field. What is empty or wrong is None."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.faults: dict[str, str] = {}

    def whole(self, name: str, most: int = LARGEST, least: int = 0) -> int | None:
        """A whole number."""
        written = self.values.get(name, "")
        if not written:
            return None
        if not is_digits(written):
            self._note(name, "number")
            return None
        # a number of any length is not turned into one before it is known to be short
        number = int(written) if len(written) <= len(str(LARGEST)) else LARGEST + 1
        if not least <= number <= most:
            self._note(name, "range")
            return None
        return number

    def day(self, name: str) -> date | None:
        """A date, as a browser writes it."""
        written = self.values.get(name, "")
        # Python reads "20261128" and "2026-W48-6" too: two ways of writing that no form offers
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written, re.ASCII):
            self._note(name, "date")
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            self._note(name, "date")
            return None

    def clock(self, name: str) -> time | None:
        """A time of day; with the colon of either keyboard."""
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])", self.values.get(name, ""), re.ASCII)
        if not found:
            self._note(name, "time")
            return None
        return time(int(found[1]), int(found[2]))

    def choice(self, name: str, offered: Iterable[Choice]) -> Choice | None:
        """One of what the form offers."""
        found = _among(offered, self.values.get(name, ""))
        if found is None:
            self._note(name, "choice")
        return found

    def need(self, name: str) -> None:
        """Note that a number is missing."""
        self.faults.setdefault(name, "number")

    def _note(self, name: str, code: str) -> None:
        self.faults[name] = code


def is_digits(text: str) -> bool:
    """Whether these are digits of the keyboard and nothing else: Python takes full-width ones for digits."""
    return text.isascii() and text.isdigit()


def whole(name: str, most: int = LARGEST, least: int = 0, fields: Mapping[str, str] | None = None) -> int:
    """A whole number of the form, or of `fields`. Raises Malformed."""
    number = whole_or_none(name, most, least, fields)
    if number is None:
        raise Malformed
    return number


def whole_or_none(
    name: str, most: int = LARGEST, least: int = 0, fields: Mapping[str, str] | None = None
) -> int | None:
    """A whole number of the form, or of `fields`; None when the field is empty. Raises Malformed."""
    reading = Reading(request.form if fields is None else fields)
    number = reading.whole(name, most, least)
    if reading.faults:
        raise Malformed
    return number


def page_asked() -> int:
    """Which page of a list is asked for, from 0; the first when it is none."""
    return Reading(request.args).whole("page") or 0


def day(name: str) -> date:
    """A date of the form. Raises Malformed."""
    found = Reading(request.form).day(name)
    if found is None:
        raise Malformed
    return found


def choice(name: str, offered: Iterable[Choice], fields: Mapping[str, str] | None = None) -> Choice:
    """One of what the form, or a link, offers. Raises Malformed."""
    found = _among(offered, (request.form if fields is None else fields).get(name, ""))
    if found is None:
        raise Malformed
    return found


def text(name: str) -> str:
    """What was typed, without what no key makes; the rooms know how long it may be."""
    return typed(request.form.get(name, ""))


def tap(name: str = "tap") -> str:
    """The name of this press of a button: sent twice it is done once. Raises Malformed."""
    given = request.form.get(name, "")
    if not 1 <= len(given) <= LONGEST_TAP:
        raise Malformed
    return given


def _among(offered: Iterable[Choice], written: str) -> Choice | None:
    return next((one for one in offered if one == written), None)


def done(words: str, endpoint: str, **values: int | str) -> Response:
    """Lead on to a page of staff, which says what was done."""
    flash(words, "ok")
    return redirect(url_for(endpoint, **values), 303)  # type: ignore[arg-type]


def install_sent(app: Flask) -> None:
    """Answer who asks with SENT by 204 and GO_TO wherever others get 303; no part of an address holds NUL."""
    app.url_value_preprocessor(_without_nul)
    app.after_request(_tell_place)


def _without_nul(_: str | None, parts: dict[str, Any] | None) -> None:
    """As in `Fields`: PostgreSQL answered a code of NUL with a fault where a write looks for it first."""
    for name, one in (parts or {}).items():
        if parts is not None and isinstance(one, str):
            parts[name] = one.replace("\0", "\1")


def is_sent() -> bool:
    """Whether a script has sent this form."""
    return SENT in request.headers and request.method == "POST"


def _tell_place(response: Response) -> Response:
    if response.status_code == 303 and is_sent():
        response.headers[GO_TO] = response.headers.pop("Location")
        response.status_code, response.data = 204, b""
    return response
