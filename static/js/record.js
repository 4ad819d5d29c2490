// Records in the browser, or takes a file of any kind that it can read, and puts it into the form as a WAV: one
// channel, 16 bits, 24,000 samples a second. A browser gives a microphone to this machine's own pages and to https.
//
// <form data-record data-longest="30"> … <input type="file" name="sound"> … [data-record-start] [data-record-stop]

const RATE = 24_000;
const HEADER = 44;

const form = document.querySelector("[data-record]");
const part = (name) => form.querySelector(`[data-record-${name}]`);
const input = form?.querySelector("[name=sound]");
const longestS = Number(form?.dataset.longest);
let recorder = null;
let ticking = null;
let heard = null; // what would be sent, to listen to it first
let playing = null;

async function start() {
  show("refused", false);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, noiseSuppression: true } });
  } catch {
    return show("refused", true);
  }
  const parts = [];
  recorder = new MediaRecorder(stream);
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => {
    for (const track of stream.getTracks()) track.stop();
    take(new Blob(parts));
  };
  recorder.start();
  const begun = performance.now();
  ticking = setInterval(() => tick((performance.now() - begun) / 1000), 200);
  showRecording(true);
}

function tick(seconds) {
  part("time").textContent = `${Math.floor(seconds)} / ${longestS}`;
  if (seconds >= longestS - 0.5) stop();
}

function stop() {
  clearInterval(ticking);
  if (recorder?.state === "recording") recorder.stop();
  recorder = null;
  showRecording(false);
}

async function take(blob) {
  show("unreadable", false);
  try {
    heard = await mono(await blob.arrayBuffer());
  } catch {
    heard = null;
    show("play", false);
    return show("unreadable", true);
  }
  const files = new DataTransfer();
  files.items.add(new File([wav(heard.getChannelData(0))], "recording.wav", { type: "audio/wav" }));
  input.files = files.files;
  part("time").textContent = `${heard.duration.toFixed(1)} s`;
  show("live", true);
  show("play", true);
}

async function mono(bytes) {
  const decoder = new OfflineAudioContext({ length: 1, sampleRate: RATE });
  const given = await decoder.decodeAudioData(bytes);
  const length = Math.max(1, Math.ceil(given.duration * RATE));
  const mixer = new OfflineAudioContext({ numberOfChannels: 1, length, sampleRate: RATE });
  const source = new AudioBufferSourceNode(mixer, { buffer: given });
  source.connect(mixer.destination);
  source.start();
  return mixer.startRendering();
}

function wav(samples) {
  const view = new DataView(new ArrayBuffer(HEADER + samples.length * 2));
  const text = (at, letters) => [...letters].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, view.byteLength - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => view.setInt16(HEADER + i * 2, Math.max(-1, Math.min(1, sample)) * 32767, true));
  return view.buffer;
}

function play() {
  playing?.close();
  playing = new AudioContext();
  const source = new AudioBufferSourceNode(playing, { buffer: heard });
  source.connect(playing.destination);
  source.start();
}

function showRecording(isOn) {
  show("start", !isOn);
  show("stop", isOn);
  if (isOn) show("play", false);
  (isOn ? part("stop") : part("start")).focus();
}

function show(name, isShown) {
  part(name).hidden = !isShown;
}

if (form) {
  const canRecord = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
  show("live", canRecord);
  show("none", !canRecord);
  if (!canRecord) show("start", false);
  part("start").addEventListener("click", start);
  part("stop").addEventListener("click", stop);
  part("play").addEventListener("click", play);
  input.addEventListener("change", () => input.files.length && take(input.files[0]));
  window.addEventListener("pagehide", stop);
}
