"""Every rule on contracts speaks on the filing that breaks it, and on no clean one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contracts.making import Hall, answers, part_time_answers, renewal_answers
from tests.contracts.speaking import (
    EXPLAINED,
    NEW,
    RENEWAL,
    RENEWED,
    USER_UNIT,
    Speaks,
    dispatched,
    in_force,
    person,
    rules_of,
    term,
    verdicts,
)
from yonggong.cases.actions import Refused
from yonggong.cases.verdicts import stored_verdicts
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.renewal.form import RENEWAL_FORM

pytestmark = pytest.mark.django_db


def said(found: list[Any], case: Speaks, fields: Any) -> None:
    """The rule speaks with its article, and points to a field of the form or to none."""
    spoken = [verdict for verdict in found if verdict.rule == case.rule]
    assert spoken, rules_of(found)
    assert case.article in spoken[0].articles
    assert spoken[0].field == "" or spoken[0].field in fields


@pytest.mark.parametrize("case", NEW, ids=lambda case: case.id)
def test_a_rule_speaks_on_a_new_contract(hall: Hall, case: Speaks) -> None:
    said(verdicts(hall, "new", case.raw(hall.today)), case, NEW_FORM.fields_by_name)


@pytest.mark.parametrize("case", RENEWAL, ids=lambda case: case.id)
def test_a_rule_speaks_on_a_renewal(hall: Hall, case: Speaks) -> None:
    contract = in_force(hall, case)
    raw = renewal_answers(contract, **case.says)
    said(verdicts(hall, "renewal", raw, contract), case, RENEWAL_FORM.fields_by_name)


def test_nothing_is_said_of_a_clean_new_contract(hall: Hall) -> None:
    assert verdicts(hall, "new", answers(today=hall.today)) == []


def test_nothing_is_said_of_clean_part_time_work(hall: Hall) -> None:
    assert verdicts(hall, "new", part_time_answers(today=hall.today)) == []


def test_nothing_is_said_of_a_clean_dispatch(hall: Hall) -> None:
    assert verdicts(hall, "new", answers(today=hall.today, **dispatched())) == []


def test_nothing_is_said_of_a_clean_first_renewal(hall: Hall) -> None:
    case = Speaks("", "", RENEWED, held=term("2023-11-20", "2026-11-19"))
    contract = in_force(hall, case)
    assert verdicts(hall, "renewal", renewal_answers(contract, **RENEWED), contract) == []


def test_a_second_full_time_contract_is_against_the_law_too(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    raw = answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    other = make_employer()
    by = make_user("employer_operator", employer=other)
    found = verdicts(hall, "new", raw, employer=other, by=by)
    said(found, Speaks("other-full-time", "《劳动合同法》第九十一条", {}), ["document_number"])


def test_the_probation_of_an_earlier_contract_was_the_only_one(hall: Hall) -> None:
    tried = {"probation_end_on": "2025-01-31", "probation_pay": "4000.00"}
    raw = answers(today=hall.today, **term("2025-01-01", "2027-12-31"), **tried)
    contract = hall.approve(hall.file("new", raw)).filing.contract
    hall.roster(contract.current)
    gone = {"ended_on": "2026-06-30", "end_reason": "3602", "severance_paid": "0"}
    hall.approve(hall.file("ending", gone, contract=contract))
    again = answers(
        today=hall.today,
        **{name: raw[name] for name in ("document_number", "name", "sex", "birth_on", "mobile")},
        probation_end_on="2026-12-09",
        probation_pay="4000.00",
    )
    found = verdicts(hall, "new", again)
    said(found, Speaks("probation-once", "《劳动合同法》第十九条第二款", {}), ["probation_end_on"])


WOMAN_OF_50 = person("1974-11-10", "2")  # before the rise: 50 on the day the contract begins


@pytest.mark.parametrize(
    ("answer", "speaks"),
    [
        ({"post_category": "2"}, True),
        ({"post_category": "1"}, False),
        ({"post_kind": "4"}, True),
        ({"post_kind": "3"}, False),
        ({}, False),
    ],
    ids=["worker", "manager", "other staff", "management staff", "unknown"],
)
def test_a_woman_retires_by_the_post_she_holds(
    hall: Hall, answer: dict[str, Any], speaks: bool
) -> None:
    raw = answers(today=hall.today, **WOMAN_OF_50, **answer)
    assert ("retirement-age" in rules_of(verdicts(hall, "new", raw))) is speaks


def test_a_warning_is_filed_with_its_explanation_only(hall: Hall) -> None:
    raw = answers(today=hall.today, weekly_hours="44")
    with pytest.raises(Refused) as refused:
        hall.file("new", raw)
    [problem] = refused.value.problems
    assert (problem.field, problem.code) == ("explain-standard-hours", "explanation_required")
    case = hall.file("new", raw, explanations={"standard-hours": "每周六上午轮班，已申请批准。"})
    [kept] = stored_verdicts(case.version.findings)
    assert (kept.rule, kept.severity) == ("standard-hours", "warn")
    assert kept.explanation == "每周六上午轮班，已申请批准。"


def test_what_the_law_forbids_no_explanation_allows(hall: Hall) -> None:
    raw = answers(today=hall.today, **person("2010-11-11"))
    with pytest.raises(Refused) as refused:
        hall.file("new", raw, explanations=EXPLAINED)
    [problem] = refused.value.problems
    assert (problem.field, problem.code) == ("birth_on", "minimum-age")


def test_a_hint_is_filed_as_it_is_and_stays_with_the_case(hall: Hall) -> None:
    case = hall.filed(base_pay="2000.00", allowances="230.00")
    assert [item["rule"] for item in case.version.findings] == ["minimum-wage-allowances"]


def test_whoever_takes_a_woman_on_is_not_asked_about_pregnancy() -> None:
    """Women's Rights Protection Law, article 43."""
    assert "pregnant_months" not in NEW_FORM.fields_by_name
    assert "pregnant_months" in RENEWAL_FORM.fields_by_name


def test_a_change_of_the_job_does_not_judge_again_how_the_contract_was_signed(hall: Hall) -> None:
    late = Speaks("", "", {}, held=term("2023-11-20", "2028-11-19") | {"signed_on": "2024-03-01"})
    contract = in_force(hall, late)
    held = {name: late.held[name] for name in ("signed_on", "start_on", "end_on")}
    raw = renewal_answers(contract, **held, changed_on="2026-11-20", change_reason="岗位调整")
    assert verdicts(hall, "change", raw, contract) == []
    raw |= {"end_on": "2029-11-19"}
    assert rules_of(verdicts(hall, "change", raw, contract)) == {"written-contract"}


def test_a_change_states_the_probation_of_its_term_again(hall: Hall) -> None:
    tried = {"probation_end_on": "2026-12-09", "probation_pay": "4000.00"}
    contract = in_force(hall, Speaks("", "", {}, held=term("2026-11-10", "2029-11-09") | tried))
    raw = renewal_answers(
        contract,
        **term("2026-11-10", "2029-11-09") | {"work_start_on": None},
        **tried,
        changed_on="2026-11-20",
        change_reason="岗位调整",
    )
    assert verdicts(hall, "change", raw, contract) == []


def test_the_other_side_of_a_dispatch_is_compared(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    used_by = make_employer(credit_code=USER_UNIT)
    raw = answers(today=hall.today, **dispatched())
    hall.approve(hall.file("new", raw))
    side = {"dispatcher": hall.employer.name, "dispatcher_code": hall.employer.credit_code}
    who = {"employer": used_by, "by": make_user("employer_operator", employer=used_by)}
    agreeing = verdicts(hall, "new", raw | side, **who)
    assert "dispatch-both-sides" not in rules_of(agreeing)
    assert "other-full-time" not in rules_of(agreeing)
    differing = verdicts(hall, "new", raw | side | {"dispatch_end_on": "2027-04-30"}, **who)
    [spoken] = [item for item in differing if item.rule == "dispatch-both-sides"]
    assert "派遣终止日期本方为“2027-04-30”、对方为“2027-05-09”" in spoken.message
    assert spoken.field == "user_unit_code"


def test_the_user_unit_files_a_worker_whose_full_time_contract_is_the_dispatchers(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    used_by = make_employer(credit_code=USER_UNIT)
    raw = answers(today=hall.today, **dispatched())
    hall.approve(hall.file("new", raw))
    by = make_user("employer_operator", employer=used_by)
    side = {"dispatcher": hall.employer.name, "dispatcher_code": hall.employer.credit_code}
    filed = hall.file(
        "new", raw | side, employer=used_by, by=by, explanations={"dispatch-share": "试点单位。"}
    )
    thread = hall.approve(filed).filing.contract
    assert (thread.state, thread.full_time, thread.user_unit_code) == ("active", False, USER_UNIT)
    assert not filed.filing.full_time
