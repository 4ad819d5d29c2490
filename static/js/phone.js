// Rings once when the ticket is called. Written for old phones; the page works without it.

(function () {
  var button = document.querySelector("[data-alert]");
  var status = statusNow();
  var chime = null;

  function statusNow() {
    var now = document.getElementById("now");
    return now ? now.getAttribute("data-status") : "";
  }

  function ring() {
    if (chime) {
      var playing = chime.play();
      if (playing && playing.then) playing.then(null, function () {});
    }
    if (navigator.vibrate) navigator.vibrate([400, 200, 400, 200, 400]);
  }

  function look() {
    var before = status;
    status = statusNow();
    if (status === "called" && before !== "called") ring();
    showButton();
  }

  function showButton() {
    if (button) button.hidden = !(status === "waiting" || status === "no_show");
  }

  // A browser lets a page sound only after a touch: the same touch that asks for it plays it once.
  function turnOn() {
    chime = chime || new Audio(button.getAttribute("data-sound"));
    ring();
    button.setAttribute("aria-pressed", "true");
    button.querySelector("[data-alert-off]").hidden = true;
    button.querySelector("[data-alert-on]").hidden = false;
  }

  function reload() {
    window.location.reload();
  }

  // Gone at the end of the day, or the whole page came instead of its middle: load it as a page.
  document.addEventListener("htmx:before:swap", function (event) {
    var text = event.detail.ctx.text || "";
    if (/^\s*<!doctype/i.test(text)) {
      event.preventDefault();
      reload();
    }
  });
  document.addEventListener("htmx:after:swap", look);
  // loaded anew it could not ring: a browser wants another touch first
  document.addEventListener("linli:renew", function (event) {
    if (chime) event.preventDefault();
  });
  if (button) button.addEventListener("click", turnOn);
  showButton();

  // A phone too old for the library still follows the queue.
  window.addEventListener("load", function () {
    if (!window.htmx && /^(waiting|called|serving|no_show|held)$/.test(status)) setInterval(reloadIfThere, 10000);
  });

  // A page that is loaded while nobody answers is the browser's own, and asks no more.
  function reloadIfThere() {
    var asking = new XMLHttpRequest();
    asking.open("GET", window.location.href);
    asking.onload = function () {
      if (asking.status < 500) reload();
    };
    asking.send();
  }
})();
