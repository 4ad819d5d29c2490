// Speaks the calls that arrive in the board: in order of their id, each once, never two at a time.
//
// <… data-announcement="17" data-number="A001" data-clips="qing a 0 0 1 hao counter-1 banli" data-lang="zh">

import { clipUrl, isBlocked, playSequence, signalUrl, whenUnblocked } from "./sound.js";

// After this long without sound the person has been called in some other way, or the turn has moved on;
// to call then would send somebody to a counter that is serving another.
const STALE_MS = 60_000;
const REMEMBERED = 1000;

const met = new Set();
const waiting = [];
let isSpeaking = false;
let spokenNumber = null;

function collect() {
  for (const element of document.querySelectorAll("[data-announcement]")) {
    const id = Number(element.dataset.announcement);
    if (met.has(id)) continue;
    met.add(id);
    if (met.size > REMEMBERED) met.delete(met.values().next().value);
    waiting.push(announcementIn(element, id));
  }
  waiting.sort((one, other) => one.id - other.id);
  markRows();
  speakAll();
}

function announcementIn(element, id) {
  const { number = "", clips = "", lang = "zh" } = element.dataset;
  const urls = clips.split(/\s+/).filter(Boolean).map((stem) => clipUrl(lang, stem));
  return { id, number, urls: [signalUrl("chime"), ...urls], since: performance.now() };
}

async function speakAll() {
  if (isSpeaking) return;
  isSpeaking = true;
  while (waiting.length > 0) {
    if (await isBlocked()) await askForTouch();
    else await speak(waiting.shift());
  }
  isSpeaking = false;
}

async function speak({ id, number, urls }) {
  mark(number);
  const wasHeard = await playSequence(urls);
  mark(null);
  tell("linli:spoken", { id, wasHeard });
}

async function askForTouch() {
  showBlocked(true);
  await whenUnblocked();
  showBlocked(false);
  const now = performance.now();
  const stale = waiting.filter(({ since }) => now - since > STALE_MS);
  for (const announcement of stale) {
    waiting.splice(waiting.indexOf(announcement), 1);
    tell("linli:skipped", { id: announcement.id });
  }
}

function mark(number) {
  spokenNumber = number;
  if (number === null) delete document.documentElement.dataset.speaking;
  else document.documentElement.dataset.speaking = number;
  markRows();
}

function markRows() {
  for (const row of document.querySelectorAll("[data-number]")) {
    row.toggleAttribute("data-speaking", row.dataset.number === spokenNumber);
  }
}

function showBlocked(isShown) {
  for (const notice of document.querySelectorAll("[data-sound-blocked]")) notice.hidden = !isShown;
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

// The tree is watched rather than one library's events, so that every way of renewing the board counts.
new MutationObserver(collect).observe(document.body, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["data-announcement"],
});
isBlocked().then(async (blocked) => {
  if (blocked) await askForTouch();
});
collect();
