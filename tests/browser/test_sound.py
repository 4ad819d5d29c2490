"""The board's calls and the station's sentences in a real Chromium, over a server of static files only."""

import json
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import expect

from kiosk.speech import call_clips, screen_clips

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parent.parent.parent / "static"
BOARD = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>board</title>
<body data-voice="/told"><button id="hall">hall</button><p data-sound-blocked hidden>tap</p>
<p data-sound-lost hidden>lost</p><div id="board"></div>
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
    told: ClassVar[list[str]] = []
    is_away = False

    def do_GET(self):
        if self.path == "/":
            self.answer(self.page.encode(), "text/html; charset=utf-8")
        elif self.missing and self.path.endswith(self.missing):
            self.send_error(404)
        elif self.path.startswith("/voice/"):
            self.path = self.path.replace("/voice/", "/static/audio/zh/")
            super().do_GET()
        else:
            super().do_GET()

    def do_POST(self):
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.is_away:
            self.send_error(503)
            return
        self.told.append(said)
        self.send_response(204)
        self.end_headers()

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
        told: ClassVar[list[str]] = []

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

    def open_(html, autoplay="allowing", scripts=()):
        files.page = html
        page = browsers[autoplay].new_page()
        pages.append(page)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        for script in (WATCH, *scripts):
            page.add_init_script(script)
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


def announcement(change_id, number, clips, more=""):
    return (
        f'<p data-announcement="{change_id}" data-number="{number}" data-clips="{" ".join(clips)}" '
        f'data-place="{number}@1" data-lang="zh" {more}>{number}</p>'
    )


def renew_board(page, *announcements, calling=None):
    if calling is not None:
        look(page, f"document.querySelector('#board').dataset.calling = '{calling}'")
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


def test_a_whole_announcement_is_said_and_the_joined_clips_where_it_is_lost_twice_if_the_centre_says_so(
    open_page, files
):
    files.missing = "/voice/gone.mp3"
    page = open_page(BOARD)
    look(page, "Object.assign(document.querySelector('#board').dataset, {twice: '', volume: '130'})")
    instead = 'data-instead="1 0"'
    whole, lost = (
        announcement(i, f"A00{i}", [clip], instead) for i, clip in ((1, "@hao.mp3"), (2, "@gone.mp3"))
    )
    renew_board(page, whole, lost)
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    started = look(page, "started")
    assert stems(started) == ["chime", "hao", "hao", "chime", "1", "0", "1", "0"]
    assert "/voice/hao.mp3" in started[1]["clip"]
    assert overlaps(started) == []


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


def test_of_the_calls_made_without_sound_those_are_made_up_for_who_are_still_called(open_page):
    page = open_page(BOARD, "blocking")
    wait_for(page, NOTICE_SHOWN)
    renew_board(page, announcement(1, "A001", ["hao"]), calling="A001@1")
    renew_board(page, announcement(2, "A002", ["hao"]), calling="A002@1")
    page.mouse.click(200, 200)
    assert wait_for_told(page, 2) == [["skipped", 1], ["spoken", 2]]


LOSSES = {
    "closed": "clock.close()",
    "suspended for good": "clock.resume = () => Promise.reject(new Error()), clock.suspend()",
    "standing still": "Object.defineProperty(clock, 'currentTime', { get: () => 1 }), clock.suspend()",
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_call_during_which_the_sound_is_lost_is_said_again_without_a_touch(open_page, loss):
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for(page, "started.length > 0")
    look(page, f"{LOSSES[loss]}, null")
    assert wait_for_told(page, 1) == [["spoken", 1]]
    assert stems(look(page, "started")) == ["chime", "hao"] * 2
    assert look(page, NOTICE_SHOWN) is False


# Between lose() and back() every audio context stands still, as without a device.
GONE = """
const Real = window.AudioContext; let isGone = false;
window.AudioContext = class extends Real {
  get state() { return isGone ? "suspended" : super.state; }
  get currentTime() { return isGone ? 0 : super.currentTime; }
};
window.lose = () => { isGone = true; }; window.back = () => { isGone = false; };
"""
LOST_SHOWN = "!document.querySelector('[data-sound-lost]').hidden"


def wait_until_server_told(page, files, *said):
    for _ in range(80):
        if files.told[-len(said) :] == [f"voice={voice}&spoken={ids}" for voice, ids in said]:
            return
        page.wait_for_timeout(50)
    raise AssertionError(files.told)


def test_while_the_sound_is_gone_nothing_counts_as_said_and_then_who_is_still_called_is(open_page, files):
    page = open_page(BOARD, scripts=(GONE,))
    wait_until_server_told(page, files, ("on", ""))
    look(page, "lose()")
    calls = announcement(2, "A002", ["hao"]), announcement(3, "A003", ["hao"])
    renew_board(page, *calls, calling="A002@1 A003@1")
    wait_for(page, LOST_SHOWN)
    assert look(page, NOTICE_SHOWN) is False
    wait_until_server_told(page, files, ("on", ""), ("off", ""))
    look(page, "back(), document.querySelector('#board').dataset.calling = 'A003@1'")
    assert wait_for_told(page, 2) == [["skipped", 2], ["spoken", 3]]
    assert look(page, LOST_SHOWN) is False
    wait_until_server_told(page, files, ("off", ""), ("on", "3"))


def test_what_was_said_while_the_server_was_away_is_told_when_it_is_back(open_page, files):
    files.is_away = True
    page = open_page(BOARD)
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for_told(page, 1)
    assert files.told == []
    files.is_away = False
    wait_until_server_told(page, files, ("on", "1"))


def test_a_screen_that_once_spoke_by_itself_asks_for_no_touch_after_a_reload_without_sound(open_page):
    page = open_page(BOARD, scripts=(GONE,))
    wait_for(page, "localStorage.length > 0")
    page.add_init_script("lose()")
    page.reload()
    renew_board(page, announcement(2, "A002", ["hao"]))
    wait_for(page, LOST_SHOWN)
    assert look(page, NOTICE_SHOWN) is False


# The audio clock runs on without a device, as Chromium's does after a while.
UNPLUGGED = """
let outputs = [{ kind: "audiooutput" }];
navigator.mediaDevices.enumerateDevices = async () => outputs;
window.unplug = () => { outputs = []; }; window.plug = () => { outputs = [{ kind: "audiooutput" }]; };
"""


def test_a_clock_that_runs_without_a_device_is_not_taken_for_sound(open_page):
    page = open_page(BOARD, scripts=(UNPLUGGED,))
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for(page, "started.length > 0")
    look(page, "window.before = clock, unplug()")
    wait_for(page, LOST_SHOWN)
    assert look(page, "[told, before.state]") == [[], "closed"]
    look(page, "plug()")
    assert wait_for_told(page, 1) == [["spoken", 1]]


# The age of the sound is looked at fifty times as often.
SOON = (
    "const every = window.setInterval; window.setInterval = (act, ms) => every(act, ms === 5000 ? 100 : ms);"
)


def test_the_sound_is_renewed_between_two_calls_once_a_screen_was_plugged_in(open_page):
    page = open_page(BOARD, scripts=(SOON,))
    renew_board(page, announcement(1, "A001", ["hao"]))
    wait_for(page, "started.length > 0")
    look(page, "window.before = clock, navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    page.wait_for_timeout(300)
    assert look(page, "before.state") == "running"  # not in the middle of a call
    assert wait_for_told(page, 1) == [["spoken", 1]]
    wait_for(page, "before.state === 'closed'", seconds=3)
    renew_board(page, announcement(2, "A002", ["hao"]))
    assert wait_for_told(page, 2) == [["spoken", 1], ["spoken", 2]]
    assert look(page, "clock !== before") is True


def backlog(page, script):
    """What `script` returns, given an empty backlog and a word for what is done with it."""
    words = """
      const backlog = new Backlog();
      const add = (id, place, now = 0, isAgain = false) => backlog.add({ id, place, isAgain }, now);
      const say = (now = 0) => { const { ids } = backlog.next(now); backlog.said(ids); return ids.join(); };
      const sayAll = () => { const said = []; while (backlog.size) said.push(say()); return said; };
    """
    return page.evaluate(
        f"import('/static/js/backlog.js').then(({{ Backlog }}) => {{ {words} {script} }})",
    )


def test_ten_repeats_are_one_and_the_next_person_comes_before_them(open_page):
    page = open_page(BOARD)
    repeats = "for (let id = 2; id < 12; id += 1) add(id, 'A001@1', 0, true);"
    said = backlog(page, f"add(1, 'A001@1'); say(); {repeats} add(12, 'A002@2'); return sayAll();")
    assert said == ["12", "2,3,4,5,6,7,8,9,10,11"]


def test_a_repeat_of_a_call_that_was_not_said_yet_is_one_with_it(open_page):
    page = open_page(BOARD)
    said = backlog(page, "add(1, 'A001@1'); add(2, 'A002@2'); add(3, 'A001@1', 0, true); return sayAll();")
    assert said == ["1,3", "2"]


def test_who_is_called_elsewhere_or_no_longer_is_dropped(open_page):
    page = open_page(BOARD)
    made = "add(1, 'A001@1'); add(2, 'A002@2'); add(3, 'A001@3');"
    drop = "const gone = backlog.drop(new Set(['A001@3'])).map(({ id }) => id);"
    assert backlog(page, f"{made} {drop} return [gone, sayAll()];") == [[1, 2], ["3"]]


def test_more_than_fifteen_seconds_behind_calls_are_short(open_page):
    page = open_page(BOARD)
    late = "backlog.next({}).isLate".format
    assert backlog(page, f"add(1, 'A001@1'); return [{late(15_000)}, {late(15_001)}];") == [False, True]
    four = f"for (let i = 1; i < 5; i += 1) add(i, `A00${{i}}@1`); const four = {late(0)};"
    assert backlog(page, f"{four} add(5, 'A005@1'); return [four, {late(0)}];") == [False, True]


def test_the_short_form_has_no_chime_and_a_pause_before_the_counter(open_page):
    page = open_page(BOARD)
    calls = [announcement(n, f"A00{n}", ["hao"], 'data-short="3 , 4"') for n in range(1, 6)]
    renew_board(page, *calls)
    wait_for(page, "started.length >= 4")
    first, then, *rest = look(page, "started")
    assert stems([first, then, *rest]) == ["3", "4", "chime", "hao"]
    assert then["at"] - first["at"] - first["length"] == pytest.approx(0.32, abs=0.03)


def wait_until_said(page, how_many):
    wait_for(page, f"played.length === {how_many} && played.at(-1).to !== undefined")
    return look(page, "played")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_screen_says_its_sentence_and_number_as_the_catalogue_has_it(open_page, lang):
    sentence, *number = expected = screen_clips("goodbye", "A012", lang)
    said = f'data-say="{sentence}" data-say-number="{" ".join(number)}" data-lang="{lang}"'
    page = open_page(STATION.format(lang="zh-CN", said=said))
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


CHOICES = """<nav><a id="one" data-speak="choice-back">one</a><a data-speak="">silent</a>
<a id="hidden" data-speak="choice-more" hidden>hidden</a>
<a id="two" data-speak="choice-home choice-end">two</a>
<a id="three" data-speak="choice-done">three</a></nav><button data-say-aloud>aloud</button>"""
LIT = """const sounding = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const said = sounding.call(this);
  played.at(-1).lit = document.querySelector("[data-being-said]")?.id ?? "";
  return said;
};"""


def test_each_choice_is_lit_while_it_is_said_and_a_touch_ends_the_reading(open_page):
    html = STATION.format(lang="zh-CN", said='data-say="goodbye"').replace("<dialog", CHOICES + "<dialog")
    page = open_page(html, scripts=(LIT,))
    wait_until_said(page, 1)
    page.locator("[data-say-aloud]").click()
    whole = wait_until_said(page, 6)
    lit = ["", "one", "two", "two", "three"]
    assert [one["lit"] for one in whole[1:]] == lit
    assert stems(whole[1:]) == ["goodbye", *(f"choice-{name}" for name in ("back", "home", "end", "done"))]
    expect(page.locator("html[data-reading], [data-being-said]")).to_have_count(0)
    page.locator("[data-say-aloud]").click()
    wait_for(page, "document.querySelector('#two[data-being-said]') !== null")
    page.locator("#other").click()
    expect(page.locator("html[data-reading], [data-being-said]")).to_have_count(0)
    before = look(page, "played.length")
    page.wait_for_timeout(500)
    assert look(page, "played.length") == before


@pytest.mark.parametrize("path", ["zh/counter-1", "zh/0", "zh/end-2", "en/still_here", "chime"])
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
    made = json.loads((STATIC / "audio" / "clips.json").read_text("utf-8"))[f"{path}.mp3"]["given"]
    ((lead, tail),) = re.findall(r"([0-9.]+)\+([0-9.]+) s MP3", made) or [(0.02, 0.05)]
    assert heard["lead"] == pytest.approx(float(lead), abs=0.01)
    assert heard["tail"] == pytest.approx(float(tail), abs=0.02)
    assert 0.15 < heard["peak"] < 0.95
