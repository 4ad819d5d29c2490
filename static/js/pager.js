// Turns the pages of a list that is longer than its place, by a big button instead of a finger's drag.
// A page ends between two rows, or lines of a text, and a heading stays with what it heads: nothing is cut
// through. The button says how many rows are further down; on the last page another one leads back to the first.
//
// <section data-pager> <div data-pager-list> … </div>
//   <button data-pager-more hidden> <span data-pager-left data-words="# more"></span> </button>
//   <button data-pager-back hidden> </section>

(function () {
  const SLACK = 4; // pixels that rounding may leave over
  const LEAST = 40; // pixels that every page goes further, in a place too low for a heading
  const PART = 0.8; // of the place, where nothing in it ends
  const ROWS = "h2, li";

  function show(event) {
    for (const pager of document.querySelectorAll("[data-pager]")) {
      if (event?.type !== "resize" && pager.starts) continue; // it was not swapped: who reads it stays where she is
      const list = pager.querySelector("[data-pager-list]");
      const [more, back] = buttonsOf(pager);
      more.hidden = back.hidden = true;
      list.style.marginBottom = list.style.paddingBottom = list.style.clipPath = "";
      list.scrollTo({ top: 0, behavior: "instant" });
      pager.starts = [0];
      if (list.scrollHeight <= list.clientHeight + SLACK) continue;
      more.hidden = false;
      begin(pager, list);
    }
  }

  const buttonsOf = (pager) => ["more", "back"].map((name) => pager.querySelector(`[data-pager-${name}]`));

  /** Cut the list into pages, and leave room below so that the last of them begins with its own first row. */
  function begin(pager, list) {
    const room = list.clientHeight;
    const whole = list.scrollHeight;
    const rows = rowsOf(list);
    pager.head = Math.max(0, ...[...list.querySelectorAll("h2")].map((head) => head.offsetHeight));
    pager.room = room;
    const below = room - pager.head; // the heading of what goes on stays above it
    for (let until = end(rows, 0, room); until < whole - SLACK; until = end(rows, until, below)) pager.starts.push(until);
    list.style.paddingBottom = `${Math.max(0, pager.starts.at(-1) + below - whole)}px`;
    turnTo(pager, list, 0);
  }

  /** Where a page of this height that begins at `from` ends: the lowest place that goes through no row. */
  function end(rows, from, height) {
    const part = from + Math.max(height * PART, LEAST);
    if (rows.length === 0) return part;
    const isClear = (y) => rows.every(([top, bottom]) => y <= top + 1 || y >= bottom - 1);
    const places = rows.map(([, bottom]) => bottom).filter((y) => y > from + SLACK && y <= from + height + 1);
    return Math.max(...places.filter(isClear), 0) || part;
  }

  function rowsOf(list) {
    const above = list.getBoundingClientRect().top - list.scrollTop;
    const rows = [...list.querySelectorAll(ROWS)].map((row) => {
      const last = (row.matches("h2") && row.parentElement.querySelector("li")) || row;
      return [row.getBoundingClientRect().top - above, last.getBoundingClientRect().bottom - above];
    });
    return rows.length ? rows : linesOf(list, above);
  }

  /** The lines of a text, which has no rows of its own. */
  function linesOf(list, above) {
    const range = document.createRange();
    range.selectNodeContents(list);
    const high = Number.parseFloat(getComputedStyle(list).lineHeight);
    const middles = [];
    for (const { top, bottom } of range.getClientRects()) {
      const middle = (top + bottom) / 2 - above;
      if (!(middle < middles.at(-1) + high / 2)) middles.push(middle);
    }
    return middles.map((middle) => [middle - high / 2, middle + high / 2]);
  }

  function turnTo(pager, list, page) {
    const [from, until] = [pager.starts[page], pager.starts[page + 1]];
    const [more, back] = buttonsOf(pager);
    const left = more.querySelector("[data-pager-left]");
    const isRows = list.querySelector("li") !== null;
    const head = page > 0 ? pager.head : 0;
    const rest = until ? pager.room - head - (until - from) : 0; // where the first row of the next page would begin
    if (isRows) list.style.marginBottom = rest ? `${rest}px` : "";
    else list.style.clipPath = rest ? `inset(-1rem -1rem ${rest}px)` : ""; // as high as it was: all about it stays
    list.scrollTo({ top: from - head });
    more.hidden = until === undefined;
    back.hidden = !more.hidden;
    if (left && until) {
      const above = list.getBoundingClientRect().top;
      const below = [...list.querySelectorAll("li")].filter(
        (row) => row.getBoundingClientRect().top - above + list.scrollTop >= until - SLACK,
      );
      left.textContent = left.dataset.words.replace("#", below.length);
    }
  }

  function turn(event) {
    const button = event.target.closest("[data-pager-more], [data-pager-back]");
    if (!button) return;
    const pager = button.closest("[data-pager]");
    const list = pager.querySelector("[data-pager-list]");
    const next = pager.starts.findIndex((start) => start > list.scrollTop + pager.head + SLACK);
    turnTo(pager, list, button.matches("[data-pager-back]") || next < 0 ? 0 : next);
  }

  document.addEventListener("click", turn);
  document.addEventListener("htmx:after:swap", show);
  window.addEventListener("resize", show);
  show();
})();
