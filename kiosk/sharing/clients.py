"""Who asks: the address of a client, also behind a proxy, and whether it is the box itself."""

from collections.abc import Callable, Iterable, Mapping
from ipaddress import ip_address
from typing import Any, NamedTuple

BOX = frozenset(("127.0.0.1", "::1", "::ffff:127.0.0.1"))
"""From where a browser on the box asks. Others of 127.0.0.0/8 reach it only where a network is tried out."""

FORWARDED_FOR, FORWARDED_PROTO = "X_FORWARDED_FOR", "X_FORWARDED_PROTO"
SIGNS = frozenset(
    (
        FORWARDED_FOR, FORWARDED_PROTO, "X_FORWARDED_HOST", "X_FORWARDED_PORT", "X_FORWARDED_BY",
        "X_FORWARDED_PREFIX", "X_FORWARDED_SERVER", "X_FORWARDED_SCHEME", "X_FORWARDED_SSL",
        "FORWARDED", "VIA", "X_REAL_IP", "X_CLIENT_IP", "TRUE_CLIENT_IP", "CF_CONNECTING_IP",
    )
)  # fmt: skip
"""What proxies add to a request, in WSGI's letters. A request with any of these has come through one."""


class Client(NamedTuple):
    """Who asks. `is_box`: a browser on this machine, and no proxy of the machine speaking for another."""

    address: str
    is_box: bool
    is_https: bool = False


def client_of(peer: str, headers: Mapping[str, str], trusted_proxy: str = "") -> Client:
    """Who asks over a connection from `peer`; `headers` by the names of SIGNS, others do no harm.

    Only `trusted_proxy` is believed, and of it only the last address that it names: those before came from
    the client, who may write anything. Where it names none that is one, its own address counts, as nobody's.
    """
    signs = SIGNS & headers.keys()
    if not signs:
        return Client(peer, peer in BOX)
    if not trusted_proxy or peer != trusted_proxy:
        return Client(peer, is_box=False)
    address = _last(headers.get(FORWARDED_FOR, ""))
    is_https = headers.get(FORWARDED_PROTO, "").strip().lower() == "https"
    return Client(address or peer, address in BOX, is_https)


def _last(named: str) -> str:
    """The last address of X-Forwarded-For, without the port that some proxies write; "" for none."""
    last = named.rpartition(",")[2].strip().strip('"')
    for form in (last, last.rpartition(":")[0], last[1:].partition("]")[0]):
        try:
            return str(ip_address(form))
        except ValueError:
            continue
    return ""


IS_BOX = "linli.is_box"
"""Where the WSGI environment says whether the box itself asks."""

BY_PROXY = "linli.by_proxy"
"""Where it says whether the request came through a proxy, also one that is not believed."""


LISTENS_AT = "linli.listens_at"
"""The name among an application's extensions of the address that its server listens on."""


class KnownClients:
    """Before the application: who asks is worked out, and every proxy's header taken away.

    Nothing after it can believe one by mistake; `REMOTE_ADDR` and the scheme are the client's.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], trusted_proxy: str) -> None:
        self._app = app
        self._trusted_proxy = trusted_proxy

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        told = {name: environ.pop(f"HTTP_{name}") for name in SIGNS if f"HTTP_{name}" in environ}
        client = client_of(environ.get("REMOTE_ADDR", ""), told, self._trusted_proxy)
        environ["REMOTE_ADDR"], environ[IS_BOX] = client.address, client.is_box
        environ[BY_PROXY] = bool(told)
        if client.is_https:
            environ["wsgi.url_scheme"] = "https"
        return self._app(environ, start_response)
