"""A line of one's own to a page of Chromium: a key costs a twentieth of what it does through Playwright."""

import json
import socket
import struct
from itertools import count
from typing import Any

FINAL_TEXT = b"\x81"
MASKED = 0x80
NO_MASK = b"\0\0\0\0"  # whoever asks has to mask; by zeros the text stays as it is


def free_port() -> int:
    """A port that nobody listens on: for `--remote-debugging-port`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Wire:
    """Chromium's protocol for developers, as it stands on its own port; ends with `close`."""

    def __init__(self, port: int, page: Any) -> None:
        told = page.context.new_cdp_session(page).send("Target.getTargetInfo")
        address = f"/devtools/page/{told['targetInfo']['targetId']}"
        self._line = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._heard = self._line.makefile("rb")
        self._names = count(1)
        self._line.sendall(
            f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        assert b"101" in self._heard.readline(), "Chromium takes no line"
        while self._heard.readline().strip():
            pass

    def ask(self, *calls: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Make calls of methods with their parameters, all sent before the first is answered; the answers."""
        names = [next(self._names) for _ in calls]
        asked = (
            json.dumps({"id": name, "method": method, "params": parameters}).encode()
            for name, (method, parameters) in zip(names, calls, strict=True)
        )
        self._line.sendall(b"".join(_framed(one) for one in asked))
        answers: dict[int, dict[str, Any]] = {}
        while len(answers) < len(names):
            said = json.loads(self._next())
            assert "error" not in said, said
            if "id" in said:
                answers[said["id"]] = said["result"]
        return [answers[name] for name in names]

    def run(self, script: str) -> Any:
        """What a script of the page comes to."""
        (told,) = self.ask(("Runtime.evaluate", {"expression": script, "returnByValue": True}))
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def close(self) -> None:
        """Leave the page."""
        self._heard.close()
        self._line.close()

    def _next(self) -> bytes:
        _, size = self._heard.read(2)
        if size == 126:
            (size,) = struct.unpack(">H", self._heard.read(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self._heard.read(8))
        return self._heard.read(size)


def _framed(text: bytes) -> bytes:
    if len(text) < 126:
        return FINAL_TEXT + bytes([MASKED | len(text)]) + NO_MASK + text
    return FINAL_TEXT + struct.pack(">BH", MASKED | 126, len(text)) + NO_MASK + text
