import pytest


@pytest.fixture
def desk(clerk):
    """A second counter of the same clerk."""
    clerk.post("/counter/2/open")
    return clerk
