"""The systemd units, as text. Nothing in them waits for anything but what the scripts wait for themselves."""

from kiosk.outputs.rules import Plan, Screen

LIB = "/usr/local/lib/linli-screens"
ACCOUNT = "linli-screens"
TARGET = "linli-screens.target"
VT = 7
"""The virtual terminal of the panels; log-ins of staff stay on the others, Ctrl+Alt+F2."""

_DESCRIBED = {Screen.STATION: "the touchscreen 自助机", Screen.BOARD: "the television 叫号大屏"}


def units(plan: Plan) -> dict[str, str]:
    """File name and text of every unit of a plan."""
    screens = {f"linli-{screen}.service": _screen(screen) for screen in plan.panels}
    found = {"linli-x.service": _x_server(), **screens, TARGET: _target(tuple(screens))}
    return found if plan.program is None else {"linli.service": _server(plan), **found}


def _server(plan: Plan) -> str:
    serve = f"serve --data {_quoted(str(plan.data))} --host {plan.host} --port {plan.port}"
    return f"""\
[Unit]
Description=Linli 邻里站
After=network.target postgresql.service
StartLimitIntervalSec=0

[Service]
User={_escaped(plan.run_as)}
ExecStart={_quoted(str(plan.program))} {serve}
Restart=always
RestartSec=2

[Install]
WantedBy=multi-user.target
"""


def _x_server() -> str:
    # a session on a terminal of its own: logind gives it the graphics card and the touchscreen, without root
    return f"""\
[Unit]
Description=Linli: the panels of this box
After=systemd-user-sessions.service getty@tty{VT}.service plymouth-quit.service
Conflicts=getty@tty{VT}.service
PartOf={TARGET}
StartLimitIntervalSec=0

[Service]
User={ACCOUNT}
PAMName=login
TTYPath=/dev/tty{VT}
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier=tty{VT}
UtmpMode=user
Environment=XDG_SESSION_TYPE=x11 XDG_SESSION_CLASS=user XDG_SEAT=seat0 XDG_VTNR={VT}
WorkingDirectory=~
ExecStart=/usr/bin/startx {LIB}/arrange -- :0 vt{VT} -keeptty -nolisten tcp -nocursor -s 0 -dpms
Restart=always
RestartSec=2
TimeoutStopSec=10
"""


def _screen(screen: Screen) -> str:
    return f"""\
[Unit]
Description=Linli: {_DESCRIBED[screen]}
After=linli-x.service linli.service
PartOf={TARGET}
StartLimitIntervalSec=0

[Service]
User={ACCOUNT}
Environment=DISPLAY=:0
RuntimeDirectory=linli-{screen}
RuntimeDirectoryMode=0700
ExecStart={LIB}/screen {screen}
Restart=always
RestartSec=2
TimeoutStopSec=5
NoNewPrivileges=no
"""


def _target(screens: tuple[str, ...]) -> str:
    return f"""\
[Unit]
Description=Linli: station and board on the panels of this box
Wants=linli-x.service {" ".join(screens)}

[Install]
WantedBy=multi-user.target
"""


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """A word of a command line, as systemd reads it: blanks, quotes, % and $ mean nothing in it."""
    plain = _escaped(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{plain}"'
