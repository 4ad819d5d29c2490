"""Strangers who open every connection there is, against a real server process."""

import resource
import socket
from contextlib import ExitStack, suppress
from time import perf_counter

import pytest

from script.benches._hall import Client
from tests.engines import on_a_file

pytestmark = pytest.mark.load

STRANGERS, LAN = 2050, "127.0.0.9"


@pytest.fixture
def room_for_lines():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < STRANGERS + 200:
        pytest.skip("the system lets no process open so many")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, STRANGERS + 200), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@on_a_file  # nothing of it reaches the database
@pytest.mark.parametrize("said", [b"", b"G"], ids=["silent", "one byte"])
def test_two_thousand_lines_of_one_stranger_shut_nobody_out(place, room_for_lines, said):
    with place.serving() as server, ExitStack() as lines:
        enrolled = Client(server)
        enrolled.take()
        for _ in range(STRANGERS):
            line = lines.enter_context(socket.socket())
            line.bind((LAN, 0))
            line.connect(("127.0.0.1", server.port))
            with suppress(OSError):  # closed already
                line.sendall(said)
        began = perf_counter()
        enrolled.take()
        assert Client(server).get("/")[0] == 200
        phone = socket.create_connection(("127.0.0.1", server.port), 5, ("127.0.0.77", 0))
        lines.enter_context(phone).sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert phone.recv(100).startswith(b"HTTP/1.1 200 ")
        assert perf_counter() - began < 2
