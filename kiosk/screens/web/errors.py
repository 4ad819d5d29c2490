"""When something cannot be done: the right status, and a page that says what to do next."""

import logging
from datetime import datetime
from typing import Any

from flask import Flask, after_this_request, g, redirect, render_template, request, session, url_for
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from kiosk import checkin, devices, people, qr_codes, services, staff, tickets
from kiosk.database import cannot_keep
from kiosk.database.faults import in_short
from kiosk.screens.web.access import SAFE, page_before
from kiosk.screens.web.forms import is_sent
from kiosk.screens.web.labels import STATUS_WORDS, when_next
from kiosk.screens.web.page import box, lang, say
from kiosk.screens.web.screen import Frame, frame_here, place_back, screen_here
from kiosk.words import Malformed, Own, Refusal, Unknown, mark
from printing.subprocess_task import TooManyTasks

log = logging.getLogger(__name__)
Answer = tuple[str, int] | Response

PROBLEM = "problem"
"""Where a visit keeps why a form that a script sent was refused, until `station.visit.problem` shows it."""

ADVICE = {
    400: mark("没有看懂这次操作，请回首页再试一次。"),
    403: mark("这次操作不是从本机的页面来的，没有办理。请回首页再试一次。"),
    404: mark("没有找到这一页，请回首页重新选择。"),
    405: mark("没有找到这一页，请回首页重新选择。"),
    413: mark("送来的内容太大，没有收下。请换一个小一点的再试。"),
    429: mark("请等一会儿再试。"),
}
FAULTS = {
    500: (
        mark("机器出了点问题。请到%(counter)s号窗口，工作人员帮您办。"),
        mark("机器出了点问题。请找这里的工作人员，他们帮您办。"),
        mark("机器出了点问题，刚才的没有办成。请再试一次；还是这样，请叫维护的人。"),
    ),
    503: (
        mark("机器现在记不下来，刚才的没有办成。请到%(counter)s号窗口，工作人员帮您办。"),
        mark("机器现在记不下来，刚才的没有办成。请找这里的工作人员，他们帮您办。"),
        mark("这台机器现在存不下东西，刚才的没有办成，以前的都在。请先用纸和笔办，马上叫维护的人来看盘。"),
    ),
}
"""What is said at a fault of ours: with a counter to go to, without one, and to staff."""
TITLES = {
    400: mark("请再试一次"),
    403: mark("没有办理"),
    404: mark("没有找到"),
    405: mark("没有找到"),
    409: mark("现在不能这样做"),
    413: mark("内容太大"),
    429: mark("请等一会儿"),
    500: mark("请找工作人员"),
    503: mark("请找工作人员"),
}


def install_errors(app: Flask) -> None:
    """Answer every refusal and fault with a page."""
    app.register_error_handler(Refusal, on_refusal)
    app.register_error_handler(qr_codes.Misread, on_foreign_code)
    app.register_error_handler(qr_codes.Forged, on_foreign_code)
    app.register_error_handler(TooManyTasks, on_too_many_tasks)
    app.register_error_handler(HTTPException, on_http_fault)
    app.register_error_handler(Exception, on_fault)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal, as CONTRACT.md promises it."""
    kinds = (
        (Unknown, 404),
        (Malformed, 400),
        (staff.NotAllowed, 403),
        (devices.NotEnrolled, 403),
        (devices.WrongCode, 403),
        (staff.AskAgain, 429),
        (devices.TooSoon, 429),
        (devices.TooManyByPhone, 429),
        (people.TooManyLookUps, 429),
    )
    return next((status for kind, status in kinds if isinstance(refusal, kind)), 409)


def words_of(refusal: Refusal) -> str:
    """What to do next, in the visitor's language. Facts that are statuses are shown as words."""
    return say(refusal.sentence, **{name: _fact(value) for name, value in refusal.facts.items()})


def _fact(value: object) -> str:
    if isinstance(value, datetime):
        return when_next(value)
    if isinstance(value, Own):
        return value.said(lang())
    if value is None:
        return say(mark("改天"))
    return say(STATUS_WORDS.get(str(value), str(value))) if value != "" else ""


SAID: dict[type[Refusal], str] = {
    tickets.ServiceClosed: "closed",
    tickets.NotOpenYet: "closed",
    tickets.LunchBreak: "closed",
    tickets.DayOver: "closed",
    tickets.ClosedEarly: "closed",
    tickets.CentreClosed: "closed",
    tickets.DayOff: "closed",
    tickets.NumbersUsedUp: "used_up",
    tickets.TicketOver: "ticket_over",
    tickets.TicketRevoked: "ticket_over",
    checkin.EventFull: "full",
    checkin.EventCancelled: "event_off",
    checkin.EventOver: "event_off",
}


def on_refusal(refusal: Refusal) -> Answer:
    """The state does not allow it."""
    note_wait(refusal)
    status = status_of(refusal)
    said = next((sentence for kind, sentence in SAID.items() if isinstance(refusal, kind)), said_on(status))
    return problem(status, words_of(refusal), said, say(refusal.title) if refusal.title else "")


def note_wait(refusal: Refusal) -> None:
    """Have the answer tell programs, too, after how many seconds it is worth asking again."""
    if isinstance(refusal, staff.AskAgain):
        wait_s = str(refusal.wait_s)
        after_this_request(lambda response: _with_wait(response, wait_s))


def _with_wait(response: Response, wait_s: str) -> Response:
    response.headers["Retry-After"] = wait_s
    return response


def on_foreign_code(fault: Exception) -> Answer:
    """A code that is not one of ours, or was not read clearly; it is neither shown nor logged."""
    if isinstance(fault, qr_codes.Misread) and request.method == "POST":
        return problem(400, say(mark("没有读清楚，请再扫一次，也可以请工作人员帮您。")), "misread")
    return problem(404, say(mark("这个码不是本站的号，请重新取号，或请工作人员帮您看一看。")))


def on_too_many_tasks(_: TooManyTasks) -> Answer:
    """Pictures, tables and papers are made a few at a time: nobody waits in a thread for them."""
    return problem(429, say(mark("正在做别的文件，请等几秒再试一次。刚才的没有办。")))


def on_http_fault(fault: HTTPException) -> Answer:
    """What Flask itself refuses: a wrong address, a method, a size, a host."""
    status = fault.code or 500
    if isinstance(fault, SecurityError):
        return misaddressed()
    return problem(status, say(ADVICE.get(status, ADVICE[400])) if status < 500 else _whom_to_ask(500))


def misaddressed() -> Answer:
    """Sent to a host name that is not ours; without one there are no addresses to lead to."""
    advice = say(mark("地址不对。请用工作人员给的地址打开，或请他们把这个地址写进设置 trusted_hosts。"))
    return render_template("web/misaddressed.html", title=say(TITLES[400]), advice=advice), 400


def on_fault(fault: Exception) -> Answer:
    """A fault of ours: written to the log, and the person is sent to a person.

    503 when nothing can be kept: what was asked for was not done, and may be asked for again.
    """
    status, what = 500, f"{request.method} {request.url_rule or 'an unknown address'}"
    if cannot_keep(fault):  # as every page that polls, for as long as it lasts: one line each
        status = 503
        log.error("%s failed: %s", what, in_short(fault))
    else:
        log.error("%s failed", what, exc_info=fault)
    return problem(status, _whom_to_ask(status))


def _whom_to_ask(status: int) -> str:
    at_a_counter, anywhere, staff_s = FAULTS[status]
    if frame_here() == Frame.STAFF:
        return say(staff_s)
    counter = _counter()
    return say(anywhere) if counter is None else say(at_a_counter, counter=counter)


def _counter() -> int | None:
    """Where somebody sits, else any counter; None when the centre has none, or cannot say."""
    try:
        with box().database.read() as tx:
            every = services.counters(tx, lang())
    except Exception:  # the fault may well be that nothing can be read
        return None
    return next((one.number for one in (*(c for c in every if c.is_open), *every)), None)


def said_on(status: int) -> str:
    """The clip (kiosk.speech) that a station's problem page says: what is refused is no machine's fault."""
    refused = "choice-ask-window" if status < 500 else "problem"
    return {404: "not_found", 429: "too_fast"}.get(status, refused)


def problem(status: int, advice: str, said: str = "", title: str = "") -> Answer:
    """The problem page that suits the screen; a station page never ends on a log-in form."""
    title = title or say(TITLES.get(status, TITLES[500 if status >= 500 else 400]))
    frame = frame_here()
    if frame == Frame.PHONE:
        return render_template("public/phone/gone.html", title=title, advice=advice), status
    if frame == Frame.STAFF:
        return render_template("web/staff_problem.html", title=title, advice=advice, **_way_back()), status
    told = {"status": status, "title": title, "advice": advice, "said": said or said_on(status)}
    told["again"] = _again(status)
    if is_sent():
        session[PROBLEM] = told
        return redirect(url_for("station.visit.problem"), 303)
    return station_problem(told)


def _again(status: int) -> str:
    """Where it can be tried once more, or chosen otherwise; "" where that is nowhere but the home page."""
    if status in (403, 404, 405):
        return ""
    if request.method in SAFE:
        return request.full_path.rstrip("?") if status >= 429 else ""
    return page_before()


def station_problem(told: dict[str, Any]) -> Answer:
    """The page of a refusal at the station: `status`, `title`, `advice` and what is `said`."""
    return render_template("web/station_problem.html", **told), told["status"]


def _way_back() -> dict[str, str]:
    here = screen_here()
    if here is not None and not here.roles:  # a page for everybody leads to itself again
        return {"link": request.path, "link_text": say(mark("再试一次"))}
    member = g.get("staff")
    before = page_before() if request.method not in SAFE else ""
    if before:
        return {"link": before, "link_text": say(mark("返回"))}
    place = place_back(member.role if member else None)
    return {"link": url_for(place.endpoint), "link_text": say(place.menu.back_words)}
