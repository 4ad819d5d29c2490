// Plays recorded clips back to back on the audio clock, one sequence at a time.
//
// The screen that carries the sound may be switched off, and its audio clock then stands still for good: a fresh
// context is made, after a failure and, as nobody hears a context that plays into nothing, between two sequences.

import { clipUrl, PAUSE, signalUrl } from "./clips.js";

export { clipUrl, PAUSE, signalUrl };

const GAP_S = 0.02;
const PAUSE_S = 0.3;
const LOAD_MS = 3000;
const AWAY_MS = 15_000; // a server that restarts is away for some seconds
const AGAIN_MS = 300;
const WAKE_MS = 500;
const STALL_MS = 700;
const LOOK_MS = 50;
const GRACE_MS = 2000;
const FRESH_MS = 60_000;
const TICK_MS = 5000;
const KEPT_CLIPS = 80;
const ALLOWED = "linli:sound"; // in the browser's storage: this screen has made sound without a touch

const clips = new Map();
let context = null;
let madeAt = -Infinity;
let isAllowed = localStorage.getItem(ALLOWED) !== null;
const touched = firstTouch();
let hadDevice = false;
let queue = Promise.resolve();
let waiting = 0; // sequences that are asked for and not over

/**
 * Play the clips one after another, after every sequence asked for earlier.
 * Resolves when the last has sounded: true, or false if nothing could be heard (the browser is still
 * waiting for a first touch, the sound is gone, no clip could be loaded). A clip that fails to load is left out, but
 * when `instead` says the same with other clips, those are played.
 */
export function playSequence(urls, instead = []) {
  waiting += 1;
  return inTurn(() => playNow(urls, instead)).finally(() => (waiting -= 1));
}

/** True while the browser refuses sound until somebody touches the page; false too when sound once was and is gone. */
export async function isBlocked() {
  if (isAllowed || navigator.userActivation?.hasBeenActive) return false;
  return !(await isAudible());
}

/** Whether what is played now would sound: the audio clock runs, in a fresh context if it must be. */
export async function isAudible() {
  if (await isDeviceGone()) {
    close(context); // Chromium goes on with a clock that nobody hears, and would when the device is back
    context = null;
    return false;
  }
  return (context !== null && (await runs(context, WAKE_MS))) || renew();
}

/** Resolves once sound is allowed. */
export async function whenUnblocked() {
  while (await isBlocked()) await Promise.race([wait(TICK_MS), touched]);
}

function inTurn(act) {
  const done = queue.then(act);
  queue = done.catch(() => {});
  return done;
}

// The first clip, of a call the chime, begins as soon as it is there: the others are fetched while it sounds.
async function playNow(urls, instead) {
  const loading = loadAll(urls, instead);
  const [audible, first] = await Promise.all([isAudible(), urls.length > 0 ? load(urls[0]) : null]);
  if (!audible) return false;
  const begun = first instanceof AudioBuffer ? schedule([first]) : null;
  const loaded = await loading;
  if (!loaded.some((clip) => clip instanceof AudioBuffer)) return false;
  // The clock may stop in the middle of a call: the whole of it is said again, once, by a fresh context.
  const isHeard = await finished(begun ? schedule(loaded.slice(1), begun) : schedule(loaded));
  return isHeard || ((await isAudible()) && (await renew()) && finished(schedule(loaded)));
}

function schedule(loaded, before = null) {
  const audio = before?.audio ?? context;
  const out = loudness(audio);
  let at = Math.max(audio.currentTime + GAP_S, before?.ends ?? 0);
  const sources = [...(before?.sources ?? [])];
  for (const clip of loaded) {
    if (clip === PAUSE) at += PAUSE_S;
    if (!(clip instanceof AudioBuffer)) continue;
    const source = new AudioBufferSourceNode(audio, { buffer: clip });
    source.connect(out);
    source.start(at);
    at += clip.duration + GAP_S;
    sources.push(source);
  }
  const isLonger = sources.length > (before?.sources.length ?? 0);
  const ended = isLonger ? new Promise((resolve) => (sources.at(-1).onended = resolve)) : before?.ended;
  return { audio, sources, ended, ends: at, lengthMs: (at - audio.currentTime) * 1000 };
}

// By <… data-volume="130">, percent, as the centre sets it for this hour. What is louder than the clips were made
// goes through a compressor: it would burst else.
function loudness(audio) {
  const percent = Number(document.querySelector("[data-volume]")?.dataset.volume ?? 100);
  if (percent === 100) return audio.destination;
  const gain = new GainNode(audio, { gain: percent / 100 });
  if (percent < 100) gain.connect(audio.destination);
  else gain.connect(new DynamicsCompressorNode(audio, { threshold: -6, knee: 0, ratio: 20, attack: 0.001 })).connect(audio.destination);
  return gain;
}

async function finished({ audio, sources, ended, lengthMs }) {
  let hasSounded = false;
  ended.then(() => (hasSounded = true));
  const until = performance.now() + lengthMs + GRACE_MS;
  do await Promise.race([ended, wait(LOOK_MS)]);
  while (!hasSounded && performance.now() < until && (await runs(audio, STALL_MS)));
  for (const source of sources) source.disconnect();
  return hasSounded && !(await isDeviceGone());
}

// Only where a device was seen before: a page from another machine, without https, may not ask at all.
async function isDeviceGone() {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
  const hasOne = devices.some(({ kind }) => kind === "audiooutput");
  hadDevice ||= hasOne;
  return hadDevice && !hasOne;
}

// "running" is what Chromium says of a context whose screen is off too: only the clock tells.
async function runs(audio, withinMs) {
  const from = audio.currentTime;
  const until = performance.now() + withinMs;
  // The promise of resume() stays open for as long as the browser refuses, so it is not awaited.
  if (audio.state !== "running" && audio.state !== "closed") audio.resume().catch(() => {});
  while (audio.state !== "closed") {
    if (audio.state === "running" && audio.currentTime > from) return true;
    if (performance.now() > until) return false;
    await wait(10);
  }
  return false;
}

/** Put a fresh context in the place of the old one, if it runs; the old one goes on otherwise. */
async function renew() {
  const fresh = new AudioContext();
  madeAt = performance.now();
  if (!(await runs(fresh, WAKE_MS))) {
    fresh.close().catch(() => {});
    return false;
  }
  close(context);
  context = fresh;
  allow();
  return true;
}

function close(audio) {
  if (audio && audio.state !== "closed") audio.close().catch(() => {});
}

function allow() {
  if (isAllowed) return;
  isAllowed = true;
  if (!navigator.userActivation?.hasBeenActive) localStorage.setItem(ALLOWED, "allowed");
}

function renewWhenQuiet() {
  if (context === null || waiting > 0 || performance.now() - madeAt < FRESH_MS) return;
  inTurn(renew);
}

async function loadAll(urls, instead) {
  const loaded = await Promise.all(urls.map(load));
  return instead.length > 0 && loaded.includes(null) ? Promise.all(instead.map(load)) : loaded;
}

function load(url) {
  if (url === PAUSE) return PAUSE;
  const known = clips.get(url);
  clips.delete(url);
  const clip = known ?? fetchClip(url);
  clips.set(url, clip);
  if (clips.size > KEPT_CLIPS) clips.delete(clips.keys().next().value);
  return clip;
}

async function fetchClip(url, until = performance.now() + AWAY_MS) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LOAD_MS) });
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    // Decoded without the sound: a call must be ready the moment that the screen is on again.
    const decoder = new OfflineAudioContext({ length: 1, sampleRate: 48_000 });
    return await decoder.decodeAudioData(await response.arrayBuffer());
  } catch (fault) {
    // Nobody answered: a call without its number would be no call, so it waits for the clip.
    if (fault instanceof TypeError && performance.now() < until) {
      await wait(AGAIN_MS);
      return fetchClip(url, until);
    }
    clips.delete(url);
    console.warn("clip left out:", url, fault.message);
    return null;
  }
}

function firstTouch() {
  return new Promise((resolve) => {
    for (const gesture of ["pointerup", "keydown", "click"]) document.addEventListener(gesture, resolve, { once: true });
  });
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

setInterval(renewWhenQuiet, TICK_MS);
navigator.mediaDevices?.addEventListener("devicechange", () => (madeAt = -Infinity)); // a screen was plugged in
