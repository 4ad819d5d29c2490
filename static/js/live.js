// What a page that polls owes its reader: the server's time, a word when the line is lost, and a new load of itself
// when the server's pages or files are others than those that it was loaded with.
//
// <html data-build="…"> … <time data-clock> … <p data-unanswered hidden> … <time data-last-answer> </p>
// An answer brings the build in X-Build and the time in Date; a <… data-utc-offset-s> says how far from it we are.
// Before a page is loaded anew "linli:renew" is sent: whoever has something in hand prevents it.

(function () {
  const LOST_MS = 5000; // data-lost-ms where a page asks more seldom than every two seconds
  const TICK_MS = 250;
  const QUIET_MS = 3000;
  const DAY_MS = 86_400_000;
  const SLACK_MS = 1500;
  const TRIED = "linli-build";

  const clock = document.querySelector("[data-clock]");
  const lost = document.querySelector("[data-unanswered]");
  const build = document.documentElement.dataset.build;
  let answeredAt = performance.now();
  let touchedAt = -Infinity;
  let newBuild = null;
  let serverMs = clock ? shownMs(clock.textContent) : NaN; // what the server's clock shows at performance.now() = 0

  function offsetMs() {
    return (Number(document.querySelector("[data-utc-offset-s]")?.dataset.utcOffsetS) || 0) * 1000;
  }

  function shownMs(text) {
    const [hours, minutes, seconds] = text.split(":").map(Number);
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 - offsetMs();
  }

  document.addEventListener("htmx:after:request", ({ detail }) => {
    const { response } = detail.ctx;
    if (!response || response.status >= 500) return;
    answeredAt = performance.now();
    setClock(Date.parse(response.headers.get("Date")));
    const told = response.headers.get("X-Build");
    newBuild = told && told !== build ? told : null;
    showAnswered();
    showLost();
  });

  // The Date header has whole seconds and travels a while: only a real difference moves the clock.
  function setClock(toldMs) {
    const estimate = toldMs - performance.now();
    const ahead = (((estimate - serverMs) % DAY_MS) + DAY_MS) % DAY_MS;
    if (Number.isFinite(toldMs) && !(Math.min(ahead, DAY_MS - ahead) < SLACK_MS)) serverMs = estimate;
  }

  function timeText(atMs) {
    const seconds = Math.floor(((((atMs + offsetMs()) % DAY_MS) + DAY_MS) % DAY_MS) / 1000);
    const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
    return parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  }

  function showAnswered() {
    if (Number.isNaN(serverMs)) return;
    const text = timeText(serverMs + answeredAt);
    for (const time of document.querySelectorAll("[data-updated], [data-last-answer]")) write(time, text);
  }

  // A page that has nothing more to ask, as that of a served ticket, has no line to lose.
  function showLost() {
    if (!lost) return;
    const isAsking = document.querySelector("[hx-get][hx-trigger*=every]") !== null;
    lost.hidden = !isAsking || performance.now() - answeredAt < (Number(lost.dataset.lostMs) || LOST_MS);
  }

  function write(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  /* A new build: loaded once, when nobody touches. */
  function renew() {
    if (performance.now() - touchedAt < QUIET_MS || isInUse() || sessionStorage.getItem(TRIED) === newBuild) return;
    if (!document.dispatchEvent(new Event("linli:renew", { cancelable: true }))) return;
    sessionStorage.setItem(TRIED, newBuild);
    location.reload();
  }

  function isInUse() {
    if (document.querySelector("details[open], dialog[open], html[data-speaking], [aria-busy=true]")) return true;
    return [...document.querySelectorAll("input:not([type=hidden]), textarea")].some(
      (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
    );
  }

  function tick() {
    if (clock && !Number.isNaN(serverMs)) write(clock, timeText(serverMs + performance.now()));
    showLost();
    if (newBuild) renew();
  }

  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => (touchedAt = performance.now()), { capture: true, passive: true });
  }
  document.addEventListener("htmx:after:swap", showAnswered);
  setInterval(tick, TICK_MS);
})();
