// Sends the station's forms and opens its links without leaving the page before the server has answered: a page
// that is left while the server is away becomes the browser's own error page, and that one asks nobody again.
//
// <dialog data-away="/alive"> … <button data-away-stop> </dialog>
// The same press is sent until it is answered, with the same tap; the answer says in Linli-Go-To where to go on.

(function () {
  const ANSWER_MS = 8000;
  const RETRY_MS = [300, 700, 1500];
  const SLOW_MS = 1500;
  const LEAVING = "/leave";

  const dialog = document.querySelector("[data-away]");
  const stopButton = dialog.querySelector("[data-away-stop]");
  let current = null; // what is on its way

  function onSubmit(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form, event.submitter));
    if (!fields.has("nonce")) fields.set("nonce", nonce());
    form.setAttribute("aria-busy", "true");
    begin(() => post(form, fields), new URL(form.action).pathname === LEAVING);
  }

  function onClick(event) {
    const link = event.target.closest("a[href]");
    const isPlain = !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey);
    if (!link || !isPlain || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    event.preventDefault();
    begin(() => isThere(link.href));
  }

  // randomUUID exists on https and localhost only
  function nonce() {
    return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Ask until there is an answer, then go where it says. One at a time; only who leaves takes another's place. */
  async function begin(ask, isLeaving = false) {
    if (current && !isLeaving) return;
    const mine = { isLeaving };
    current = mine;
    const slow = setTimeout(showAway, SLOW_MS);
    for (let tries = 0; current === mine; tries += 1) {
      const place = await ask();
      if (current !== mine) break;
      if (place) {
        location.assign(place);
        break;
      }
      showAway();
      await pause(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    }
    clearTimeout(slow);
  }

  async function post(form, fields) {
    const answer = await fetched(form.action, { method: "POST", body: fields, headers: { "Linli-Sent": "1" } });
    if (!answer) return null;
    const place = answer.headers.get("Linli-Go-To");
    // nothing of ours answers so; the browser shows whatever it is
    if (!place && answer.status < 500) HTMLFormElement.prototype.submit.call(form);
    return place;
  }

  async function isThere(address) {
    const answer = await fetched(dialog.dataset.away, {});
    return answer && answer.status < 500 ? address : null;
  }

  async function fetched(address, how) {
    try {
      return await fetch(address, { ...how, redirect: "manual", signal: AbortSignal.timeout(ANSWER_MS) });
    } catch {
      return null;
    }
  }

  function showAway() {
    if (!current) return;
    stopButton.hidden = current.isLeaving;
    if (!dialog.open) dialog.showModal();
  }

  function stop() {
    if (current?.isLeaving) return;
    current = null;
    dialog.close();
    for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
  }

  function pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  stopButton.addEventListener("click", stop);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stop();
  });
  // A page of a visit is left soon anyway, and what was chosen on it must not go.
  document.addEventListener("linli:renew", (event) => {
    if (current || document.body.dataset.screen !== "home") event.preventDefault();
  });
  document.addEventListener("htmx:after:request", (event) => {
    if (current && event.detail.ctx.hx?.refresh) event.preventDefault();
  });
  // What the browser kept of an earlier visitor is asked for anew, and not seen until it is answered.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelector("main").hidden = true;
    current = null;
    begin(() => isThere(location.href));
  });
})();
