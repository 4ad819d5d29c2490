// Goes back by itself when nobody has touched the page for some seconds: <body data-back-s="90" data-back-to="/…">.

(function () {
  const { backS, backTo } = document.body.dataset;
  let timer = 0;

  function begin() {
    clearTimeout(timer);
    timer = setTimeout(() => location.replace(backTo), Number(backS) * 1000);
  }

  for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, begin, { capture: true, passive: true });
  begin();
})();
