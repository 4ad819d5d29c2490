"""The page of everything that is spoken: found, heard, its reading mended, recorded, taken back."""

import io
import math
import wave

import pytest

from kiosk import speech
from tests.visitor import Visitor

SERVICE = "养老保险资格认证"


def recording(loudness=0.3):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        wave_form = (round(32767 * loudness * math.sin(i * 0.2)) for i in range(4000))
        file.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in wave_form))
    return out.getvalue()


@pytest.fixture
def manager(app):
    manager = Visitor(app)
    manager.log_in("admin", "demo-admin")
    return manager


@pytest.fixture
def address():
    return f"/admin/voice/{speech.key_of(SERVICE, 'zh')}"


def listed(page):
    return {one.get("data-clip"): one.get("data-source") for one in page.with_attribute("data-clip")}


def send(manager, address, sound, status=303):
    form = {"sound": (io.BytesIO(sound), "recording.wav")}
    return manager.post(f"{address}/recording", form, status, content_type="multipart/form-data")


def test_a_text_is_found_by_its_words_and_by_where_it_stands(manager):
    key = speech.key_of(SERVICE, "zh")
    found = listed(manager.get(f"/admin/voice?find={SERVICE}"))
    assert key in found
    assert len(found) < 5
    assert key in listed(manager.get(f"/admin/voice?where=service&find={SERVICE}"))
    assert listed(manager.get(f"/admin/voice?where=event&find={SERVICE}")) == {}
    home = speech.key_of(speech.sentence("home"), "zh")
    assert listed(manager.get("/admin/voice?where=fixed&find=您好"))[home] == "committed"
    mute = listed(manager.get("/admin/voice?mute=1"))
    assert set(mute.values()) <= {"nothing"}
    manager.get("/admin/voice?page=999&where=nowhere")


def test_a_recording_is_heard_at_once_and_taken_back(manager, address, visitor):
    send(manager, address, recording())
    page = manager.get(address)
    assert page.with_attribute("data-source")[0].get("data-source") == "recording"
    stem = page.with_attribute("data-hear")[0].get("data-hear")
    assert visitor.client.get(f"/voice/{stem[1:]}").status_code == 200
    manager.post("/admin/voice/undo", {"change": page.value("change")})
    assert manager.get(address).with_attribute("data-source")[0].get("data-source") != "recording"
    send(manager, address, recording())
    manager.post(f"{address}/drop")
    assert manager.get(address).with_attribute("data-source")[0].get("data-source") != "recording"


@pytest.mark.parametrize("sound", [b"", recording(loudness=0)], ids=["none", "silent"])
def test_a_recording_that_cannot_be_used_is_said_at_its_field(manager, address, sound):
    page = send(manager, address, sound, 400)
    (field,) = [one for one in page.all(".//input") if one.get("name") == "sound"]
    assert field.get("aria-invalid") == "true"


def test_a_reading_is_checked_syllable_by_syllable_and_what_was_typed_is_kept(manager, address):
    page = manager.post(f"{address}/reading", {"reading": "yang3 lao3 bao3 xiam3"}, 400)
    assert page.value("reading") == "yang3 lao3 bao3 xiam3"
    assert "“xiam3”不是拼音" in page.words()
    page = manager.post(f"{address}/reading", {"reading": "yang3 lao3"}, 400)
    assert "有8个字，写了2个音" in page.words()
    manager.post(f"{address}/reading", {"reading": "yang lao bao xian zi ge ren zheng"})
    assert manager.get(address).value("reading").startswith("yang5 lao5")
    manager.post(f"{address}/reading", {"reading": "a" * 2001}, 400)


def test_what_is_not_spoken_is_unknown(manager):
    manager.get("/admin/voice/zh-0000000000000000", 404)
    manager.post("/admin/voice/nothing/reading", {"reading": "a"}, 404)


def test_the_page_may_ask_for_the_microphone_and_no_other(manager, address):
    assert "microphone=(self)" in manager.client.get(address).headers["Permissions-Policy"]
    assert "microphone=()" in manager.client.get("/admin/voice").headers["Permissions-Policy"]


def test_a_sentence_that_staff_recorded_is_heard_at_the_station_on_the_next_page(manager, visitor):
    assert visitor.get("/").with_attribute("data-say")[0].get("data-say") == "home"
    send(manager, f"/admin/voice/{speech.key_of(speech.sentence('home'), 'zh')}", recording())
    assert visitor.get("/").with_attribute("data-say")[0].get("data-say", "").startswith("@")
