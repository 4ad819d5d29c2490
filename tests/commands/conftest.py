import pytest


@pytest.fixture
def engine() -> str:
    """What is tried here lies in a file; PostgreSQL's own tests say so by name."""
    return "sqlite"
