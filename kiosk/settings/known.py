"""What a centre can set: `kiosk.toml` in its data folder, each name also as `KIOSK_<NAME>`."""

import dataclasses
import json
import socket
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from kiosk.opening_hours import Hours, parse_hours, parse_periods

FILE = "kiosk.toml"
PREFIX = "KIOSK_"
BOX_FILE = "box"
"""Holds the name of a box whose centre is on a PostgreSQL."""

GONE = {
    "station_addresses": "不再用了，请删掉。别的自助机要各开通一次：在后台“设备”要开通码，按到自助机上。"
    "no longer used: delete this line, and let in each touchscreen on another machine once by a code of "
    "/admin/devices"
}
"""Settings of earlier versions, and what to do now: a centre that is brought up to date is only warned."""


OF_THE_CENTRE = (
    "centre_name", "centre_name_en", "time_zone", "opening_hours", "days_off", "numbers_early_min",
    "last_ticket_min", "guard_s", "no_show_calls", "no_show_s", "slow_s", "rejoin_after",
    "estimate_after", "scan_keep_days", "numbers_a_minute", "phone_tickets", "when_not_printing",
    "plea_s", "idle_s", "long_wait_min", "long_visit_min", "long_pause_min", "volume",
    "quiet_volume", "quiet_hours", "loud_volume", "loud_hours", "call_twice",
    "advice_service", "wait_promise_min", "figures_by_clerk",
)  # fmt: skip
"""The centre's own rules: read here at its first start only, then changed in the browser."""


def _setting(default: Any, about: str, low: float | None = None, high: float | None = None) -> Any:
    return field(default=default, metadata={"about": about, "low": low, "high": high})


@dataclass(frozen=True)
class Settings:
    """One box's settings. Lengths of time end in `_s` (seconds), diagonals are inches, panels CSS pixels."""

    folder: Path
    is_demo: bool = False
    box: str = ""
    """Which box of the centre this is; empty where it is the only one, on a database of its own."""
    centre_name: str = _setting("社区党群服务中心", "Name of the centre, on every screen and slip")
    centre_name_en: str = _setting("Community Service Centre", "The same in English")
    time_zone: str = _setting("Asia/Shanghai", "IANA zone; the service day and every clock follow it")
    public_url: str = _setting("", "Address that residents' phones can reach, e.g. http://192.168.1.10:8000")
    trusted_hosts: str = _setting("", "More host names the box answers to, separated by commas")
    trusted_proxy: str = _setting(
        "", "Address of the TLS proxy whose X-Forwarded-For is believed, e.g. 127.0.0.1 (docs/https.md)"
    )
    https_only: bool = _setting(False, "Send cookies over https only (behind a TLS proxy)")
    database_url: str = _setting(
        "",
        "A PostgreSQL for several boxes: postgresql+psycopg://name:password@host/linli; else kiosk.db here",
    )
    threads: int = _setting(4, "Web server threads", 1, 64)
    connection_limit: int = _setting(2000, "Open connections at most; 1,000 phones poll", 100, 20000)
    printer: str = _setting(
        "file:", "file: | off: | tcp://host:9100 | device:/dev/usb/lp0 | serial: | cups: (docs/printers.md)"
    )
    paper_width_dots: int = _setting(576, "576 (80 mm), 512 (180 dpi) or 384 (58 mm)", 384, 576)
    large_print: bool = _setting(False, "Larger letters on slips")
    font: str = _setting("", "Path of a Chinese font, when the system's own is not wanted")
    slip_expires_s: int = _setting(180, "A slip that waited longer is not printed any more", 10, 3600)
    when_not_printing: str = _setting(
        "show", "No slip comes out: show (the number on the screen must do) or stop (numbers from staff only)"
    )
    roll_length_m: int = _setting(30, "Metres of paper on a new roll; 0: do not count paper", 0, 200)
    roll_low_m: float = _setting(3.0, "Metres left at which staff are asked for a new roll", 0, 50)
    opening_hours: str = _setting(
        "", "E.g. 1-5 08:30-12:00 13:30-17:30; 6 09:00-12:00 (1 is Monday); empty: always open"
    )
    days_off: str = _setting("", "Days without service, with why: 2026-10-01 国庆节; 2026-10-02 国庆节")
    numbers_early_min: int = _setting(
        0, "Minutes before opening at which the first numbers are given", 0, 120
    )
    last_ticket_min: int = _setting(0, "Minutes before closing at which the last number is given", 0, 240)
    numbers_a_minute: int = _setting(
        12, "More numbers than this in a minute, for each touchscreen: staff are asked to look", 1, 600
    )
    phone_tickets: bool = _setting(
        False, "Let residents' own phones take a number: one at a time, no priority, no slip"
    )
    guard_s: int = _setting(8, "Same service, same station within this time: the same ticket", 0, 120)
    plea_s: int = _setting(
        60, "A call for help that nobody answers for so long is told on the board too, seconds", 15, 900
    )
    idle_s: int = _setting(60, "A station left alone this long asks whether someone is there", 60, 600)
    long_wait_min: int = _setting(30, "Somebody waits so long: the hall's page says it; 0: never", 0, 480)
    long_visit_min: int = _setting(40, "A visit lasts so long: the hall's page says it; 0: never", 0, 480)
    long_pause_min: int = _setting(20, "A counter pauses so long: the hall's page says it; 0: never", 0, 480)
    no_show_calls: int = _setting(3, "Calls needed before a ticket may be marked missed", 1, 10)
    no_show_s: int = _setting(60, "Seconds since the first call before it may be marked missed", 0, 900)
    slow_s: int = _setting(60, "Seconds more for who asked for time to walk", 0, 900)
    rejoin_after: int = _setting(3, "Who missed the turn is called again after this many people", 0, 20)
    estimate_after: int = _setting(20, "Visits needed before a waiting time is told", 5, 1000)
    volume: int = _setting(100, "Loudness of station and board, percent; over 100: the board alone", 10, 150)
    quiet_volume: int = _setting(60, "The same in the quiet hours", 10, 150)
    quiet_hours: str = _setting("", "Quiet hours of every day, e.g. 08:00-09:00; empty: none")
    loud_volume: int = _setting(130, "The same when the hall is loud", 10, 150)
    loud_hours: str = _setting("", "When the hall is loud, e.g. 09:30-11:00 15:00-16:00; empty: never")
    call_twice: bool = _setting(False, "Say each call twice on the board")
    voice_model: str = _setting(
        "", "Path of kokoro-v1.0.int8.onnx; empty: that of linli[voice] (docs/voice.md)"
    )
    advice_service: str = _setting("", "Code of the service for who does not know which; empty: none")
    wait_promise_min: int = _setting(
        20, "Minutes in which the centre promises to call people; figures tell how many were", 1, 240
    )
    figures_by_clerk: bool = _setting(
        False, "Show figures of each member of staff to managers; never on a public screen"
    )
    keep_backups: int = _setting(14, "Days whose backups are kept in backups/; 0: none are made", 0, 365)
    backup_folder: str = _setting("", "A second folder for each day's backup, e.g. on a USB stick")
    scan_keep_days: int = _setting(180, "Days after which scans and registrations forget who it was", 1, 3650)
    station_diagonal: float = _setting(21.5, "Touchscreen diagonal, inches", 5, 100)
    station_width_px: int = _setting(1080, "Touchscreen width, CSS pixels", 320, 8000)
    station_height_px: int = _setting(1920, "Touchscreen height, CSS pixels", 320, 8000)
    board_diagonal: float = _setting(55.0, "Television diagonal, inches", 10, 200)
    board_width_px: int = _setting(1920, "Television width, CSS pixels", 320, 8000)
    board_height_px: int = _setting(1080, "Television height, CSS pixels", 320, 8000)
    board_overscan: float = _setting(
        0.0, "Percent of the picture that the television cuts off at each edge; /board?test shows it", 0, 10
    )

    @property
    def advice(self) -> str:
        """The code of the service for who does not know which; the demo has one without it being set."""
        return self.advice_service or ("K" if self.is_demo else "")

    @property
    def hours(self) -> Hours:
        """When the centre is open."""
        return parse_hours(self.opening_hours, self.days_off)

    @property
    def zone(self) -> ZoneInfo:
        """The centre's time zone."""
        return ZoneInfo(self.time_zone)

    def volume_at(self, at: time) -> int:
        """How loud station and board are at this time of the wall clock, percent."""
        for hours, volume in ((self.loud_hours, self.loud_volume), (self.quiet_hours, self.quiet_volume)):
            if any(one.opens <= at < one.closes for one in parse_periods(hours)):
                return volume
        return self.volume

    def host_names(self) -> list[str]:
        """The hosts that a request may be addressed to: this machine's own names, and those that were set."""
        own = ["localhost", "127.0.0.1", "[::1]", *machine_names()]
        public = [urlsplit(self.public_url).hostname or ""] if self.public_url else []
        added = [name.strip() for name in self.trusted_hosts.split(",")]
        return [name for name in dict.fromkeys(own + public + added) if name]


def machine_names() -> list[str]:
    """The machine's name and the addresses that it has on the centre's network."""
    name = socket.gethostname()
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(name, None, socket.AF_INET)}
    except OSError:
        found = set()
    return [name, f"{name}.local", *sorted(found | _outward_address())]


def _outward_address() -> set[str]:
    # a datagram socket that is connected sends nothing, yet the kernel chooses the address it would send from
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return set()
        return {probe.getsockname()[0]}


def names() -> tuple[str, ...]:
    """The names a centre may set, in the order of the documentation."""
    return tuple(f.name for f in dataclasses.fields(Settings) if f.metadata)


def template() -> str:
    """A kiosk.toml with every setting of the machine, its meaning and its default, all commented out."""
    fields = dataclasses.fields(Settings)
    defaults = {f.name: f for f in fields if f.metadata and f.name not in OF_THE_CENTRE}
    return "".join(
        f"# {f.metadata['about']}\n# {name} = {_toml(f.default)}\n\n" for name, f in defaults.items()
    )


def _toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
