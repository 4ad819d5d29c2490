// Speaks a station screen's sentence once when it opens, and again when asked.
//
// <body data-say="taken" data-say-number="A001" data-lang="zh" data-rate="1"> … <button data-say-again>
//
// data-lang is the page's own language unless given. data-rate is 1 unless given; data-slow="on" is the same
// as data-rate="0.8". A <dialog data-say="…"> is spoken when it opens. A <p data-say-instead="…"> that is
// swapped in becomes the screen's sentence: the slip did not come out after all.

import { clipUrl } from "./clips.js";

const SLOW_RATE = 0.8;
let current = null;

function clipsOf({ say = "", sayNumber = "", lang = pageLanguage() }) {
  const signs = [...sayNumber.toLowerCase()];
  const number = lang === "en" ? ["number", ...signs] : [...signs, "hao"];
  const stems = [...say.split(/\s+/).filter(Boolean), ...(sayNumber ? number : [])];
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

function sound(audio) {
  return new Promise((resolve, reject) => {
    audio.onended = resolve;
    audio.onpause = resolve;
    audio.onerror = resolve;
    audio.play().catch((refusal) => (refusal.name === "NotAllowedError" ? reject(refusal) : resolve()));
  });
}

/** Say what the dataset names, instead of whatever is being said. */
async function say(dataset) {
  stop();
  const saying = { clips: clipsOf(dataset).map((url) => recording(url, rateOf(dataset))) };
  current = saying;
  showSpeaking(true);
  try {
    for (const clip of saying.clips) {
      if (current === saying) await sound(clip);
    }
  } catch {
    // No sound before the first touch of a visit: the screen says it all in writing, and 再说一遍 works.
  }
  if (current === saying) stop();
}

function stop() {
  const saying = current;
  current = null;
  saying?.clips.forEach((clip) => clip.pause());
  showSpeaking(false);
}

function showSpeaking(isSpeaking) {
  document.documentElement.toggleAttribute("data-speaking", isSpeaking);
  for (const button of document.querySelectorAll("[data-say-again]")) {
    button.setAttribute("aria-pressed", String(isSpeaking));
  }
}

function sayScreen() {
  const opened = document.querySelector("dialog[open][data-say]");
  say({ ...document.body.dataset, ...opened?.dataset });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-say-again]")) sayScreen();
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
if (document.body.dataset.say) sayScreen();
