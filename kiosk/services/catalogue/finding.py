"""A service looked for by a word of its name or group, or by how its code or its pinyin begins."""

from kiosk.services.catalogue.initials import initials_of
from kiosk.services.rules import Service


def is_meant(service: Service, group: str, looked_for: str) -> bool:
    """Whether a word is part of a service's name or its `group`'s, or begins its code or its initials."""
    wanted = looked_for.casefold()
    initials = service.initials or initials_of(service.name)
    is_named = wanted in service.name.casefold() or wanted in group.casefold()
    return is_named or initials.startswith(wanted) or service.code.casefold().startswith(wanted)
