"""How what there is of one box is shared out: who asks, and whom it serves first."""

from kiosk.sharing.clients import BOX, BY_PROXY, IS_BOX, LISTENS_AT, Client, KnownClients, client_of
from kiosk.sharing.favoured import KEPT_S, Favoured

__all__ = [
    "BOX",
    "BY_PROXY",
    "IS_BOX",
    "KEPT_S",
    "LISTENS_AT",
    "Client",
    "Favoured",
    "KnownClients",
    "client_of",
]
