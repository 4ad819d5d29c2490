"""What nobody's browser sends and anybody's program can: values, bodies and headers, as bytes."""

import io
import re
import struct
import zipfile
import zlib
from random import Random
from urllib.parse import quote_from_bytes

Pairs = list[tuple[str, bytes]]

NUMBERS = (
    b"", b"0", b"-1", b"1", b"2", b"99", b"1.5", b"1e9", b"+1", b"0x10", b"00000000001", b"2147483647",
    b"2147483648", b"9223372036854775808", b"9" * 24, b"9" * 30, b"9" * 5000, b"-" + b"9" * 30, b"NaN",
    b"Infinity", b"1_000", "１２".encode(), "²".encode(), "٣".encode(), "一".encode(), b" 1", b"1 ", b"1\0",
    b"1,2", b"None",
)  # fmt: skip
DATES = (
    b"", b"0001-01-01", b"9999-12-31", b"0000-00-00", b"-2026-01-01", b"2026-02-30", b"2026-11-23",
    b"2026-11-30", b"2027-11-28", b"1000-01-01", b"2026-W48-6", b"20261128", b"2026-11-28T10:00",
    b"99999-01-01", "２０２６-11-28".encode(),
)  # fmt: skip
TIMES = (
    b"", b"00:00", b"23:59", b"24:00", b"99:99", b"9:5", "９：００".encode(), b"09:00:00", b"-1:00", b"09:00",
    b"12:34",
)  # fmt: skip
RULES = (
    b"FREQ=DAILY", b"FREQ=DAILY;INTERVAL=7;BYDAY=MO", b"FREQ=MONTHLY;BYDAY=99MO",
    b"FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2", b"FREQ=DAILY;INTERVAL=99999999999",
    b"FREQ=WEEKLY;COUNT=1000;UNTIL=99999999", b"FREQ=YEARLY;BYDAY=-54MO",
    b"FREQ=MONTHLY;BYSETPOS=99;BYDAY=MO", b"FREQ=", b"=;=;=", b"RRULE:FREQ=DAILY\nEXDATE:20260101",
    b"FREQ=WEEKLY;BYDAY=MO",
)  # fmt: skip
TEXTS = (
    b"", b" ", b"\x00", b"a\x00b", b"\xff\xfe", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xc0\xaf",
    b"\xf4\x90\x80\x80", "\u202e𮯰".encode() * 40, "\u200b".encode(), "😀".encode(), b"\r\n",
    b"\r\nSet-Cookie: a=b", b"\t", b"'", b'"><script>', b"{{7*7}}", b"%s%n", b"%", b"%zz", b"%(number)s",
    b"$(id)", b"=1+1", b"x" * 300, b"x" * 3000, b"x" * 70_000, "字".encode() * 20_000, b"../../etc/passwd",
    b"..%2f..%2f", "王小明".encode(), b"13800138000", b"1380", b"A001", b"A", b"on", b"null", b"[1]",
    b'{"a":1}',
)  # fmt: skip
ADDRESSES = (
    b"//example.org", b"/\\example.org", b"https://example.org/", b"javascript:alert(1)", b"http://[::1",
    b"http://[", b"/t/x\r\ny", b"tcp://", b"tcp://[::1:9100", b"serial:///dev/null", b"memory", b"memory:",
    b"file", b"off:", b"usb://1:2", b"wxp://f2f0", b"HTTPS://U.WECHAT.COM/" + b"x" * 500, b"own", b"once",
    b"nth", b"zh", b"en", b"xx",
)  # fmt: skip
ANY = NUMBERS + DATES + TIMES + RULES + TEXTS + ADDRESSES

KINDS = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), DATES), (re.compile(r"[0-9]{1,2}:[0-9]{2}"), TIMES),
    (re.compile(r"[0-9]{1,9}"), NUMBERS),
)  # fmt: skip


def like(name: str, known: str) -> tuple[bytes, ...]:
    """Wrong values for a field of this name in which a page of ours has `known`."""
    kinds: list[tuple[bytes, ...]] = [wrong for pattern, wrong in KINDS if pattern.fullmatch(known)]
    if name == "rule":
        kinds.append(RULES)
    # half of them of its own kind: what is none at all is turned away at the first door
    return (*(kinds[0] * (1 + len(ANY) // len(kinds[0]))), *ANY) if kinds else ANY


METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get")
"""Besides those that a route has."""

HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": (b"en", b"zh-CN,zh;q=0.9", b"*", b";q=", b"en;q=9999999", b"x" * 5000, b"\xff"),
    "HTTP_ACCEPT": (b"application/json", b"text/html;q=nan", b"*/*;q=-1", b",,,"),
    "HTTP_RANGE": (b"bytes=0-0", b"bytes=-1", b"bytes=9-1", b"bytes=" + b"0-1," * 500, b"bytes=9999999999-"),
    "HTTP_IF_NONE_MATCH": (b"*", b"\"", b"W/\"" + b"x" * 300 + b"\"", b"\xff"),
    "HTTP_IF_MODIFIED_SINCE": (b"Thu, 01 Jan 1970 00:00:00 GMT", b"Fri, 31 Dec 99999 00:00:00 GMT", b"\xff"),
    "HTTP_IF_RANGE": (b"\"x\"", b"Thu, 99 Foo 2026"),
    "HTTP_IF_MATCH": (b"\"x\"", b"*"),
    "HTTP_HX_REQUEST": (b"true", b"false", b"\xff"),
    "HTTP_HX_CURRENT_URL": (b"http://localhost/", b"http://[::1", b"%ff", b"\xff", b"x" * 2000),
    "HTTP_HX_TARGET": (b"main", b"\xff", b"%ff"),
    "HTTP_HX_TRIGGER": (b"%E0%A4%A", b"\xff"),
    "HTTP_HX_TRIGGER_URI_AUTOENCODED": (b"true",),
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": (b"true",),
    "HTTP_HX_PROMPT": (b"\xff" * 10,),
    "HTTP_HX_BOOSTED": (b"true",),
    "HTTP_HX_HISTORY_RESTORE_REQUEST": (b"true",),
    "HTTP_LINLI_SENT": (b"1", b"\xff"),
    "HTTP_REFERER": (b"http://[", b"\xff", b"http://localhost/admin/people?text=x", b"x" * 3000),
    "HTTP_USER_AGENT": (b"", b"\xff" * 50, b"x" * 3000),
    "HTTP_X_FORWARDED_FOR": (b"127.0.0.1", b"\xff", b"1.2.3.4, " * 200),
    "HTTP_X_FORWARDED_PROTO": (b"https", b"\xff"),
    "HTTP_FORWARDED": (b"for=\"[::1\"", b"for=;;;=\xff"),
    "HTTP_AUTHORIZATION": (b"Basic \xff", b"Basic " + b"A" * 2000, b"Digest a=", b"Bearer"),
    "HTTP_EXPECT": (b"100-continue", b"x"),
    "HTTP_TRANSFER_ENCODING": (b"chunked",),
    "HTTP_CONTENT_ENCODING": (b"gzip", b"\xff"),
    "HTTP_CACHE_CONTROL": (b"max-age=-1", b"=,=,\xff"),
    "HTTP_DATE": (b"x",),
    "HTTP_SEC_FETCH_SITE": (b"cross-site", b"none", b"same-origin", b"\xff"),
    "HTTP_X_HTTP_METHOD_OVERRIDE": (b"DELETE",),
}  # fmt: skip
"""By the name that WSGI gives them; the values are what came over the wire."""

COOKIES = (
    b"linli=", b"linli=x", b"linli=" + b"A" * 4000, b"linli=eyJfZmxhc2hlcyI6IFtdfQ.x.y", b"linli=\xff\xfe",
    b"=;=;;;", b'linli="\\400"', b"; ".join(b"c%d=x" % nth for nth in range(300)), b"linli=.eJw.x.y",
    b"linli_device=x", b"__Host-linli=x",
)  # fmt: skip

HOSTS = (b"", b"example.org", b"localhost:99999", b"[::1", b"\xff", b"localhost, example.org", b"a" * 300)


def png(width: int, height: int, rows: bytes | None = None) -> bytes:
    """A picture that says it is so large; `rows` is what its data unpacks to."""
    raw = b"".join(b"\0" + b"\xff" * width for _ in range(height)) if rows is None else rows

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    )


def workbook(sheet: bytes) -> bytes:
    """A zip archive with what might be a sheet of a workbook in it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return packed.getvalue()


def files() -> tuple[tuple[str, bytes], ...]:
    """Uploads by their name: pictures and lists that are none, or only just."""
    whole, people = png(40, 40), "姓名,手机\n王五,13900001111\n"
    return (
        ("a.png", whole),
        ("cut.png", whole[:-30]),
        ("huge.png", png(60_000, 60_000, b"")),
        ("wide.png", png(30_000, 1)),
        ("a.gif", b"GIF89a\xff\xff\xff\xff\x00"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\xff" * 500),
        ("empty.png", b""),
        ("a.csv", people.encode()),
        ("gbk.csv", people.encode("gbk")),
        ("utf16.csv", people.encode("utf-16")),
        ("bad.csv", b'\xff\xfe\x00\x00"\n"' * 50),
        ("many.csv", b"," * 60_000),
        ("a.xlsx", workbook(b"<worksheet><sheetData>" + b"<row/>" * 5000 + b"</sheetData></worksheet>")),
        ("cut.xlsx", workbook(b"<worksheet>")[:-40]),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
        ("../../x", b"x"),
        ("", b"x"),
    )


def urlencoded(pairs: Pairs) -> bytes:
    """As a form sends it."""
    return b"&".join(f"{name}={quote_from_bytes(value)}".encode() for name, value in pairs)


def multipart(pairs: Pairs, uploads: list[tuple[str, tuple[str, bytes]]]) -> bytes:
    """As a form with a file sends it; the boundary is `edge`."""
    parts = [
        b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in pairs
    ]
    parts += [
        b'--edge\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n%s\r\n'
        % (name.encode(), filename.encode(), held)
        for name, (filename, held) in uploads
    ]
    return b"".join(parts) + b"--edge--\r\n"


def broken_bodies(rng: Random) -> tuple[bytes, bytes]:
    """A body and its content type, of which one or both are wrong."""
    return rng.choice(BROKEN)


def _part(headers: bytes) -> bytes:
    return b"--edge\r\n" + headers + b"\r\n\r\n\xff\r\n--edge--\r\n"


FORM, PARTS = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=edge"
BROKEN = (
    (b'--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\n', PARTS),
    (b"--edge", PARTS),
    (b"x" * 500, b"multipart/form-data"),
    (b"--\xff\r\n\r\n", b"multipart/form-data; boundary=\xff"),
    (_part(b"A: b\r\n" * 3000), PARTS),
    (_part(b'Content-Disposition: form-data; filename="x"'), PARTS),
    (_part(b"Content-Disposition: form-data; name=\"a\"; name*=x''%ff"), PARTS),
    (_part(b"Content-Disposition: \xff"), PARTS),
    (_part(b'Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=nothing'), PARTS),
    (b'{"a": [' + b"[" * 5000, b"application/json"),
    (b'{"tap": "x"}', b"application/json"),
    (b"a=1", FORM + b"; charset=utf-7"),
    (b"a=1", FORM + b"; charset=nothing"),
    (b"a=%zz&b=%ff&=&&&;;c", FORM),
    (b"&" * 20_000, FORM),
    (b"&".join(b"a%d=1" % nth for nth in range(6000)), FORM),
    (b"a=" + b"x" * 200_000, FORM),
    (b"\x1f\x8b\x08\x00", FORM),
    (b"", b"\xff\xff"),
    (b"<x/>", b"text/xml"),
)
