// Counts down how long it is until something may be tried again, and says when it may: <… data-wait-s="40" hidden>
// <b data-wait-left></b> … <… data-wait-over hidden>. Where no script runs the sentence before it names the time.

for (const place of document.querySelectorAll("[data-wait-s]")) {
  const left = place.querySelector("[data-wait-left]");
  const over = document.querySelector("[data-wait-over]");
  const until = performance.now() + place.dataset.waitS * 1000;
  const show = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    const isOver = seconds <= 0;
    place.hidden = isOver;
    over.hidden = !isOver;
    if (isOver) clearInterval(timer);
    else left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  const timer = setInterval(show, 250);
  show();
}
