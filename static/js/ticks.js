// Buttons that tick or clear a group of boxes: at once here, by a page of the server's without a script.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=turn]");
  if (!button) return;
  event.preventDefault();
  const [what, group] = button.value.split(":");
  const within = group ? `[data-ticks="${group}"] ` : "[data-ticks] ";
  for (const box of button.form.querySelectorAll(`${within}input[type=checkbox]`)) box.checked = what === "all";
});
