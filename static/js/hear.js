// Plays a clip on the page that names it: <a href="/voice/3f2a…" data-hear="@3f2a…" data-lang="zh">; without a
// script the link opens the clip.

import { clipUrl } from "./clips.js";

let current = null;

function stop() {
  current?.audio.pause();
  current?.link.removeAttribute("aria-pressed");
  current = null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-hear]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const isSame = current?.link === link;
  stop();
  if (isSame) return;
  const audio = new Audio(clipUrl(link.dataset.lang, link.dataset.hear));
  current = { audio, link };
  link.setAttribute("aria-pressed", "true");
  audio.onended = audio.onerror = () => current?.audio === audio && stop();
  audio.play().catch(stop);
});
window.addEventListener("pagehide", stop);
