// Shows what needs a script, and what needs a microphone that this page may ask for: http from another machine has none.
//
// <div data-needs-script hidden> <div data-needs-microphone hidden>

(function () {
  const hasMicrophone = Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);
  for (const one of document.querySelectorAll("[data-needs-script]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-needs-microphone]")) one.hidden = !hasMicrophone;
})();
