// The counter's panel for what a resident says: S opens it with the focus in it, Escape closes it. A digit and Enter are
// the form's own. While it is open no key belongs to the counter.
//
// <a data-concern-open> … <dialog data-concern-panel> … <button data-concern-close>; its form, with an
// <input data-concern-pick>, comes after the page.
//
// <a data-certified-asks hidden> is shown when a visit has just ended in a certification, G follows it. It leads to what a
// page asks at once, <dialog open data-asks> … <a data-asks-not>, which takes the keys in the same way: Escape is the link.

(function () {
  const panel = document.querySelector("[data-concern-panel]");
  const offers = document.querySelector("[data-certified-asks]");
  const asks = document.querySelector("[data-asks]");
  const opens = document.querySelector("[data-concern-open]");
  const BURST_MS = 80; // a scanner types faster than this, a person slower
  if (!panel?.showModal) return;

  let lastKeyAt = -Infinity;
  let pending = null;

  const open = () => {
    if (panel.open) return;
    panel.showModal();
    focus();
  };

  const focus = () => panel.querySelector("[data-concern-pick]")?.focus();

  const follow = () => offers.hidden || offers.click();

  if (asks) {
    asks.close();
    asks.showModal();
    asks.querySelector("[autofocus]").focus();
    asks.addEventListener("keydown", (event) => event.stopPropagation());
    asks.addEventListener("cancel", (event) => {
      event.preventDefault();
      asks.querySelector("[data-asks-not]").click();
    });
  }

  // Offered beside the counter from the end of such a visit until the next one begins; whoever does not care goes on.
  document.addEventListener("htmx:after:swap", () => {
    const { state, certified, certifiedNumber } = document.getElementById("counter").dataset;
    if (state === "serving") offers.hidden = true;
    if (!certified) return;
    offers.search = `?due=${certified}`;
    offers.querySelector("[data-certified-number]").textContent = certifiedNumber;
    offers.hidden = false;
  });

  document.addEventListener("keydown", (event) => {
    const isBurst = event.timeStamp - lastKeyAt < BURST_MS;
    lastKeyAt = event.timeStamp;
    clearTimeout(pending);
    const act = { KeyS: open, KeyG: follow }[event.code];
    if (panel.open || asks || !act || isBurst || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=radio]), select, textarea")) return;
    event.preventDefault();
    pending = setTimeout(act, BURST_MS);
  });

  panel.addEventListener("htmx:after:swap", () => panel.open && focus()); // S was quicker than the form
  panel.addEventListener("keydown", (event) => event.stopPropagation());
  opens.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  panel.querySelector("[data-concern-close]").addEventListener("click", () => panel.close());
})();
