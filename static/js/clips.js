// Where a clip lies, by its stem: a committed one under static/audio, one of the centre's own ("@…") at /voice/….

const audioRoot = new URL("../audio/", import.meta.url);

export const PAUSE = "pause"; // among addresses: a short silence

/** The address of a spoken clip, by its language ("zh", "en") and stem; "," is a pause. */
export function clipUrl(lang, stem) {
  if (stem === ",") return PAUSE;
  if (stem.startsWith("@")) return new URL(`/voice/${stem.slice(1)}`, location.origin).href;
  return new URL(`${lang}/${stem}.mp3`, audioRoot).href;
}

/** The address of a signal: chime, ok, warn or refused. */
export function signalUrl(name) {
  return new URL(`${name}.mp3`, audioRoot).href;
}
