"""Looking for network printers: who takes a connection on port 9100 in the box's own network.

Nothing is sent: what reads that port prints whatever it gets, and it may be an office's laser printer.
"""

from __future__ import annotations

import ipaddress
import selectors
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from time import monotonic

RAW_PORT = 9100
AT_ONCE = 32
"""Connections that are tried at the same time: a cheap router's table is not filled by this."""

CONNECT_S = 0.4
"""Seconds for one: a printer on the same network answers within some milliseconds."""

LONGEST_S = 10.0
MOST_NETWORKS = 2
_PRIVATE = tuple(map(ipaddress.IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))


def neighbours(own: Iterable[str]) -> list[str]:
    """The addresses beside those of this box: the 253 others of each one's /24, of private networks alone."""
    mine = [address for address in map(_private, own) if address is not None]
    networks = dict.fromkeys(ipaddress.IPv4Network((address, 24), strict=False) for address in mine)
    return [
        str(host)
        for network in islice(networks, MOST_NETWORKS)
        for host in network.hosts()
        if host not in mine
    ]


def listening(hosts: Sequence[str], port: int = RAW_PORT) -> list[str]:
    """Those of `hosts` that take a connection on `port`, in their order; at most LONGEST_S seconds."""
    end, waiting = monotonic() + LONGEST_S, iter(hosts)
    found: set[str] = set()
    with selectors.DefaultSelector() as selector:
        _begin(selector, waiting, port, found)
        while selector.get_map() and monotonic() < end:
            for key, _ in selector.select(0.05):
                if _is_open(key.fileobj):
                    found.add(key.data[0])
                _end(selector, key)
            for key in [each for each in selector.get_map().values() if each.data[1] < monotonic()]:
                _end(selector, key)
            _begin(selector, waiting, port, found)
        for key in list(selector.get_map().values()):
            _end(selector, key)
    return [host for host in hosts if host in found]


def _private(text: str) -> ipaddress.IPv4Address | None:
    try:
        address = ipaddress.IPv4Address(text)
    except ValueError:
        return None  # the machine's name
    return address if any(address in network for network in _PRIVATE) else None


def _begin(selector: selectors.BaseSelector, waiting: Iterator[str], port: int, found: set[str]) -> None:
    """Have AT_ONCE under way, as long as there are more."""
    for host in islice(waiting, AT_ONCE - len(selector.get_map())):
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        line.setblocking(False)
        try:
            line.connect((host, port))
            found.add(host)
        except BlockingIOError:
            selector.register(line, selectors.EVENT_WRITE, (host, monotonic() + CONNECT_S))
            continue
        except OSError:
            pass  # there is no way to it, or it said no at once
        line.close()


def _is_open(line: object) -> bool:
    if not isinstance(line, socket.socket):
        return False
    try:
        line.getpeername()
    except OSError:
        return False
    return True


def _end(selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    selector.unregister(key.fileobj)
    with suppress(OSError):
        if isinstance(key.fileobj, socket.socket):
            key.fileobj.close()
