// A voice of a minute at the station: recorded after a press that agrees to it, heard back, said again, or sent. What was
// silent or too short is not sent. Nothing leaves the page before 就用这段.
//
// Before there is a voice the steps to one stand there; its seconds, once it is recorded; its level, while it is.
//
// <div data-voice data-address data-longest data-fewest> [data-voice-start|stop|play|again|use|kept] [data-voice-steps|fault]
//   [data-voice-meter] [data-voice-level|time]

(function () {
  const BITS = 24_000;
  const QUIET = 0.02; // the loudest that a silent room comes to
  const root = document.querySelector("[data-voice]");
  const part = (name) => root.querySelector(`[data-voice-${name}]`);
  const longestMs = Number(root.dataset.longest) * 1000;
  let recorder = null;
  let heard = null;
  let loudest = 0;
  let playing = null;

  function show(...names) {
    for (const name of ["start", "stop", "play", "again", "use"]) part(name).hidden = !names.includes(name);
    if (part("kept")) part("kept").hidden = !names.includes("start");
    part("steps").hidden = !names.includes("start");
    part("time").hidden = names.includes("start");
    part("meter").hidden = !names.includes("stop");
  }

  function tell(lastedMs) {
    part("time").textContent = `${Math.floor(lastedMs / 1000)} / ${longestMs / 1000}`;
  }

  function fault(name) {
    for (const one of root.querySelectorAll("[data-voice-fault]")) one.hidden = one.dataset.voiceFault !== name;
  }

  async function start() {
    fault("");
    playing?.pause();
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
    } catch {
      fault("refused");
      return;
    }
    const pieces = [];
    const begunAt = performance.now();
    const context = new AudioContext();
    const meter = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(meter);
    const samples = new Float32Array(meter.fftSize);
    loudest = 0;
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS });
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const ticking = setInterval(() => {
      meter.getFloatTimeDomainData(samples);
      const level = Math.max(...samples.map(Math.abs));
      loudest = Math.max(loudest, level);
      part("level").style.setProperty("inline-size", `${Math.min(100, level * 200)}%`);
      const lasted = performance.now() - begunAt;
      tell(lasted);
      if (lasted >= longestMs) stop();
    }, 100);
    document.documentElement.setAttribute("data-reading", ""); // who talks is not idle
    recorder.onstop = () => {
      clearInterval(ticking);
      document.documentElement.removeAttribute("data-reading");
      for (const track of stream.getTracks()) track.stop();
      context.close();
      take(new Blob(pieces, { type: recorder.mimeType }));
    };
    recorder.start();
    tell(0);
    show("stop");
  }

  function stop() {
    if (recorder?.state === "recording") recorder.stop();
  }

  function take(blob) {
    const wrong = loudest < QUIET ? "silent" : blob.size < Number(root.dataset.fewest) ? "short" : "";
    if (wrong) {
      fault(wrong);
      show("start");
      return;
    }
    heard = blob;
    playing = new Audio(URL.createObjectURL(blob));
    show("play", "again", "use");
  }

  async function use() {
    const form = new FormData();
    form.set("category", root.dataset.category);
    form.set("place", root.dataset.place);
    form.set("voice", heard, "voice");
    show();
    try {
      const answer = await fetch(root.dataset.address, { method: "POST", body: form, headers: { "Linli-Sent": "1" } });
      const place = answer.headers.get("Linli-Go-To");
      if (place) return location.assign(place);
    } catch {
      // said below
    }
    fault("refused");
    show("play", "again", "use");
  }

  part("start").addEventListener("click", start);
  part("stop").addEventListener("click", stop);
  part("play").addEventListener("click", () => playing.play());
  part("again").addEventListener("click", start);
  part("use").addEventListener("click", use);
})();
