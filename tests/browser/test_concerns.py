"""A concern in real browsers: spoken at the station, answered, not solved, done again, and rated."""

import re
import wave
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from werkzeug.serving import make_server

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.figures import Span, opinions
from kiosk.figures.opinions import Group, Name, Only
from script.benches._hall import Client, Server
from tests.browser.conftest import touch, until
from tests.browser.panels import judge_panels


@pytest.fixture(scope="module")
def with_microphone(launch):
    """A browser whose microphone beeps once a second, and which asks nobody for it."""
    return launch(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        program="chromium-headless-shell",
    )


HEARD = "parseFloat(document.querySelector('[data-voice-level]').style.inlineSize) > 20"
SECONDS = "[data-voice-time]:visible"
STEPS = "点“同意，开始说”\n对着机器慢慢说\n说完了，点“说完了”，可以先听一听再交"
A_WHILE = "parseInt(document.querySelector('[data-voice-time]').textContent) >= 2"


def tap(page, what: str) -> None:
    """Touch something that leads to no other page, once the page takes touches."""
    page.wait_for_selector("html[data-takes-touches]")
    page.evaluate("sessionStorage.clear()")
    page.locator(what).tap()


def staff(server, name: str) -> Client:
    member = Client(server)
    member.post("/log-in", name=name, password="demo-clerk")
    return member


@contextmanager
def served(app):
    """The application over a test's own box, and so by its clock, where a real browser finds it."""
    web = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=web.serve_forever, daemon=True).start()
    try:
        yield Server(None, web.port, 0, app.extensions["box"].settings.folder)  # type: ignore[arg-type]
    finally:
        web.shutdown()


@dataclass(frozen=True)
class Life:
    """When it is taken in, first answered, denied, answered again and looked at, and what was promised."""

    days: tuple[datetime, ...]
    promised: tuple[date, date]
    span: Span


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 2, tzinfo=UTC)  # ten in the morning


LIVES = (
    # the Saturday 14 is worked, 15 to 23 are off, the Saturday 28 is worked
    Life(
        (_at(2026, 2, 13), _at(2026, 2, 14), _at(2026, 2, 14), _at(2026, 2, 27), _at(2026, 3, 6)),
        (date(2026, 2, 27), date(2026, 2, 28)), Span(date(2026, 2, 1), date(2026, 3, 31)),
    ),
    # 1 to 7 October are off: to be accepted on the 8th; the Saturday 10 is worked
    Life(
        (_at(2026, 9, 30), _at(2026, 10, 8), _at(2026, 10, 9), _at(2026, 10, 12), _at(2026, 10, 19)),
        (date(2026, 10, 13), date(2026, 10, 15)), Span(date(2026, 9, 1), date(2026, 10, 31)),
    ),
)  # fmt: skip


@pytest.mark.parametrize("life", LIVES, ids=["2026-02-14", "2026-10-01"])
def test_a_voice_across_a_festival_keeps_the_promises_of_its_working_days(
    app, box, clock, life, with_microphone
):
    steps = iter(life.days)

    def go_on() -> date:
        clock.at = next(steps)
        with box.database.read() as tx:
            (one,) = concerns.running_concerns(tx, box.centre, Asked(clock())) or (None,)
        return one.due.on if one else date.min

    promised: list[date] = []
    with served(app) as server:
        lived(server, with_microphone, lambda: promised.append(go_on()))
    assert tuple(promised[1:4:2]) == life.promised
    with box.database.read() as tx:
        found = opinions.opinions_of(tx, box.centre, (life.span, Only(), Group.CATEGORY), clock())
    told = {name: (len(one.hits), len(one.of)) for name, one in found.whole.figures.items()}
    assert told == {
        Name.CLOSED: (1, 1), Name.IN_TIME: (1, 1), Name.IN_TIME_UNPAUSED: (1, 1), Name.SOLVED: (1, 2),
        Name.CONTENT: (1, 1), Name.ACCEPTED: (1, 1), Name.CONTACTED: (0, 0), Name.RECHECKED: (1, 1),
        Name.REOPENED: (1, 1), Name.FORESEEN: (0, 1),
    }  # fmt: skip


def test_silence_is_not_sent_and_she_is_told_to_come_nearer(server, launch, tmp_path):
    with wave.open(str(tmp_path / "silence.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(bytes(2 * 16000))
    browser = launch(
        "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={tmp_path / 'silence.wav'}", program="chromium-headless-shell",
    )  # fmt: skip
    page = browser.new_page(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page.goto(f"{server.origin}/concerns/new/voice?category=lights&place=0")
    tap(page, "[data-voice-start]")
    page.wait_for_selector("[data-voice-stop]:visible")
    page.wait_for_timeout(1200)
    tap(page, "[data-voice-stop]")
    page.wait_for_selector("[data-voice-fault=silent]:visible")
    assert page.locator("[data-voice-use]:visible").count() == 0
    assert page.locator("[data-voice-start]:visible, [data-voice-again]:visible").count() == 1
    browser.close()


def test_what_a_trembling_hand_stops_at_once_is_not_sent_and_she_may_say_it_again(server, with_microphone):
    page = with_microphone.new_page(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page.goto(f"{server.origin}/concerns/new/voice?category=lights&place=0")
    page.eval_on_selector(
        "[data-voice]", "one => { one.dataset.fewest = 60_000; }"
    )  # as if it had just begun
    assert page.locator(f"{SECONDS}, [data-voice-steps]:visible").all_inner_texts() == [STEPS]
    tap(page, "[data-voice-start]")
    page.wait_for_selector("[data-voice-stop]:visible")
    assert page.locator(f"{SECONDS}, [data-voice-steps]:visible").inner_text().endswith(" / 60")
    until(page, HEARD)
    tap(page, "[data-voice-stop]")
    page.wait_for_selector("[data-voice-fault=short]:visible")
    assert page.locator(f"{SECONDS}, [data-voice-steps]:visible").all_inner_texts() == [STEPS]
    assert page.locator("[data-voice-use]:visible").count() == 0
    assert page.locator("[data-voice-start]:visible").count() == 1


INKED = """() => { const pad = document.querySelector('[data-ink]');
  return pad.getContext('2d').getImageData(0, 0, pad.width, pad.height).data.some(one => one > 0); }"""
DONE, BACK = "main form .press--main", "main .row > a"


def test_who_goes_back_finds_on_the_pad_what_she_wrote(server, with_microphone):
    page = with_microphone.new_page(viewport={"width": 1080, "height": 1920}, has_touch=True)
    page.goto(f"{server.origin}/concerns/new/ink?category=lights&place=0")
    page.wait_for_selector("html[data-takes-touches]")
    pad = page.locator("[data-ink]").bounding_box()
    page.mouse.move(pad["x"] + 100, pad["y"] + 100)
    page.mouse.down()
    page.mouse.move(pad["x"] + 600, pad["y"] + 300, steps=20)
    page.mouse.up()
    touch(page, DONE)
    for _ in range(2):  # and as she left it, it is kept
        page.wait_for_url("**step=how*")
        touch(page, BACK)
        page.wait_for_url("**/ink?*")
        assert page.evaluate(INKED)
        touch(page, DONE)
    page.wait_for_url("**step=how*")
    touch(page, BACK)
    page.wait_for_url("**/ink?*")
    faults = judge_panels(page, "her writing")
    tap(page, "[data-ink-clear]")
    assert not page.evaluate(INKED)
    touch(page, DONE)
    page.wait_for_url("**/new?*place=0")
    assert faults == []
    page.close()


def test_what_is_spoken_is_answered_not_solved_answered_again_looked_at_and_rated(server, with_microphone):
    lived(server, with_microphone, lambda: None)


def lived(server, with_microphone, on_to_the_next_day) -> None:
    """The whole life in a real browser; before each of its days `on_to_the_next_day` is asked."""
    on_to_the_next_day()
    context = with_microphone.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"{server.origin}/concerns/new/voice?category=lights&place=0")
    tap(page, "[data-voice-start]")
    page.wait_for_selector("[data-voice-stop]:visible")
    until(page, HEARD)
    until(page, A_WHILE)
    tap(page, "[data-voice-stop]")
    page.wait_for_selector("[data-voice-use]:visible")
    tap(page, "[data-voice-use]")
    page.wait_for_url("**step=how*")
    touch(page, BACK)
    page.wait_for_selector("[data-voice-kept]:visible")
    tap(page, "[data-voice-start]")
    page.wait_for_selector("[data-voice-stop]:visible")
    assert page.locator("[data-voice-kept]:visible").count() == 0
    page.reload()
    touch(page, "[data-voice-kept]")
    page.wait_for_url("**step=how*")
    touch(page, "form[action='/concerns'] button")
    page.wait_for_selector("[data-concern]")
    token = re.findall("[0-9]{24}", page.url)[0]

    on_to_the_next_day()
    owner = staff(server, "clerk1")
    number = page.get_attribute("[data-concern]", "data-concern")
    listed = owner.get("/concerns")[2]
    one = re.findall(rf'data-concern="{number}".*?/concerns/([0-9]+)"', listed, re.DOTALL)[0]
    assert owner.post(f"/concerns/{one}/accept")[0] == 303
    assert "<audio" in owner.get(f"/concerns/{one}")[2]
    reply = {"words": "灯换好了", "outcome": "solved", "told": "receipt"}
    assert owner.post(f"/concerns/{one}/answer", **reply)[0] == 303
    on_to_the_next_day()
    page.goto(f"{server.origin}/concerns/slip/{token}")
    touch(page, "button:has-text('没有解决')")
    page.wait_for_selector("[data-state=open]")
    on_to_the_next_day()
    assert staff(server, "clerk1").post(f"/concerns/{one}/answer", **reply)[0] == 303
    on_to_the_next_day()
    other = staff(server, "clerk2")
    assert other.post(f"/concerns/{one}/recheck", line="亮了", result="good")[0] == 303
    page.goto(f"{server.origin}/concerns/slip/{token}")
    touch(page, "button:has-text('解决了')")
    page.wait_for_selector("[data-state=done]")
    touch(page, ".face-press[value='5']")
    page.wait_for_selector("[data-state=done]")
    assert page.locator(".face-press").count() == 0
    phone = context.new_page()
    phone.goto(f"{server.origin}/t/{token}")
    assert phone.get_attribute("[data-rated]", "data-rated") == "5"
    assert faults == []
    context.close()
