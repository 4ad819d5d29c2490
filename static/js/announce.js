// Speaks the calls that arrive in the board: each once, never two at a time; backlog.js says which is next.
//
// <main id="board" data-calling="12@1 14@2"> who is still asked to come, and where
// <… data-announcement="17" data-number="A001" data-place="12@1" [data-again] data-clips="qing a row-001 counter-1"
//   data-short="a row-001 counter-1" data-lang="zh"> or, said whole: data-clips="@3f2a…" data-instead="qing a …"

import { Backlog } from "./backlog.js";
import { clipUrl, PAUSE, isAudible, isBlocked, playSequence, signalUrl, whenUnblocked } from "./sound.js";
import { tellSpoken, tellVoice } from "./voice.js";

const REMEMBERED = 1000;
const LOOK_MS = 10_000; // so often a board that has nothing to say looks whether it could
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 15_000;

const met = new Set();
const backlog = new Backlog();
let isSpeaking = false;
let spokenNumber = null;
let retryMs = FIRST_RETRY_MS;

function collect() {
  for (const element of document.querySelectorAll("[data-announcement]")) {
    const id = Number(element.dataset.announcement);
    if (met.has(id)) continue;
    met.add(id);
    if (met.size > REMEMBERED) met.delete(met.values().next().value);
    backlog.add(callIn(element, id), performance.now());
  }
  markRows();
  speakAll();
}

function callIn(element, id) {
  const { number = "", place = `${id}`, clips = "", short = clips, instead = "", again } = element.dataset;
  return { id, number, place, isAgain: again !== undefined, clips, short, instead, lang: element.dataset.lang || "zh" };
}

function calling() {
  const told = document.querySelector("[data-calling]")?.dataset.calling;
  return told === undefined ? null : new Set(told.split(" "));
}

async function speakAll() {
  if (isSpeaking) return;
  isSpeaking = true;
  for (let call = next(); call; call = next()) {
    if (await isBlocked()) await askForTouch();
    else await speak(call);
  }
  isSpeaking = false;
}

function next() {
  for (const { id } of backlog.drop(calling())) tell("linli:skipped", { id });
  return backlog.next(performance.now());
}

async function speak({ ids, number, clips, short, instead, lang, isLate }) {
  const isShort = isLate && short !== clips;
  const before = isShort ? [] : [signalUrl("chime")];
  const said = [...before, ...repeated(addresses(isLate ? short : clips, lang), isLate)];
  const joined = instead && !isLate ? [...before, ...repeated(addresses(instead, lang), isLate)] : [];
  mark(number);
  const wasHeard = await playSequence(said, joined);
  mark(null);
  if (!wasHeard) return waitForSound();
  sounds(true);
  backlog.said(ids);
  tellSpoken(ids);
  for (const id of ids) tell("linli:spoken", { id, wasHeard });
}

function addresses(stems, lang) {
  return stems.split(/\s+/).filter(Boolean).map((stem) => clipUrl(lang, stem));
}

// <main id="board" data-twice>: the centre wants each call twice; nobody waits for the second when others do.
function repeated(urls, isLate) {
  const isTwice = !isLate && document.querySelector("[data-twice]") !== null;
  return isTwice ? [...urls, PAUSE, PAUSE, ...urls] : urls;
}

// The call stays in the backlog: it is said when the sound is back, if the person is still called then.
async function waitForSound() {
  sounds(false);
  await wait(retryMs);
  retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
}

function sounds(isHeard) {
  if (isHeard) retryMs = FIRST_RETRY_MS;
  else tellVoice(false);
  show("[data-sound-lost]", !isHeard);
}

async function askForTouch() {
  tellVoice(false);
  show("[data-sound-blocked]", true);
  await whenUnblocked();
  show("[data-sound-blocked]", false);
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

function show(what, isShown) {
  for (const notice of document.querySelectorAll(what)) notice.hidden = !isShown;
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function look() {
  if (isSpeaking) return;
  isSpeaking = true;
  if (await isBlocked()) await askForTouch();
  const isHeard = await isAudible();
  isSpeaking = false;
  sounds(isHeard);
  if (isHeard) tellVoice(true);
  speakAll();
}

// The tree is watched rather than one library's events, so that every way of renewing the board counts.
new MutationObserver(collect).observe(document.body, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["data-announcement"],
});
setInterval(look, LOOK_MS);
look();
collect();
