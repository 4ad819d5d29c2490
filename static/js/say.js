// Speaks a station screen's sentence once when it opens; and, when asked, the sentence and then each choice in turn.
//
// <body data-say="taken" data-say-number="a row-001" data-say-then="ahead two people" data-lang="zh" data-rate="1">
// <button data-say-aloud> reads on: every visible <a data-speak="stem stem"> in the order of the page, the one being said
// marked with data-being-said, <html data-reading> meanwhile; any touch stops it. <button data-say-again> says the
// sentence alone. data-speak="" has no clip: it stands in writing and is passed over.
//
// data-say-first is said instead when the page opens: what was switched on or off; data-say-before goes before it then, once:
// which language is spoken now. <div data-say-now="…"> that is swapped in is what the screen says from then on, when asked.
//
// data-lang is the page's own language unless given. data-rate is 1 unless given; data-slow="on" is the same
// as data-rate="0.8". A <dialog data-say="…"> is spoken when it opens. A <p data-say-instead="…"> that is
// swapped in becomes the screen's sentence: the slip did not come out after all.

import { clipUrl } from "./clips.js";

const SLOW_RATE = 0.8;
const BETWEEN_MS = 350; // so that one choice is heard apart from the next
const BUTTONS = "[data-say-again], [data-say-aloud]";

let current = null; // what is being said: whether it reads on, the clip that sounds and the one after it
let hasStopped = false; // the finger that is down has stopped the reading: its click begins no other

function clipsOf({ sayBefore = "", say = "", sayNumber = "", sayThen = "", lang = pageLanguage() }) {
  return urlsOf([sayBefore, say, sayNumber, sayThen].flatMap(stemsOf), lang);
}

function stemsOf(list) {
  return list.split(/\s+/).filter(Boolean);
}

function urlsOf(stems, lang) {
  return stems.map((stem) => clipUrl(lang, stem));
}

function pageLanguage() {
  return document.documentElement.lang.startsWith("en") ? "en" : "zh";
}

function rateOf({ rate, slow }) {
  return Number(rate) || (slow === "on" ? SLOW_RATE : 1);
}

// An element, not an audio graph: it alone slows speech down without lowering its pitch.
function recording(url, rate) {
  const audio = new Audio(url);
  audio.preload = "auto";
  audio.volume = Math.min(1, Number(document.body.dataset.volume ?? 100) / 100);
  audio.preservesPitch = true;
  audio.defaultPlaybackRate = rate;
  audio.playbackRate = rate;
  return audio;
}

// A browser plays with 75 elements at once: each gives its player back, or a page that is read all day falls silent.
function release(audio) {
  audio.onended = audio.onpause = audio.onerror = null;
  audio.pause();
  audio.removeAttribute("src");
  audio.load();
}

function sound(audio) {
  return new Promise((resolve, reject) => {
    audio.onended = resolve;
    audio.onpause = resolve;
    audio.onerror = resolve;
    audio.play().catch((refusal) => (refusal.name === "NotAllowedError" ? reject(refusal) : resolve()));
  });
}

/** Play the clips one after another for as long as `saying` is what is said; two elements are there at most. */
async function play(saying, urls, rate) {
  const left = [...urls];
  while (current === saying && (saying.clips.length > 0 || left.length > 0)) {
    while (saying.clips.length < 2 && left.length > 0) saying.clips.push(recording(left.shift(), rate));
    const [clip] = saying.clips;
    try {
      await sound(clip);
    } finally {
      saying.clips.shift();
      release(clip);
    }
  }
}

function begin(isReading) {
  stop();
  current = { isReading, clips: [] };
  showSpeaking(true);
  document.documentElement.toggleAttribute("data-reading", isReading);
  return current;
}

/** Say what the dataset names, instead of whatever is being said. */
async function say(dataset) {
  const saying = begin(false);
  await trying(saying, () => play(saying, clipsOf(dataset), rateOf(dataset)));
}

/** The sentence, then each choice. The page may change meanwhile: the next one is looked for when its turn comes. */
async function readAloud() {
  const saying = begin(true);
  const dataset = screenNow();
  await trying(saying, async () => {
    await play(saying, clipsOf(dataset), rateOf(dataset));
    for (let n = 0; current === saying && n < choices().length; n += 1) await sayChoice(saying, choices()[n]);
  });
}

async function sayChoice(saying, choice) {
  mark(choice);
  if (choice.closest("[data-pager-list]")) choice.scrollIntoView({ block: "nearest" });
  const { dataset } = document.body;
  await play(saying, urlsOf(stemsOf(choice.dataset.speak), dataset.lang ?? pageLanguage()), rateOf(dataset));
  if (current !== saying) return;
  mark(null);
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
}

function choices() {
  return [...document.querySelectorAll("[data-speak]")].filter((one) => one.dataset.speak && one.checkVisibility());
}

function mark(choice) {
  for (const one of document.querySelectorAll("[data-being-said]")) one.removeAttribute("data-being-said");
  choice?.setAttribute("data-being-said", "");
}

async function trying(saying, act) {
  try {
    await act();
  } catch {
    // No sound before the first touch of a visit: the screen says it all in writing, and 听一遍 works.
  }
  if (current === saying) stop();
}

function stop() {
  const [sounding, ...waiting] = current?.clips ?? [];
  current = null;
  sounding?.pause(); // and is released by who waits for its end
  waiting.forEach(release);
  mark(null);
  document.documentElement.removeAttribute("data-reading");
  showSpeaking(false);
}

function showSpeaking(isSpeaking) {
  document.documentElement.toggleAttribute("data-speaking", isSpeaking);
  for (const button of document.querySelectorAll(BUTTONS)) button.setAttribute("aria-pressed", String(isSpeaking));
}

// A question that opens is said in the page's own way, and without what the page itself says.
function sayScreen() {
  const opened = document.querySelector("dialog[open][data-say]");
  say(opened ? inTheSameWay(opened.dataset) : screenNow());
}

function inTheSameWay(dataset) {
  const { lang, rate, slow } = document.body.dataset;
  return { ...(lang && { lang }), rate, slow, ...dataset };
}

// A part of the page that was swapped in may say something else than the page did when it opened.
function screenNow() {
  const now = document.querySelector("[data-say-now]")?.dataset.sayNow;
  return now ? { ...document.body.dataset, say: now } : document.body.dataset;
}

function press(button) {
  if (hasStopped || current?.isReading) stop();
  else if ("sayAloud" in button.dataset && !document.querySelector("dialog[open]")) readAloud();
  else sayScreen();
  hasStopped = false;
}

document.addEventListener(
  "pointerdown",
  () => {
    hasStopped = current?.isReading ?? false;
    if (hasStopped) stop();
  },
  { capture: true },
);
document.addEventListener("click", (event) => {
  const button = event.target.closest(BUTTONS);
  if (button) press(button);
});
document.addEventListener("htmx:after:swap", () => {
  const instead = document.querySelector("[data-say-instead]")?.dataset.sayInstead;
  if (!instead || instead === document.body.dataset.say) return;
  document.body.dataset.say = instead;
  sayScreen();
});
window.addEventListener("pagehide", stop);
for (const dialog of document.querySelectorAll("dialog[data-say]")) {
  new MutationObserver(() => (dialog.open ? sayScreen() : stop())).observe(dialog, { attributeFilter: ["open"] });
}
if (document.body.dataset.sayFirst) say(inTheSameWay({ say: document.body.dataset.sayFirst }));
else if (document.body.dataset.say) sayScreen();
delete document.body.dataset.sayBefore;
