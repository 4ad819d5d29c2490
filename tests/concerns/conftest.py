"""A desk for every test of concerns."""

import pytest

from tests.concerns.desk import Desk


@pytest.fixture
def desk(box, clock) -> Desk:
    return Desk(box, clock)
