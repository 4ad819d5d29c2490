// Strokes of a finger, kept as points on a square of 1000 and put into the form as they end.
//
// <canvas data-ink="what was written before"> [data-ink-clear] <input data-ink-strokes>
// Where that was left as it is, the form says nothing of it; where all of it was wiped off, that there is none.

(function () {
  const SIDE = 1000;
  const NEAR = 6; // points nearer than this tell nothing new
  const MOST = 6000;
  const canvas = document.querySelector("[data-ink]");
  const field = document.querySelector("[data-ink-strokes]");
  const pen = canvas.getContext("2d");
  let strokes = JSON.parse(canvas.dataset.ink || "[]");
  let stroke = null;

  function fit() {
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = width;
    canvas.height = height;
    draw();
  }

  function draw() {
    const scale = canvas.width / SIDE;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 14 * scale;
    pen.lineCap = pen.lineJoin = "round";
    for (const one of strokes) {
      pen.beginPath();
      for (let at = 0; at < one.length; at += 2) pen.lineTo(one[at] * scale, one[at + 1] * scale);
      pen.stroke();
    }
  }

  function point({ clientX, clientY }) {
    const { left, top, width } = canvas.getBoundingClientRect();
    return [clientX - left, clientY - top].map((far) => Math.max(0, Math.min(SIDE, Math.round((far / width) * SIDE))));
  }

  function add(event) {
    const [x, y] = point(event);
    const [beforeX, beforeY] = stroke.slice(-2);
    const isFull = strokes.reduce((count, one) => count + one.length, 0) >= MOST;
    if (isFull || (stroke.length && Math.hypot(x - beforeX, y - beforeY) < NEAR)) return;
    stroke.push(x, y);
    draw();
  }

  canvas.addEventListener("pointerdown", (event) => {
    stroke = [];
    strokes.push(stroke);
    canvas.setPointerCapture(event.pointerId);
    add(event);
  });
  canvas.addEventListener("pointermove", (event) => stroke && add(event));
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      stroke = null;
      field.value = JSON.stringify(strokes);
    });
  }
  document.querySelector("[data-ink-clear]").addEventListener("click", () => {
    strokes = [];
    field.value = "[]";
    draw();
  });
  window.addEventListener("resize", fit);
  window.addEventListener("pagehide", () => (field.value = ""));
  fit();
})();
