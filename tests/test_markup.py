"""What reads pages quickly reads what html5lib does, and lets no fault pass in a shape that was right."""

import pytest

from tests import markup

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>取号 · 邻里站</title>
</head>
<body class="a"  data-x>
<h1>取号</h1>
<form action="/take?a=1&amp;b=2" method="post"><input type="hidden" name="tap" value="4f2">
<select name="s"><option value="A" selected>养老 &amp; 补贴</option></select>
<textarea name="words">
一行</textarea></form>
<table><tbody><tr><td>1</td><td>&nbsp;</td></tr></tbody></table>
<svg viewBox="0 0 1 1" aria-hidden="true"><path d="M0 0"/></svg><br>
</body>
</html>
"""
RIGHT = PAGE.replace("取号", "叫号").replace("4f2", "9 > 8").replace("M0 0", "M1 1")


@pytest.mark.parametrize("text", [PAGE, RIGHT, "<p>1</p> <li id='a'>2</li>", "words alone", ""])
def test_what_is_read_quickly_is_what_html5lib_reads(text):
    found = markup.quick(text)
    root, errors = markup.thorough(text)
    assert errors == []
    assert found is not None
    assert markup.alike(found, root)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("<h1>取号</h1>", "<h1>取号</h2>"),
        ("<h1>取号</h1>", "<h1>取号"),
        ("<h1>取号</h1>", "<h1>取\0号</h1>"),
        ("<h1>取号</h1>", "<h1>取\x0b号</h1>"),
        ("<h1>取号</h1>", "<h1>取 < 号</h1>"),
        ("取号 · ", "取号 &nosuch; "),
        ('value="4f2"', 'value="4f2&#0;"'),
        ('value="4f2"', 'value="4f2" value="5"'),
        ('value="4f2"', 'value="4"f2"'),
        ('class="a"', 'class="a\0"'),
        ("<td>&nbsp;</td>", "<td>&nbsp;</th>"),
        ("</select>", "</select></form>"),
        ("<!doctype html>", ""),
        ("<br>", "</br>"),
        ("</tbody>", "<input type=text></tbody>"),
        ("<body", "words<body"),
    ],
)
def test_a_fault_is_seen_in_a_page_whose_like_was_right(said, wrong):
    assert markup.parsed(PAGE)[1] == []
    assert markup.parsed(RIGHT)[1] == []
    assert said in PAGE
    assert markup.parsed(PAGE.replace(said, wrong))[1] != []


def test_a_like_page_is_not_given_to_html5lib_again(monkeypatch):
    markup.parsed(PAGE)
    monkeypatch.setattr(markup, "thorough", None)
    (heading,) = markup.parsed(RIGHT.replace("叫号", "第 1 号"))[0].findall(".//h1")
    assert heading.text == "第 1 号"


@pytest.mark.parametrize("text", ["<table><tr><td>1</td></tr></table>", "<p>1<p>2", "<!-- 1 --><p>2</p>"])
def test_what_leaves_something_out_is_always_read_by_html5lib(text):
    for _ in range(2):
        root, _errors = markup.parsed(text)
        assert markup.alike(root, markup.thorough(text)[0])
        markup.parsed.cache_clear()


def test_a_shape_that_one_process_has_found_right_needs_no_second_look_in_another(tmp_path):
    one, other = markup.Shapes(markup.HERE), markup.Shapes(markup.HERE)
    for each in (one, other):
        each.keep_in(tmp_path)
    one.add(b"a" * markup.SIZE)
    assert other.has(b"a" * markup.SIZE)
    assert not other.has(b"b" * markup.SIZE)
