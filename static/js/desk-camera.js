// Scanning with the camera, behind a button. A browser gives a camera to this machine's own pages and to https.

import { take } from "./desk.js";

const LOOK_MS = 120;
const WIDEST = 800; // pixels: more of them make looking slower and nothing clearer
const AGAIN_MS = 3000; // the same code held before the camera is one scan
const IDLE_MS = 180_000;

const button = document.querySelector("[data-camera]");
const place = document.querySelector("[data-camera-place]");
const video = document.querySelector("[data-camera-video]");
const canvas = document.createElement("canvas");
const pen = canvas.getContext("2d", { willReadFrequently: true });
let looking = null;
let usedAt = 0;
let last = { code: "", at: -Infinity };

async function turnOn() {
  explain(null);
  try {
    await import("../vendor/jsQR.js"); // a quarter of a megabyte that most desks never need
    const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wish });
    await video.play();
  } catch {
    turnOff();
    explain("refused");
    return;
  }
  usedAt = performance.now();
  looking = setInterval(look, LOOK_MS);
  show(true);
}

function turnOff() {
  clearInterval(looking);
  looking = null;
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
  show(false);
}

function look() {
  if (performance.now() - usedAt > IDLE_MS) return turnOff();
  const { videoWidth, videoHeight } = video;
  if (!videoWidth) return;
  const scale = Math.min(1, WIDEST / videoWidth);
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  pen.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const found = self.jsQR(data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" });
  if (found?.data) see(found.data);
}

function see(code) {
  const now = performance.now();
  const isSame = code === last.code && now - last.at < AGAIN_MS;
  last = { code, at: now };
  usedAt = now;
  if (!isSame) take(code);
}

function show(isOn) {
  place.hidden = !isOn;
  button.setAttribute("aria-pressed", String(isOn));
  button.querySelector("[data-camera-on-words]").hidden = isOn;
  button.querySelector("[data-camera-off-words]").hidden = !isOn;
}

function explain(why) {
  for (const note of document.querySelectorAll("[data-camera-why]")) note.hidden = note.dataset.cameraWhy !== why;
}

if (window.isSecureContext && navigator.mediaDevices?.getUserMedia) {
  button.hidden = false;
  button.addEventListener("click", () => (looking === null ? turnOn() : turnOff()));
  document.addEventListener("visibilitychange", () => document.hidden && turnOff());
  window.addEventListener("pagehide", turnOff);
  document.addEventListener("linli:renew", (event) => looking !== null && event.preventDefault());
} else {
  explain("insecure");
}
