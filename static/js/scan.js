// A scanner that types: digits and Enter, with no field in focus and whatever input method is on.
//
// It reads event.code, because under an input method event.key says only "Process".

import { playSequence, signalUrl } from "./sound.js";

const DIGITS = 24;
const FEWEST = 6; // less than this in one burst is a person at the keyboard
const QUIET_MS = 150;
const FORGET_MS = 500;
const BURST_MS = 80;
const ENDS = ["Enter", "NumpadEnter", "Tab"];
const SIGNALS = { ok: "ok", look: "warn" };

const form = document.getElementById("scan-form");
let digits = "";
let lastKeyAt = -Infinity;
let endedAt = -Infinity;
let silence = null;

document.addEventListener("keydown", onKey, true);

function onKey(event) {
  if (event.target.closest?.("input, select, textarea") || event.ctrlKey || event.altKey || event.metaKey) return;
  const now = performance.now();
  const isBurst = now - lastKeyAt < BURST_MS;
  if (now - lastKeyAt > FORGET_MS) digits = "";
  clearTimeout(silence);
  if (ENDS.includes(event.code)) onEnd(event, now, isBurst);
  else onSign(event);
  if (digits.length >= DIGITS) silence = setTimeout(send, QUIET_MS);
  if (!event.code.startsWith("Shift")) lastKeyAt = now;
}

function onSign(event) {
  const digit = digitOf(event);
  if (digit === null) return;
  digits += digit;
  event.preventDefault();
}

// Some scanners end with two Enters, and any Enter would press the button that has the focus.
function onEnd(event, now, isBurst) {
  const isOfScan = isBurst || now - endedAt < FORGET_MS;
  if (!isOfScan && digits.length < DIGITS) return;
  event.preventDefault();
  event.stopPropagation();
  if (digits.length >= FEWEST) send();
}

function digitOf({ code, shiftKey }) {
  const match = /^(Digit|Numpad)([0-9])$/.exec(code);
  return match && !(shiftKey && match[1] === "Digit") ? match[2] : null;
}

function send() {
  clearTimeout(silence);
  form.elements.code.value = digits.slice(-DIGITS);
  digits = "";
  endedAt = performance.now();
  form.requestSubmit();
}

document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.sourceElement === form) sound();
});

function sound() {
  const told = document.querySelector("[data-verdict]");
  if (told) playSequence([signalUrl(SIGNALS[told.dataset.verdict] ?? "refused")]);
}

if (document.querySelector("[data-verdict]")) sound();
