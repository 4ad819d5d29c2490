from io import BytesIO

import pytest
import qrcode
import sqlalchemy as sa
from PIL import Image

from kiosk import cards
from kiosk.asked import Asked
from kiosk.cards import refusals
from kiosk.cards.tables import card_change, contact_card
from kiosk.spool.tables import print_job


def picture(text: str, kind="PNG", size=None) -> bytes:
    image = qrcode.make(text).get_image().convert("RGB")
    if size:
        image = image.resize(size)
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_code_in_a_picture_is_read(kind):
    assert cards.read_code(picture("https://u.wechat.com/EAbcd", kind)) == "https://u.wechat.com/EAbcd"


def test_a_picture_without_a_code_or_no_picture_is_refused():
    file = BytesIO()
    Image.new("RGB", (300, 300), "white").save(file, "PNG")
    whole = picture("x")
    for content in (b"", file.getvalue(), whole[: len(whole) // 2]):
        with pytest.raises(refusals.NoCodeInImage):
            cards.read_code(content)


def test_a_payment_code_and_a_long_one_are_refused():
    with pytest.raises(refusals.PaymentCode):
        cards.read_code(picture("wxp://f2f0abcdef"))
    with pytest.raises(refusals.CodeTooLong):
        cards.read_code(picture(f"https://weixin.qq.com/g/{'x' * 100}?s={'1' * 90}"))


def test_a_code_that_leads_to_nobody_in_wechat_is_refused_and_never_written(box, clock):
    with pytest.raises(refusals.ForeignCode):
        cards.read_code(picture("https://u.wechat.com.example.org/EAbcdefgh"))
    with box.database.write() as tx, pytest.raises(refusals.ForeignCode):
        cards.set_wechat(tx, Asked(clock(), 7), 1, "https://example.org/")


def test_a_foreign_code_that_stands_on_a_card_already_is_not_shown(box):
    with box.database.write() as tx:
        tx.execute(sa.update(contact_card).values(wechat="https://example.org/prize"))
    with box.database.read() as tx:
        assert cards.card_of(tx, 1, "zh").wechat == ""
        assert {card.wechat for card in cards.cards(tx, "zh")} == {""}


def test_an_edit_is_written_with_who_and_when(box, clock):
    with box.database.write() as tx:
        cards.set_wechat(tx, Asked(clock(), 7), 1, "https://u.wechat.com/EAbcdefgh")
    with box.database.read() as tx:
        assert cards.card_of(tx, 1, "zh").wechat == "https://u.wechat.com/EAbcdefgh"
        (row,) = tx.execute(sa.select(card_change)).all()
    assert (row.card_id, row.verb, row.staff_id, row.at) == (1, "wechat", 7, clock())


def print_card(box, clock, tap, card_id=1):
    with box.database.write() as tx:
        cards.print_card(tx, box.centre, Asked(clock(), station="one"), card_id, tap)


def cards_printed(box):
    with box.database.read() as tx:
        return tx.execute(sa.select(print_job.c.subject)).scalars().all()


def test_a_card_is_printed_once_for_two_taps(box, clock):
    print_card(box, clock, "first")
    print_card(box, clock, "second")
    clock.forward(seconds=9)
    print_card(box, clock, "third")
    assert cards_printed(box) == ["card:1", "card:1"]


def test_a_tap_that_is_sent_again_long_after_prints_no_second_card(box, clock):
    print_card(box, clock, "its answer was lost")
    clock.forward(minutes=5)
    print_card(box, clock, "its answer was lost")
    assert cards_printed(box) == ["card:1"]


def test_an_unknown_card_is_refused(box, clock):
    with pytest.raises(refusals.UnknownCard):
        print_card(box, clock, "tap", card_id=99)
