// Asks a station left alone whether someone is there, and lets it forget the visit when nobody answers.
//
// <body data-idle-s="60" data-forget> … <dialog data-idle> <p data-idle-left> <button data-idle-stay> </dialog>
// <form data-leave>; without data-forget there is nothing to forget and nobody is asked.

(function () {
  const ASK_S = 20;
  const dialog = document.querySelector("[data-idle]");
  const leave = document.querySelector("[data-leave]");
  const left = document.querySelector("[data-idle-left]");
  const idleMs = Number(document.body.dataset.idleS) * 1000;
  let touchedAt = performance.now();

  function touched() {
    if (!dialog.open) touchedAt = performance.now();
  }

  function stay() {
    dialog.close();
    touchedAt = performance.now();
  }

  function look() {
    if (document.documentElement.hasAttribute("data-reading")) touched(); // who listens is still here
    const over = performance.now() - touchedAt - idleMs;
    if (over < 0) return;
    if (!dialog.open) dialog.showModal();
    const seconds = Math.max(0, ASK_S - Math.floor(over / 1000));
    left.textContent = String(seconds);
    if (seconds === 0) {
      clearInterval(looking);
      leave.requestSubmit();
    }
  }

  // "Back" would show the next visitor what the one before has typed and ticked.
  window.addEventListener("pageshow", ({ persisted }) => {
    const [way] = performance.getEntriesByType("navigation");
    if (persisted || way?.type === "back_forward") for (const form of document.forms) form.reset();
  });

  if (!dialog || !leave || !idleMs || !("forget" in document.body.dataset)) return;
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(kind, touched, { capture: true, passive: true });
  }
  document.querySelector("[data-idle-stay]").addEventListener("click", stay);
  dialog.addEventListener("pointerup", stay); // whoever touches beside the button is there too
  dialog.addEventListener("cancel", stay);
  const looking = setInterval(look, 250);
})();
