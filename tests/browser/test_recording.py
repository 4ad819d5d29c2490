"""Staff record in the browser: the microphone, or a file of any kind, becomes a WAV for the server."""

import pytest

from kiosk import speech
from tests.browser.conftest import log_in, until

# Listens to the microphone beside the recorder: `beeps` counts how often it has become still after a beep.
# While much else runs the sound begins a second or more after the button, and silence is refused.
EAR = """
window.beeps = 0;
const ask = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = async function (wanted) {
  const stream = await ask.call(this, wanted);
  const hall = new AudioContext(), ear = new AnalyserNode(hall), wave = new Float32Array(ear.fftSize);
  hall.createMediaStreamSource(stream).connect(ear);
  let isLoud = false;
  setInterval(() => {
    ear.getFloatTimeDomainData(wave);
    const wasLoud = isLoud;
    isLoud = wave.some((one) => Math.abs(one) > 0.05);
    if (wasLoud && !isLoud) beeps += 1;
  }, 10);
  return stream;
};
"""
ADDRESS = f"/admin/voice/{speech.key_of(speech.sentence('home'), 'zh')}"


@pytest.fixture(scope="module")
def with_microphone(launch):
    """A browser whose microphone beeps, and where nobody is asked whether a page may have it."""
    return launch(
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        program="chromium-headless-shell",
    )


def test_what_staff_say_before_the_microphone_is_heard_from_then_on(server, with_microphone):
    page = with_microphone.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.add_init_script(EAR)
    page.goto(f"{server.origin}/log-in?next={ADDRESS}")
    log_in(page, "admin", "demo-admin")
    page.locator("[data-record-start]").click()
    until(page, "beeps >= 3")  # what lasts no longer than one is taken for nothing
    page.locator("[data-record-stop]").click()
    page.wait_for_selector("[data-record-play]:visible")
    page.locator("[data-record-send]").click()
    page.wait_for_selector("[data-source=recording]")
    with page.expect_response("**/voice/*") as heard:
        page.locator("[data-hear]").click()
    assert heard.value.status in (200, 206)
    page.wait_for_selector("[data-hear][aria-pressed=true]")
    page.set_input_files("#sound", {"name": "no.m4a", "mimeType": "audio/mp4", "buffer": b"no sound"})
    page.wait_for_selector("[data-record-unreadable]:visible")
    assert faults == []
    page.close()
