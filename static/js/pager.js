// Turns the pages of a list that is longer than its place, by a big button instead of a finger's drag.
//
// <section data-pager> <div data-pager-list> … </div> <button data-pager-more hidden> </section>

(function () {
  const SLACK = 4; // pixels that rounding may leave over

  for (const pager of document.querySelectorAll("[data-pager]")) {
    const list = pager.querySelector("[data-pager-list]");
    const more = pager.querySelector("[data-pager-more]");

    const show = () => {
      more.hidden = true;
      more.hidden = list.scrollHeight <= list.clientHeight + SLACK;
    };
    more.addEventListener("click", () => {
      const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - SLACK;
      list.scrollTo({ top: isAtEnd ? 0 : list.scrollTop + list.clientHeight * 0.8 });
    });
    window.addEventListener("resize", show);
    show();
  }
})();
