// The bell on the pages of staff: asks every two seconds, rings until somebody goes, and takes their answer in place.
//
// <div id="bell" data-bell-at="/pleas/bell" data-bell-v="…" data-rings="unwell|help|soft|">; its forms carry data-bell-form,
// the one that the key G presses data-bell-key. Without a script the page shows what stood when it was loaded.

import { isBlocked, playSequence, signalUrl } from "./sound.js";

const ASK_MS = 2000;
const ANSWER_MS = 8000;
const RING_MS = { unwell: 2500, help: 6000 }; // from one ring to the next; a soft one rings once
const SIGNALS = { unwell: "alarm", help: "ring", soft: "ring" };
const BURST_MS = 80; // a scanner types faster than this, a person slower
const SETTLE_MS = 700; // what the banner has just moved is not pressed by a hand that was on its way

const title = document.title;
let movedAt = -Infinity;
let rangAt = -Infinity;
let rung = ""; // the pleas that a soft ring has told of
let isRinging = false;
let isAsking = false;
let lastKeyAt = -Infinity;
let pending = 0;

function bell() {
  return document.getElementById("bell");
}

async function ask(address, fields) {
  const isAct = fields !== undefined;
  if (isAsking && !isAct) return;
  isAsking = true;
  try {
    const answer = await fetch(address, {
      method: isAct ? "POST" : "GET",
      body: fields,
      headers: { "HX-Request": "true" },
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (answer.status !== 204) show(await answer.text());
  } catch {
    // the server is away: the page itself says so, and the bell asks again
  }
  isAsking = false;
}

function show(text) {
  const part = document.createElement("template");
  part.innerHTML = text;
  const fresh = part.content.getElementById("bell");
  if (!fresh) return; // a whole page: logged out, or a fault
  const height = bell().offsetHeight;
  const hadFocus = bell().contains(document.activeElement);
  bell().replaceWith(fresh);
  if (hadFocus) fresh.querySelector("button")?.focus();
  if (fresh.offsetHeight !== height) movedAt = performance.now();
  look();
}

function look() {
  const { rings } = bell().dataset;
  const told = document.documentElement.dataset.title ?? title; // with a number before it: notify.js
  document.title = rings ? `【${bell().querySelector(".plea__words b").textContent}】${told}` : told;
  if (rings) ring(rings);
}

async function ring(rings) {
  const ids = [...bell().querySelectorAll("[data-stand=ringing]")].map(({ dataset }) => dataset.pleaId).join();
  const isDue = rings === "soft" ? ids !== rung : performance.now() - rangAt >= RING_MS[rings];
  if (isRinging || !isDue) return;
  isRinging = true;
  rung = ids;
  rangAt = performance.now();
  document.dispatchEvent(new CustomEvent("linli:ring", { detail: { rings } }));
  const isMute = (await isBlocked()) || !(await playSequence([signalUrl(SIGNALS[rings])]));
  const note = document.querySelector("[data-bell-mute]");
  if (note) note.hidden = !isMute;
  isRinging = false;
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-bell-form]")) return;
  event.preventDefault();
  ask(event.target.action, new URLSearchParams(new FormData(event.target)));
});

// One key, as on the counter: none while somebody types in a field, none in the middle of a scan.
document.addEventListener("keydown", (event) => {
  const isBurst = event.timeStamp - lastKeyAt < BURST_MS;
  lastKeyAt = event.timeStamp;
  clearTimeout(pending);
  const isOurs = event.code === "KeyG" && !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
  if (!isOurs || isBurst || event.repeat || event.target.closest("input, select, textarea")) return;
  pending = setTimeout(() => document.querySelector("[data-bell-key]")?.click(), BURST_MS);
});

document.addEventListener(
  "click",
  (event) => {
    const isElsewhere = event.detail > 0 && !event.target.closest("#bell");
    if (!isElsewhere || performance.now() - movedAt > SETTLE_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

setInterval(() => ask(`${bell().dataset.bellAt}?v=${bell().dataset.bellV}`), ASK_MS);
setInterval(look, 500);
look();
