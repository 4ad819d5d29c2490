// A number pad takes digits as fast as they come: they are kept here and sent once, when they are all there. Without
// a script each key of the pad sends the form by itself.
//
// <form data-pad="4"> <output data-pad-shown> <span></span> … </output>  or  <input data-pad-shown>
//   <button data-pad-key name="digits" value="…">7</button> … <button data-pad-key="back" …> </form>
// data-pad names how many digits it takes; the button whose form is sent keeps its name, its value is all digits.
// With data-pad-hidden="•" beside data-pad-shown the digits are not shown, but that sign for each.

(function () {
  for (const form of document.querySelectorAll("form[data-pad]")) {
    const count = Number(form.dataset.pad);
    const shown = document.querySelector("[data-pad-shown]");
    const isTyped = shown.matches("input"); // where a keyboard may type as well
    let digits = isTyped ? shown.value : [...shown.children].map(({ textContent }) => textContent).join("");
    digits = digits.replaceAll(/\D/g, "");
    const { padHidden: hidden } = shown.dataset;
    if (digits.length === count) continue; // what is done with them stands on the page: each key is a page again

    const show = () => {
      if (isTyped) shown.value = digits;
      else [...shown.children].forEach((place, n) => (place.textContent = digits[n] ? (hidden ?? digits[n]) : ""));
    };
    if (hidden) show(); // what was pressed before the script came is not known here

    form.addEventListener("click", (event) => {
      const key = event.target.closest("[data-pad-key]");
      if (!key) return;
      event.preventDefault();
      if (form.getAttribute("aria-busy") === "true") return;
      if (isTyped) digits = shown.value.replaceAll(/\D/g, "");
      if (key.dataset.padKey === "back") digits = digits.slice(0, -1);
      else if (digits.length < count) digits += key.textContent.trim();
      show();
      if (digits.length === count && key.dataset.padKey !== "back") send(key);
    });

    const send = (key) => {
      if (!isTyped) key.value = digits;
      form.requestSubmit(isTyped ? form.querySelector("button:not([data-pad-key])") : key);
    };

    // Whoever comes next begins with an empty pad, whatever the browser has kept of the page.
    window.addEventListener("pagehide", () => {
      digits = "";
      show();
    });
  }
})();
