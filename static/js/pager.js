// Turns the pages of a list that is longer than its place, by a big button instead of a finger's drag.
//
// <section data-pager> <div data-pager-list> … </div> <button data-pager-more hidden> </section>

(function () {
  const SLACK = 4; // pixels that rounding may leave over

  function show() {
    for (const pager of document.querySelectorAll("[data-pager]")) {
      const list = pager.querySelector("[data-pager-list]");
      const more = pager.querySelector("[data-pager-more]");
      more.hidden = true;
      more.hidden = list.scrollHeight <= list.clientHeight + SLACK;
    }
  }

  function turn(event) {
    const list = event.target.closest("[data-pager-more]")?.closest("[data-pager]").querySelector("[data-pager-list]");
    if (!list) return;
    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - SLACK;
    list.scrollTo({ top: isAtEnd ? 0 : list.scrollTop + list.clientHeight * 0.8 });
  }

  document.addEventListener("click", turn);
  document.addEventListener("htmx:after:swap", show);
  window.addEventListener("resize", show);
  show();
})();
