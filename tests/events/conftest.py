"""The same desk as the check-in's: a calendar is tried with who comes."""

from tests.checkin.conftest import desk

__all__ = ["desk"]
