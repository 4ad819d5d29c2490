// Sends what a scanner types as the form #scan-form, and sounds the verdict that comes back.

import { playSequence, signalUrl } from "./sound.js";
import { listen } from "./wedge.js";

const SIGNALS = { ok: "ok", look: "warn" };

const form = document.getElementById("scan-form");

listen((code) => {
  form.elements.code.value = code;
  form.requestSubmit();
});

document.addEventListener("htmx:after:swap", ({ detail }) => {
  if (detail.ctx.sourceElement === form) sound();
});

function sound() {
  const told = document.querySelector("[data-verdict]");
  if (told) playSequence([signalUrl(SIGNALS[told.dataset.verdict] ?? "refused")]);
}

if (document.querySelector("[data-verdict]")) sound();
