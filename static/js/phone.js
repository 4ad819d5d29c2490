// Rings, shakes and flashes once when the ticket is called. Written for old phones; the page works without it.

(function () {
  var FLASHES_MS = 10000; // once a second, by the style sheet: nobody's eyes are harmed below three
  var button = document.querySelector("[data-alert]");
  var trying = document.querySelector("[data-alert-try]");
  var status = statusNow();
  var chime = null;

  function statusNow() {
    var now = document.getElementById("now");
    return now ? now.getAttribute("data-status") : "";
  }

  function load() {
    chime = chime || new Audio(button.getAttribute("data-sound"));
  }

  function ring() {
    if (chime) {
      chime.currentTime = 0;
      var playing = chime.play();
      if (playing && playing.then) playing.then(null, function () {});
    }
    if (navigator.vibrate) navigator.vibrate([400, 200, 400, 200, 400]);
    document.documentElement.setAttribute("data-flashes", "");
    setTimeout(function () {
      document.documentElement.removeAttribute("data-flashes");
    }, FLASHES_MS);
  }

  function tryOut() {
    load();
    ring();
  }

  // What a phone cannot do it is not said to do: those of Apple shake for no page.
  function sayWhatItDoes() {
    var words = document.querySelectorAll("[data-vibrates]");
    for (var i = 0; i < words.length; i += 1) words[i].hidden = !navigator.vibrate;
  }

  function look() {
    var before = status;
    status = statusNow();
    if (status === "called" && before !== "called") ring();
    showButton();
  }

  function showButton() {
    if (!button) return;
    button.hidden = trying.hidden = !(status === "waiting" || status === "no_show");
  }

  // A browser lets a page sound only after a touch: the same touch that asks for it plays it once.
  function turnOn() {
    tryOut();
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
  if (button) {
    button.addEventListener("click", turnOn);
    trying.addEventListener("click", tryOut);
    sayWhatItDoes();
  }
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
