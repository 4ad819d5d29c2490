from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from kiosk.cards.rules import ContactCard, Edition, faults, is_contact, is_payment, vcard

CARD = ContactCard(1, "社区书记", "", "0000-2251001", "中心一楼; 东侧, 2号", "每天\n8:30", "")
WHOLE = Edition("0a1b.linli")
FIELDS = {
    "post": "社区书记",
    "post_en": "Community secretary",
    "name": "",
    "phone": "0000-2251001",
    "address": "一楼",
    "address_en": "Ground floor",
    "hours": "每天",
    "hours_en": "Daily",
}


def test_a_vcard_has_the_lines_that_a_phone_asks_for():
    lines = vcard(CARD, "桃园社区").split("\r\n")
    assert lines[0] == "BEGIN:VCARD"
    assert lines[-2:] == ["END:VCARD", ""]
    assert "FN:社区书记" in lines
    assert "TEL:0000-2251001" in lines


def test_a_phone_knows_a_card_again_that_it_has_taken_in_before():
    lines = vcard(CARD, "桃园社区", Edition("0a1b.linli", datetime(2026, 11, 28, 7, 5, tzinfo=UTC))).split(
        "\r\n"
    )
    assert {"UID:card-1@0a1b.linli", "REV:20261128T070500Z", "TEL;TYPE=WORK,VOICE:0000-2251001"} <= set(lines)
    assert [line for line in vcard(CARD, "", WHOLE).split("\r\n") if line.startswith("REV")] == []


def test_what_would_break_a_vcard_is_escaped():
    text = vcard(CARD, "桃园社区", WHOLE)
    assert r"ADR;TYPE=WORK:;;中心一楼\; 东侧\, 2号;;;;" in text
    assert r"NOTE:每天\n8:30" in text


def test_a_phone_dials_the_number_and_reads_the_extension():
    card = ContactCard(1, "网格长", "", "021-62345678转8", "", "每天", "")
    lines = vcard(card, "", WHOLE).split("\r\n")
    assert {"TEL;TYPE=WORK,VOICE:021-62345678", "NOTE:转8；每天"} <= set(lines)
    assert "TEL:021-62345678" in vcard(card, "").split("\r\n")


def test_a_named_card_is_filed_under_the_name():
    named = ContactCard(1, "网格长", "某某", "1", "", "", "")
    assert "N:某某;;;;" in vcard(named, "", WHOLE)
    assert "TITLE:网格长" in vcard(named, "", WHOLE)


def test_good_fields_have_no_fault():
    assert faults(FIELDS) == {}


def test_a_card_needs_its_post_and_one_way_to_reach_whoever_has_it_and_no_more():
    bare = dict.fromkeys(FIELDS, "") | {"post": "网格长"}
    assert faults(bare) == {"phone": "unreachable"}
    assert faults(bare, has_wechat=True) == {}
    assert faults(bare | {"phone": "110"}) == faults(bare | {"address": "一楼"}) == {}
    assert "TEL" not in vcard(replace(CARD, phone=""), "桃园社区")


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("post", "", "empty"),
        ("hours", "时" * 97, "long"),
        ("phone", "call me", "phone_signs"),
        ("phone", "1", "phone_signs"),
        ("phone", "()-()", "phone_signs"),
        ("address", "一楼😀", "pictures"),
        ("name", "某" * 17, "long"),
    ],
)
def test_a_wrong_field_is_named_with_its_fault(field, value, fault):
    assert faults(FIELDS | {field: value}) == {field: fault}


@pytest.mark.parametrize(
    "text",
    [
        "wxp://f2f0x",
        " WXP://F2F0X",
        "https://qr.alipay.com/fkx1",
        "http://qr.alipay.com/f",
        "alipays://platformapi/x",
    ],
)
def test_a_code_that_takes_money_is_known(text):
    assert is_payment(text)
    assert not is_payment("https://u.wechat.com/abcd")
    assert not is_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://u.wechat.com/EPDjgRrQutXUU-K1XzT9X_0",
        "https://u.wechat.com/MLB4bqkwRqFx4Olc1YASELw?s=2",
        "http://weixin.qq.com/r/bnWkvArEolfdrU7f9yB8",
        "http://weixin.qq.com/r/mp/vURnf3LEQC8-rTYc9xGv",
        "https://weixin.qq.com/g/AzDjiKCWy9IWUqHM",
        "https://work.weixin.qq.com/u/vc04f06b3135fedecd?v=4.0.8.19637&src=wx",
        "https://work.weixin.qq.com/ct/wcde1a2b3c4d5e6f7890",
        "https://work.weixin.qq.com/ca/cawcde87c5c2d49c7f?customer_channel=hall",
        "HTTPS://U.WECHAT.COM/EPDjgRrQutXUU-K1XzT9X_0",
    ],
)
def test_the_codes_that_wechat_and_wecom_make_are_taken(text):
    assert is_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/",
        "https://u.wechat.com.example.org/EPDjgRrQutXUU",
        "https://u.wechat.com@example.org/EPDjgRrQutXUU",
        "https://example.org/?https://u.wechat.com/EPDjgRrQutXUU",
        "https://u.wechat.com/EPDjgRrQutXUU?to=https://example.org",
        "https://u.wechat.com/EPDjgRrQutXUU\n",
        "https://u.wechat.com/../pay",
        "https://work.weixin.qq.com/wework_admin/loginpage_wx",
        "https://open.weixin.qq.com/connect/confirm?uuid=081abcdefgh",
        "https://login.weixin.qq.com/l/4abcdefgh==",
        "https://payapp.weixin.qq.com/qr/AQabcdefgh",
        "https://mp.weixin.qq.com/s/abcdefgh",
        "weixin://dl/business/?t=abcdefgh",
        "13800138000",
    ],
)
def test_whatever_leads_elsewhere_is_none_of_them(text):
    assert not is_contact(text)
