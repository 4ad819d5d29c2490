// Forgives a trembling hand: a touch right after a page change counts for nothing, and a finger that rolls or rests on
// a button has pressed it once. Nothing that a finger does leads out of the page: no menu, nothing to drag.

(function () {
  const DEAD_MS = 400; // a tremor's second touch comes within this and would hit whatever is now under it
  const NATIVE_MS = 120; // the browser's own click comes this soon after the finger has gone, unless it is busy
  const PRESSED = "a[href], button, label, summary";

  let shownAt = performance.now();
  let finger = null; // the one that is down: its pointer, and what it pressed
  let isPressed = false; // for the last finger, which the browser seemed to take for a drag or a long press
  let waiting = 0;

  function isEarly() {
    return performance.now() - shownAt <= DEAD_MS;
  }

  function onClick(event) {
    if (!event.isTrusted) return;
    clearTimeout(waiting);
    const isSecond = isPressed && event.detail > 0; // the last finger's own, late; a key's click has no detail
    if (!isSecond && !isEarly()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function onDown(event) {
    isPressed = false;
    if (event.pointerType === "mouse" || !event.isPrimary) return;
    clearTimeout(waiting);
    const target = event.target.closest(PRESSED);
    finger = { id: event.pointerId, target };
  }

  // The browser sees no tap when the finger has moved 15 px, 4 mm, or has stayed for half a second.
  function onUp(event) {
    if (finger?.id !== event.pointerId) return;
    const { target } = finger;
    finger = null;
    const isInside = target?.contains(document.elementFromPoint(event.clientX, event.clientY));
    if (isInside && !target.disabled) waiting = setTimeout(pressFor, NATIVE_MS, target);
  }

  function pressFor(target) {
    if (isEarly() || !target.isConnected) return;
    isPressed = true;
    target.click();
  }

  function onCancel(event) {
    if (finger?.id === event.pointerId) finger = null;
  }

  function begin() {
    shownAt = performance.now();
    setTimeout(() => document.documentElement.setAttribute("data-takes-touches", ""), DEAD_MS + 1);
  }

  window.addEventListener("pageshow", begin);
  document.addEventListener("click", onClick, { capture: true });
  document.addEventListener("pointerdown", onDown, { capture: true });
  document.addEventListener("pointerup", onUp, { capture: true });
  document.addEventListener("pointercancel", onCancel, { capture: true });
  for (const kind of ["contextmenu", "dragstart"]) {
    document.addEventListener(kind, (event) => event.preventDefault());
  }

  // Nothing changes under a finger, and what has just changed is not pressed by one that was on its way.
  document.addEventListener("htmx:before:swap", (event) => {
    if (finger) event.preventDefault();
  });
  const changing = () => document.querySelector("#home, #choices, #follows");
  let shown = changing();
  document.addEventListener("htmx:after:swap", () => {
    const before = shown;
    shown = changing(); // the same one after an answer that said that nothing is new
    if (shown !== before) shownAt = performance.now();
  });
})();
