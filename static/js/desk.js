// The desk: scans and small forms go to the server one after another, each with a nonce of its own, each
// until it is answered. Nothing turns green before the server has said so.
//
// <form data-sent> is sent so; <form data-sent data-clears> is empty again after its answer.

import { playSequence, signalUrl } from "./sound.js";
import { listen } from "./wedge.js";

const ANSWER_MS = 8000;
const RETRY_MS = [300, 1000, 2000, 4000];
const FAULTS = 5; // answers "500" to one scan, after which it is given up, out loud
const SLOW_MS = 250;
const SETTLE_MS = 700;
const LOST_MS = 5000;
const TICK_MS = 250;

const scanForm = document.getElementById("scan-form");
const place = document.getElementById("verdict");
const waiting = [];
let isSending = false;
let outcome = "sent"; // or "lost", "logged-out", "fault": what became of the newest attempt
let fading = null;
let answeredAt = performance.now();

/** Send what was scanned: 24 digits, or whatever else it was. Two codes glued together are two scans. */
export function take(code) {
  for (const one of apart(code)) {
    const fields = new FormData(scanForm);
    fields.set("code", one);
    put(scanForm.action, fields);
  }
}

function apart(code) {
  if (!/^[0-9]{48}$/.test(code)) return [code];
  const halves = [code.slice(0, 24), code.slice(24)];
  return halves.every(isChecked) ? halves : [code];
}

// ISO 7064 mod 97-10: the last two digits check the others
function isChecked(code) {
  return 98n - ((BigInt(code.slice(0, 22)) * 100n) % 97n) === BigInt(code.slice(22));
}

function put(address, fields, then = () => {}) {
  fields.set("nonce", nonce());
  waiting.push({ address, fields, then, at: performance.now() });
  sendAll();
}

// randomUUID exists on https and localhost only, and a desk may be on neither
function nonce() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  while (waiting.length > 0) {
    const slow = setTimeout(showAsking, SLOW_MS);
    await sendOne(waiting[0]);
    clearTimeout(slow);
    waiting.shift().then();
  }
  isSending = false;
  showState();
}

/** Ask until there is an answer; a nonce that was answered before is answered the same way again. */
async function sendOne(scan) {
  let faults = 0;
  for (let tries = 0; ; tries += 1) {
    outcome = await ask(scan);
    showState();
    if (outcome === "sent") return;
    if (outcome === "fault") faults += 1;
    if (faults === FAULTS) return giveUp();
    await pause(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
  }
}

async function ask({ address, fields, at }) {
  fields.set("age_ms", String(Math.round(performance.now() - at)));
  try {
    const answer = await fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "HX-Request": "true" },
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return answer.type === "opaqueredirect" ? "logged-out" : read(answer.status, await answer.text());
  } catch {
    return "lost";
  }
}

function read(status, text) {
  const part = document.createElement("template");
  part.innerHTML = text;
  const verdict = part.content.querySelector(".verdict");
  if (!verdict || status >= 500) return "fault";
  show(verdict);
  return "sent";
}

function show(verdict) {
  place.replaceChildren(verdict);
  if (verdict.dataset.sound) playSequence([signalUrl(verdict.dataset.sound)]);
  document.querySelector("[data-not-taken]").hidden = true;
  answeredAt = performance.now();
  fadeLater();
  // with more to send the last answer renews the list, and its own second meanwhile: a backlog goes faster
  if (waiting.length === 1) document.getElementById("desk-now").dispatchEvent(new Event("renew"));
}

/* The answer goes by itself, unless somebody is about to take it back. */
function fadeLater() {
  clearTimeout(fading);
  const seconds = Number(place.querySelector(".verdict").dataset.fadesS);
  if (seconds) fading = setTimeout(fade, seconds * 1000);
}

function fade() {
  if (place.querySelector("details[open]")) fadeLater();
  else place.replaceChildren(document.getElementById("ready").content.cloneNode(true));
}

// The answer to the scan before must not stand there as if it were this one's.
function showAsking() {
  clearTimeout(fading);
  place.replaceChildren(document.getElementById("asking").content.cloneNode(true));
}

function showState() {
  const isLost = outcome === "lost" || outcome === "fault" || performance.now() - answeredAt > LOST_MS;
  document.querySelector("[data-logged-out]").hidden = outcome !== "logged-out";
  document.querySelector("[data-lost]").hidden = !isLost;
  document.querySelector("[data-waiting]").textContent = String(waiting.length);
}

function giveUp() {
  outcome = "sent";
  document.querySelector("[data-not-taken]").hidden = false;
  fade();
  playSequence([signalUrl("refused")]);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

listen(take);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("sent" in form.dataset)) return;
  event.preventDefault();
  if (form === scanForm) sendTyped();
  else sendOnce(form, event.submitter);
});

function sendTyped() {
  const { code } = scanForm.elements;
  if (code.value.trim()) take(code.value);
  code.value = "";
}

// A double press counts no visitor twice.
function sendOnce(form, button) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  put(form.action, new FormData(form, button), () => {
    setTimeout(() => (form.ariaBusy = "false"), SETTLE_MS);
    form.closest("details")?.removeAttribute("open");
    if ("clears" in form.dataset) form.reset();
  });
}

document.addEventListener("keydown", ({ code }) => {
  if (code === "Escape") for (const panel of document.querySelectorAll("details[open]")) panel.open = false;
});

/* The list renews itself; a question that somebody is answering stays open. */
let open = [];
document.addEventListener("htmx:before:swap", (event) => {
  if (/^\s*<!doctype/i.test(event.detail.ctx.text || "")) {
    event.preventDefault();
    if (waiting.length === 0) location.assign(location.pathname + location.search); // to log in again
    return;
  }
  open = [...document.querySelectorAll("#desk-now details[open]")].map(({ id }) => id);
});
// Logged out, a page loads itself anew and would forget the scans that wait: somebody logs in beside it first.
document.addEventListener("htmx:before:response", (event) => {
  if (waiting.length === 0 || !event.detail.ctx.response.headers.has("HX-Refresh")) return;
  event.preventDefault();
  answeredAt = performance.now();
});
document.addEventListener("htmx:after:swap", () => {
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
});
document.addEventListener("htmx:after:request", ({ detail }) => {
  if (detail.ctx.response && detail.ctx.response.status < 500) answeredAt = performance.now();
});

document.addEventListener("linli:renew", (event) => {
  if (waiting.length > 0) event.preventDefault();
});
window.addEventListener("beforeunload", (event) => {
  if (waiting.length > 0) event.preventDefault();
});
setInterval(showState, TICK_MS);
