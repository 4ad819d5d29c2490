"""A voice of a minute and strokes of a finger: kept with the concern, shut to others, wiped on request."""

import json
import re
from io import BytesIO

import pytest

VOICE = b"\x1aE\xdf\xa3" + bytes(range(256)) * 20
INK = json.dumps([[part for x in range(30) for part in (x * 20, x * 15)]])


def send_voice(visitor, content=VOICE, status=303):
    form = {"category": "lights", "place": "0", "voice": (BytesIO(content), "voice")}
    return visitor.post("/concerns/new/voice", form, status, content_type="multipart/form-data")


def files(box) -> list[str]:
    folder = box.settings.folder / "concerns"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_microphone_is_let_on_one_page_alone(visitor):
    page = visitor.get("/concerns/new/voice?category=lights")
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "media-src 'self' blob:" in page.headers["Content-Security-Policy"]
    for address in ("/concerns/new", "/concerns/new/ink?category=lights", "/"):
        assert "microphone=()" in visitor.get(address).headers["Permissions-Policy"]


def test_a_voice_and_writing_are_kept_with_what_was_said_and_wiped_when_it_is_taken_back(visitor, clerk, box):
    send_voice(visitor)
    assert files(box) == []
    visitor.post("/concerns/new/ink", {"category": "lights", "place": "0", "ink": INK})
    taken = visitor.post("/concerns", {"category": "lights", "tap": "a"}).headers["Location"]
    assert len(files(box)) == 2
    clerk.get("/concerns/1/files/1", 403)
    clerk.post("/concerns/1/accept")
    assert clerk.get("/concerns/1/files/1").body == VOICE
    assert b"<polyline" in clerk.get("/concerns/1/files/2").body
    token = re.findall("[0-9]{24}", taken)[0]
    visitor.post(f"/t/{token}/withdraw")
    assert files(box) == []
    clerk.get("/concerns/1/files/1", 404)


def test_a_voice_may_come_with_the_form_itself(visitor, box):
    form = {"category": "lights", "tap": "a", "voice": (BytesIO(VOICE), "voice.webm"), "ink": INK}
    visitor.post("/concerns", form, content_type="multipart/form-data")
    assert len(files(box)) == 2


def test_the_next_visitor_does_not_send_the_voice_of_the_one_before(visitor, box):
    send_voice(visitor)
    visitor.post("/leave")
    visitor.post("/concerns", {"category": "lights", "tap": "a"})
    assert files(box) == []


@pytest.mark.parametrize(
    "content", [b"", b"\x1aE\xdf\xa3", b"no sound" * 1000, b"\x1aE\xdf\xa3" + b"x" * 500_000]
)
def test_a_recording_that_was_cut_off_or_is_none_or_too_long_is_refused_and_nothing_kept(
    visitor, content, box
):
    send_voice(visitor, content, 400)
    visitor.post("/concerns", {"category": "lights", "tap": "a"})
    assert files(box) == []


DOT = "[[5,5,5,5,5,5,5,5,5,5,5,5,5,5,5,5]]"


@pytest.mark.parametrize("ink", ["", "x", DOT, "[[1,2,3]]", '[["a",1]]', "[[0,0,9999,1]]", "{}"])
def test_one_dot_or_what_is_no_writing_is_refused(visitor, ink):
    visitor.post("/concerns/new/ink", {"category": "lights", "place": "0", "ink": ink}, 400)


def test_a_body_that_is_too_large_is_refused(visitor):
    how = {"headers": visitor.headers, "content_type": "multipart/form-data; boundary=x"}
    answer = visitor.client.post("/concerns/new/voice", data=b"x" * 600_000, **how)
    assert answer.status_code == 413


HOW = "/concerns/new?category=lights&place=0&step=how"


def back_of(page) -> str:
    """Where 返回 of a page leads."""
    (back,) = [one.get("href") for one in page.all(".//main//a") if "".join(one.itertext()).strip() == "返回"]
    return back


def test_going_back_keeps_what_was_written_until_all_of_it_is_wiped_off(visitor, box):
    pad = {"category": "lights", "place": "0"}
    visitor.post("/concerns/new/ink", pad | {"ink": INK})
    back = back_of(visitor.get(HOW))
    (canvas,) = visitor.get(back).all(".//canvas")
    assert json.loads(canvas.get("data-ink")) == json.loads(INK)
    assert visitor.post("/concerns/new/ink", pad | {"ink": ""}, 303).headers["Location"] == HOW
    say = visitor.get(back_of(visitor.get(back)))
    assert "您写的记下了" in say.text
    assert "您写的记下了" in visitor.get(HOW).text
    for elsewhere in ("/concerns/new?category=noise&place=0", "/concerns/new/ink?category=noise"):
        assert "您写的记下了" not in visitor.get(elsewhere).text
        assert "[[" not in visitor.get(elsewhere).text
    wiped = visitor.post("/concerns/new/ink", pad | {"ink": "[]"}, 303).headers["Location"]
    assert wiped == "/concerns/new?category=lights&place=0"
    assert "您写的记下了" not in visitor.get(wiped).text
    visitor.post("/concerns/new/ink", pad | {"ink": "[]"}, 400)
    visitor.post("/concerns", {"category": "lights", "tap": "a"})
    assert files(box) == []


def test_going_back_keeps_what_was_said_and_the_next_visitor_finds_none_of_it(visitor, box):
    visitor.post("/concerns/new/ink", {"category": "lights", "place": "0", "ink": INK})
    send_voice(visitor)
    heard = visitor.get(back_of(visitor.get(HOW)))
    assert [one.get("href") for one in heard.all(".//a[@data-voice-kept]")] == [HOW]
    assert "您说的录下了" in visitor.get(back_of(heard)).text
    visitor.post("/leave")
    assert not visitor.get("/concerns/new/voice?category=lights").all(".//a[@data-voice-kept]")
    assert visitor.get("/concerns/new/ink?category=lights").all(".//canvas")[0].get("data-ink") == ""
    assert "录下了" not in visitor.get(HOW).text
    assert files(box) == []
