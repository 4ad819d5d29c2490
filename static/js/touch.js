// Forgives a trembling hand: a touch right after a page change counts for nothing, a form is sent once,
// and a page that the browser kept from an earlier visitor is asked for anew.

(function () {
  const DEAD_MS = 400; // a tremor's second touch comes within this and would hit whatever is now under it
  const AGAIN_MS = 8000; // a form whose answer never came may be sent again

  let shownAt = performance.now();
  const sentAt = new WeakMap();

  function swallowEarly(event) {
    if (!event.isTrusted || performance.now() - shownAt > DEAD_MS) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function sendOnce(event) {
    const before = sentAt.get(event.target);
    if (before !== undefined && performance.now() - before < AGAIN_MS) {
      event.preventDefault();
      return;
    }
    sentAt.set(event.target, performance.now());
    event.target.setAttribute("aria-busy", "true");
  }

  window.addEventListener("pageshow", (event) => {
    shownAt = performance.now();
    setTimeout(() => document.documentElement.setAttribute("data-takes-touches", ""), DEAD_MS + 1);
    if (event.persisted) location.reload();
  });
  document.addEventListener("click", swallowEarly, { capture: true });
  document.addEventListener("submit", sendOnce);
})();
