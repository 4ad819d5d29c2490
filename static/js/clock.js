// Lets the clock run on from the time that the server wrote: a station's own clock may be wrong.

(function () {
  const DAY_S = 86_400;
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const [hours, minutes, seconds] = clock.textContent.split(":").map(Number);
  const start = hours * 3600 + minutes * 60 + seconds;

  setInterval(() => {
    const now = (start + Math.floor(performance.now() / 1000)) % DAY_S;
    const parts = [now / 3600, (now / 60) % 60, now % 60];
    clock.textContent = parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  }, 250);
})();
