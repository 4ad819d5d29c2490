// A menu that is folded out goes in again when somebody looks elsewhere: at a press beside it, at Escape.

const open = () => document.querySelectorAll(".fold[open]");

document.addEventListener("click", ({ target }) => {
  for (const fold of open()) if (!fold.contains(target)) fold.open = false;
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const fold of open()) {
    fold.open = false;
    fold.querySelector("summary").focus();
  }
});
