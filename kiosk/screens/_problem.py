"""When something cannot be done: the right status, and a page that says what to do next."""

import logging
from datetime import datetime

from flask import Flask, g, render_template, request, url_for
from werkzeug.exceptions import HTTPException, SecurityError

from kiosk import events, staff, tickets, tokens
from kiosk.screens._lookups import TooManyLookUps
from kiosk.screens._page import box, lang, say
from kiosk.words import Malformed, Refusal, Unknown, mark

log = logging.getLogger(__name__)
Answer = tuple[str, int]

ADVICE = {
    400: mark("没有看懂这次操作，请回首页再试一次。"),
    403: mark("这次操作不是从本机的页面来的，没有办理。请回首页再试一次。"),
    404: mark("没有找到这一页，请回首页重新选择。"),
    405: mark("没有找到这一页，请回首页重新选择。"),
    413: mark("送来的内容太大，没有收下。请换一个小一点的再试。"),
    429: mark("请等一会儿再试。"),
    500: mark("机器出了点问题。请到1号窗口，工作人员帮您办。"),
}
TITLES = {
    400: mark("请再试一次"),
    403: mark("没有办理"),
    404: mark("没有找到"),
    405: mark("没有找到"),
    409: mark("现在不能这样做"),
    413: mark("内容太大"),
    429: mark("请等一会儿"),
    500: mark("请找工作人员"),
}


def install_problems(app: Flask) -> None:
    """Answer every refusal and fault with a page."""
    app.register_error_handler(Refusal, on_refusal)
    app.register_error_handler(tokens.Misread, on_foreign_code)
    app.register_error_handler(tokens.Forged, on_foreign_code)
    app.register_error_handler(HTTPException, on_http_fault)
    app.register_error_handler(Exception, on_fault)


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal, as CONTRACT.md promises it."""
    kinds = (
        (Unknown, 404),
        (Malformed, 400),
        (staff.NotAllowed, 403),
        (staff.TooManyFailures, 429),
        (TooManyLookUps, 429),
    )
    return next((status for kind, status in kinds if isinstance(refusal, kind)), 409)


def words_of(refusal: Refusal) -> str:
    """What to do next, in the visitor's language. Facts that are statuses are shown as words."""
    return say(refusal.sentence, **{name: _fact(value) for name, value in refusal.facts.items()})


def _fact(value: object) -> str:
    if isinstance(value, datetime):
        return when(value)
    if value is None:
        return say(mark("改天"))
    return say(STATUS_WORDS.get(str(value), str(value))) if value != "" else ""


def when(local: datetime) -> str:
    """A moment of the centre's wall clock; the day is named when it is not today."""
    if local.date() == box().centre.day(box().now()):
        return f"{local:%H:%M}"
    if lang() == "en":
        return f"{local:%a %d %b %H:%M}"
    return f"{local.month}月{local.day}日{local:%H:%M}"


STATUS_WORDS = {
    "waiting": mark("等候"),
    "called": mark("已叫号"),
    "serving": mark("办理中"),
    "held": mark("挂起"),
    "served": mark("已办结"),
    "no_show": mark("过号"),
    "cancelled": mark("已取消"),
}


STAFF_SCREENS = (
    "counter", "hall", "printers", "staff", "admin", "admin_printer", "admin_people", "admin_teams",
    "admin_import", "admin_events", "admin_days", "admin_hours", "board", "desk",
)  # fmt: skip
OF_THE_REGISTER = ("admin_people", "admin_teams", "admin_import")
OF_EVENTS = ("admin_events", "admin_days", "admin_hours")

SAID: dict[type[Refusal], str] = {
    tickets.ServiceClosed: "closed",
    tickets.NotOpenYet: "closed",
    tickets.LunchBreak: "closed",
    tickets.DayOver: "closed",
    tickets.DayOff: "closed",
    tickets.NumbersUsedUp: "used_up",
    tickets.TicketOver: "ticket_over",
    tickets.TicketRevoked: "ticket_over",
    events.EventFull: "full",
    events.EventCancelled: "event_off",
    events.EventOver: "event_off",
}


def on_refusal(refusal: Refusal) -> Answer:
    """The state does not allow it."""
    status = status_of(refusal)
    said = next((sentence for kind, sentence in SAID.items() if isinstance(refusal, kind)), said_on(status))
    title = say(mark("这是旧小票")) if isinstance(refusal, tickets.TicketRevoked) else ""
    return problem(status, words_of(refusal), said, title)


def on_foreign_code(fault: Exception) -> Answer:
    """A code that is not one of ours, or was not read clearly; it is neither shown nor logged."""
    if isinstance(fault, tokens.Misread) and request.method == "POST":
        return problem(400, say(mark("没有读清楚，请再扫一次，也可以请工作人员帮您。")), "misread")
    return problem(404, say(mark("这个码不是本站的号，请重新取号，或请工作人员帮您看一看。")))


def on_http_fault(fault: HTTPException) -> Answer:
    """What Flask itself refuses: a wrong address, a method, a size, a host."""
    status = fault.code or 500
    if isinstance(fault, SecurityError):
        return misaddressed()
    return problem(status, say(ADVICE.get(status, ADVICE[400 if status < 500 else 500])))


def misaddressed() -> Answer:
    """Sent to a host name that is not ours; without one there are no addresses to lead to."""
    advice = say(mark("地址不对。请用工作人员给的地址打开，或请他们把这个地址写进设置 trusted_hosts。"))
    return render_template("misaddressed.html", title=say(TITLES[400]), advice=advice), 400


def on_fault(fault: Exception) -> Answer:
    """A fault of ours: written to the log, and the person is sent to a person."""
    log.error("%s %s failed", request.method, request.url_rule or "an unknown address", exc_info=fault)
    return problem(500, say(ADVICE[500]))


def said_on(status: int) -> str:
    """The sentence (kiosk.spoken) that a station's problem page says."""
    return {404: "not_found", 429: "too_fast"}.get(status, "problem")


def problem(status: int, advice: str, said: str = "", title: str = "") -> Answer:
    """The problem page that suits the screen; a station page never ends on a log-in form."""
    title = title or say(TITLES.get(status, TITLES[500 if status >= 500 else 400]))
    if request.blueprint == "phone":
        return render_template("phone/gone.html", title=title, advice=advice), status
    if request.blueprint in STAFF_SCREENS and g.get("staff"):
        return render_template("problem.html", title=title, advice=advice, **_way_back()), status
    page = render_template(
        "station/problem.html",
        title=title,
        advice=advice,
        said=said or said_on(status),
        can_retry_url=url_for("station.home"),
    )
    return page, status


def _way_back() -> dict[str, str]:
    if request.blueprint == "desk":
        return {"link": url_for("desk.desk"), "link_text": say(mark("回到签到台"))}
    if request.blueprint in OF_THE_REGISTER:
        return {"link": url_for("admin_people.register"), "link_text": say(mark("回到花名册"))}
    if request.blueprint in OF_EVENTS:
        return {"link": url_for("admin_events.every"), "link_text": say(mark("回到活动"))}
    return {"link": url_for("counter.choose"), "link_text": say(mark("回到窗口"))}
