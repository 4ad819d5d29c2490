"""The office by keyboard alone, on a window of 1024 pixels."""

from typing import Any

from playwright.sync_api import Page

from script.benches._hall import Client

OFFICE = {"width": 1024, "height": 768}

WALKED = (
    "/admin/services/new", "/admin/opening", "/admin/opening/week", "/admin/notices/new", "/admin/cards/new",
    "/admin/devices", "/admin/changes",
)  # fmt: skip
"""A page of each shape that the office writes with; all of them were walked so once."""

MOST_PRESSES = 400
IS_WIDE = "document.documentElement.scrollWidth > innerWidth"

WALK = """() => {
  const radios = new Set();
  const isFirst = (one) => one.type !== 'radio' || (!radios.has(one.name) && radios.add(one.name));
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const places = [...document.querySelectorAll(kinds)]
    .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0
      && one.type !== 'hidden' && isFirst(one));
  const name = (one) => `${one.tagName} ${one.id || one.name || one.textContent.trim().slice(0, 20)}`;
  const walk = {seen: [], faults: [], left: new Set(places), last: null};
  const isRinged = (one) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  };
  document.addEventListener('focusin', ({target: one}) => {
    if (one === walk.seen[0]) walk.hasTurned = true;
    if (walk.hasTurned || one === walk.last) return; // the next part of a time or a date
    if (walk.last && !(walk.last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING))
      walk.faults.push(`${name(one)} comes out of order`);
    // of a picture to choose the ring is around it
    if (![one, ...one.parentElement.children].some(isRinged)) walk.faults.push(`${name(one)} shows no focus`);
    setTimeout(() => {
      const box = one.getBoundingClientRect();
      const isSeen = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
      if (!isSeen && one === document.activeElement) walk.faults.push(`${name(one)} is out of sight`);
    });
    walk.last = one;
    walk.left.delete(one);
    walk.seen.push(one);
  });
  window.walkSoFar = () => ({
    isOver: walk.left.size === 0 || Boolean(walk.hasTurned),
    faults: [...walk.faults, ...[...walk.left].map((one) => `${name(one)} is not reached`)],
  });
}"""


def tab_to(page: Page, what: str) -> None:
    """Press Tab until `what` has the focus."""
    for _ in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"no way to {what} by keys")


def walked(page: Page) -> list[str]:
    """What is wrong with the way of the focus through a page, from its first to its last place."""
    page.evaluate(WALK)
    so_far: dict[str, Any] = {"isOver": False, "faults": []}
    for presses in range(1, MOST_PRESSES):
        page.keyboard.press("Tab")
        if presses % 20 == 0 and (so_far := page.evaluate("walkSoFar()"))["isOver"]:
            break
    return [*so_far["faults"], *(["wider than the window"] if page.evaluate(IS_WIDE) else [])]


def by_keys(page: Page, origin: str) -> None:
    """Log in as the administrator, a key at a time."""
    page.goto(f"{origin}/log-in")
    tab_to(page, "[name=name]")
    page.keyboard.type("admin")
    page.keyboard.press("Tab")
    page.keyboard.type("demo-admin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/counter")


def test_the_office_is_worked_by_keys_alone_on_a_small_window(server, chromium):
    page = chromium.new_page(viewport=OFFICE)
    by_keys(page, server.origin)
    faults: dict[str, list[str]] = {}
    for address in WALKED:
        page.goto(server.origin + address)
        faults |= {address: found} if (found := walked(page)) else {}
    assert faults == {}, "\n".join(f"{at}: {found}" for at, found in faults.items())

    page.goto(f"{server.origin}/admin/services/new")
    tab_to(page, "#name")
    page.keyboard.type("法律咨询")
    tab_to(page, "#group")
    page.keyboard.press("ArrowDown")
    tab_to(page, "details:has(#material_0_text) > summary")
    page.keyboard.press("Space")
    tab_to(page, "#material_0_text")
    page.keyboard.type("身份证")
    tab_to(page, "details:has(#letter) > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#letter")
    page.keyboard.type("S")
    page.keyboard.press("Enter")  # looks, and writes nothing
    page.wait_for_selector("#look", timeout=5000)
    tab_to(page, "#look button[name=save]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/services/*")
    assert "法律咨询" in page.inner_text("h1")
    tab_to(page, ".last button")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]", timeout=5000)
    assert "撤销了" in page.inner_text("[role=status]")

    page.goto(f"{server.origin}/admin/opening")
    tab_to(page, "#close-all summary")
    page.keyboard.press("Enter")
    tab_to(page, "#close-all form button")
    page.keyboard.press("Enter")
    page.wait_for_selector("form[action$='/reopen'] button", timeout=5000)
    tab_to(page, "form[action$='/reopen'] button")
    page.keyboard.press("Space")
    page.wait_for_selector("#close-all", timeout=5000)

    page.goto(f"{server.origin}/admin/staff/new")
    tab_to(page, "#name")
    page.keyboard.type("窗口5")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-password]", timeout=5000)

    admin = Client(server)
    admin.post("/log-in", name="admin", password="demo-admin")
    for number in range(10, 31):
        admin.post("/admin/counters/add", number=f"{number}", like="1")
    page.goto(f"{server.origin}/admin/counters")
    assert not page.evaluate(IS_WIDE), "the table of thirty windows is turned within its page"
    page.close()
