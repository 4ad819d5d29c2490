"""What the queue prints: the ticket's slip, and the one for who comes back with papers."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from kiosk import notices
from kiosk.asked import Asked
from kiosk.centre import Centre
from kiosk.services import Material, Service, materials
from kiosk.services.tables import counter_service
from kiosk.tickets.reads.ticket import TicketView, service_name, ticket_token
from kiosk.tickets.rules import number_text
from kiosk.tickets.today import today_text
from kiosk.tickets.transition import Standing
from kiosk.tickets.wait.estimate import Estimate
from kiosk.words import Lang
from printing.slips import pack
from printing.slips.come_back import ComeBackSlip
from printing.slips.ticket import TicketSlip

MISSED: dict[Lang, str] = {
    "zh": "没听到叫号也不要紧，拿这张小票到窗口说一声。",
    "en": "Missed your call? Show this slip at any window.",
}
"""What the slip says about a missed turn; never that the number is void."""

STAFF_COME: dict[Lang, str] = {"zh": "工作人员会来找您", "en": "The staff will come to you"}


def ticket_subject(ticket_id: int) -> str:
    """The name under which the spool keeps this ticket's slips."""
    return f"ticket:{ticket_id}"


def ticket_in(subject: str) -> int | None:
    """The ticket that such a name is about; None when it is about something else."""
    room, _, serial = subject.partition(":")
    return int(serial) if room == "ticket" else None


def ticket_slip(
    tx: Connection, centre: Centre, view: TicketView, lang: Lang, now: datetime, *, reprint: bool = False
) -> TicketSlip:
    """The slip of one ticket as it stands; at its foot what is otherwise today, else the notice for slips."""
    notice = notices.first_for(tx, notices.Place.SLIP, now, view.code)
    return TicketSlip(
        centre=centre.name(lang),
        number=view.number,
        service=view.service,
        ahead=view.ahead,
        where=STAFF_COME[lang] if view.wants_staff else view.where,
        materials=_to_bring(tx, view, lang),
        missed=MISSED[lang],
        qr=centre.qr_text(view.token),
        taken=f"{centre.local(view.taken_at):%Y-%m-%d %H:%M}",
        priority=view.priority,
        estimate=estimate_text(view.estimate, lang),
        for_someone_else=view.for_someone_else,
        notice=today_text(centre, now, lang) or (notice.words(lang) if notice else ""),
        reprint=reprint,
        lang=lang,
    )


def specimen(
    centre: Centre,
    service: Service,
    own: tuple[Material, ...],
    asked: Asked,
    priority: str = "",
    notice: str = "",
) -> str:
    """The slip of a service's first number, packed: to be looked at, never printed; its code is nobody's.

    `priority`: the name of the reason to go first; `notice`: what stands at its foot.
    """
    slip = TicketSlip(
        centre=centre.name(asked.lang),
        number=number_text(service.letter, 1),
        service=service.name,
        ahead=0,
        where=service.place,
        materials=tuple(_line(line, asked.lang) for line in own),
        missed=MISSED[asked.lang],
        qr=centre.qr_text("0" * 24),
        taken=f"{centre.local(asked.now):%Y-%m-%d %H:%M}",
        priority=priority,
        notice=notice,
        lang=asked.lang,
    )
    return pack(slip)


def estimate_text(told: Estimate | None, lang: Lang) -> str:
    """A range as people say it; empty when there is none."""
    if told is None:
        return ""
    if not told.high:
        return "no wait" if lang == "en" else "不用等"
    if not told.low:
        return f"within {told.high} min" if lang == "en" else f"{told.high}分钟以内"
    return f"about {told.low} to {told.high} min" if lang == "en" else f"约{told.low}到{told.high}分钟"


def come_back_slip(
    tx: Connection, centre: Centre, asked: Asked, at: Standing, lacks: str, *, reprint: bool = False
) -> ComeBackSlip:
    """The slip 回来继续办: what to fetch, until when, to which counters."""
    lang = asked.lang
    return ComeBackSlip(
        centre=centre.name(lang),
        number=at.number,
        service=service_name(tx, at.service_code, lang),
        bring=tuple(lacks.splitlines()),
        by=_until(centre, lang, asked.now),
        where=_counters_for(tx, at.service_code, lang),
        qr=centre.qr_text(ticket_token(tx, centre, at.id)),
        printed=f"{centre.local(asked.now):%Y-%m-%d %H:%M}",
        reprint=reprint,
        lang=lang,
    )


def _until(centre: Centre, lang: Lang, now: datetime) -> str:
    closes = centre.closes_at(now)
    if closes is None:
        return "today" if lang == "en" else "今天下班前"
    return f"by {closes:%H:%M} today" if lang == "en" else f"今天{closes:%H:%M}前"


_ABLE = (
    sa.select(counter_service.c.counter_number)
    .where(counter_service.c.service_code == sa.bindparam("code"))
    .order_by(counter_service.c.counter_number)
)


def _counters_for(tx: Connection, code: str, lang: Lang) -> str:
    numbers = [str(number) for number in tx.execute(_ABLE, {"code": code}).scalars()]
    return f"window {', '.join(numbers)}" if lang == "en" else f"{'、'.join(numbers)}号窗口"


def _to_bring(tx: Connection, view: TicketView, lang: Lang) -> tuple[str, ...]:
    lines = materials(tx, view.code, lang, agents=False)
    if view.for_someone_else:
        lines += materials(tx, view.code, lang, agents=True)
    return tuple(_line(line, lang) for line in lines)


def _line(line: Material, lang: Lang) -> str:
    if lang == "en":
        return f"{line.text} (if you have it)" if line.is_optional else line.text
    notes = "，".join(filter(None, (line.note, "有就带上" if line.is_optional else "")))
    return f"{line.text}（{notes}）" if notes else line.text
