"""A printer's settings as a form and as an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.printers import BadPrinter, address_of, form_of, kinds, label_of, open_printer, values_of


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_has_a_name_and_every_line_of_its_form_a_label(kind):
    assert label_of(kind)
    for line in form_of(kind):
        assert line.label
        assert line.choices or line.type is not str or line.example
        assert line.type is str or (line.low or 0) < (line.high or 0)
        assert line.is_needed is (line.default is None)


def test_where_the_printer_is_comes_first_and_the_rare_lines_last():
    names = [line.name for line in form_of("tcp")]
    assert names[:3] == ["host", "port", "confirm"]
    assert [line.is_rare for line in form_of("tcp")] == sorted(line.is_rare for line in form_of("tcp"))


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({"host": "192.168.1.50"}, "tcp://192.168.1.50:9100"),
        ({"host": " printer.lan ", "port": "9101", "confirm": ""}, "tcp://printer.lan:9101"),
        ({"host": "fe80::1", "port": 9100, "confirm": "gs_r"}, "tcp://[fe80::1]:9100?confirm=gs_r"),
        ({"host": "h", "stall_s": "2.5"}, "tcp://h:9100?stall_s=2.5"),
    ],
)
def test_a_filled_in_form_becomes_an_address_and_comes_back(values, url):
    assert address_of("tcp", values) == url
    kind, read = values_of(url)
    assert kind == "tcp"
    assert address_of("tcp", read) == url


def test_all_mistakes_of_a_form_are_told_together_by_field():
    with pytest.raises(BadPrinter) as refused:
        address_of("tcp", {"port": "99999", "confirm": "maybe", "stall_s": "soon", "colour": "red"})
    assert refused.value.faults.keys() == {"host", "port", "confirm", "stall_s", "colour"}
    assert str(refused.value.faults["port"]) == "请填 1 到 65535 之间的数。"
    assert "process_id" in str(refused.value.faults["confirm"])


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("pigeon:", "kind"),
        ("", "kind"),
        ("tcp", "kind"),
        ("tcp://[::1", "kind"),
        ("tcp://h#9100", "kind"),
        ("tcp://clerk@h", "kind"),
        ("tcp:", "host"),
        ("tcp://", "host"),
        ("tcp:192.168.1.50", "host"),
        ("tcp://a b", "host"),
        ("tcp://h:99999", "port"),
        ("tcp://h:ninety", "port"),
        ("tcp://h/path", "path"),
        ("tcp://h?confirm=maybe", "confirm"),
        ("tcp://h?stall_s=nan", "stall_s"),
        ("tcp://h?x=1", "x"),
        ("file:?x=1", "x"),
        ("file:/home", "path"),
    ],
)
def test_an_address_that_is_not_understood_is_refused_by_field_and_with_a_sentence(url, field, tmp_path):
    with pytest.raises(BadPrinter) as refused:
        open_printer(url, tmp_path)
    assert field in refused.value.faults
    assert "打印机" in str(refused.value)
    assert str(refused.value.faults[field]) in str(refused.value)


@pytest.mark.parametrize("kind", kinds())
@given(texts=st.dictionaries(st.text(max_size=8), st.text(max_size=12)), data=st.data())
def test_whatever_is_typed_into_a_form_is_an_address_that_opens_or_a_list_of_faults(kind, texts, data):
    for line in form_of(kind):
        if data.draw(st.booleans()):
            texts[line.name] = data.draw(st.text(max_size=12) | st.sampled_from(["1", "/dev/x", "a"]))
    try:
        url, faults = address_of(kind, texts), {}
    except BadPrinter as refused:
        url, faults = "", refused.faults
    assert bool(url) is not bool(faults)
    if url:
        found, values = values_of(url)
        kept = {name: text.strip() for name, text in texts.items() if text.strip()}
        assert (found, address_of(kind, values)) == (kind, url)
        assert all(values[name] == type(values[name])(text) for name, text in kept.items())
