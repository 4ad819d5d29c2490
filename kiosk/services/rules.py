"""Values of the services room: what a screen shows of services and counters."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """One service in one language. `closed_reason` is empty while it is open."""

    code: str
    name: str
    place: str
    icon: str
    closed_reason: str

    @property
    def is_open(self) -> bool:
        """Whether tickets may be taken."""
        return not self.closed_reason


@dataclass(frozen=True)
class Group:
    """A tile of the home screen: services that belong together."""

    slug: str
    name: str
    icon: str
    count: int


@dataclass(frozen=True)
class Material:
    """One line of a checklist."""

    text: str
    note: str


@dataclass(frozen=True)
class Counter:
    """A counter and the names of what it serves; `opened_by` is a staff id."""

    number: int
    opened_by: int | None
    services: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether a clerk sits there."""
        return self.opened_by is not None
