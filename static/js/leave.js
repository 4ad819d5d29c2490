// Goes home, and lets the station forget the visit, some seconds after a page has said what it had to say.
//
// <… data-leaves-s="60" data-stand="coming"> … <form data-leave>; another stand begins the seconds anew.

(function () {
  let stand = null;
  let timer = 0;

  function look() {
    const told = document.querySelector("[data-leaves-s]");
    if (!told || told.dataset.stand === stand) return;
    stand = told.dataset.stand;
    clearTimeout(timer);
    timer = setTimeout(() => document.querySelector("[data-leave]").requestSubmit(), Number(told.dataset.leavesS) * 1000);
  }

  document.addEventListener("htmx:after:swap", look);
  look();
})();
