"""What a concern prints: the receipt, which says neither what it was nor who asked."""

import re
from datetime import date

from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.concerns.rules import Contact, Due, Kind
from kiosk.words import Lang
from printing.slips.receipt import ReceiptSlip

KIND_NAMES: dict[str, tuple[str, str]] = {
    Kind.SUGGESTION: ("建议", "suggestion"),
    Kind.COMPLAINT: ("反映", "report"),
    Kind.NEED: ("需求", "request"),
    Kind.QUESTION: ("咨询", "question"),
    Kind.PRAISE: ("表扬", "praise"),
    Kind.HOPE: ("心愿", "wish"),
    Kind.CASE: ("代办", "errand"),
    Kind.FINDING: ("整改", "finding"),
    Kind.TASK: ("任务", "task"),
    Kind.REMINDER: ("提醒", "reminder"),
}
"""Each kind as the receipt names it, in both languages."""

_WEEKDAYS = "一二三四五六日"


def concern_in_subject(subject: str) -> int | None:
    """The concern whose receipt a print job is; None for any other slip."""
    found = re.fullmatch(r"concern:([0-9]+)", subject, re.ASCII)
    return int(found[1]) if found else None


def concern_subject(concern_id: int) -> str:
    """The name under which the spool keeps this concern's receipts."""
    return f"concern:{concern_id}"


def day_text(day: date, lang: Lang) -> str:
    """A day as people say it."""
    if lang == "en":
        return f"{day:%a %d %b %Y}"
    return f"{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def due_text(centre: Centre, due: Due, lang: Lang) -> str:
    """Until when an answer comes, as the receipt says it."""
    if due.at is not None:
        local = centre.local(due.at)
        return (
            f"by {local:%H:%M} on {local:%d %b}"
            if lang == "en"
            else f"{local.month}月{local.day}日{local:%H:%M}前"
        )
    said = f"by {day_text(due.on, lang)}" if lang == "en" else f"{day_text(due.on, lang)}前"
    if due.is_provisional:
        return f"{said} (may change)" if lang == "en" else f"{said}，放假通知没出，可能会改"
    return said


def where_text(contact: Contact, lang: Lang) -> str:
    """How the answer comes."""
    if contact.phone:
        return "by telephone; or ask at the desk" if lang == "en" else "打电话告诉您，也可以到服务台问"
    return "scan this slip, or ask at the desk" if lang == "en" else "扫这张小票看，也可以到服务台问"


def receipt_slip(
    centre: Centre,
    asked: Asked,
    facts: tuple[str, str, str],
    due: Due,
    contact: Contact,
    *,
    again: bool = False,
) -> ReceiptSlip:
    """The receipt; `facts` are number, kind and token. `again`: it is marked 补打."""
    number, kind, token = facts
    zh, en = KIND_NAMES[kind]
    return ReceiptSlip(
        centre=centre.name(asked.lang),
        number=number,
        concern=en if asked.lang == "en" else zh,
        by=due_text(centre, due, asked.lang),
        where=where_text(contact, asked.lang),
        qr=centre.qr_text(token),
        taken=f"{centre.local(asked.now):%Y-%m-%d %H:%M}",
        reprint=again,
        lang=asked.lang,
    )
