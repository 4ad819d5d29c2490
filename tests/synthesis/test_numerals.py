"""Figures as they are said in Chinese."""

import pytest

from kiosk.synthesis.numerals import count_of, digits_of, spell_out


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("A012号，8:30到3号窗口", "A零幺二号，八点半到三号窗口"),
        ("周一至周五 8:30-11:30，14:00-17:30", "周一至周五 八点半到十一点半，十四点到十七点半"),
        ("9:05", "九点零五分"),
        ("2:00", "两点"),
        ("电话010-8888 6666", "电话零幺零八八八八六六六六"),
        ("13800001111", "幺三八零零零零幺幺幺幺"),
        ("12345热线，急救120", "幺二三四五热线，急救幺二零"),
        ("2026-12-04", "二零二六年十二月四日"),
        ("2份复印件，2楼，第2次，22个人", "两份复印件，二楼，第二次，二十二个人"),
        ("70岁以上，60%", "七十岁以上，百分之六十"),
        ("5号楼2单元301室", "五号楼二单元三零幺室"),
        ("1,200元，2.5元", "一千二百元，二点五元"),
        ("1-3楼", "一到三楼"),
        ("１２号", "十二号"),
    ],
)
def test_figures_are_said_as_people_say_them(written, said):
    assert spell_out(written) == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ("0", "零"),
        ("10", "十"),
        ("105", "一百零五"),
        ("110", "一百一十"),
        ("1001", "一千零一"),
        ("20000", "二万"),
        ("100005", "十万零五"),
        ("10010000", "一千零一万"),
        ("1" * 20, digits_of("1" * 20)),
    ],
)
def test_numbers_are_counted(figures, said):
    assert count_of(figures) == said
