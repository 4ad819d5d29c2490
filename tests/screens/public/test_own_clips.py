"""The addresses of the centre's own clips."""

import pytest

from kiosk import speech
from kiosk.asked import Asked


def test_a_clip_is_served_for_good_with_its_kind(box, clock, visitor):
    take = speech.Take(b"RIFFabcdWAVE", 900)
    with box.database.write() as tx:
        speech.set_recording(tx, Asked(clock(), 1), "欢迎", "zh", take)
    answer = visitor.client.get(f"/voice/{take.name}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, take.sound, "audio/wav")
    assert "immutable" in answer.headers["Cache-Control"]
    part = visitor.client.get(f"/voice/{take.name}", headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, b"RIFF")


@pytest.mark.parametrize(
    "name", ["0" * 32, "0" * 31, "..", "..%2fkiosk.db", "kiosk.toml", "0" * 33, "A" * 32, "%00", "calls"]
)
def test_any_other_name_is_unknown(visitor, name):
    assert visitor.client.get(f"/voice/{name}").status_code == 404
