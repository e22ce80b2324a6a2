"""A yearly notice on days off, as an administrator loads it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.codes import calendar
from yonggong.codes.errors import CodeError
from yonggong.codes.notices import read_notice

# Invented: no notice for 2027 was seen.
NOTICE = """
year: 2027
title: 国务院办公厅关于2027年部分节假日安排的通知
number: 国办发明电〔2026〕99号
issued: 2026-11-10
source: 示例
days_off:
  - 2026-12-31 - 2027-01-03
  - 2027-02-05 - 2027-02-11
  - 2027-04-03 - 2027-04-05
  - 2027-05-01 - 2027-05-05
  - 2027-06-09
  - 2027-09-15
  - 2027-10-01 - 2027-10-07
days_worked: [2026-12-26, 2027-02-20, 2027-05-08]
"""


@pytest.fixture
def held():
    """Counts by the notice, and by none again afterwards."""
    calendar.hold_notices([read_notice(NOTICE)])
    yield
    calendar.hold_notices([])


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2027, 2, 9), False),  # freed by the notice alone
        (date(2027, 2, 12), True),
        (date(2027, 2, 20), True),  # a Saturday worked
        (date(2027, 2, 21), False),
        (date(2026, 12, 31), False),  # in the year before, which the package knows
        (date(2026, 12, 26), True),
        (date(2026, 12, 30), True),
        (date(2028, 10, 2), False),  # the next year stays open
    ],
)
def test_a_notice_goes_before_what_is_reckoned(held, day, working):
    assert calendar.is_working_day(day) is working


def test_a_year_with_a_notice_is_certain(held):
    assert calendar.certain(date(2026, 12, 1), date(2027, 12, 31))
    assert calendar.caution(date(2027, 6, 1)) == ""
    assert calendar.add_working_days(date(2027, 2, 4), 1) == date(2027, 2, 12)


def test_without_it_everything_is_as_before(held):
    calendar.hold_notices([])
    assert calendar.is_working_day(date(2027, 2, 9))
    assert not calendar.certain(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("year: 2027", "year: 27", "年份应当是"),
        ("year: 2027", "year: 2028", "不在 2028 年"),
        ("number: 国办发明电〔2026〕99号", "number: ''", "没有填写文号"),
        ("number: 国办发明电〔2026〕99号\n", "", "缺少项目：number"),
        ("source: 示例", "sauce: 示例", "不认识的项目"),
        ("issued: 2026-11-10", "issued: 去年", "发文日期"),
        ("  - 2027-06-09\n", "", "没有端午节的 2027-06-09"),
        ("2027-05-08]", "2027-05-07]", "本来就是工作日"),
        ("2027-05-08]", "2027-05-02]", "既是放假日又是上班日"),
        ("2027-05-08]", "五月八日]", "不是日期"),
        ("2027-02-05 - 2027-02-11", "2027-02-11 - 2027-02-05", "起止不对"),
        ("2027-02-05 - 2027-02-11", "2027-02-05 - 2027-12-11", "起止不对"),
        ("year: 2027", "year: [", "不是可读的"),
    ],
)
def test_a_wrong_notice_is_refused_in_words(old, new, said):
    assert old in NOTICE
    with pytest.raises(CodeError, match=said):
        read_notice(NOTICE.replace(old, new))


@given(st.text())
def test_any_text_is_a_notice_or_refused(text):
    with pytest.raises(CodeError):
        read_notice(text)
