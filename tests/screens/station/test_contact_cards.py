"""Contact cards at the station."""

from kiosk import cards, spool
from kiosk.asked import Asked
from printing.printer_process import Setup


def test_the_card_shows_phone_codes_and_saves_to_a_phone(visitor):
    page = visitor.get("/cards/1")
    assert "0000-2251001" in page.words()
    assert len(page.all(".//*[@class='qr']")) == 1
    saved = visitor.get("/cards/1.vcf")
    assert saved.mimetype == "text/vcard"
    assert "FN:社区书记" in saved.text


def test_a_card_is_printed_and_the_page_says_so_once(visitor):
    visitor.post("/cards/1/print", {"tap": "x"})
    assert "正在打印" in visitor.get("/cards/1").words()
    assert "正在打印" not in visitor.get("/cards/1").words()


def test_without_a_printer_a_card_is_scanned_or_written_down(visitor, box):
    with box.database.write() as tx:
        spool.choose_printer(tx, Asked(box.now(), 1), box.settings, Setup("off:"))
    page = visitor.get("/cards/1")
    assert "打印" not in page.words()
    assert "请用手机扫一扫，或者抄下来" in page.words()
    assert page.all(".//body")[0].get("data-say") == "card_without_printer"


def test_a_centre_without_cards_says_whom_to_ask(visitor, box):
    with box.database.write() as tx:
        for card in cards.cards(tx, "zh"):
            cards.retire_card(tx, Asked(box.now(), 1), card.id, is_retired=True)
    (told,) = visitor.get("/cards").all(".//p[@class='group__of']")
    assert "请问一问工作人员" in told.text
