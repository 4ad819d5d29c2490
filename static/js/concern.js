// The counter's panel for what a resident says: S opens it with the focus in it, Escape closes it. A digit and Enter are
// the form's own. While it is open no key belongs to the counter.
//
// <a data-concern-open> … <dialog data-concern-panel> … <input data-concern-pick> … <button data-concern-close>

(function () {
  const panel = document.querySelector("[data-concern-panel]");
  const opens = document.querySelector("[data-concern-open]");
  const BURST_MS = 80; // a scanner types faster than this, a person slower
  if (!panel?.showModal) return;

  let lastKeyAt = -Infinity;
  let pending = null;

  const open = () => {
    if (panel.open) return;
    panel.showModal();
    panel.querySelector("[data-concern-pick]").focus();
  };

  document.addEventListener("keydown", (event) => {
    const isBurst = event.timeStamp - lastKeyAt < BURST_MS;
    lastKeyAt = event.timeStamp;
    clearTimeout(pending);
    if (panel.open || event.code !== "KeyS" || isBurst || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=radio]), select, textarea")) return;
    event.preventDefault();
    pending = setTimeout(open, BURST_MS);
  });

  panel.addEventListener("keydown", (event) => event.stopPropagation());
  opens.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  panel.querySelector("[data-concern-close]").addEventListener("click", () => panel.close());
})();
