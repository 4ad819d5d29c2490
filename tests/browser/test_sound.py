"""The board's calls and the station's sentences in a real Chromium, over a server of static files only."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kiosk.speech import call_clips, screen_clips

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parent.parent.parent / "static"
BOARD = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>board</title>
<body><button id="hall">hall</button><p data-sound-blocked hidden>tap</p><div id="board"></div>
<script type="module" src="/static/js/announce.js"></script></body></html>"""
STATION = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>station</title>
<body {said}><button data-say-again>again</button><button id="other">other</button>
<dialog data-say="still_here"></dialog>
<script type="module" src="/static/js/say.js"></script></body></html>"""

# Notes every clip as it is handed to the audio clock (with its address, start and length), every element
# that plays, and every announcement told; and listens to what really comes out.
WATCH = """
window.started = []; window.played = []; window.clock = null; window.told = []; window.loudest = 0;
const addresses = new WeakMap();
const asBytes = Response.prototype.arrayBuffer;
Response.prototype.arrayBuffer = async function () {
  const bytes = await asBytes.call(this); addresses.set(bytes, this.url); return bytes;
};
const decode = BaseAudioContext.prototype.decodeAudioData;
BaseAudioContext.prototype.decodeAudioData = async function (bytes) {
  const url = addresses.get(bytes); const clip = await decode.call(this, bytes);
  addresses.set(clip, url); return clip;
};
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (at) {
  clock = this.context;
  started.push({ clip: addresses.get(this.buffer), at, length: this.buffer.duration });
  listen(this);
  return start.call(this, at);
};
function listen(source) {
  const ear = new AnalyserNode(source.context); source.connect(ear);
  const wave = new Float32Array(ear.fftSize);
  const timer = setInterval(() => {
    ear.getFloatTimeDomainData(wave); loudest = Math.max(loudest, ...wave.map(Math.abs));
  }, 20);
  source.addEventListener("ended", () => clearInterval(timer));
}
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const { src: clip, playbackRate, preservesPitch } = this;
  const note = { clip, playbackRate, preservesPitch };
  this.addEventListener("playing", () => { note.from = performance.now(); });
  for (const end of ["ended", "pause"]) this.addEventListener(end, () => { note.to ??= performance.now(); });
  played.push(note); return play.call(this);
};
for (const kind of ["spoken", "skipped"]) {
  document.addEventListener(`linli:${kind}`, ({ detail }) => told.push([kind, detail.id]));
}
"""


class Files(SimpleHTTPRequestHandler):
    """The folder `static` under /static, the page of the test at /, both under the station's CSP."""

    page = ""
    missing = ""

    def do_GET(self):
        if self.path == "/":
            self.answer(self.page.encode(), "text/html; charset=utf-8")
        elif self.missing and self.path.endswith(self.missing):
            self.send_error(404)
        else:
            super().do_GET()

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def files():
    class Here(Files):
        address = ""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Here, directory=str(STATIC.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Here.address = f"http://127.0.0.1:{server.server_port}/"
    yield Here
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browsers(whole_chromium, launch):
    blocking = launch("--autoplay-policy=document-user-activation-required")
    yield {"allowing": whole_chromium, "blocking": blocking}
    blocking.close()


@pytest.fixture
def open_page(browsers, files):
    pages, faults = [], []

    def open_(html, autoplay="allowing"):
        files.page = html
        page = browsers[autoplay].new_page()
        pages.append(page)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.add_init_script(WATCH)
        page.goto(files.address)
        return page

    yield open_
    for page in pages:
        page.close()
    assert faults == []


def look(page, expression):
    """The value of an expression, read without counting as a touch, as `page.evaluate` does."""
    devtools = page.context.new_cdp_session(page)
    answer = devtools.send("Runtime.evaluate", {"expression": expression, "returnByValue": True})
    devtools.detach()
    assert "exceptionDetails" not in answer, answer
    return answer["result"].get("value")


def wait_for(page, claim, seconds=60):
    # Playwright's own wait_for_function evaluates inside the page, which the CSP forbids.
    for _ in range(seconds * 20):
        if look(page, claim):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{claim} did not come true: {look(page, '[told, started, played]')}")


def announcement(change_id, number, clips):
    return (
        f'<p data-announcement="{change_id}" data-number="{number}" data-clips="{" ".join(clips)}" '
        f'data-lang="zh">{number}</p>'
    )


def renew_board(page, *announcements):
    look(page, f"document.querySelector('#board').innerHTML = `{''.join(announcements)}`")


def wait_for_told(page, how_many):
    wait_for(page, f"told.length >= {how_many}")
    return look(page, "told")


def stems(notes):
    return [note["clip"].rsplit("/", 1)[1].removesuffix(".mp3") for note in notes]


def overlaps(notes):
    pairs = pairwise(notes)
    return [(one, other) for one, other in pairs if other["at"] < one["at"] + one["length"]]


def test_four_calls_at_once_are_all_spoken_in_order_and_never_together(open_page):
    page = open_page(BOARD)
    calls = {7: ["4", "counter-4"], 5: ["2", "counter-2"], 4: ["1", "counter-1"], 6: ["3", "counter-3"]}
    renew_board(page, *(announcement(i, f"A00{i}", clips) for i, clips in calls.items()))
    assert wait_for_told(page, 4) == [["spoken", 4], ["spoken", 5], ["spoken", 6], ["spoken", 7]]
    started = look(page, "started")
    assert stems(started) == [stem for i in sorted(calls) for stem in ("chime", *calls[i])]
    assert overlaps(started) == []
    assert look(page, "loudest") > 0.1


def test_a_call_that_comes_while_another_is_spoken_waits_for_its_end(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao", "counter-1"]))
    wait_for(page, "started.length > 0")
    renew_board(page, announcement(2, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    assert overlaps(look(page, "started")) == []


def test_the_clips_of_one_call_follow_each_other_without_a_hole(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", call_clips("A001", 1)))
    wait_for(page, "started.length > 0")
    started = look(page, "started")
    assert len(started) == 1 + len(call_clips("A001", 1))
    assert max(other["at"] - one["at"] - one["length"] for one, other in pairwise(started)) < 0.05


def test_a_call_that_is_still_on_the_next_board_is_spoken_once(open_page):
    page = open_page(BOARD)
    for _ in range(3):
        renew_board(page, announcement(9, "A001", ["hao"]))
    wait_for_told(page, 1)
    renew_board(page, announcement(9, "A001", ["hao"]), announcement(10, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 9], ["spoken", 10]]
    page.wait_for_timeout(300)
    assert stems(look(page, "started")) == ["chime", "hao"] * 2


def test_a_recall_of_the_same_number_is_spoken_again(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for_told(page, 1)
    renew_board(page, announcement(2, "A001", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]


def test_an_announcement_written_over_an_older_one_is_spoken(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    look(page, "document.querySelector('[data-announcement]').dataset.announcement = '2'")
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]


def test_a_clip_that_cannot_be_loaded_does_not_silence_the_rest(open_page, files):
    files.missing = "/zh/qing.mp3"
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["qing", "hao"]), announcement(2, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    assert stems(look(page, "started")) == ["chime", "hao"] * 2


def test_the_number_being_spoken_is_marked_and_then_released(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]), '<p data-number="A002">A002</p>')
    expect(page.locator("html[data-speaking=A001]")).to_have_count(1)
    expect(page.locator("[data-number=A001]")).to_have_attribute("data-speaking", "")
    expect(page.locator("[data-number=A002][data-speaking]")).to_have_count(0)
    wait_for_told(page, 1)
    expect(page.locator("[data-speaking]")).to_have_count(0)


NOTICE_SHOWN = "!document.querySelector('[data-sound-blocked]').hidden"


def test_a_board_without_sound_asks_for_a_touch_and_then_speaks(open_page):
    page = open_page(BOARD, "blocking")
    wait_for(page, NOTICE_SHOWN)
    renew_board(page, announcement(1, "A001", ["hao"]))
    page.wait_for_timeout(1000)
    assert look(page, "[told, started]") == [[], []]
    page.mouse.click(200, 200)
    assert wait_for_told(page, 1) == [["spoken", 1]]
    assert look(page, NOTICE_SHOWN) is False
    assert stems(look(page, "started")) == ["chime", "hao"]


def test_a_call_older_than_a_minute_is_not_made_up_for(open_page):
    page = open_page(BOARD, "blocking")
    wait_for(page, NOTICE_SHOWN)
    renew_board(page, announcement(1, "A001", ["hao"]))
    page.wait_for_timeout(200)
    look(page, "{ const now = performance.now(); performance.now = () => now + 61_000 }")
    renew_board(page, announcement(2, "A002", ["hao"]))
    page.wait_for_timeout(200)
    page.mouse.click(200, 200)
    assert wait_for_told(page, 2) == [["skipped", 1], ["spoken", 2]]


def test_the_board_goes_on_when_the_audio_clock_stands_still(open_page):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]), announcement(2, "A002", ["hao"]))
    wait_for(page, "started.length > 0")
    look(page, "{ clock.suspend() }")
    assert wait_for_told(page, 2)[0] == ["spoken", 1]


def wait_until_said(page, how_many):
    wait_for(page, f"played.length === {how_many} && played.at(-1).to !== undefined")
    return look(page, "played")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_screen_says_its_sentence_and_number_as_the_catalogue_has_it(open_page, lang):
    said = f'data-say="goodbye" data-say-number="A012" data-lang="{lang}"'
    page = open_page(STATION.format(lang="zh-CN", said=said))
    expected = screen_clips("goodbye", "A012", lang)
    played = wait_until_said(page, len(expected))
    assert stems(played) == list(expected)
    assert all(f"/{lang}/" in note["clip"] for note in played)
    assert all(one["to"] <= other["from"] for one, other in pairwise(played))


def test_a_screen_speaks_the_language_of_the_page(open_page):
    page = open_page(STATION.format(lang="en", said='data-say="goodbye"'))
    assert "/en/goodbye.mp3" in wait_until_said(page, 1)[0]["clip"]


@pytest.mark.parametrize("slow", ['data-rate="0.8"', 'data-slow="on"'])
def test_slow_speech_runs_at_four_fifths_and_keeps_its_pitch(open_page, slow):
    page = open_page(STATION.format(lang="zh-CN", said=f'data-say="goodbye" {slow}'))
    slowly = wait_until_said(page, 1)[0]
    assert (slowly["playbackRate"], slowly["preservesPitch"]) == (0.8, True)


def test_speech_is_not_slow_unless_asked(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="goodbye" data-slow="off"'))
    assert wait_until_said(page, 1)[0]["playbackRate"] == 1


def test_the_sentence_is_said_again_from_its_beginning_when_asked(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="still_here"'))
    again = page.locator("[data-say-again]")
    expect(again).to_have_attribute("aria-pressed", "true")
    again.click()
    wait_for(page, "played.length === 2 && played[0].to")
    first, second = look(page, "played")
    assert stems([first, second]) == ["still_here", "still_here"]
    expect(again).to_have_attribute("aria-pressed", "true")
    wait_until_said(page, 2)
    expect(again).to_have_attribute("aria-pressed", "false")


def test_a_station_that_may_not_speak_yet_is_silent_and_speaks_when_asked(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="goodbye"'), "blocking")
    again = page.locator("[data-say-again]")
    expect(again).to_have_attribute("aria-pressed", "false")
    assert "from" not in look(page, "played")[0]
    again.click()
    assert "from" in wait_until_said(page, 2)[1]


def test_a_question_that_opens_is_spoken_and_falls_silent_when_it_closes(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="service"'))
    wait_for(page, "played.length === 1 && played[0].from")
    page.evaluate("document.querySelector('dialog').showModal()")
    wait_for(page, "played.length === 2 && played[1].from")
    first, second = look(page, "played")
    assert first["to"] <= second["from"]
    assert stems([second]) == ["still_here"]
    page.evaluate("document.querySelector('dialog').close()")
    wait_for(page, "played[1].to")
    expect(page.locator("html[data-speaking]")).to_have_count(0)


def test_speech_stops_when_the_page_is_left(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="service"'))
    wait_for(page, "played.length === 1 && played[0].from")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    wait_for(page, "played[0].to")
    assert page.evaluate("document.documentElement.hasAttribute('data-speaking')") is False


@pytest.mark.parametrize("path", ["zh/counter-1", "zh/0", "en/still_here", "chime"])
def test_a_clip_is_decoded_with_its_own_silence_and_no_more(open_page, path):
    page = open_page("<!doctype html><title>clip</title>")
    heard = page.evaluate(
        """async (path) => {
          const bytes = await (await fetch(`/static/audio/${path}.mp3`)).arrayBuffer();
          const clip = await new AudioContext().decodeAudioData(bytes);
          const wave = clip.getChannelData(0);
          const peak = wave.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
          const loud = (sample) => Math.abs(sample) > 0.01 * peak;
          const last = wave.length - 1 - wave.toReversed().findIndex(loud);
          const lead = wave.findIndex(loud) / clip.sampleRate;
          return { peak, lead, tail: clip.duration - last / clip.sampleRate };
        }""",
        path,
    )
    assert heard["lead"] == pytest.approx(0.02, abs=0.01)
    assert heard["tail"] == pytest.approx(0.05, abs=0.02)
    assert 0.15 < heard["peak"] < 0.95
