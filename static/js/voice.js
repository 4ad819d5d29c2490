// Tells the server whether this board can be heard and which calls it has said: what was not heard does not count.
//
// <body data-voice="/board/voice">

const BEAT_MS = 30_000;
const AGAIN_MS = 1000;
const ANSWER_MS = 4000;
const MOST_TOLD = 200;

let untold = [];
let canSpeak = null;
let timer = null;
let isTelling = false;

/** The calls of these ids were heard just now. */
export function tellSpoken(ids) {
  untold = [...untold, ...ids].slice(-MOST_TOLD);
  canSpeak = true;
  tellAll();
}

/** Whether a call could be heard now; told at once when it is another than before, and again every 30 s. */
export function tellVoice(isOn) {
  if (isOn === canSpeak) return;
  canSpeak = isOn;
  tellAll();
}

async function tellAll() {
  const address = document.body.dataset.voice;
  if (!address || isTelling) return;
  isTelling = true;
  clearTimeout(timer);
  const told = { voice: canSpeak, ids: untold };
  const hasArrived = await send(address, told);
  if (hasArrived) untold = untold.filter((id) => !told.ids.includes(id));
  isTelling = false;
  const hasMore = !hasArrived || untold.length > 0 || told.voice !== canSpeak;
  if (hasMore || canSpeak) timer = setTimeout(tellAll, hasMore ? AGAIN_MS : BEAT_MS);
}

async function send(address, { voice, ids }) {
  const body = new URLSearchParams({ voice: voice ? "on" : "off", spoken: ids.join(" ") });
  try {
    const response = await fetch(address, { method: "POST", body, signal: AbortSignal.timeout(ANSWER_MS) });
    return response.status < 500;
  } catch {
    return false;
  }
}
