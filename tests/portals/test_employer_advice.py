"""What a form says before it is sent: values taken over, time limits, who is filed already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, answers, contract_of, part_time_answers
from tests.portals.test_employer_forms import begin, row_of, submit, text_of
from yonggong import policy
from yonggong.accounts.models import AccessEntry
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Refused
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.new.advising import TAKEN_OVER

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(make_employer: Any, make_user: Any, hall: Hall) -> Hall:
    """Another employer of the same agency."""
    employer = make_employer(name="长春北辰机械制造有限公司")
    operator = make_user("employer_operator", employer=employer)
    return Hall(employer=employer, operator=operator, reviewer=hall.reviewer, now=hall.now)


def checked(screen: Client, raw: dict[str, Any], word: str = "new", **sent: Any) -> str:
    return text_of(screen.post(f"{begin(screen, word, **sent)}check/", raw))


def value_of(answer: Any, name: str) -> str:
    page = answer.context["page"]
    found = [item for section in page.sections for item in section.widgets]
    widget = next(item for item in found if item.field.name == name)
    return "".join(widget.codes) if widget.codes else str(widget.value)


# --- taken over ----------------------------------------------------------------------------


def test_a_new_form_takes_over_what_the_employer_last_filed(screen: Client, hall: Hall) -> None:
    hall.filed(
        workplace="长春市南关区人民大街 9 号", weekly_hours="38.5", pay_form="2", pay_day="8"
    )
    answer = screen.get(begin(screen))
    assert value_of(answer, "workplace") == "长春市南关区人民大街 9 号"
    assert value_of(answer, "weekly_hours") == "38.5"
    assert value_of(answer, "pay_form") == "2"
    assert value_of(answer, "pay_day") == "8"
    assert value_of(answer, "contract_text") == "1"
    assert text_of(answer).count("沿用上次填写") >= 5
    assert Case.objects.get(state="draft").draft.data == {}


def test_nothing_of_a_person_is_taken_over(screen: Client, hall: Hall) -> None:
    hall.filed(
        name="试沿用", household_address="长春市宽城区", job="档案管理员", base_pay="6100.00"
    )
    shown = text_of(screen.get(begin(screen)))
    assert "试沿用" not in shown and "宽城区" not in shown and "6100" not in shown
    assert "档案管理员" not in shown
    form = Case.objects.get(state="draft").definition.form
    assert not set(TAKEN_OVER) & set(form.personal_fields)


def test_hours_and_text_of_part_time_work_come_with_its_form(screen: Client, hall: Hall) -> None:
    hall.file("new", part_time_answers(today=hall.today))
    answer = screen.get(begin(screen))
    assert value_of(answer, "employment_form") == "2"
    assert value_of(answer, "contract_text") == "3"
    assert value_of(answer, "daily_hours") == "4.0"


def test_what_is_changed_is_no_longer_called_taken_over(screen: Client, hall: Hall) -> None:
    hall.filed(workplace="长春市南关区人民大街 9 号")
    same = checked(screen, {"workplace": "长春市南关区人民大街 9 号"})
    other = checked(screen, {"workplace": "长春市二道区"})
    assert "沿用上次填写" in same and "沿用上次填写" not in other


def test_what_others_filed_and_what_was_voided_is_not_taken_over(
    screen: Client, hall: Hall, elsewhere: Hall
) -> None:
    elsewhere.filed(workplace="吉林市昌邑区")
    mine = hall.filed(workplace="长春市绿园区")
    case_actions.void(case=mine, by=hall.operator, now=hall.now, address=None)
    shown = text_of(screen.get(begin(screen)))
    assert "昌邑区" not in shown and "绿园区" not in shown and "沿用上次填写" not in shown


def test_saving_and_adding_another_begins_the_next_with_the_same_values(
    screen: Client, hall: Hall
) -> None:
    raw = answers(today=hall.today, workplace="长春市南关区人民大街 9 号")
    answer = submit(screen, begin(screen), raw, ask="next")
    assert Filing.objects.get().state == "pending"
    shown = screen.get(answer["Location"])
    assert "已提交审核" in text_of(shown)
    assert value_of(shown, "workplace") == "长春市南关区人民大街 9 号"
    assert value_of(shown, "name") == ""


def test_what_cannot_be_filed_begins_no_other(screen: Client, hall: Hall) -> None:
    answer = submit(screen, begin(screen), answers(today=hall.today, job=None), ask="next")
    assert answer.status_code == 422 and Case.objects.count() == 1


# --- rare sections -------------------------------------------------------------------------


def test_rare_sections_stand_folded_until_they_hold_something(screen: Client, hall: Hall) -> None:
    address = begin(screen)
    folded = {s.name: s.open for s in screen.get(address).context["page"].sections if s.rare}
    assert {"agreed", "special"} <= set(folded) and not any(folded.values())
    screen.post(f"{address}draft/", {"night_shift": "true"})
    opened = {s.name: s.open for s in screen.get(address).context["page"].sections if s.rare}
    assert {name for name, is_open in opened.items() if is_open} == {"special"}


def test_a_problem_opens_the_section_it_stands_in(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today, non_compete_months="很久")
    page = submit(screen, begin(screen), raw).context["page"]
    assert {s.name for s in page.sections if s.rare and s.open} == {"agreed"}


# --- time limits ---------------------------------------------------------------------------


def late_answers(today: date, days: int) -> dict[str, Any]:
    signed = today - timedelta(days=days)
    return answers(
        today=today,
        signed_on=signed.isoformat(),
        start_on=signed.isoformat(),
        work_start_on=signed.isoformat(),
        end_on=(signed + timedelta(days=700)).isoformat(),
    )


@pytest.mark.parametrize("days", [0, 29, 30, 31, 35, 36, 37, 38, 39, 80])
def test_lateness_is_said_before_it_is_recorded_and_alike(
    screen: Client, hall: Hall, days: int
) -> None:
    raw = late_answers(hall.today, days)
    said = checked(screen, raw)
    assert submit(screen, begin(screen), raw).status_code == 302
    case = Case.objects.get(state="pending")
    assert str(case.statutory_due_on) in said
    assert (f"已逾期 {case.late_days} 天" in said) is (case.late_days > 0)
    assert ("最迟 " in said) is (case.late_days == 0)


def test_a_time_limit_names_its_source(screen: Client, hall: Hall) -> None:
    said = checked(screen, {"signed_on": hall.today.isoformat()})
    assert "日 内备案" in said and "最后一日为" in said
    held = policy.of(hall.employer.region_code, hall.today).values["deadlines.contract_signed"]
    assert held.source in said


def test_a_time_limit_stands_beside_the_day_it_counts_from(screen: Client, hall: Hall) -> None:
    day = hall.today.isoformat()
    hired = checked(screen, {"signed_on": day, "work_start_on": day})
    assert 'data-advice="work_start_on"' in hired and 'data-advice="signed_on"' not in hired


def test_without_its_date_no_time_limit_is_said(screen: Client) -> None:
    assert "最迟" not in checked(screen, {"signed_on": "下周"})


def test_the_limit_of_an_ending_stands_beside_its_day(screen: Client, hall: Hall) -> None:
    contract = hall.in_force()
    ended = (hall.today - timedelta(days=70)).isoformat()
    said = checked(screen, {"ended_on": ended}, "ending", ids=[row_of(hall, contract).pk])
    assert "已逾期" in said and 'data-advice="ended_on"' in said


# --- who is filed already ------------------------------------------------------------------


def test_a_person_with_a_contract_in_force_is_told_as_soon_as_the_number_is_typed(
    screen: Client, hall: Hall
) -> None:
    raw = answers(today=hall.today, name="试在职")
    hall.approve(hall.file("new", raw))
    said = checked(screen, {k: raw[k] for k in ("document_type", "document_number")})
    contract = Contract.objects.get()
    assert "本单位已备案试在职，合同履行中" in said
    assert reverse("employer:case", args=[contract.current_id]) in said


def test_a_person_whose_contract_ended_is_told(screen: Client, hall: Hall) -> None:
    ended = hall.ended()
    number = contract_number(ended)
    said = checked(screen, {"document_type": "01", "document_number": number})
    assert f"合同已于 {hall.today} 解除（终止）" in said and "继续填写新订" in said


def contract_number(case: Case) -> str:
    return Filing.objects.get(case=case).worker.document_number


@pytest.mark.parametrize("returned", [False, True])
def test_a_person_whose_filing_is_under_way_is_told(
    screen: Client, hall: Hall, returned: bool
) -> None:
    raw = answers(today=hall.today, name="试候审")
    case = hall.file("new", raw)
    if returned:
        hall.return_(case)
    said = checked(screen, raw)
    assert ("审核不通过，请修改后重新提交" if returned else "正在等待审核") in said


def test_what_others_filed_is_not_told_while_people_type(
    screen: Client, hall: Hall, elsewhere: Hall
) -> None:
    raw = answers(today=hall.today, name="试他处")
    elsewhere.approve(elsewhere.file("new", raw))
    for typed in (raw, {"document_type": "01", "document_number": raw["document_number"]}):
        said = checked(screen, typed)
        assert elsewhere.employer.name not in said and "本单位" not in said
    assert "其他" not in checked(screen, raw | {"name": "试别名"})
    saved = screen.post(begin(screen), {"ask": "save"} | raw)
    assert elsewhere.employer.name not in text_of(screen.get(saved["Location"]))
    assert not AccessEntry.objects.filter(detail__contains="告知").exists()


def test_what_others_filed_is_told_on_submission_and_recorded(
    screen: Client, hall: Hall, elsewhere: Hall
) -> None:
    raw = answers(today=hall.today, name="试他处")
    elsewhere.approve(elsewhere.file("new", raw))
    refused = submit(screen, begin(screen), raw)
    assert refused.status_code == 422 and elsewhere.employer.name in text_of(refused)
    told = AccessEntry.objects.get(detail__contains="告知")
    assert told.user == hall.operator
    assert "试他处" in told.detail and elsewhere.employer.name in told.detail


def test_a_number_without_its_name_is_told_nothing_of_others(
    screen: Client, hall: Hall, elsewhere: Hall
) -> None:
    raw = answers(today=hall.today, name="岳他处")
    elsewhere.approve(elsewhere.file("new", raw))
    shown = text_of(submit(screen, begin(screen), raw | {"name": "试冒名"}))
    assert elsewhere.employer.name not in shown and "岳" not in shown
    assert not AccessEntry.objects.filter(detail__contains="告知").exists()


def test_ones_own_filings_are_no_look_at_others(hall: Hall) -> None:
    raw = answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    with pytest.raises(Refused) as refused:
        hall.file("new", raw, key=uuid4())
    assert refused.value.told == ()


def test_part_time_work_beside_a_contract_elsewhere_tells_nothing(
    hall: Hall, elsewhere: Hall
) -> None:
    raw = answers(today=hall.today)
    elsewhere.approve(elsewhere.file("new", raw))
    person = {name: raw[name] for name in ("document_number", "name", "sex", "birth_on")}
    hall.file("new", part_time_answers(today=hall.today, **person))
    assert not AccessEntry.objects.filter(detail__contains="告知").exists()


# --- what is owed at the end ---------------------------------------------------------------


@pytest.fixture
def contract(hall: Hall) -> Contract:
    """A contract in force for three years to the day."""
    return hall.old(base_pay="5000.00", allowances="300.00")


def owed(screen: Client, hall: Hall, contract: Contract, **typed: str) -> str:
    given = {"ended_on": contract.end_on.isoformat(), "end_reason": "4401"} | typed  # type: ignore[union-attr]
    return checked(screen, given, "ending", ids=[row_of(hall, contract).pk])


def test_the_severance_due_is_offered_with_its_steps(
    screen: Client, hall: Hall, contract: Contract
) -> None:
    said = owed(screen, hall, contract, average_pay="5300")
    assert "按已填内容计算为 15,900.00 元" in said and "填入 15,900.00 元" in said
    assert "计 3 个月工资" in said and "劳动合同法》第四十七条" in said
    assert "没有作三倍封顶比较" in said
    assert "&quot;severance_paid&quot;: &quot;15900.00&quot;" in said


def test_without_the_average_it_is_asked_and_what_was_agreed_is_offered(
    screen: Client, hall: Hall, contract: Contract
) -> None:
    said = owed(screen, hall, contract)
    assert "填写“解除（终止）前十二个月平均工资”后自动算出" in said
    assert "合同约定的月工资合计 5,300.00 元" in said


def test_what_was_typed_as_paid_is_not_written_over(
    screen: Client, hall: Hall, contract: Contract
) -> None:
    said = owed(screen, hall, contract, average_pay="5300", severance_paid="12000")
    assert "计算为 15,900.00 元，填报为 12,000.00 元" in said and "severance_paid&quot;" not in said


def test_where_nothing_is_due_it_says_so(screen: Client, hall: Hall, contract: Contract) -> None:
    said = owed(screen, hall, contract, end_reason="3701")
    assert "不属于应当支付经济补偿的情形" in said and "填入 0.00 元" in said


def test_an_unlawful_end_is_owed_twice_the_standard(
    screen: Client, hall: Hall, contract: Contract
) -> None:
    said = owed(screen, hall, contract, average_pay="5300", unlawful="true")
    assert "&quot;damages_paid&quot;: &quot;31800.00&quot;" in said and "不再支付经济补偿" in said


def test_an_offer_taken_is_filed_without_a_word_of_the_law(
    screen: Client, hall: Hall, contract: Contract
) -> None:
    raw = {
        "ended_on": contract.end_on.isoformat(),  # type: ignore[union-attr]
        "end_reason": "4401",
        "average_pay": "5300",
        "severance_paid": "15900.00",
        "certificate_on": hall.today.isoformat(),
    }
    address = begin(screen, "ending", ids=[row_of(hall, contract).pk])
    assert submit(screen, address, raw).status_code == 302
    found = Case.objects.get(kind="contract.ending").version.findings
    assert not {item["rule"] for item in found} & {"severance-due", "severance-amount"}


def test_severance_of_a_dispatched_worker_is_the_dispatchers(
    screen: Client, hall: Hall, elsewhere: Hall
) -> None:
    start = hall.today - timedelta(days=10)
    dispatched = {
        "employment_form": "3",
        "contract_text": "2",
        "user_unit_code": hall.employer.credit_code,
        "user_unit": hall.employer.name,
        "dispatcher_code": elsewhere.employer.credit_code,
        "dispatcher": elsewhere.employer.name,
        "dispatch_post": "1",
        "dispatch_start_on": start.isoformat(),
        "dispatch_end_on": (start + timedelta(days=170)).isoformat(),
    }
    raw = answers(today=hall.today, **dispatched)
    case = hall.approve(hall.file("new", raw, explanations={"dispatch-share": "试点单位。"}))
    hall.roster(case)
    said = owed(screen, hall, contract_of(case), average_pay="5300")
    assert "由派遣单位支付，本单位填 0" in said and "按已填内容计算" not in said
