"""Who may log in: accounts opened, given a new password, changed, closed. Nobody is deleted."""

from flask import render_template
from werkzeug.wrappers import Response

from kiosk import spool, staff, tickets
from kiosk.database import Tx
from kiosk.screens.web.access import asked, is_stranger
from kiosk.screens.web.errors import status_of, words_of
from kiosk.screens.web.forms import Draft, choice, done, text
from kiosk.screens.web.page import box, say
from kiosk.screens.web.screen import MenuEntry, MenuGroup, staffed
from kiosk.words import Malformed, Refusal, mark

screen = staffed(
    __name__,
    staff.Role.ADMIN,
    menu=MenuEntry(mark("账号"), mark("回到账号"), "user-round-check", "every", 30, MenuGroup.MANAGE),
    url_prefix="/admin/staff",
)

Answer = Response | tuple[str, int]

ROLE_WORDS = {
    staff.Role.CLERK: mark("窗口：叫号、办理"),
    staff.Role.DESK: mark("志愿者：签到、活动、花名册"),
    staff.Role.MANAGER: mark("主管：日常的都能办，账号和打印机设置除外"),
    staff.Role.ADMIN: mark("管理员：全部"),
    staff.Role.VIEWER: mark("只看：大厅和数字，什么也不改"),
    staff.Role.GRID: mark("网格员：自己网格里居民的事"),
    staff.Role.SECRETARY: mark("书记：居民的事都能看、能派，评价和数字"),
    staff.Role.STREET: mark("街道：看数字和任务；看一件事要写为什么"),
}
SHORT_ROLE_WORDS = {
    staff.Role.CLERK: mark("窗口"),
    staff.Role.DESK: mark("志愿者"),
    staff.Role.MANAGER: mark("主管"),
    staff.Role.ADMIN: mark("管理员"),
    staff.Role.VIEWER: mark("只看"),
    staff.Role.GRID: mark("网格员"),
    staff.Role.SECRETARY: mark("书记"),
    staff.Role.STREET: mark("街道"),
}
DONE_WORDS = {
    staff.Done.ADDED: mark("开了账号"),
    staff.Done.PASSWORD_GIVEN: mark("给了新密码"),
    staff.Done.PASSWORD_CHOSEN: mark("自己改了密码"),
    staff.Done.ROLE: mark("改了角色"),
    staff.Done.DISABLED: mark("停用"),
    staff.Done.ENABLED: mark("恢复"),
    staff.Done.LOGGED_OUT: mark("在所有地方退出"),
}


@screen.get("")
def every() -> str:
    """Every account."""
    with box().database.read() as tx:
        return render_template(
            "accounts/staff_accounts/every.html", accounts=staff.accounts(tx), role_words=SHORT_ROLE_WORDS
        )


@screen.get("/new")
def new() -> str:
    """The empty form."""
    return _new(Draft({"role": staff.Role.CLERK}))


@screen.post("/new")
def add() -> Answer:
    """Open an account; its first password is shown this once."""
    name, role = text("name"), choice("role", staff.Role)
    password = staff.made_password()
    try:
        kept = _kept(password)
        with box().database.write() as tx:
            staff_id = staff.add_staff(tx, asked(), name, role, kept)
    except Refusal as refusal:
        draft = Draft({"name": name, "role": role}, {"name": words_of(refusal)})
        return _new(draft), status_of(refusal)
    return _password_once(staff_id, password)


@screen.get("/<int:staff_id>")
def account(staff_id: int) -> str:
    """One account, and what was done about it."""
    with box().database.read() as tx:
        return render_template(
            "accounts/staff_accounts/account.html",
            account=staff.account_of(tx, staff_id),
            changes=staff.changes_of(tx, staff_id),
            role_words=ROLE_WORDS,
            short_role_words=SHORT_ROLE_WORDS,
            done_words=DONE_WORDS,
        )


@screen.post("/<int:staff_id>/password")
def give_password(staff_id: int) -> Answer:
    """A new password for who has forgotten the old one; it is shown this once."""
    password = staff.made_password()
    kept = _kept(password)
    with box().database.write() as tx:
        staff.set_password(tx, asked(), staff_id, kept)
    return _password_once(staff_id, password)


@screen.post("/<int:staff_id>/slip")
def print_password(staff_id: int) -> Answer:
    """The password that the page shows, on a slip; once."""
    key, at = text("slip"), box().now()
    with box().database.write() as tx:
        account, kept = staff.account_of(tx, staff_id), spool.kept_password(key, at)
        if kept is not None and kept.name != account.name:
            raise Malformed
        spool.print_password(tx, key, at, box().settings)
    return _password_page(account, kept.password if kept else "", is_printing=True)


@screen.post("/<int:staff_id>/role")
def change_role(staff_id: int) -> Response:
    """Let somebody do other things."""
    role = choice("role", staff.Role)
    with box().database.write() as tx:
        staff.set_role(tx, asked(), staff_id, role)
        _leave_counters(tx, staff_id)
    return _back_to(staff_id, say(mark("角色改好了，重新登录以后生效。")))


@screen.post("/<int:staff_id>/disable")
def disable(staff_id: int) -> Response:
    """Close the account."""
    with box().database.write() as tx:
        staff.disable(tx, asked(), staff_id)
        _leave_counters(tx, staff_id)
    return _back_to(staff_id, say(mark("停用了，马上登录不了。")))


@screen.post("/<int:staff_id>/enable")
def enable(staff_id: int) -> Response:
    """Open it again."""
    with box().database.write() as tx:
        staff.enable(tx, asked(), staff_id)
    return _back_to(staff_id, say(mark("恢复了。")))


@screen.post("/<int:staff_id>/log-out")
def log_out(staff_id: int) -> Response:
    """End all its sessions."""
    with box().database.write() as tx:
        staff.log_out_everywhere(tx, asked(), staff_id)
    return _back_to(staff_id, say(mark("所有地方都退出了。")))


def _leave_counters(tx: Tx, staff_id: int) -> None:
    # accounts and the hall know nothing of each other: who changes an account takes it out of the hall
    if not staff.account_of(tx, staff_id).may_serve:
        tickets.leave_counters(tx, asked().now, staff_id)


def _kept(password: str) -> staff.Password:
    with staff.turn(is_stranger=is_stranger()):
        return staff.hashed(password, is_given=True)


def _password_once(staff_id: int, password: str) -> tuple[str, int]:
    with box().database.read() as tx:
        account, is_printable = staff.account_of(tx, staff_id), spool.prints_passwords(tx, box().settings)
    key = spool.keep_password(box().centre, account.name, password, asked()) if is_printable else ""
    return _password_page(account, password, key)


def _password_page(
    account: staff.Account, password: str, key: str = "", *, is_printing: bool = False
) -> tuple[str, int]:
    """The password, shown once. `key` lets it be printed; empty where no slip can be."""
    page = render_template(
        "accounts/staff_accounts/password.html",
        account=account,
        password=password,
        role_words=ROLE_WORDS,
        key=key,
        is_printing=is_printing,
    )
    return page, 200


def _new(draft: Draft) -> str:
    return render_template(
        "accounts/staff_accounts/new.html",
        draft=draft,
        role_words=ROLE_WORDS,
        short_role_words=SHORT_ROLE_WORDS,
    )


def _back_to(staff_id: int, words: str) -> Response:
    return done(words, ".account", staff_id=staff_id)
