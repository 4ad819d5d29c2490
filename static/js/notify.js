// Tells staff who look elsewhere: a soft sound, and a number before the page's title, so that the tab has it too.
//
// <… data-arrivals="3"> stands while a clerk is idle: it sounds when there are more than a moment ago.
// <… data-alarms="wait-A visit-12"> are what lasts too long: it sounds when there is another one.
// <button data-mutes hidden> silences this browser; the title goes on telling. Without a script the page shows both.

import { signalUrl } from "./clips.js";

const MUTED = "linli:muted"; // in the browser's storage: the clerk at this counter wants no sound
const SOFT = 0.35;
const APART_MS = 4000; // a family of five is one sound
const title = document.title;

let arrivals = null;
let alarms = null;
let soundedAt = -Infinity;

function look() {
  const idle = document.querySelector("[data-arrivals]");
  const here = idle && Number(idle.dataset.arrivals);
  if (here !== null && arrivals !== null && here > arrivals) sound();
  arrivals = here;
  const lasting = document.querySelector("[data-alarms]");
  const keys = new Set(lasting?.dataset.alarms.split(" ").filter(Boolean) ?? []);
  if (lasting && alarms !== null && [...keys].some((key) => !alarms.has(key))) sound();
  if (lasting) alarms = keys;
  tell((here ?? 0) || keys.size);
}

// The bell of those who call for help writes the title too, before what stands here.
function tell(count) {
  const told = count ? `(${count}) ${title}` : title;
  if (document.documentElement.dataset.title === told) return;
  document.documentElement.dataset.title = told;
  document.title = told;
}

function sound() {
  if (isMuted() || performance.now() - soundedAt < APART_MS) return;
  soundedAt = performance.now();
  document.dispatchEvent(new Event("linli:notified"));
  const chime = new Audio(signalUrl("chime"));
  chime.volume = SOFT;
  chime.play().catch(() => {}); // a page that nobody has touched yet may not sound; the title tells
}

function isMuted() {
  return localStorage.getItem(MUTED) !== null;
}

function showMuted() {
  for (const button of document.querySelectorAll("[data-mutes]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isMuted()));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mutes]");
  if (!button) return;
  if (isMuted()) localStorage.removeItem(MUTED);
  else localStorage.setItem(MUTED, "muted");
  showMuted();
  button.blur(); // the keys are the counter's again
});
document.addEventListener("htmx:after:swap", look);
showMuted();
look();
