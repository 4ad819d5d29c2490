"""Codes that nobody with the centre's secret has made; script/bench scan tries a million of them."""

from script.benches._fakes import try_fakes


def test_of_twenty_thousand_blind_or_altered_codes_none_is_accepted():
    found = try_fakes(20_000)
    assert found["accepted"] == found["revoked"] == 0
    assert found["single_digit_forged"] == 0
    assert min(found["forged"], found["misread"]) > 5_000
