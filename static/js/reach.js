// A table that is wider than its sheet is pushed within it (office.css): with the keyboard too, whose arrows move what has the
// focus. A link in its first column would bring nobody to the last.

function mend() {
  for (const sheet of document.querySelectorAll(".sheet:has(table)")) {
    const isPushed = sheet.scrollWidth > sheet.clientWidth && getComputedStyle(sheet).overflowX === "auto";
    if (isPushed) sheet.tabIndex = 0;
    else sheet.removeAttribute("tabindex");
  }
}

mend();
new ResizeObserver(mend).observe(document.body);
document.addEventListener("htmx:after:swap", mend);
