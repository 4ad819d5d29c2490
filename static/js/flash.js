// Marks a call that has just come with data-flashes for ten seconds, however often the board renews itself meanwhile:
// who cannot hear sees it. The style sheet turns it dark and light once a second, never three times.
//
// <… class="call" data-ticket="12" data-counter="3" data-fresh>

(function () {
  const FLASHES_MS = 10_000;
  const since = new Map(); // when each call came, by its ticket and counter

  function key({ dataset }) {
    return `${dataset.ticket}@${dataset.counter}`;
  }

  function look() {
    const now = performance.now();
    for (const [call, at] of since) if (now - at > FLASHES_MS) since.delete(call);
    for (const row of document.querySelectorAll(".call[data-ticket]")) row.toggleAttribute("data-flashes", since.has(key(row)));
  }

  document.addEventListener("htmx:after:swap", () => {
    for (const row of document.querySelectorAll("[data-fresh]")) since.set(key(row), performance.now());
    look();
  });
  setInterval(look, 250);
})();
