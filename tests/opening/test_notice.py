"""The State Council's notices as they were published, and the same with something wrong in each line."""

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday

from kiosk.opening import Workdays, read_notice, workdays_of
from kiosk.opening.refusals import (
    LineMissing,
    NoticeOfAnotherYear,
    NoYearInNotice,
    WrongCount,
    WrongWeekday,
    WrongWorked,
)  # fmt: skip

OF_2026 = """国务院办公厅关于2026年
部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日
"""

OF_2025 = """国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""


@pytest.mark.parametrize(("text", "year", "off", "worked"), [(OF_2026, 2026, 33, 6), (OF_2025, 2025, 28, 5)])
def test_a_notice_as_published_gives_the_days_of_an_independent_calendar(text, year, off, worked):
    notice = read_notice(text, date(year, 1, 1))
    assert (notice.year, notice.off, notice.worked) == (year, off, worked)
    days: Workdays = workdays_of(notice.days)
    whole = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [day for day in whole if days.is_worked(day) != is_workday(day)] == []


def test_full_width_digits_spaces_and_another_word_for_a_weekday_are_read_too():
    odd = OF_2026.replace("1月4日（周日）", "１ 月 ４ 日 ( 星期天 )")
    assert read_notice(odd, date(2026, 1, 1)) == read_notice(OF_2026, date(2026, 1, 1))


def without(line: str) -> str:
    return "\n".join(one for one in OF_2026.splitlines() if line not in one)


@pytest.mark.parametrize("name", ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])
def test_a_line_that_is_missing_is_named(name):
    with pytest.raises(LineMissing) as refused:
        read_notice(without(f"、{name}："), date(2026, 1, 1))
    assert refused.value.facts == {"name": name}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("共9天", "共8天", WrongCount),
        ("23日（农历正月初七、周一）", "24日（农历正月初七、周一）", WrongWeekday),
        ("5月9日（周六）上班", "5月8日（周六）上班", WrongWeekday),
        ("5月9日（周六）上班", "5月8日上班", WrongWorked),
        ("5月9日（周六）上班。", "", WrongWorked),
        ("2月14日（周六）、", "", WrongWorked),
        ("4月4日（周六）", "4月34日（周六）", WrongWeekday),
        ("10月1日（周四）至7日（周三）放假", "10月1日（周四）至7日（周三", LineMissing),
        ("2026年", "", NoYearInNotice),
        ("2026年", "2019年", NoticeOfAnotherYear),
    ],
)
def test_what_is_wrong_in_a_line_is_said_and_nothing_is_read(old, new, fault):
    assert old in OF_2026.replace("\n", "")
    with pytest.raises(fault):
        read_notice(OF_2026.replace("\n部分", "部分").replace(old, new), date(2026, 1, 1))


def test_any_text_at_all_is_refused_with_a_sentence():
    for text in (
        "",
        "放假",
        "2026年部分节假日",
        "2026年部分节假日" + "元旦：" * 999,
        "元旦：1月1日放假" * 99,
        "\x00",
    ):
        with pytest.raises((LineMissing, NoYearInNotice, WrongCount)):
            read_notice(text, date(2026, 1, 1))
