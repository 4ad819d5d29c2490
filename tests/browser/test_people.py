"""The register in a real browser: a file is taken in, every page is accessible, a card comes as a file."""

import pytest

from tests.browser.conftest import log_in
from tests.browser.examiner import axe

OFFICE = {"width": 1366, "height": 768}
LIST = "姓名,手机,服务队,合伙人\n某甲,13800001234,理发队,\n某乙,,理发队,口腔诊所\n".encode("gb18030")
WRONG = "姓名,手机\n某甲,12\n".encode()


@pytest.fixture
def desk(browse):
    """A coordinator's browser, and what it complains about."""
    page = browse("/log-in?next=/admin/people", viewport=OFFICE, has_touch=False)
    log_in(page, "desk", "demo-desk")
    page.wait_for_url("**/admin/people")
    return page


def upload(page, content: bytes, name: str) -> None:
    page.goto(f"{page.url.split('/admin')[0]}/admin/people/import")
    page.set_input_files("#list", {"name": name, "mimeType": "text/csv", "buffer": content})
    page.locator("main form button.press--main").click()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_from_a_file_every_page_of_the_register_and_a_card(server, desk, lang):
    if lang == "en":
        desk.locator("button:has-text('English')").first.click()
        desk.wait_for_selector("html[lang=en]")
    upload(desk, WRONG, "错.csv")
    desk.wait_for_selector("[data-screen=admin-import-faulty]")
    assert axe(desk) == [], "faults"
    upload(desk, LIST, "名单.csv")
    desk.wait_for_url("**/admin/people/import/*")
    assert axe(desk) == [], "preview"
    desk.locator("main form button.press--main").click()
    desk.wait_for_selector("[data-screen=admin-people] .told--ok")
    team = desk.locator("a.crew:has-text('理发队')").get_attribute("href")
    person = "/admin/people/1"
    for text in ("某甲", "x"):
        desk.goto(f"{server.origin}/admin/people")
        desk.fill("#text", text)
        desk.press("#text", "Enter")
        desk.wait_for_url("**/admin/people/search")
        assert axe(desk) == [], text
    pages = ("", "/new", "/teams/new", "/teams/none", "/import", "/1")
    for address in (team, *(f"/admin/people{end}" for end in pages)):
        desk.goto(server.origin + address)
        assert axe(desk) == [], address
    desk.goto(server.origin + person)
    for line in desk.locator("summary").all():
        line.click()
    assert axe(desk) == [], "asked whether they are sure"
    with desk.expect_download() as download:
        desk.locator("a[href$='card.pdf']").click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
