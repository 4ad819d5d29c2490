// Entries at doors: each is kept in the phone with a name of its own, and sent when the box answers. Whatever was
// answered is gone from the phone; an entry that was sent twice is taken in once, by its name (`tap`). With it goes for
// how many seconds it was kept: the phone's clock may be wrong, and is wrong then by as much as now.
//
// <form data-rounds> … <section data-kept hidden> <b data-kept-count> <button data-kept-send> <button data-kept-drop>

const KEY = "linli-rounds";
const ANSWER_MS = 8000;
const MOST = 200;

const form = document.querySelector("[data-rounds]");
const place = document.querySelector("[data-kept]");
const one = (name) => place.querySelector(`[data-kept-${name}]`);
let isSending = false;

// randomUUID exists on https and localhost only
const nonce = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// by no clock that is set while the page is open; the entry outlives the page, so it is no mere time of running
const moment = () => performance.timeOrigin + performance.now();

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

function keep(entries) {
  localStorage.setItem(KEY, JSON.stringify(entries));
  show();
}

function show() {
  const entries = kept();
  const refused = entries.some((entry) => entry.isRefused);
  place.hidden = entries.length === 0;
  one("count").textContent = String(entries.length);
  one("fault").hidden = !refused;
  one("drop").hidden = !refused;
}

/** "sent", "refused" (the server has said no), or "away". */
async function send({ fields, writtenAt }) {
  const keptFor = Math.round((moment() - writtenAt) / 1000);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(keptFor >= 0 ? { ...fields, kept_s: keptFor } : fields),
      headers: { "Linli-Sent": "1" },
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const to = answer.headers.get("Linli-Go-To") ?? "";
    if (to && !to.includes("/log-in")) return "sent";
    return answer.status >= 500 ? "away" : "refused";
  } catch {
    return "away";
  }
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  for (const entry of kept()) {
    const outcome = await send(entry);
    if (outcome === "away") break;
    const others = kept().filter(({ fields }) => fields.tap !== entry.fields.tap);
    keep(outcome === "sent" ? others : [...others, { ...entry, isRefused: true }]);
  }
  isSending = false;
}

form.addEventListener("submit", (event) => {
  const entries = kept();
  if (entries.length >= MOST) return; // sent as any form is: where that fails, nothing is lost silently
  event.preventDefault();
  const fields = { ...Object.fromEntries(new FormData(form)), tap: nonce() };
  try {
    keep([...entries, { fields, writtenAt: moment() }]);
  } catch {
    form.submit(); // a phone that keeps nothing
    return;
  }
  const { source, place: where } = fields;
  form.reset();
  for (const field of form.elements.source) field.checked = field.value === source;
  if (form.elements.place) form.elements.place.value = where;
  sendAll();
});

one("send").addEventListener("click", sendAll);
one("drop").addEventListener("click", () => keep(kept().filter((entry) => !entry.isRefused)));
addEventListener("online", sendAll);
show();
sendAll();
