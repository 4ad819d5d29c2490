"""What staff see when the clock was ahead and is corrected."""

import pytest


@pytest.fixture
def waiting(visitor, clerk, clock):
    """Somebody who took a number while the clock was an hour ahead."""
    clerk.post("/counter/1/open")
    visitor.take()
    clock.forward(hours=-1)
    clerk.log_in("clerk1", "demo-clerk")  # her session began in the future


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize("page", ["/counter/1", "/hall"])
def test_staff_read_that_the_clock_was_wrong_and_no_wait_below_zero(clerk, page):
    seen = clerk.get(page)
    text = seen.words()
    assert seen.with_attribute("data-clock-moved")
    assert "往回调过" in text
    assert "等了多久说不准" in text
    assert "-60" not in text


@pytest.mark.usefixtures("waiting")
def test_the_warning_goes_when_the_hour_has_come(clerk, clock):
    clock.forward(hours=1)
    assert not clerk.get("/hall").with_attribute("data-clock-moved")
