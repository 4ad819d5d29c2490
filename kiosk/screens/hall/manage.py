"""The hall on a phone, for who is on duty: what lasts too long, who waits where, a few things to press."""

from datetime import datetime, timedelta

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk import notices, opening, services, staff
from kiosk.screens.hall.lasting import minute_of
from kiosk.screens.hall.overview import WORDS, hall_now
from kiosk.screens.web.access import asked
from kiosk.screens.web.forms import FAULTS, choice, done, text, whole_or_none
from kiosk.screens.web.page import box, lang, meant, say
from kiosk.screens.web.polling import is_old
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.MANAGER,
    menu=MenuEntry(mark("值班"), mark("回到值班"), "bell-ring", "page", 5, MenuGroup.MANAGE),
    url_prefix="/manage",
)

REASONS = (mark("今天的号已满"), mark("系统维护，请明天再来"), mark("提前下班，请明天再来"))
"""Words for a closing that need not be typed."""

MESSAGES = (mark("今天人多，请您耐心等一等"), mark("设备正在修，请稍等"), mark("请到咨询台，有人帮您"))
"""Words for the board that need not be typed."""

LONGER = {"30": mark("晚关30分钟"), "60": mark("晚关1小时")}
FOR_MIN = {"30": mark("30分钟"), "60": mark("1小时"), "0": mark("今天")}
"""How long a message stands; 0 until the day is over."""


@screen.get("")
def page() -> str:
    """All of it; works without a script and at the width of a phone."""
    return _page()


@screen.get("/now")
def now() -> Response:
    """What changes, when something is newer than `v` or a minute is over, else 204."""
    with box().database.read() as tx:
        if is_old(tx) and whole_or_none("minute", fields=request.args) in (None, minute_of(box().now())):
            return Response(status=204)
        return make_response(render_template("hall/manage/now.html", hall=hall_now(tx), **WORDS))


@screen.post("/close")
def close() -> AnyResponse:
    """No more numbers today, for one service or for all."""
    words = meant(text("reason") or REASONS[2], REASONS)
    with box().database.write() as tx:
        if code := text("service"):
            opening.close_service(tx, box().centre, asked(), code, words)
        else:
            opening.close(tx, box().centre, asked(), "", words)
    return done(say(mark("停止取号了。自助机、大屏和手机马上就这样说。")), ".page")


@screen.post("/reopen")
def reopen() -> AnyResponse:
    """Numbers again."""
    with box().database.write() as tx:
        if code := text("service"):
            opening.reopen_service(tx, box().centre, asked(), code)
        else:
            opening.reopen(tx, box().centre, asked(), "")
    return done(say(mark("恢复取号了。")), ".page")


@screen.post("/extend")
def extend() -> AnyResponse:
    """Let today end later."""
    minutes = int(choice("minutes", LONGER))
    with box().database.write() as tx:
        until = opening.extend_today(tx, box().centre, asked(), minutes)
    return done(say(mark("今天开到%(time)s。"), time=f"{until:%H:%M}"), ".page")


@screen.post("/usual")
def usual() -> AnyResponse:
    """Today is like any other of its weekday."""
    with box().database.write() as tx:
        centre = box().centre
        opening.clear_day(tx, centre, asked(), centre.day(box().now()))
    return done(say(mark("好了，今天照平时的时间。")), ".page")


@screen.post("/message")
def message() -> AnyResponse:
    """Put a sentence on the board, and at the station."""
    at = box().now()
    plan = notices.NoticePlan(
        zh=text("words") or text("own"),
        en="",
        from_at=at,
        until_at=_until(at, int(choice("for", FOR_MIN))),
        places=frozenset((notices.Place.BOARD, notices.Place.STATION)),
    )
    if faults := notices.plan_faults(plan, at):
        flash(say(FAULTS[next(iter(faults.values()))]), "warn")
        return redirect(url_for(".page"), 303)
    with box().database.write() as tx:
        notices.add_notice(tx, asked(), plan)
    return done(say(mark("写到大屏上了。")), ".page")


@screen.post("/messages/<int:notice_id>/end")
def end_message(notice_id: int) -> AnyResponse:
    """Take it down."""
    with box().database.write() as tx:
        notices.end_notice(tx, asked(), notice_id)
    return done(say(mark("撤下来了。")), ".page")


def _until(at: datetime, minutes: int) -> datetime:
    end_of_day = box().centre.day_start(at) + timedelta(days=1)
    return min(at + timedelta(minutes=minutes), end_of_day) if minutes else end_of_day


def _page() -> str:
    at = box().now()
    with box().database.read() as tx:
        centre = box().centre.as_of(tx)
        day = centre.day(at)
        closed = {one.group: one.words.said(lang()) for one in centre.closings if one.on == day}
        return render_template(
            "hall/manage/manage.html",
            hall=hall_now(tx),
            services=services.all_services(tx, lang(), day),
            closed=closed.get(""),
            closes=centre.hours.closes_at(day),
            is_special=day in centre.hours.days,
            on_board=notices.on_board(tx, at),
            reasons=[say(one) for one in REASONS],
            messages=[say(one) for one in MESSAGES],
            longer=LONGER,
            for_min=FOR_MIN,
            longest=notices.LONGEST_ZH,
            **WORDS,
        )
