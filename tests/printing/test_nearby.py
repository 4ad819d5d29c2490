"""Network printers are looked for in the box's own network alone, and nothing is sent to anybody."""

import socket
import threading
from time import monotonic

import pytest

from printing import nearby


@pytest.fixture
def printer():
    """Something that takes connections on 127.0.0.7, and keeps what it is sent: (port, said)."""
    said = []
    with socket.create_server(("127.0.0.7", 0)) as door:
        door.settimeout(5)

        def take():
            line, _ = door.accept()
            with line:
                line.settimeout(5)
                said.append(line.recv(100))

        thread = threading.Thread(target=take)
        thread.start()
        yield door.getsockname()[1], said
        thread.join(6)


def test_who_takes_a_connection_is_found_and_hears_nothing(printer):
    port, said = printer
    hosts = [f"127.0.0.{number}" for number in range(2, 100)]
    assert nearby.listening(hosts, port) == ["127.0.0.7"]
    for _ in range(100):
        if said:
            break
        threading.Event().wait(0.05)
    assert said == [b""]


def test_no_more_than_so_many_are_asked_at_once_and_who_is_silent_is_left_soon(monkeypatch):
    under_way, most = set(), []

    class Counted(socket.socket):
        def connect(self, address):
            under_way.add(id(self))
            most.append(len(under_way))
            super().connect(address)

        def close(self):
            under_way.discard(id(self))
            super().close()

    with socket.create_server(("127.0.0.9", 0), backlog=0) as door:
        port = door.getsockname()[1]
        # whoever comes after the first two gets no answer at all
        waiting = [socket.socket() for _ in range(3)]
        for line in waiting:
            line.setblocking(False)
            line.connect_ex(("127.0.0.9", port))
        monkeypatch.setattr("printing.nearby.socket.socket", Counted)
        monkeypatch.setattr("printing.nearby.CONNECT_S", 0.1)
        began = monotonic()
        assert nearby.listening(["127.0.0.9"] * 100, port) == []
        took = monotonic() - began
        for line in waiting:
            line.close()
    assert len(most) == 100
    assert max(most) == nearby.AT_ONCE
    assert under_way == set()
    assert 0.3 < took < 3


def test_the_neighbours_are_those_of_private_networks_that_the_box_is_in():
    own = ["box", "box.local", "192.168.1.7", "127.0.0.1", "8.8.8.8", "169.254.3.4", "100.64.0.1"]
    found = nearby.neighbours(own)
    assert len(found) == 253
    assert {each.rpartition(".")[0] for each in found} == {"192.168.1"}
    assert "192.168.1.7" not in found
    many = ["10.0.0.1", "10.0.0.2", "172.16.5.1", "192.168.9.9"]
    assert len(nearby.neighbours(many)) == 252 + 253
