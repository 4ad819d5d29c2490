// Plays recorded clips back to back on the audio clock, one sequence at a time.

const GAP_S = 0.02;
const LOAD_MS = 3000;
const WAKE_MS = 500;
const GRACE_MS = 2000;
const KEPT_CLIPS = 80;

const audioRoot = new URL("../audio/", import.meta.url);
const clips = new Map();
let context = null;
let queue = Promise.resolve();

/** The address of a spoken clip, by its language ("zh", "en") and stem. */
export function clipUrl(lang, stem) {
  return new URL(`${lang}/${stem}.mp3`, audioRoot).href;
}

/** The address of a signal: chime, ok, warn or refused. */
export function signalUrl(name) {
  return new URL(`${name}.mp3`, audioRoot).href;
}

/**
 * Play the clips one after another, after every sequence asked for earlier.
 * Resolves when the last has sounded: true, or false if nothing could be heard (the browser is still
 * waiting for a first touch, or no clip could be loaded). A clip that fails to load is left out.
 */
export function playSequence(urls) {
  const played = queue.then(() => playNow(urls));
  queue = played.catch(() => {});
  return played;
}

/** True while the browser refuses sound until somebody touches the page. */
export async function isBlocked() {
  const audio = openContext();
  if (audio.state === "running") return false;
  // The promise of resume() stays open for as long as the browser refuses, so it cannot be awaited alone.
  audio.resume().catch(() => {});
  await Promise.race([running(audio), wait(WAKE_MS)]);
  return audio.state !== "running";
}

/** Resolves once sound is allowed. */
export function whenUnblocked() {
  return running(openContext());
}

async function playNow(urls) {
  const [blocked, loaded] = await Promise.all([isBlocked(), Promise.all(urls.map(load))]);
  const buffers = loaded.filter(Boolean);
  if (blocked || buffers.length === 0) return false;
  return finished(schedule(buffers));
}

function schedule(buffers) {
  let at = context.currentTime + GAP_S;
  const sources = buffers.map((buffer) => {
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.start(at);
    at += buffer.duration + GAP_S;
    return source;
  });
  return { sources, lengthMs: (at - context.currentTime) * 1000 };
}

async function finished({ sources, lengthMs }) {
  const ended = new Promise((resolve) => {
    sources.at(-1).onended = () => resolve(true);
  });
  // The audio clock stands still when the screen that carries the sound is unplugged; the queue must not.
  const sounded = await Promise.race([ended, wait(lengthMs + GRACE_MS).then(() => false)]);
  for (const source of sources) source.disconnect();
  return sounded;
}

function load(url) {
  const known = clips.get(url);
  clips.delete(url);
  const clip = known ?? fetchClip(url);
  clips.set(url, clip);
  if (clips.size > KEPT_CLIPS) clips.delete(clips.keys().next().value);
  return clip;
}

async function fetchClip(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(LOAD_MS) });
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return await openContext().decodeAudioData(await response.arrayBuffer());
  } catch (fault) {
    clips.delete(url);
    console.warn("clip left out:", url, fault.message);
    return null;
  }
}

function openContext() {
  if (context === null) {
    context = new AudioContext();
    for (const gesture of ["pointerup", "keydown", "click"]) {
      document.addEventListener(gesture, () => context.state === "running" || context.resume());
    }
  }
  return context;
}

function running(audio) {
  if (audio.state === "running") return Promise.resolve();
  return new Promise((resolve) => {
    audio.addEventListener("statechange", function check() {
      if (audio.state !== "running") return;
      audio.removeEventListener("statechange", check);
      resolve();
    });
  });
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
