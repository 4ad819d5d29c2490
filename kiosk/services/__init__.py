"""What the centre offers, what to bring for it, and the counters that serve it."""

from kiosk.services.actions import (
    close_counter,
    close_counters_of,
    close_service,
    go_on,
    open_counter,
    pause_counter,
    reopen_service,
)
from kiosk.services.reads import (
    all_services,
    check_calling,
    check_counter,
    check_open,
    counters,
    group_services,
    groups,
    materials,
    popular_services,
    service_of,
)
from kiosk.services.refusals import (
    CounterNotOpen,
    CounterPaused,
    CounterTakenOver,
    UnknownCounter,
    UnknownPause,
    UnknownService,
)
from kiosk.services.rules import Counter, Group, Material, Pause, Service

__all__ = [
    "Counter",
    "CounterNotOpen",
    "CounterPaused",
    "CounterTakenOver",
    "Group",
    "Material",
    "Pause",
    "Service",
    "UnknownCounter",
    "UnknownPause",
    "UnknownService",
    "all_services",
    "check_calling",
    "check_counter",
    "check_open",
    "close_counter",
    "close_counters_of",
    "close_service",
    "counters",
    "go_on",
    "group_services",
    "groups",
    "materials",
    "open_counter",
    "pause_counter",
    "popular_services",
    "reopen_service",
    "service_of",
]
