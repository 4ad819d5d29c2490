"""The station's panels: on each, in each mode, 20 mm to touch and 5 mm to read, and all of it is seen.

A panel is a size of the window and the length of its millimetre, a mode is marks of the body: a page is
loaded once.
"""

from collections.abc import Iterable

from tests.browser.conftest import TALL, WIDE

SQUARER = "15 of 4:3"
PANELS = {
    "21.5 tall": (TALL, 21.5),
    "15.6 wide": (WIDE, 15.6),
    "32 wide": (WIDE, 32),
    SQUARER: ({"width": 1024, "height": 768}, 15),
}
"""Their sizes in CSS pixels and inches."""

MODES = {
    "as it comes": {"data-text": "normal", "data-low": "off"},
    "large": {"data-text": "large", "data-low": "off"},
    "low": {"data-text": "normal", "data-low": "on"},
    "large and low": {"data-text": "large", "data-low": "on"},
}
"""High contrast changes colours and edges, not places: it is left to the examiner of accessibility."""

MEASURE = """([sheet, modes]) => {
  const panel = new CSSStyleSheet();
  panel.replaceSync(sheet);
  document.adoptedStyleSheets = [panel];
  const mm = Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm'));
  const start = e => e.textContent.trim().replace(/\\s+/g, ' ').slice(0, 20);
  const isShown = e => {
    const { width, height } = e.getBoundingClientRect();
    return width > 2 && height > 2 && !e.closest('dialog:not([open]), .unseen, .lost');
  };
  const box = e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const isInList = e => e.closest('[data-pager-list]');
  const letters = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.textContent.trim() || !isShown(e)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) {
        if (r.width > 1) found.push({ e, node, left: r.left, top: r.top, right: r.right, bottom: r.bottom });
      }
    }
    return found;
  };
  // A word that stands in two lines: it was wider than its place. Chinese ones may.
  const isBroken = (node, from, until) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, until);
    const tops = [...range.getClientRects()].filter(r => r.width > 0.5).map(r => Math.round(r.top));
    return new Set(tops).size > 1;
  };
  const broken = () => {
    const nodes = [...new Set(letters().map(({ node }) => node))];
    return nodes.flatMap(node => [...node.textContent.matchAll(/[A-Za-z]{4,}/g)]
      .filter(({ 0: word, index }) => isBroken(node, index, index + word.length)).map(([word]) => word));
  };
  // A line's box is higher than its letters: what is within this share of it above and below is empty.
  const EMPTY = 0.17;
  const inner = line => {
    const slack = (line.bottom - line.top) * EMPTY;
    return { ...line, top: line.top + slack, bottom: line.bottom - slack };
  };
  // What is read to know what to do: the question, the choices, what to bring, where to wait.
  const CHOSEN = ['.title', '.tile__words', '.press--main', '.plea__words', '.bring__item', '.taken__ahead'];
  const holder = e => {
    for (let at = e; at !== document.body; at = at.parentElement) {
      if (at.matches('a, button, .press, .slip, .strip')) return at;
      if (getComputedStyle(at).overflow !== 'visible') return at;
    }
    return null;
  };
  const colour = text => {
    const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const light = ({ rgb }) => {
    const even = v => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map(v => even(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  // What is written against the first ground beneath it that is not clear: grounds here are one colour each.
  const contrast = e => {
    let ground = { rgb: [255, 255, 255], a: 1 };
    for (let at = e; at; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found.a > 0.99) { ground = found; break; }
    }
    const [high, low] = [light(colour(getComputedStyle(e).color)), light(ground)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const measured = () => {
    const root = document.documentElement;
    const all = what => [...document.querySelectorAll(what)].filter(isShown);
    const [foot] = all('.foot').map(e => e.getBoundingClientRect().top);
    const [head] = all('.head').map(e => e.getBoundingClientRect().top);
    const lines = letters().map(inner);
    const targets = all('a, button, summary, .prior .press').filter(e => !isInList(e));
    const covered = targets.flatMap(e => {
      const [left, top, right, bottom] = box(e), inset = 2 * mm;
      const across = [left + inset, right - inset], down = [top + inset, bottom - inset];
      const corners = across.flatMap(x => down.map(y => [x, y]));
      const points = [[(left + right) / 2, (top + bottom) / 2], ...corners];
      const isMine = it => it && (e.contains(it) || it.contains(e));
      const over = points.map(([x, y]) => document.elementFromPoint(x, y)).find(it => !isMine(it));
      return over === undefined ? [] : [`${start(e)} by ${over ? start(over) : 'the edge'}`];
    });
    const cut = lines.flatMap(({ e, node, left, top, right, bottom }) => {
      if (isInList(e)) return [];
      const held = holder(e);
      const [l, t, r, b] = held ? box(held) : [0, 0, innerWidth, innerHeight];
      const isOut = left < l - 1 || right > r + 1 || top < t - 1 || bottom > b + 1;
      return isOut ? [start(node)] : [];
    });
    const ratios = lines.map(({ e, node }) => [start(node), Math.round(contrast(e) * 100) / 100]);
    const over = [];
    lines.forEach((one, n) => {
      for (const other of lines.slice(n + 1)) {
        if (other.node === one.node || isInList(one.e) || isInList(other.e)) continue;
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > 2 && down > 2) over.push([start(one.node), start(other.node)]);
      }
    });
    return {
      out: all('.main *').filter(e => !isInList(e) && (box(e)[3] > foot + 1 || box(e)[1] < head)).map(start),
      covered, cut, over, ratios, broken: broken(),
      targets: targets.map(e => [start(e).slice(0, 12), ...box(e)]),
      highest: Math.max(0, ...targets.map(e => innerHeight - box(e)[1])) / mm,
      tiny: lines.map(({ e, node }) => [Number.parseFloat(getComputedStyle(e).fontSize), start(node)]),
      chosen: lines.filter(({ e }) => e.closest(CHOSEN.join()) && !e.closest('.note'))
        .map(({ e }) => Number.parseFloat(getComputedStyle(e).fontSize)),
      scroll: [root.scrollWidth, root.scrollHeight],
      view: [innerWidth, innerHeight],
    };
  };
  const ON = { text: 'large', contrast: 'high', slow: 'on', low: 'on' };
  const press = () => {
    for (const button of document.querySelectorAll('.tools form [aria-pressed]')) {
      const mode = button.form.elements.mode.value;
      button.setAttribute('aria-pressed', String(document.body.dataset[mode] === ON[mode]));
    }
  };
  const before = { ...document.body.dataset };
  const found = {};
  for (const [name, marks] of Object.entries(modes)) {
    for (const [mark, value] of Object.entries(marks)) document.body.setAttribute(mark, value);
    press();
    dispatchEvent(new Event('resize')); // a list asks again whether it is longer than its place
    found[name] = measured();
  }
  Object.assign(document.body.dataset, before);
  press();
  return found;
}"""
CAP = 0.733  # height of a capital over the em, Noto Sans CJK; a Chinese character fills 0.92 of it


def judge_panels(page, where: str, modes: Iterable[str] = tuple(MODES)) -> list[str]:
    """What is wrong with the page on any panel in these modes; afterwards it is as it was.

    In one mode alone only sizes, distances and edges are judged, and not on the panel of 4:3.
    """
    page.wait_for_load_state()  # what is there before its style sheets is no page to measure
    faults: list[str] = []
    asked = {name: MODES[name] for name in modes}
    is_whole = len(asked) > 1
    for name, (size, inches) in PANELS.items():
        if not is_whole and name == SQUARER:
            continue
        page.set_viewport_size(size)
        mm = mm_of(size, inches)
        for mode, found in page.evaluate(MEASURE, [sheet_of(size, inches), asked]).items():
            assert found["view"] == [size["width"], size["height"]], f"{where} has another size"
            most = REACHED_MM[name] if "low" in mode else 1e9
            found_here = faults_of(found, mm, is_whole=is_whole, most_mm=most)
            faults += [f"{where}, {mode}, on {name}: {fault}" for fault in found_here]
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(TALL)
    return faults


def mm_of(size: dict[str, int], inches: float) -> float:
    """CSS pixels of a millimetre of the panel."""
    return float((size["width"] ** 2 + size["height"] ** 2) ** 0.5 / (inches * 25.4))


def sheet_of(size: dict[str, int], inches: float) -> str:
    """The panel's own sheet, as /panel/station.css says it of a box that is set up so."""
    return f":root{{--mm:{mm_of(size, inches):.4f}px}}"


REACHED_MM = {"21.5 tall": 200, "15.6 wide": 112, "32 wide": 190, SQUARER: 150}
"""How far above the panel's lower edge the low mode has anything to touch: four tenths, of 194 mm half."""


def faults_of(found, mm: float, *, is_whole: bool = True, most_mm: float = 1e9) -> list[str]:
    """Targets of 20 mm with room between them, letters of 5 mm, nothing cut, covered or outside the panel.

    Nothing to touch lies higher than `most_mm` above its lower edge.
    """
    low = [(t[0], round((t[4] - t[2]) / mm, 1)) for t in found["targets"] if (t[4] - t[2]) / mm < 19.9]
    tiny = [(text, round(px * CAP / mm, 1)) for px, text in found["tiny"] if px * CAP / mm < 4.95]
    faults = {
        "under 20 mm": low,
        "larger than the panel": [a for a, b in zip(found["scroll"], found["view"], strict=True) if a > b],
        "beyond head or foot": found["out"],
        "covered": is_whole and found["covered"],
        "does not hold what it says": is_whole and found["cut"],
        "words on words": is_whole and found["over"],
        "words in two lines": is_whole and found["broken"],
        "under 7:1": [one for one in found["ratios"] if one[1] < 7],
        "letters under 5 mm": tiny,
        "too high": [round(found["highest"])] if found["highest"] > most_mm else [],
        "nearer than 4.5 mm": overlaps(found["targets"], mm),
    }
    return [f"{what}: {which}" for what, which in faults.items() if which]


def overlaps(targets, mm: float) -> list[tuple[str, str, float]]:
    """Pairs of targets that lie on one another or nearer than 4.5 mm."""
    return [(one, other, round(gap, 1)) for one, other, gap in near(targets, mm) if gap < 4.5]


def near(targets, mm: float) -> list[tuple[str, str, float]]:
    """Every pair of targets and the millimetres between them; less than 0 where they lie on one another."""
    return [
        (one, other, max(left2 - right, left - right2, top2 - bottom, top - bottom2) / mm)
        for i, (one, left, top, right, bottom) in enumerate(targets)
        for other, left2, top2, right2, bottom2 in targets[i + 1 :]
    ]
