"""What the functions give, by the standard's own numbers and examples."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.benefits.days import counted
from yonggong.benefits.functions import FUNCTIONS
from yonggong.benefits.reckoning import Result
from yonggong.benefits.rules import mapped
from yonggong.codes import calendar

ON = date(2026, 11, 28)
D = date


def reckon(rule: str, **given: Any) -> Result:
    item, place = rule.split("#")
    one = mapped()[item, int(place)]
    assert one.function is not None, one.why_not
    return one.function.reckon(given, one.told, ON)


CLAIM = "unemployment-benefit-claim"
INJURY = "work-injury-disability-benefits"
DEATH = "work-injury-death-lump-sum-and-funeral-subsidy"
RELATIVES = "work-injury-survivor-allowance"
STATE = "government-institution-pension-retirement-benefit"
BIRTH = {"birth": D(1970, 5, 10)}


@pytest.mark.parametrize(
    ("rule", "given", "said"),
    [
        # unemployment: months by years, what was left, the amounts of the table
        (f"{CLAIM}#3", {"years": 1}, "2 个月"),
        (f"{CLAIM}#3", {"years": 7}, "16 个月"),
        (f"{CLAIM}#3", {"years": 31}, "24 个月"),
        (f"{CLAIM}#3", {"years": 0}, "不能领取"),
        (f"{CLAIM}#5", {"years": 5, "left": 4}, "18 个月"),
        (f"{CLAIM}#5", {"years": 9, "left": 10}, "24 个月"),
        (f"{CLAIM}#6", {"month": 12, "years": 3, "sex": "男", "age": 30}, "每月 1,782.00 元"),
        (f"{CLAIM}#6", {"month": 13, "years": 3, "sex": "男", "age": 30}, "每月 1,584.00 元"),
        (f"{CLAIM}#7", {"month": 1, "years": 10, "sex": "男", "age": 50}, "每月 2,138.40 元"),
        (f"{CLAIM}#7", {"month": 1, "years": 10, "sex": "男", "age": 49}, "每月 1,782.00 元"),
        (f"{CLAIM}#8", {"month": 13, "years": 2, "sex": "女", "age": 30, "spouse": True},
         "每月 1,710.72 元"),
        (f"{CLAIM}#9", {"month": 1, "years": 10, "sex": "女", "age": 45, "spouse": True},
         "每月 2,280.96 元"),
        (f"{CLAIM}#14", {"start": D(2026, 11, 14)}, "2026 年 11 月审核发放"),
        (f"{CLAIM}#12", {"start": D(2026, 12, 16)}, "2027 年 01 月审核发放"),
        (f"{CLAIM}#12", {"start": D(2026, 12, 15)}, "当月或者次月审核，由经办机构确定"),
        # after a death
        (f"{DEATH}#0", {"local": Decimal(6000)}, "36,000.00 元"),
        (f"{DEATH}#1", {"income": Decimal(50000)}, "1,000,000.00 元"),
        (f"{DEATH}#2", {"income": Decimal(50000), "missing": True}, "500,000.00 元"),
        (f"{DEATH}#6", {"start": D(2026, 11, 1)}, "2027 年 02 月起由基金向供养亲属支付抚恤金"),
        # relatives: the standard's own example, and the limit of their sum
        (f"{RELATIVES}#0", {"wage": Decimal("3691.8"), "others": 1}, "每月 1,107.54 元"),
        (f"{RELATIVES}#0", {"wage": Decimal(5000), "spouse": True, "others": 1}, "每月 3,500.00 元"),
        (f"{RELATIVES}#1", {"wage": Decimal(5000), "spouse": True, "others": 3}, "每月 5,000.00 元"),
        (f"{RELATIVES}#0", {"wage": Decimal(5000), "others": 1, "lonely": 1}, "每月 2,000.00 元"),
        (f"{RELATIVES}#2", {"sum": Decimal(12000), "local": Decimal(6000)}, "3,600.00 元"),
        (f"{RELATIVES}#2", {"sum": Decimal(300000), "local": Decimal(6000)}, "18,000.00 元"),
        (f"{RELATIVES}#2", {"sum": Decimal(72000), "local": Decimal(6000)}, "6,000.00 元"),
        # injury by grade
        (f"{INJURY}#2", {"first": Decimal("3535.5"), "second": Decimal("0.8")}, "2,828.40 元"),
        (f"{INJURY}#3", {"grade": "一级", "wage": Decimal(4000)}, "108,000.00 元"),
        (f"{INJURY}#3", {"grade": "十级", "wage": Decimal(4000)}, "28,000.00 元"),
        (f"{INJURY}#4", {"grade": "四级", "wage": Decimal(4000)}, "每月 3,000.00 元"),
        (f"{INJURY}#4", {"grade": "四级", "wage": Decimal(2000), "minimum": Decimal(1980)},
         "每月 1,980.00 元"),
        (f"{INJURY}#5", {"grade": "六级", "wage": Decimal(4000)}, "每月 2,400.00 元"),
        (f"{INJURY}#6", {"level": "部分不能自理", "local": Decimal(6153)}, "每月 1,845.90 元"),
        (f"{INJURY}#8", {"start": D(2019, 10, 2)}, "2019 年 11 月起发放"),
        (f"{INJURY}#10", {"monthly": Decimal("2828.4"), "start": D(2019, 11, 1), "end": D(2019, 12, 1)},
         "补发 5,656.80 元"),
        ("work-injury-hospital-meal-allowance#0",
         {"start": D(2019, 1, 1), "end": D(2019, 1, 16), "each": Decimal(15)}, "225.00 元"),
        ("work-injury-lump-sum-medical-subsidy#6", {"grade1": "八级", "grade2": "五级"}, "五级"),
        ("work-injury-relapse-treatment#7", {"start": D(2019, 12, 23), "months": 1}, "至 2020-01-23"),
        # pensions
        (f"{STATE}#15", {"age": 60, "account": Decimal(139000)}, "每月 1,000.00 元（计发月数 139）"),
        (f"{STATE}#16", {"retired": D(2019, 3, 1), "old": Decimal(5000), "new": Decimal(6000)},
         "5,500.00 元"),
        (f"{STATE}#16", {"retired": D(2014, 10, 1), "old": Decimal(5000), "new": Decimal(6000)},
         "5,100.00 元"),
        (f"{STATE}#16", {"retired": D(2020, 3, 1), "old": Decimal(6000), "new": Decimal(5000)},
         "6,000.00 元"),
        (f"{STATE}#6", {"paid": 170, "deemed": 6}, "还差 4 个月"),
        (f"{STATE}#10", {"start": D(2026, 12, 1)}, "2027 年 01 月起发放"),
        ("government-institution-pension-collection-plan-generation#3", {"base": Decimal(5000)},
         "单位应缴 800.00 元，个人应缴 400.00 元"),
        ("government-institution-pension-collection-plan-generation#12",
         {"base": Decimal(10000), "start": D(2026, 1, 1), "end": D(2026, 1, 11)}, "50.00 元"),
        ("pension-transfer-enterprise-to-enterprise#6",
         {"wages": Decimal(100000), "account": Decimal(20000)}, "32,000.00 元"),
        # subsidies
        ("skill-upgrade-subsidy#0", {"grade": "高级（三级）"}, "2,000.00 元"),
        ("graduate-job-seeking-subsidy#0", {"heads": 4}, "6,000.00 元"),
        ("one-off-startup-subsidy#0", {}, "10,000.00 元"),
        ("employment-internship-subsidy#0",
         {"minimum": Decimal(2270), "heads": 2, "months": 3}, "6,810.00 元"),
        ("employment-internship-subsidy#1",
         {"minimum": Decimal(2270), "heads": 2, "months": 3, "finished": 4, "kept": 2}, "9,534.00 元"),
        ("job-stabilization-refund#5", {"way": "大型企业", "base": Decimal(10000)},
         "大型企业 3,000.00 元"),
        ("job-stabilization-refund#2", {"gone": 6, "staff": 30}, "符合"),
        ("job-stabilization-refund#1", {"gone": 6, "staff": 31}, "不符合"),
        ("hard-to-employ-flexible-employment-social-insurance-subsidy#0",
         {"t1": Decimal(9000), "t2": Decimal(600), "asked": Decimal(6400)},
         "没有超过上限（6,400.00 元）"),
        ("hard-to-employ-flexible-employment-social-insurance-subsidy#2",
         {"birth": D(1990, 1, 1), "sex": "男", "start": D(2026, 3, 1)}, "至 2029-03-01"),
        ("work-capacity-assessment#4", {"heads": 3}, "600.00 元"),
        # conditions with a number
        ("economic-layoff-report#0", {"gone": 19, "staff": 200}, "不须报告"),
        ("economic-layoff-report#0", {"gone": 19, "staff": 190}, "须报告"),
        ("economic-layoff-report#0", {"gone": 20, "staff": 9000}, "须报告"),
        ("labour-dispatch-licence#0", {"value": Decimal("199.99")}, "不符合：须不少于 200万元"),
        ("collective-contract-review#4", {"value": 9}, "符合"),
        ("collective-contract-review#13", {"all": 90, "came": 60, "agreed": 46}, "通过"),
        ("collective-contract-review#13", {"all": 90, "came": 60, "agreed": 45}, "没有通过"),
        ("underage-worker-registration#1", {"birth": D(2010, 3, 1)}, "至 2028-02-29"),
        ("social-security-card-application#1", {"birth": D(2012, 1, 1), "day": D(2026, 1, 1)},
         "14 周岁，由法定代理人代办"),
        ("labour-dispute-arbitration-application#15", {"t1": 2, "t2": 1}, "4 份"),
    ],
)  # fmt: skip
def test_a_rule_gives(rule: str, given: dict[str, Any], said: str) -> None:
    assert reckon(rule, **given).said == said


@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        # by a unit within 30 days, by the worker within a year
        ("work-injury-recognition#0", D(2026, 3, 2), D(2026, 4, 1)),
        ("work-injury-recognition#1", D(2026, 3, 2), D(2027, 3, 2)),
        ("work-capacity-appeal-assessment#0", D(2026, 11, 20), D(2026, 12, 5)),
        ("skill-upgrade-subsidy#5", D(2025, 12, 1), D(2026, 12, 1)),
        ("enterprise-employee-insurance-registration#8", D(2026, 11, 1), D(2026, 12, 1)),
        ("collective-contract-review#0", D(2026, 11, 20), D(2026, 11, 27)),
    ],
)
def test_a_time_limit_ends_on_its_last_day(rule: str, start: date, last: date) -> None:
    in_time = reckon(rule, start=start, done=last)
    late = reckon(rule, start=start, done=last + timedelta(days=2))
    assert in_time.holds and not late.holds
    assert late.said == f"已超过期限 2 日（应在 {last} 前）"


def test_time_that_does_not_count_puts_the_end_off() -> None:
    found = reckon("work-injury-recognition#6", start=D(2026, 1, 1), extra=10)
    assert found.said.startswith("2026-03-12")


def test_what_may_not_be_done_before_a_time() -> None:
    early = reckon("economic-layoff-report#1", start=D(2026, 11, 1), done=D(2026, 11, 30))
    assert not early.holds and early.said == "尚未届满，2026-12-01 起可以办理"
    assert reckon("economic-layoff-report#1", start=D(2026, 11, 1), done=D(2026, 12, 1)).holds


def test_what_must_be_done_some_time_before() -> None:
    before = reckon("labour-dispatch-licence#10", start=D(2026, 12, 31), done=D(2026, 11, 1))
    assert before.holds
    after = reckon("labour-dispatch-licence#10", start=D(2026, 12, 31), done=D(2026, 11, 2))
    assert not after.holds


def test_a_time_that_must_be_over_is_over_the_day_after() -> None:
    """Within fifteen days mediation may still succeed: arbitration from the sixteenth on."""
    mediated = "labour-dispute-mediation-application#7"
    last = reckon(mediated, start=D(2026, 11, 1), done=D(2026, 11, 16))
    assert not last.holds and last.said == "尚未届满，2026-11-17 起可以办理"
    assert reckon(mediated, start=D(2026, 11, 1), done=D(2026, 11, 17)).holds


@pytest.mark.parametrize(
    ("done", "holds", "said"),
    [
        (D(2026, 9, 29), False, "尚早，2026-09-30 起可以办理"),
        (D(2026, 9, 30), True, "在期限以内（2026-12-31 前）"),
        (D(2026, 12, 31), True, "在期限以内（2026-12-31 前）"),
        (D(2027, 1, 2), False, "已超过期限 2 日（应在 2026-12-31 前）"),
        (None, None, "2026-09-30 至 2026-12-31"),
    ],
)
def test_a_collective_contract_is_renewed_in_its_last_three_months(
    done: date | None, holds: bool | None, said: str
) -> None:
    found = reckon("collective-contract-review#11", start=D(2026, 12, 31), done=done)
    assert (found.holds, found.said) == (holds, said)


def test_what_is_publicised_too_short_a_time_does_not_hold() -> None:
    publicised = "one-off-startup-subsidy#10"
    full = calendar.add_working_days(D(2026, 11, 16), 5)
    assert not reckon(publicised, start=D(2026, 11, 16), done=full - timedelta(days=1)).holds
    assert reckon(publicised, start=D(2026, 11, 16), done=full).holds


@pytest.mark.parametrize(
    ("given", "last"),
    [
        ({"known": D(2025, 5, 1)}, D(2026, 5, 1)),
        ({"known": D(2025, 5, 1), "broken": D(2025, 9, 1)}, D(2026, 9, 1)),
        ({"known": D(2025, 5, 1), "held_from": D(2026, 1, 1), "held_to": D(2026, 1, 31)},
         D(2026, 5, 31)),
        ({"known": D(2020, 5, 1), "wages": True, "ended": D(2026, 2, 3)}, D(2027, 2, 3)),
    ],
)  # fmt: skip
def test_arbitration_may_be_asked_for_within_a_year(given: dict[str, Any], last: date) -> None:
    assert reckon("labour-dispute-arbitration-application#0", **given).said.startswith(str(last))


def test_stages_follow_one_another_in_working_days() -> None:
    found = reckon("public-welfare-post-subsidy#9", start=D(2026, 11, 20))
    assert found.said == f"{calendar.add_working_days(D(2026, 11, 20), 32)}（合计 32 个工作日）"
    assert len(found.lines) == 5


@given(
    st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    st.integers(0, 400),
    st.sampled_from(["日", "工作日", "月", "年"]),
)
def test_a_longer_limit_never_ends_earlier(start: date, amount: int, unit: str) -> None:
    assert start <= counted(start, amount, unit) <= counted(start, amount + 1, unit)


@given(st.dates(date(2015, 1, 1), date(2026, 12, 31)), st.integers(1, 200))
def test_working_days_are_counted_back_as_they_are_counted_on(day: date, amount: int) -> None:
    back = counted(day, -amount, "工作日")
    assert calendar.working_days_between(back, day) >= amount - 1
    assert counted(back, amount, "工作日") >= day or not calendar.is_working_day(day)


@given(st.integers(0, 60), st.integers(0, 60))
def test_unemployment_months_never_pass_the_limit_nor_fall_with_years(one: int, two: int) -> None:
    def months(years: int) -> int:
        said = FUNCTIONS["unemployment-months"].reckon({"years": years}, {}, ON).said
        return int(said.split()[0]) if said[0].isdigit() else 0

    low, high = sorted((one, two))
    assert months(low) <= months(high) <= 24


@given(st.decimals(0, 10**6, places=2), st.decimals(1, 10**5, places=2))
def test_the_own_wage_lies_between_its_bounds(total: Decimal, local: Decimal) -> None:
    said = FUNCTIONS["own-wage"].reckon({"sum": total, "local": local}, {}, ON).said
    wage = Decimal(said.removesuffix(" 元").replace(",", ""))
    assert local * Decimal("0.6") - 1 <= wage <= local * 3 + 1


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        (f"{STATE}#15", {"age": 39, "account": Decimal(1)}),
        (f"{STATE}#16", {"retired": D(2026, 1, 1), "old": Decimal(1), "new": Decimal(2)}),
        (f"{INJURY}#10", {"monthly": Decimal(1), "start": D(2026, 2, 1), "end": D(2026, 1, 1)}),
        ("economic-layoff-report#0", {"gone": 5, "staff": 4}),
        ("enterprise-employee-normal-retirement#2", BIRTH | {"sex": "女"}),
    ],
)
def test_what_cannot_be_is_refused_in_words(rule: str, given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"[一-龥]"):
        reckon(rule, **given)
