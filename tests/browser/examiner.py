"""The examiner of accessibility: what axe-core finds on a page as it stands."""

from pathlib import Path

from tests.markup import MADE_RIGHT, SIZE

AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# no enabled rule looks into style sheets, and to fetch and read them anew took a fifth of a look
RUN_AXE = """async (only) => (
  await axe.run(document, {
    resultTypes: ['violations'], preload: {assets: ['media']},
    ...(only && {runOnly: {type: 'rule', values: only}}),
  })).violations
  .map(v => `${v.id}: ${v.nodes.map(n => `${n.target} ${n.any[0]?.message ?? ''}`).join(' | ')}`)"""
OF_STYLE = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "skip-link")
"""The rules that ask for colours and places; others ask what is there, how it is said, whether it is seen."""

MAKE_UP = """async () => {
  const texts = new Map();
  const nth = (text) => {
    const said = text.trim();
    if (said && !texts.has(said)) texts.set(said, texts.size + 1);
    return said && texts.get(said);
  };
  const ASIDE = /^(data-|hx-|class$|action$|method$|d$|points$|src$|srcset$)/;
  const WORDS = /^(aria-label|aria-description|title|alt|placeholder|value)$/;
  const seen = (e) => {
    if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 0;
    const { width, height } = e.getBoundingClientRect();
    return width > 0 && height > 0 ? 2 : 1;
  };
  const said = ({ name, value }) => {
    if (WORDS.test(name)) return `${name}=${nth(value)}`;
    if (name === 'lang') return `lang=${/^(zh-CN|en)$/.test(value) ? 'ours' : value}`;
    if (name === 'href') return `href=${value && (value[0] === '#' ? value : 'elsewhere')}`;
    return `${name}=${value}`;
  };
  const made = (e) => {
    const how = [...e.attributes].filter(({ name }) => !ASIDE.test(name)).map(said).sort();
    const inner = [...e.childNodes].map((one) => (
      one.nodeType === Node.TEXT_NODE ? nth(one.data) : one.nodeType === Node.ELEMENT_NODE ? made(one) : ''));
    return `<${e.tagName} ${seen(e)} ${how.join(' ')}>${inner.filter((one) => one !== '').join(',')}</>`;
  };
  const whole = new TextEncoder().encode(made(document.documentElement));
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
  return [[...sum].map((byte) => byte.toString(16).padStart(2, '0')).join(''), 'axe' in window];
}"""
"""A page without its words but for which of them are the same, without colours and places: what all rules but
those of style go by. It is one in both languages and, where nothing comes or goes, in each mode. Its digest
comes back, and whether the examiner is there already."""


def axe(page) -> list[str]:
    """What an examiner of accessibility finds on the page; evaluated from outside, so the policy stands.

    Of a page whose make-up was right before only what is of style is asked again: a third of the work.
    """
    digest, has_examiner = page.evaluate(MAKE_UP)
    if not has_examiner:  # half a megabyte: 0.1 s of CPU, as much as a look at a page
        page.evaluate(AXE)
    made = bytes.fromhex(digest)[:SIZE]
    is_known = MADE_RIGHT.has(made)
    found = page.evaluate(RUN_AXE, OF_STYLE if is_known else None)
    if not found and not is_known:
        MADE_RIGHT.add(made)
    return found
