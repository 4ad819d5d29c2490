"""What a clerk may know of the ratings of their own visits: months long over, ten ratings at least."""

from flask import g, render_template

from kiosk import ratings, staff
from kiosk.screens.web.page import box
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import mark

screen = staffed(
    __name__,
    staff.Role.CLERK,
    staff.Role.DESK,
    menu=MenuEntry(mark("我的评价"), mark("回到我的评价"), "message-square", "months", 47, MenuGroup.PEOPLE),
    url_prefix="/ratings/mine",
)


@screen.get("")
def months() -> str:
    """The own totals by month. Nobody else's, whoever asks."""
    with box().database.read() as tx:
        told = ratings.own_months(tx, box().centre, g.staff.id, box().now())
    return render_template("ratings/mine/months.html", months=told)
