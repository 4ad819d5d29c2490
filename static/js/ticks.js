// Buttons that tick or clear a group of boxes, and how many are ticked beside each group's name: at once here,
// by a page of the server's without a script.

const count = (group) => {
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  group.querySelector("[data-ticked]").textContent = `${boxes.filter((box) => box.checked).length} / ${boxes.length}`;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=turn]");
  if (!button) return;
  event.preventDefault();
  const [what, slug] = button.value.split(":");
  for (const group of document.querySelectorAll(slug ? `[data-ticks="${slug}"]` : "[data-ticks]")) {
    for (const box of group.querySelectorAll("input[type=checkbox]")) box.checked = what === "all";
    count(group);
  }
});

document.addEventListener("change", (event) => {
  const group = event.target.closest("[data-ticks]");
  if (group) count(group);
});
