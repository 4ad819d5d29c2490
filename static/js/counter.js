// The clerk's keyboard, the countdown to 过号, and what must survive when the page renews itself.

(function () {
  const FIELDS = "#counter :is(details[open] :is(input:not([type=hidden]), select), .ends [type=radio]:checked, .ends [type=checkbox])";
  const SHOWS_OTHERS = "#scan-form, [data-turns]:not([data-stays])"; // a press that was meant for what stood there before
  const KEYS = { Space: "Space", Enter: "Enter", NumpadEnter: "Enter" };
  for (const letter of "RNHTMPUBXFL") KEYS[`Key${letter}`] = letter;
  for (const digit of "0123456789") KEYS[`Digit${digit}`] = KEYS[`Numpad${digit}`] = digit;
  const BURST_MS = 80; // a scanner types faster than this, a person slower
  const SETTLE_MS = 700; // a second press of the same habit must not become the next step
  const ASKED_MS = 1500;
  const TICK_MS = 250;

  let lastKeyAt = -Infinity;
  let pending = null;
  let settledAt = -Infinity;
  let open = [];
  let filled = [];
  let scrolled = 0;
  let state = stateNow();
  let waitsFor = null;
  let dueAt = Infinity;

  function counter() {
    return document.getElementById("counter");
  }

  function stateNow() {
    const { state: status, held = "" } = counter().dataset;
    return status + held;
  }

  /* Keys: none while somebody types in a field, none in the middle of a scan. */
  document.addEventListener("keydown", (event) => {
    const key = KEYS[event.code];
    const isOurs = key && !(event.ctrlKey || event.altKey || event.metaKey) && (!isElsewhere(event, key) || isNumber(event, key));
    if (isOurs) event.preventDefault();
    if (event.repeat) return; // a key that is held is one press
    const now = performance.now();
    const isBurst = now - lastKeyAt < BURST_MS;
    lastKeyAt = now;
    clearTimeout(pending);
    if (isOurs && !isBurst) pending = setTimeout(press, BURST_MS, key);
  });

  document.addEventListener("keydown", (event) => {
    const panel = document.querySelector("#counter details.sure[open]");
    if (!panel || event.isComposing) return;
    if (event.code === "Escape") panel.open = false;
    if (event.code === "Enter" && event.target.matches("input[name=note], input[name=reason]")) {
      event.preventDefault(); // an input method ends with Enter; what it means is chosen by a button
      event.target.form.querySelector("button").focus();
    }
  });

  document.addEventListener("keyup", (event) => {
    if (event.code === "Space" && !isElsewhere(event, "Space")) event.preventDefault();
  });

  // Someone who walks the page with Tab presses what has the focus, not the big button.
  function isElsewhere({ target }, key) {
    if (target.closest("input:not([type=radio], [type=checkbox]), textarea")) return true;
    if (target.matches("select")) return !isDigit(key);
    if (target.matches("[type=checkbox]")) return key === "Space"; // Enter would send its form by the first button
    const isPressed = key === "Space" || key === "Enter";
    return isPressed && target.matches("button:focus-visible, a:focus-visible, summary:focus-visible");
  }

  function isDigit(key) {
    return key >= "0" && key <= "9" && key.length === 1;
  }

  // The digits of a number that a hand types: the first one opens the field, and the scanner's ear withholds the next.
  function isNumber(event, key) {
    return isDigit(key) && event.defaultPrevented && event.target.matches("#find input[name=number]");
  }

  function press(key) {
    // With a panel open a key means that panel or nothing: Space under it would have ended the visit.
    const panel = document.querySelector("#counter details.sure[open]");
    if (panel && panel.id === "find") return isDigit(key) && look(panel, key);
    const choice = panel && panel.querySelector(`[data-choice="${key}"]:not(:disabled)`); // a digit is one of its choices
    if (choice) return choice.click();
    if (panel && panel.querySelector("summary").dataset.key !== key) return;
    const button = document.querySelector(`:is([data-key="${key}"], [data-also="${key}"]):not(:disabled)`);
    if (button) return button.click();
    if (!panel && isDigit(key)) look(document.getElementById("find"), key);
    if (key === "Enter") askResult();
  }

  // A digit that means nothing else begins the number of somebody who waits.
  function look(find, digit) {
    const field = find.querySelector("input[name=number]");
    field.value = find.open ? field.value + digit : digit;
    find.open = true;
    field.focus();
  }

  // Where a service asks what came of it, one key cannot end the visit unsaid.
  function askResult() {
    const ends = document.querySelector("#counter .ends");
    if (!ends) return;
    ends.dataset.asked = "";
    setTimeout(() => delete ends.dataset.asked, ASKED_MS);
  }

  document.addEventListener(
    "click",
    (event) => {
      // a tick by mouse leaves no focus behind: Space is the big button again
      if (event.detail > 0 && event.target.closest(".ends__on")) setTimeout(() => document.activeElement.blur());
      const button = event.target.closest("button, summary");
      if (!button) return;
      if (button.closest("#counter") && performance.now() - settledAt < SETTLE_MS) event.preventDefault();
      if (event.detail > 0) button.blur(); // so that Space is the big button again after a mouse
    },
    true,
  );

  /* 过号 opens by itself when the seconds are over, if enough calls were made. */
  function countDown() {
    const button = document.querySelector("[data-seconds-left]");
    if (!button) return;
    if (button !== waitsFor) {
      waitsFor = button;
      dueAt = performance.now() + Number(button.dataset.secondsLeft) * 1000;
    }
    const left = Math.max(0, Math.ceil((dueAt - performance.now()) / 1000));
    const seconds = document.querySelector("[data-seconds]");
    if (seconds && seconds.textContent !== String(left)) seconds.textContent = String(left);
    if (left > 0) return;
    const words = document.querySelector("[data-waits-seconds]");
    if (words) words.hidden = true;
    if (Number(button.dataset.callsLeft) > 0) return;
    button.disabled = false;
    const why = document.querySelector("[data-waits]");
    if (why) why.hidden = true;
  }

  /* Renewal */
  const isOther = (event) => event.detail.ctx.sourceElement?.closest("dialog"); // the form of another page

  document.addEventListener("htmx:before:swap", (event) => {
    if (isOther(event)) return;
    if (/^\s*<!doctype/i.test(event.detail.ctx.text || "")) {
      event.preventDefault(); // logged out, or taken over by a colleague: a whole page, shown as one
      location.assign(location.pathname);
      return;
    }
    const source = event.detail.ctx.sourceElement;
    const isStaying = source && source.matches("[data-stays]"); // it narrows a list of the panel that it is in
    const isDone = (panel) => source && panel.contains(source) && !isStaying; // its form was sent: it has had its say
    open = [...document.querySelectorAll("#counter details[open]")].filter((one) => !isDone(one)).map(({ id }) => id);
    filled = [...document.querySelectorAll(FIELDS)].filter((one) => !isStaying || one.matches("input")).map(kept);
    const turns = source && source.matches("[data-turns]"); // other people: seen from the first
    scrolled = turns ? 0 : document.getElementById("lists").scrollTop;
  });

  document.addEventListener("htmx:after:swap", (event) => {
    if (isOther(event)) return;
    const source = event.detail.ctx.sourceElement;
    const before = state;
    state = stateNow();
    if (state !== before || (source && source.matches(SHOWS_OTHERS))) settledAt = performance.now();
    if (state === before) {
      open.forEach(reopen);
      filled.forEach(refill);
      if (source && source.matches("[data-stays]")) setTimeout(focusFound); // after the panel has opened
    }
    document.getElementById("lists").scrollTop = scrolled;
    tellWhenSettled();
  });

  // What a word has found is chosen next: by Enter, or by its digit.
  function focusFound() {
    const found = document.querySelector("#counter details.sure[open] [name=service][data-choice]");
    if (found) found.focus();
  }

  // For whoever watches from outside, as the tests do: the law is the click's own look at the clock.
  function tellWhenSettled() {
    const now = counter();
    setTimeout(() => now.setAttribute("data-takes-keys", ""), settledAt + SETTLE_MS + 1 - performance.now());
  }

  function reopen(id) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }

  // What was ticked or typed stays when a ticket of somebody else renews the page.
  function kept(field) {
    const { name, value, type, checked } = field;
    return { place: field.closest("details, .ends").id, name, value, type, checked, isHere: field === document.activeElement };
  }

  function refill({ place, name, value, type, checked, isHere }) {
    const details = document.getElementById(place);
    const fields = details ? [...details.querySelectorAll(`[name="${name}"]`)] : [];
    const field = type === "checkbox" || type === "radio" ? fields.find((one) => one.value === value) : fields[0];
    if (!field) return;
    if (type === "checkbox" || type === "radio") field.checked = checked;
    else if (field.matches("input") || [...field.options].some((one) => one.value === value)) field.value = value;
    if (isHere) field.focus();
  }

  document.addEventListener("toggle", closeOthers, true);

  function closeOthers({ target }) {
    if (!target.open) return;
    const first = target.querySelector(":is(input, select, button):not([type=hidden], :disabled)");
    if (first && !target.contains(document.activeElement.closest("form"))) first.focus();
    for (const other of document.querySelectorAll("#counter details[open]")) if (other !== target) other.open = false;
  }

  /* The minutes that run are counted here: nothing changes in the hall when one is over. */
  let runsSince = performance.now();
  let running = null;

  function countUp() {
    const shown = document.querySelector("[data-runs-s]");
    if (!shown) return;
    if (shown !== running) {
      running = shown;
      runsSince = performance.now() - Number(shown.dataset.runsS) * 1000;
    }
    const minutes = String(Math.floor((performance.now() - runsSince) / 60000));
    if (shown.textContent !== minutes) shown.textContent = minutes;
  }

  setInterval(countUp, TICK_MS);
  setInterval(countDown, TICK_MS);
  tellWhenSettled();
})();
