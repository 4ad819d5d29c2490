// Digits that are typed while nothing has the focus, as after a touch beside it, go into the code: a machine that
// is not let in reads no scanner, whose first digits they would be taken for.

const code = document.getElementById("code");

document.addEventListener("keydown", ({ key, ctrlKey, altKey, metaKey, target }) => {
  if (ctrlKey || altKey || metaKey || target.matches("input")) return;
  if (/^[0-9]$/.test(key) || key === "Backspace") code.focus(); // the key itself then goes where the focus is
});
