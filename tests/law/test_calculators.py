"""The open calculators: severance, damages, probation, open-ended due date, working days."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yonggong.law import PriorTerm
from yonggong.law.calculators import (
    damages,
    open_ended_due,
    probation_max,
    severance,
    working_day_deadline,
)
from yonggong.law.medical import medical_leave
from yonggong.law.severance import service_months

PAY = Decimal("6000.00")


@pytest.mark.parametrize(
    ("start_on", "ended_on", "months"),
    [
        pytest.param("2026-01-01", "2026-01-01", "0.5", id="LCL47(1) one day"),
        pytest.param("2026-01-01", "2026-06-29", "0.5", id="LCL47(1) a day under 6 months"),
        pytest.param("2026-01-01", "2026-06-30", "1", id="LCL47(1) 6 months"),
        pytest.param("2026-01-01", "2026-12-31", "1", id="LCL47(1) a year"),
        pytest.param("2026-01-01", "2027-01-01", "1.5", id="LCL47(1) a year and a day"),
        pytest.param("2024-01-01", "2026-06-30", "3", id="LCL47(1) 2 years 6 months"),
        pytest.param("2024-01-01", "2026-06-29", "2.5", id="LCL47(1) 2 years under 6 months"),
        pytest.param("2024-02-29", "2025-02-28", "1", id="LCL47(1) a year from a leap day"),
        pytest.param("2026-01-31", "2026-07-30", "1", id="LCL47(1) 6 months from the 31st"),
    ],
)
def test_service_becomes_months_of_pay(start_on, ended_on, months):
    assert service_months(date.fromisoformat(start_on), date.fromisoformat(ended_on)) == Decimal(
        months
    )


def pay(ground: str, start: str, end: str, average: Decimal = PAY, **more: Decimal):
    return severance(
        ground=ground,
        service_start_on=date.fromisoformat(start),
        ended_on=date.fromisoformat(end),
        average_pay=average,
        **more,
    )


def test_severance_is_a_month_a_year():
    result = pay("4003", "2020-11-01", "2026-10-31")
    assert result.owed
    assert result.payment.amount == Decimal("36000.00")
    assert result.payment.months == 6


@pytest.mark.parametrize(
    ("average", "local", "amount", "capped"),
    [
        pytest.param("18000", "6000", "270000.00", False, id="LCL47(2) just three times"),
        pytest.param(
            "18000.01", "6000", "216000.00", True, id="LCL47(2) a cent over, twelve years"
        ),
        pytest.param("30000", "6000", "216000.00", True, id="LCL47(2) five times"),
    ],
)
def test_high_pay_is_capped_at_three_times_and_twelve_years(average, local, amount, capped):
    result = pay(
        "4003", "2011-11-01", "2026-10-31", Decimal(average), local_average_pay=Decimal(local)
    )
    assert result.payment.amount == Decimal(amount)
    assert result.payment.capped is capped


def test_ordinary_pay_has_no_limit_of_twelve_years():
    result = pay("4003", "2008-11-01", "2026-10-31", local_average_pay=Decimal("6000"))
    assert result.payment.months == 18


def test_pay_under_the_minimum_wage_counts_as_the_minimum_wage():
    result = pay(
        "4003", "2025-11-01", "2026-10-31", Decimal("1500"), minimum_monthly_wage=Decimal("2120")
    )
    assert result.payment.amount == Decimal("2120.00")


@pytest.mark.parametrize(
    ("ground", "start", "months_before", "article"),
    [
        pytest.param("3601", "1990-01-01", 12, "第五条", id="481-5 agreement, at most twelve"),
        pytest.param(
            "4003", "1990-01-01", 18, "第八条", id="481-8 changed circumstances, no limit"
        ),
        pytest.param("4002", "1990-01-01", 12, "第七条", id="481-7 not up to the work"),
        pytest.param(
            "4102", "2007-06-01", 1, "第九条", id="481-9 layoff, part of a year is a year"
        ),
        pytest.param(
            "4401", "1990-01-01", 0, "第九十七条第三款", id="LCL97(3) expiry, none before"
        ),
        pytest.param(
            "4409", "1990-01-01", 0, "第九十七条第三款", id="LCL97(3) dissolved, not known"
        ),
    ],
)
def test_service_before_2008_goes_by_the_rules_of_that_time(ground, start, months_before, article):
    result = pay(ground, start, "2026-12-31")
    since_2008 = 19 * PAY
    assert result.payment.amount == since_2008 + months_before * PAY
    assert any(article in str(step.article) for step in result.steps if "2007-12-31" in step.text)


@pytest.mark.parametrize(
    "ground",
    [
        pytest.param("3602", id="LCL46 the worker proposed"),
        pytest.param("3701", id="LCL46 resignation"),
        pytest.param("3902", id="LCL46 fault"),
        pytest.param("4403", id="LCL46(5) same terms declined"),
        pytest.param("4405", id="LCL46 pension"),
        pytest.param("7101", id="LCL71 part-time"),
    ],
)
def test_some_grounds_owe_nothing(ground):
    result = pay(ground, "2020-01-01", "2026-10-31")
    assert not result.owed
    assert result.payment.amount == 0


def test_each_step_of_severance_names_its_article():
    result = pay("4003", "2020-11-01", "2026-10-31", local_average_pay=Decimal("7000"))
    assert all(step.article for step in result.steps[:-1])
    assert result.steps[-1].text == "经济补偿：6000.00 元 × 6 = 36000.00 元"


def test_damages_are_twice_and_count_the_years_before_2008():
    result = damages(
        service_start_on=date(2006, 1, 1), ended_on=date(2025, 12, 31), average_pay=PAY
    )
    assert result.months == 20
    assert result.amount == Decimal("240000.00")
    assert any(str(step.article) == "《劳动合同法》第八十七条" for step in result.steps)


def test_an_end_before_the_start_is_refused_in_words():
    with pytest.raises(ValueError, match="早于用工之日"):
        pay("4003", "2026-11-01", "2026-10-31")


def test_an_unknown_ground_is_refused_in_words():
    with pytest.raises(ValueError, match="解除终止原因表"):
        pay("9999", "2020-11-01", "2026-10-31")


@given(
    st.dates(date(2008, 1, 1), date(2030, 1, 1)),
    st.integers(0, 12000),
    st.integers(0, 400),
)
def test_longer_service_never_owes_less(start_on, days, more):
    ended_on = start_on + timedelta(days)
    assert service_months(start_on, ended_on) <= service_months(
        start_on, ended_on + timedelta(more)
    )


@given(st.dates(date(2008, 1, 1), date(2030, 1, 1)), st.integers(0, 12000))
def test_months_of_pay_are_halves_within_a_year_of_the_true_length(start_on, days):
    months = service_months(start_on, start_on + timedelta(days))
    assert months * 2 == int(months * 2)
    assert Decimal(days + 1) / Decimal("366") <= months < Decimal(days + 1) / 365 + 1


@pytest.mark.parametrize(
    ("term_type", "end_on", "months", "last_on"),
    [
        pytest.param("fixed", date(2026, 3, 30), 0, None, id="LCL19(3) under 3 months"),
        pytest.param("fixed", date(2026, 12, 31), 2, date(2026, 2, 28), id="LCL19(1) a year"),
        pytest.param("fixed", date(2028, 12, 31), 6, date(2026, 6, 30), id="LCL19(1) 3 years"),
        pytest.param("open", None, 6, date(2026, 6, 30), id="LCL19(1) open-ended"),
        pytest.param("task", None, 0, None, id="LCL19(3) task term"),
    ],
)
def test_the_probation_calculator_gives_months_and_last_day(term_type, end_on, months, last_on):
    result = probation_max(term_type=term_type, start_on=date(2026, 1, 1), end_on=end_on)
    assert (result.months, result.last_on) == (months, last_on)
    assert result.steps[-1].article is not None


def test_the_probation_calculator_knows_part_time_and_a_second_time():
    start_on = date(2026, 1, 1)
    part_time = probation_max(term_type="open", start_on=start_on, part_time=True)
    again = probation_max(term_type="open", start_on=start_on, had_probation=True)
    assert part_time.months == again.months == 0
    assert str(part_time.steps[0].article) == "《劳动合同法》第七十条"
    assert str(again.steps[0].article) == "《劳动合同法》第十九条第二款"


def test_the_probation_calculator_asks_for_the_end_of_a_fixed_term():
    with pytest.raises(ValueError, match="终止日期"):
        probation_max(term_type="fixed", start_on=date(2026, 1, 1))


def test_an_open_ended_contract_is_due_after_two_terms_or_ten_years_whichever_is_earlier():
    terms = (
        PriorTerm(date(2022, 1, 1), date(2023, 12, 31), "fixed"),
        PriorTerm(date(2024, 1, 1), date(2026, 12, 31), "fixed"),
    )
    on = date(2026, 11, 2)
    by_terms = open_ended_due(service_start_on=date(2022, 1, 1), terms=terms, on=on)
    assert by_terms.due_on == date(2027, 1, 1)
    assert by_terms.terms_counted == 2
    by_years = open_ended_due(service_start_on=date(2016, 1, 1), terms=terms, on=on)
    assert by_years.due_on == by_years.ten_years_on == date(2026, 1, 1)
    # A third fixed term changes nothing: what followed the second was due open-ended.
    third = (*terms, PriorTerm(date(2027, 1, 1), date(2028, 12, 31), "fixed"))
    by_third = open_ended_due(service_start_on=date(2022, 1, 1), terms=third, on=on)
    assert by_third.due_on == date(2027, 1, 1)
    assert by_third.terms_counted == 3
    first = open_ended_due(service_start_on=date(2022, 1, 1), terms=terms[:1], on=on)
    assert first.due_on == date(2032, 1, 1)


@pytest.mark.parametrize(
    ("start_on", "days", "due_on"),
    [
        pytest.param(date(2025, 9, 30), 1, date(2025, 10, 9), id="CC201 over the autumn holiday"),
        pytest.param(
            date(2025, 10, 9), 2, date(2025, 10, 11), id="CC201 a Saturday that is worked"
        ),
        pytest.param(date(2025, 10, 10), 1, date(2025, 10, 11), id="CC201 the next day"),
    ],
)
def test_working_days_pass_over_holidays_and_count_worked_saturdays(start_on, days, due_on):
    assert working_day_deadline(start_on=start_on, days=days).due_on == due_on


def test_a_deadline_in_an_unpublished_year_says_so():
    result = working_day_deadline(start_on=date(2090, 1, 2), days=15)
    assert "2090 年放假安排尚未公布" in result.caution
    assert "尚未公布" in result.steps[-1].text


@pytest.mark.parametrize("days", [0, -1, 100000])
def test_a_silly_number_of_working_days_is_refused(days):
    with pytest.raises(ValueError, match="工作日天数"):
        working_day_deadline(start_on=date(2026, 1, 5), days=days)


@pytest.mark.parametrize(
    ("begun", "first", "months", "until"),
    [
        pytest.param(date(2021, 3, 2), None, 6, date(2026, 8, 31), id="MP3(1) five years"),
        pytest.param(date(2021, 3, 3), None, 3, date(2026, 5, 31), id="MP3(1) a day short of five"),
        pytest.param(
            date(2021, 3, 2), date(2016, 3, 2), 9, date(2026, 11, 30), id="MP3(2) ten in all"
        ),
        pytest.param(
            date(2021, 3, 2), date(2016, 3, 3), 6, date(2026, 8, 31), id="MP3(1) a day short of ten"
        ),
    ],
)
def test_the_medical_period_counts_from_the_first_day_of_leave(begun, first, months, until):
    found = medical_leave(service_start_on=begun, sick_on=date(2026, 3, 1), first_work_on=first)
    assert (found.period.months, found.earliest_end) == (months, until)
    assert [str(step.article) for step in found.steps[1:]] == [
        "《医疗期规定》第三条",
        "《医疗期规定》第四条",
    ]


@pytest.mark.parametrize(
    ("begun", "first"), [(date(2026, 3, 2), None), (date(2021, 1, 1), date(2022, 1, 1))]
)
def test_days_of_leave_out_of_order_are_refused_in_words(begun, first):
    with pytest.raises(ValueError, match=r"[早晚]于用工之日"):
        medical_leave(service_start_on=begun, sick_on=date(2026, 3, 1), first_work_on=first)
