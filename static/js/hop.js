// A digit in one field of a column leads on to the next: <input data-hop>. Without it the tabulator does.

const fields = [...document.querySelectorAll("[data-hop]")];

fields.forEach((field, place) => {
  field.addEventListener("focus", () => field.select());
  field.addEventListener("input", () => {
    if (/^[0-9]$/.test(field.value)) fields[place + 1]?.focus();
  });
});
