"""Strangers who mean harm, in a process of their own.

`python -m script.benches._attackers PORT KIND S RECEIPT SLIP`: the last two are codes they hold.

They ask from ADDRESS, as a laptop on the network of a hall would. They share the two cores of a bench with
the server that they attack, so they are paced: bursts with a pause between, connections opened by the
hundred, and nothing of what they hear is looked at but its status. Ends with a line of JSON: how often each
answer came.
"""

import asyncio
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from io import BytesIO
from urllib.parse import urlencode

ADDRESS, OF_STAFF = "127.0.0.66", "127.0.0.67"
"""Whoever may upload has an address of staff, which goes first from then on: strangers must not share it."""

LINES, BURST_EVERY_S, OPENED_AT_ONCE, PATIENCE_S = 2050, 2.0, 100, 20.0
TICKETS = 3000
PASS, TABLE, END = b"\xff\xda", b"\xff\xc4", b"\xff\xd9"

Answers = Counter[str]


class Attack:
    """What one attack knows: where, until when, and what was answered."""

    def __init__(self, port: int, seconds: float, papers_held: tuple[str, str]) -> None:
        self.port, self.seconds, self.papers_held = port, seconds, papers_held
        self.end = time.monotonic() + seconds
        self.answers: Answers = Counter()
        self._cookie, self._address = "", ADDRESS

    async def silent(self) -> None:
        """Every connection that there is, opened and left alone; what is closed is opened again."""
        await self._hold(b"", b"", 1.0)

    async def one_byte_a_while(self) -> None:
        """The same, and on each a byte of a header every three seconds."""
        await self._hold(b"G", b"E", 3.0)

    async def slow_bodies(self) -> None:
        """Forms of which a kilobyte comes at a time."""
        head = self._head("POST /log-in", "Content-Length: 60000")
        await self._hold(head, b"x" * 1024, 2.0, 800)

    async def log_ins(self) -> None:
        """Twenty wrong passwords at once."""
        form = urlencode({"name": "clerk2", "password": "not her password"}).encode()
        await self._bursts(20, lambda _: self._form("POST /log-in", form))

    async def calendars(self) -> None:
        """A hundred and fifty calendars at once, each under an address of its own."""
        await self._bursts(150, lambda n: self._head(f"GET /events.ics?n={n}"))

    async def pages(self) -> None:
        """A hundred and fifty pages at once."""
        await self._bursts(150, lambda _: self._head("GET /"))

    async def tickets(self) -> None:
        """Three thousand tickets, each with a priority."""
        each = round(TICKETS * BURST_EVERY_S / self.seconds)

        def take(n: int) -> bytes:
            fields = {"service": "A", "tap": f"foreign-{n}", "another": "1", "priority": "elder"}
            return self._form("POST /tickets", urlencode(fields).encode())

        await self._bursts(each, take, TICKETS)

    async def workbooks(self) -> None:
        """Four tables of 450,000 merged cells at once, by somebody who may upload."""
        await self._log_in()
        file = self._file("/admin/people/import", "list", "list.xlsx", hostile_workbook())
        await self._bursts(4, lambda _: file)

    async def pictures(self) -> None:
        """Four pictures in thousands of passes at once, by somebody who may upload."""
        await self._log_in()
        file = self._file("/admin/cards/1/wechat", "image", "code.jpg", hostile_picture())
        await self._bursts(4, lambda _: file)

    async def voices(self) -> None:
        """A hundred and fifty recordings of half a megabyte at once, as the touchscreen sends one."""
        file = self._file("/concerns?category=lights", "voice", "voice.webm", b"\x1a\x45\xdf\xa3" * 127_000)
        await self._bursts(150, lambda _: file)

    async def papers(self) -> None:
        """A receipt and a slip that a stranger truly holds, pressed a hundred and fifty times at once."""
        receipt, slip = self.papers_held
        asked = (
            self._head(f"GET /t/{receipt}"),
            self._form(f"POST /t/{receipt}/more", urlencode({"words": "还" * 5000}).encode()),
            self._form(f"POST /t/{receipt}/answer", b"solved=no"),
            self._head(f"GET /t/{slip}/rating"),
            self._form(f"POST /t/{slip}/rating", b"grade=1&again=1"),
        )
        await self._bursts(150, lambda n: asked[n % len(asked)])

    async def _hold(self, first: bytes, again: bytes, every_s: float, lines: int = LINES) -> None:
        room = asyncio.Semaphore(OPENED_AT_ONCE)

        async def hold() -> None:
            while time.monotonic() < self.end:
                try:
                    async with room:
                        reader, writer = await self._open()
                    writer.write(first)
                    while time.monotonic() < self.end and not reader.at_eof():
                        if again:
                            writer.write(again)
                        await asyncio.sleep(every_s)
                    self.answers["closed" if reader.at_eof() else "held"] += 1
                    writer.close()
                except OSError as fault:
                    self.answers[type(fault).__name__] += 1
                await asyncio.sleep(0.5)

        await asyncio.gather(*(hold() for _ in range(lines)))

    async def _bursts(self, count: int, request: Callable[[int], bytes], most: int = 0) -> None:
        """Until the time is over; with `most` until so many were asked."""
        asked = 0
        while asked < most if most else time.monotonic() < self.end:
            due = time.monotonic() + BURST_EVERY_S
            burst = min(count, most - asked) if most else count
            await asyncio.gather(*(self._ask(request(asked + n)) for n in range(burst)))
            asked += burst
            await asyncio.sleep(max(0.0, due - time.monotonic()))

    async def _ask(self, request: bytes) -> None:
        try:
            reader, writer = await self._open()
            writer.write(request)
            said = await asyncio.wait_for(reader.read(1024), PATIENCE_S)
            self.answers[said[9:12].decode() or "closed"] += 1
            if b"linli_staff=" in said:
                self._cookie = said.partition(b"Set-Cookie: ")[2].partition(b";")[0].decode()
            writer.close()
        except OSError as fault:  # TimeoutError is one
            self.answers[type(fault).__name__] += 1

    async def _log_in(self) -> None:
        self._address = OF_STAFF
        form = urlencode({"name": "admin", "password": "demo-admin"}).encode()
        await self._ask(self._form("POST /log-in", form))

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        opening = asyncio.open_connection("127.0.0.1", self.port, local_addr=(self._address, 0))
        return await asyncio.wait_for(opening, PATIENCE_S)

    def _head(self, what: str, *more: str) -> bytes:
        origin = f"127.0.0.1:{self.port}"
        lines = (f"{what} HTTP/1.1", f"Host: {origin}", f"Origin: http://{origin}", f"Cookie: {self._cookie}")
        return "\r\n".join((*lines, *more, "", "")).encode()

    def _form(self, what: str, form: bytes) -> bytes:
        kind = "Content-Type: application/x-www-form-urlencoded"
        return self._head(what, kind, f"Content-Length: {len(form)}") + form

    def _file(self, path: str, field: str, name: str, content: bytes) -> bytes:
        begins = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
        body = begins + content + b"\r\n--x--\r\n"
        kind = "Content-Type: multipart/form-data; boundary=x"
        return self._head(f"POST {path}", kind, f"Content-Length: {len(body)}") + body


def hostile_workbook() -> bytes:
    """A table of 45 KB whose 450,000 merged cells lie over one another."""
    import zipfile

    from openpyxl import Workbook

    made, harmful = BytesIO(), BytesIO()
    book = Workbook()
    book.save(made)
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 4001))
    merged = '<mergeCell ref="A1:A4000"/>' * 450_000
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>'
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(harmful, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            is_sheet = part == "xl/worksheets/sheet1.xml"
            new.writestr(part, f"{sheet}</worksheet>" if is_sheet else old.read(part))
    return harmful.getvalue()


def hostile_picture() -> bytes:
    """A JPEG of 16 million dots, one of whose passes is drawn three thousand times: each is ten bytes."""
    from PIL import Image

    file = BytesIO()
    Image.new("L", (4000, 4000), 255).save(file, "JPEG", progressive=True)
    whole = file.getvalue()
    begins = whole.index(PASS, whole.index(PASS) + 1)  # the first is the only long one
    ends = min(at for sign in (PASS, TABLE, END) if (at := whole.find(sign, begins + 1)) > 0)
    return whole[:ends] + whole[begins:ends] * 3000 + whole[ends:]


ATTACKS: dict[str, Callable[[Attack], Awaitable[None]]] = {
    "2,050 silent connections": Attack.silent,
    "2,050 connections with a byte a while": Attack.one_byte_a_while,
    "800 slow bodies": Attack.slow_bodies,
    "20 wrong log-ins at once": Attack.log_ins,
    "150 calendars at once": Attack.calendars,
    "150 pages at once": Attack.pages,
    "4 hostile workbooks at once": Attack.workbooks,
    "4 hostile pictures at once": Attack.pictures,
    "150 voices of 512 KB at once": Attack.voices,
    "150 presses on a receipt and a slip at once": Attack.papers,
    "3,000 foreign tickets": Attack.tickets,
}


def _room_for_lines() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _main(port: int, kind: str, seconds: float, papers: tuple[str, str]) -> None:
    attack = Attack(port, seconds, papers)
    await ATTACKS[kind](attack)
    print(json.dumps(attack.answers), flush=True)


if __name__ == "__main__":
    _room_for_lines()
    asyncio.run(_main(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), (sys.argv[4], sys.argv[5])))
