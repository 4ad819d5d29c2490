// Lets somebody see what they type: <p hidden data-shows-secrets><input type="checkbox"> …</p> within the form,
// shown where scripts run. What is sent is hidden again first, so that a browser knows it for a password.

for (const place of document.querySelectorAll("[data-shows-secrets]")) {
  const box = place.querySelector("input");
  const secrets = box.form.querySelectorAll("input[type=password]");
  const turn = (isShown) => {
    for (const field of secrets) field.type = isShown ? "text" : "password";
  };
  place.hidden = false;
  box.checked = false; // some browsers keep a tick over a reload
  box.addEventListener("change", () => turn(box.checked));
  box.form.addEventListener("submit", () => turn(false));
}
