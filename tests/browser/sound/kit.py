"""Pages with sound over a server of static files only, and what is heard of them."""

import time
from http.server import SimpleHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

STATIC = Path(__file__).parents[3] / "static"
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
    slow = ""
    slow_s = 1.0
    unanswered: ClassVar[list[str]] = []
    told: ClassVar[list[str]] = []
    is_away = False

    def do_GET(self):
        if self.slow and self.path.endswith(self.slow):
            time.sleep(self.slow_s)
        if self.unanswered and self.path.endswith(self.unanswered[0]):
            self.unanswered.pop(0)
            self.close_connection = True
            return
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
