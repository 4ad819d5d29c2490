"""What the centre offers, what to bring for it, and the counters that serve it."""

from kiosk.services.actions import close_counter, close_service, open_counter
from kiosk.services.reads import (
    check_counter,
    counters,
    group_services,
    groups,
    materials,
    popular_services,
    service_of,
)
from kiosk.services.refusals import (
    CounterNotOpen,
    CounterTakenOver,
    ServiceClosed,
    UnknownCounter,
    UnknownService,
)
from kiosk.services.rules import Counter, Group, Material, Service

__all__ = [
    "Counter",
    "CounterNotOpen",
    "CounterTakenOver",
    "Group",
    "Material",
    "Service",
    "ServiceClosed",
    "UnknownCounter",
    "UnknownService",
    "check_counter",
    "close_counter",
    "close_service",
    "counters",
    "group_services",
    "groups",
    "materials",
    "open_counter",
    "popular_services",
    "service_of",
]
