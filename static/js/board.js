// Keeps the hall display honest: the time of the last answer, a clock set by the server, a word when it is gone.

(function () {
  const LOST_MS = 5000;
  const TICK_MS = 250;
  const DAY_S = 86_400;
  const SLACK_MS = 1500;

  let answeredAt = performance.now();
  let serverMs = NaN; // what the server's clock shows at performance.now() = 0
  const clock = document.querySelector("[data-board-clock]");
  const lost = document.querySelector("[data-lost]");

  document.addEventListener("htmx:after:request", ({ detail }) => {
    const { response } = detail.ctx;
    if (!response || response.status >= 400) return;
    answeredAt = performance.now();
    setClock(Date.parse(response.headers.get("Date")));
    showAnswered();
    showLost();
  });

  // The Date header has whole seconds and travels a while: only a real difference moves the clock.
  function setClock(toldMs) {
    const estimate = toldMs - performance.now();
    if (Number.isFinite(toldMs) && !(Math.abs(estimate - serverMs) < SLACK_MS)) serverMs = estimate;
  }

  function timeText(atMs) {
    const offset = Number(document.getElementById("board").dataset.utcOffsetS);
    const seconds = (((Math.floor(atMs / 1000) + offset) % DAY_S) + DAY_S) % DAY_S;
    const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
    return parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  }

  function showAnswered() {
    if (Number.isNaN(serverMs)) return;
    const text = timeText(serverMs + answeredAt);
    for (const time of document.querySelectorAll("[data-updated], [data-last-answer]")) write(time, text);
  }

  function showLost() {
    lost.hidden = performance.now() - answeredAt < LOST_MS;
  }

  function tick() {
    if (!Number.isNaN(serverMs)) write(clock, timeText(serverMs + performance.now()));
    showLost();
  }

  function write(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  document.addEventListener("htmx:after:swap", showAnswered);
  setInterval(tick, TICK_MS);
})();
