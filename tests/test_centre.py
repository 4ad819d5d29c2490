import stat
from datetime import UTC, date, datetime

from kiosk.centre import open_centre
from kiosk.database.joining import SECRET_FILE
from kiosk.settings import Settings


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    first = open_centre(Settings(folder=tmp_path)).secret
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / SECRET_FILE).stat().st_mode) == 0o600
    assert open_centre(Settings(folder=tmp_path)).secret == first
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]


def test_two_centres_have_two_secrets(tmp_path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    assert len({open_centre(Settings(folder=folder)).secret for folder in folders}) == 2


def test_the_service_day_turns_at_the_centres_midnight(tmp_path):
    centre = open_centre(Settings(folder=tmp_path))
    assert centre.day(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert centre.day(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert centre.day_start(datetime(2026, 11, 23, 1, tzinfo=UTC)) == datetime(2026, 11, 22, 16, tzinfo=UTC)


def test_a_day_of_25_hours_starts_at_its_own_midnight(tmp_path):
    centre = open_centre(Settings(folder=tmp_path, time_zone="Europe/Berlin"))
    after_the_change = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)
    assert centre.day_start(after_the_change) == datetime(2026, 10, 24, 22, tzinfo=UTC)


def test_a_code_leads_to_the_phone_page_when_phones_can_reach_it(tmp_path):
    bare = open_centre(Settings(folder=tmp_path))
    reachable = open_centre(Settings(folder=tmp_path, public_url="http://192.168.1.10:8000/"))
    assert bare.qr_text("1" * 24) == "1" * 24
    assert reachable.qr_text("1" * 24) == "http://192.168.1.10:8000/t/" + "1" * 24
