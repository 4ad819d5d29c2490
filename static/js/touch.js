// Forgives a trembling hand, a palm and a cloth: a touch acts when the finger is lifted, once, and only where it came
// down. A slide that ends on the same button is a touch too, up to a finger's width, and so is one that slips off its
// edge into the gap; a longer one, one that ends on another button, a palm and several fingers at once do nothing, and
// the page says how it is done. Nothing that a finger does leads out of the page: no menu, nothing to drag.
//
// <p data-touch-hint hidden>…</p> is shown where a touch on something to press did nothing.

(function () {
  const FAR_MS = 300; // sooner after a page was shown nobody has seen what there is to press
  const NEAR_MS = 700; // where the finger was just now the second touch of a tremor may come so late
  const NEAR_MM = 30;
  const SLIDE_MM = 12;
  const SLIP_MM = 3; // off the edge of what was touched
  const PALM_MM = 28; // a fingertip is 8 to 16 mm wide, a thumb laid flat 20
  const REST_MS = 600; // a hand that holds the edge of the panel has lain there for longer than this
  const CALM_MS = 250; // the edge of a palm that is lifted bounces
  const HINT_MS = 2500;
  const PRESSED = "a[href], button, label, summary";
  const KEY = "[data-pad-key]"; // two thumbs that type overlap
  const PLACE = "linli:touched"; // in the tab's storage: where the last touch that acted was when this was shown, "x y"

  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--mm")) || 4;
  const contacts = new Map(); // what lies on the panel, by its pointer
  let shownAt = performance.now();
  let palmAt = -Infinity; // when a palm was last seen
  let acted = ""; // where the last touch that acted was since something was shown, "x y"

  function isEarly(at) {
    const since = performance.now() - shownAt;
    if (since <= FAR_MS) return true;
    return since <= NEAR_MS && distance(at, lastPlace()) < NEAR_MM * mm;
  }

  function distance(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y);
  }

  function lastPlace() {
    const [x, y] = (sessionStorage.getItem(PLACE) ?? "").split(" ").map(Number);
    return Number.isFinite(y) ? { x, y } : { x: -Infinity, y: -Infinity };
  }

  function isPalm({ width, height, pointerType }) {
    return pointerType === "touch" && Math.max(width, height) > PALM_MM * mm;
  }

  // Touches that came at about the same time are a hand, not a finger.
  function isAmong(contact) {
    const others = [...contacts.values()].filter((other) => other !== contact && !isResting(other, contact));
    return others.length > 1 || others.some((other) => !(isOnKey(other) && isOnKey(contact)));
  }

  function isResting(other, contact) {
    return contact.downAt - other.downAt > REST_MS && other.farthest < SLIDE_MM * mm;
  }

  function isOnKey({ target }) {
    return target?.matches(KEY) ?? false;
  }

  function onDown(event) {
    if (event.button > 0) return;
    const at = { x: event.clientX, y: event.clientY };
    const target = event.target.closest(PRESSED);
    const contact = { ...at, target, downAt: performance.now(), farthest: 0, isVoid: "" };
    contacts.set(event.pointerId, contact);
    if (isEarly(at) || contact.downAt - palmAt < CALM_MS) contact.isVoid = "early";
    look(event, contact);
  }

  function onMove(event) {
    const contact = contacts.get(event.pointerId);
    if (!contact) return;
    contact.farthest = Math.max(contact.farthest, distance(contact, { x: event.clientX, y: event.clientY }));
    look(event, contact);
  }

  /* A hand makes all of its touches void; one that rests on the edge of the panel none. */
  function look(event, contact) {
    if (!isPalm(event) && !isAmong(contact)) return;
    palmAt = performance.now();
    for (const other of contacts.values()) if (!isResting(other, contact)) other.isVoid ||= "palm";
  }

  function onUp(event) {
    const contact = contacts.get(event.pointerId);
    contacts.delete(event.pointerId);
    if (!contact?.target?.isConnected || contact.isVoid === "early") return;
    const at = { x: event.clientX, y: event.clientY };
    if (contact.isVoid || contact.farthest > SLIDE_MM * mm || !endsOn(contact.target, at)) hint(contact);
    else if (!contact.target.disabled) act(contact.target, at);
  }

  function endsOn(target, { x, y }) {
    const under = document.elementFromPoint(x, y);
    if (target.contains(under)) return true;
    const { left, top, right, bottom } = target.getBoundingClientRect();
    const off = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    return off <= SLIP_MM * mm && !under?.closest(PRESSED);
  }

  function act(target, { x, y }) {
    for (const other of contacts.values()) other.isVoid ||= "early"; // what rests meanwhile is lifted in vain
    acted = `${Math.round(x)} ${Math.round(y)}`;
    target.click();
  }

  // For what is shown next: on the same page a key of a pad may be pressed twice as fast as a finger can.
  function keepPlace() {
    if (acted) sessionStorage.setItem(PLACE, acted);
    acted = "";
  }

  // What the browser makes of a finger comes after ours, and not at all after a slide of 4 mm or half a second's rest.
  function onClick(event) {
    if (!event.isTrusted || event.detail === 0) return; // of a key, or of a program that reads the screen aloud
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  let hiding = 0;
  function hint({ target }) {
    const words = document.querySelector("[data-touch-hint]");
    if (!words) return;
    words.hidden = false;
    const { top, left } = clearPlace(target.getBoundingClientRect(), words);
    words.style.top = `${top}px`;
    words.style.left = `${left}px`;
    clearTimeout(hiding);
    hiding = setTimeout(() => (words.hidden = true), HINT_MS);
  }

  /* Where the hint hides the least that is written: under what was touched, over it, or within it. */
  function clearPlace({ left, top, width, height }, { offsetWidth, offsetHeight }) {
    const within = (wanted, most) => Math.max(0, Math.min(wanted, most));
    const across = [left + (width - offsetWidth) / 2, left + width - offsetWidth, left];
    const down = [top + height, top - offsetHeight, top + height - offsetHeight, top];
    const read = written();
    const places = across.flatMap((x) =>
      down.map((y) => {
        const place = { left: within(x, innerWidth - offsetWidth), top: within(y, innerHeight - offsetHeight) };
        const right = place.left + offsetWidth;
        const bottom = place.top + offsetHeight;
        const hides = read.map((one) => {
          const wide = Math.min(one.right, right) - Math.max(one.left, place.left);
          return Math.max(0, wide) * Math.max(0, Math.min(one.bottom, bottom) - Math.max(one.top, place.top));
        });
        return { ...place, hidden: hides.reduce((sum, one) => sum + one, 0) };
      }),
    );
    return places.reduce((best, one) => (one.hidden < best.hidden ? one : best));
  }

  function written() {
    const range = document.createRange();
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent.trim() || node.parentElement.closest("[data-touch-hint]")) continue;
      range.selectNodeContents(node);
      found.push(...range.getClientRects());
    }
    return found;
  }

  function begin() {
    shownAt = performance.now();
    contacts.clear();
    setTimeout(() => document.documentElement.setAttribute("data-takes-touches", ""), FAR_MS + 1);
  }

  window.addEventListener("pageshow", begin);
  window.addEventListener("pagehide", keepPlace);
  document.addEventListener("pointerdown", onDown, { capture: true });
  document.addEventListener("pointermove", onMove, { capture: true, passive: true });
  document.addEventListener("pointerup", onUp, { capture: true });
  document.addEventListener("pointercancel", ({ pointerId }) => contacts.delete(pointerId), { capture: true });
  document.addEventListener("click", onClick, { capture: true });
  for (const kind of ["contextmenu", "dragstart"]) {
    document.addEventListener(kind, (event) => event.preventDefault());
  }

  // Nothing changes under a finger, and what has just changed is not pressed by one that was on its way.
  document.addEventListener("htmx:before:swap", (event) => {
    if (contacts.size > 0) event.preventDefault();
  });
  document.addEventListener("htmx:after:request", (event) => {
    if (contacts.size > 0 && event.detail.ctx.hx?.refresh) event.preventDefault(); // the next answer says so again
  });
  const changing = () => document.querySelector("#home, #choices, #follows");
  let shown = changing();
  document.addEventListener("htmx:after:swap", () => {
    const before = shown;
    shown = changing(); // the same one after an answer that said that nothing is new
    if (shown === before) return;
    shownAt = performance.now();
    keepPlace();
  });
})();
