"""企业经济性裁员报告: its figures and days, whom the law protects, what it says of endings and of hiring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contracts.making import answers as contract_answers
from tests.contracts.making import contract_of, ending_answers
from tests.documents.papers import page_texts
from tests.relations.office import Office, rules_found
from yonggong.cases.actions import Refused
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.workforce import workforce_findings
from yonggong.documents.models import Document
from yonggong.relations.layoff_models import LaidOff, LayoffReport
from yonggong.relations.layoffs.checks import counts
from yonggong.relations.layoffs.form import KEY
from yonggong.services.record_models import Record

pytestmark = pytest.mark.django_db

_COUNTS = {
    name: "0"
    for name in (
        "pregnant_or_nursing_count",
        "occupational_injury_count",
        "medical_treatment_period_count",
        "open_ended_contract_count",
        "within_five_years_of_retirement_count",
        "pension_insured_count",
        "medical_insured_count",
        "injury_insured_count",
        "maternity_insured_count",
        "unemployment_insured_count",
        "uninsured_count",
    )
}


def person(contract: Contract, **said: str) -> dict[str, str]:
    worker = contract.worker
    return {"name": worker.name, "document_number": worker.document_number} | said


def answers(persons: list[dict[str, str]], **changed: Any) -> dict[str, Any]:
    return {
        "unit_name": "乌海试验人力资源有限公司",
        "credit_code": "91150302MA0QJ6WF1L",
        "legal_representative": "试立",
        "staff_count": "40",
        "layoff_count": str(len(persons)),
        "contact_name": "试一",
        "contact_phone": "16012345678",
        "unit_address": "海勃湾区人民路 1 号",
        "unit_region": "150302",
        **_COUNTS,
        "layoff_reason": "连续亏损",
        "plan_adoption_method": "职代会",
        "union_opinion": "同意",
        "submitted_by": "试一",
        "submitter_phone": "16012345678",
        "submitted_on": "2026-11-20",
        "ground": "4102",
        "explained_on": "2026-11-01",
        "heard_on": "2026-11-10",
        "layoff_on": "2026-12-01",
        "persons": persons,
    } | changed


@pytest.fixture
def contract(office: Office) -> Contract:
    return office.hall.in_force()


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, set()),
        ({"layoff_count": 41}, {"more_than_staff", "differs"}),
        ({"layoff_count": 2}, {"differs"}),
        ({"uninsured_count": 2}, {"more_than_laid_off"}),
        ({"uninsured_count": -1}, {"more_than_laid_off"}),
    ],
)
def test_no_figure_is_more_than_the_persons_laid_off(
    changed: dict[str, int], codes: set[str]
) -> None:
    values: dict[str, Any] = {"staff_count": 40, "layoff_count": 1, "persons": [{}]}
    values |= dict.fromkeys(_COUNTS, 0)
    assert {problem.code for problem in counts(values | changed)} == codes


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"heard_on": "2026-10-31"}, "order"),
        ({"heard_on": "2026-11-21"}, "in_future"),
        ({"layoff_on": "2026-11-20"}, "not_ahead"),
        ({"persons": [{"name": "试某", "document_number": "150302198001010011"}]}, "no_contract"),
    ],
)
def test_days_out_of_order_and_persons_without_a_contract_are_refused(
    office: Office, contract: Contract, changed: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        office.apply(KEY, answers([person(contract)]) | changed)
    assert code in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("changed", "said", "rule"),
    [
        ({"explained_on": "2026-11-02"}, {}, "layoff-procedure"),
        ({}, {"protected": "1"}, "protected-dismissal"),
        ({}, {"preferred": "true"}, "layoff-preference"),
    ],
)
def test_the_law_speaks_of_the_days_and_of_each_person(
    office: Office, contract: Contract, changed: dict[str, Any], said: dict[str, str], rule: str
) -> None:
    assert rules_found(office, KEY, answers([person(contract)])) == set()
    found = rules_found(office, KEY, answers([person(contract, **said)], **changed))
    assert found == {rule}


def test_few_of_many_are_below_the_threshold(office: Office) -> None:
    """One of eleven with a contract in force is under a tenth."""
    some = [office.hall.in_force() for _ in range(11)]
    assert rules_found(office, KEY, answers([person(some[0])])) == {"layoff-below-threshold"}
    assert rules_found(office, KEY, answers([person(one) for one in some[:2]])) == set()


def test_answered_it_is_on_record_and_withdrawn_it_is_not(
    office: Office, contract: Contract
) -> None:
    case = reported(office, contract)
    assert LaidOff.objects.get().contract == contract
    answer = "".join(page_texts(Document.objects.get(heading="裁员意见反馈").pdf))
    assert "1人（职工总数40人）" in answer and "至2027年6月1日" in answer and "优先留用" in answer
    case.definition.effects.revoked(case, office.first, office.hall.now)  # type: ignore[misc]
    assert not LayoffReport.objects.exists()
    answered, undone = Record.objects.order_by("pk")
    assert (answered.act, undone.undoes) == ("answer", answered)


def reported(office: Office, contract: Contract) -> Case:
    return office.through(office.apply(KEY, answers([person(contract)])))


def laid_off(**changed: Any) -> dict[str, Any]:
    said = {
        "end_reason": "4102",
        "layoff_explained_on": "2026-10-01",
        "layoff_reported": "true",
        "union_notified": "true",
        "average_pay": "4200",
        "severance_paid": "99999",
    }
    return ending_answers(on=date(2026, 11, 20), **(said | changed))


def test_a_layoff_without_a_report_is_told_so_whatever_is_filled_in(
    office: Office, contract: Contract
) -> None:
    rule = "layoff-procedure"
    assert rule in rules_found(office, "contract.ending", laid_off(), subject=contract.pk)
    reported(office, contract)
    later = laid_off(ended_on="2026-11-20")
    assert rule in rules_found(office, "contract.ending", later, subject=contract.pk)  # 19 days
    LayoffReport.objects.update(explained_on=date(2026, 10, 20))
    assert rule not in rules_found(office, "contract.ending", later, subject=contract.pk)


def test_what_a_report_says_is_not_asked_again_of_the_layoffs_together(
    office: Office, contract: Contract
) -> None:
    rule, unsaid = "layoff-threshold", laid_off() | {"layoff_reported": ""}
    assert rule in rules_found(office, "contract.ending", unsaid, subject=contract.pk)
    said = laid_off()
    assert rule in rules_found(office, "contract.ending", said, subject=contract.pk)
    reported(office, contract)
    assert rule not in rules_found(office, "contract.ending", unsaid, subject=contract.pk)


def test_the_page_of_the_workforce_reads_the_register_not_the_tick(
    office: Office, contract: Contract
) -> None:
    def speaks() -> bool:
        found = workforce_findings(office.hall.employer, office.hall.today)
        return "layoff-threshold" in {finding.rule for finding in found}

    others = [office.hall.in_force() for _ in range(2)]
    explained = dict.fromkeys(("layoff-procedure", "layoff-threshold"), "已经说明")
    office.hall.file("ending", laid_off(), contract=contract, explanations=explained)
    assert speaks()
    reported(office, others[0])
    assert speaks()
    LaidOff.objects.update(contract=contract)
    assert not speaks()


def test_who_hires_others_within_six_months_is_told_of_those_laid_off(
    office: Office, contract: Contract
) -> None:
    rule = "rehire-after-layoff"
    reported(office, contract)
    explained = dict.fromkeys(("layoff-procedure", "layoff-threshold"), "已说明")
    ending = office.hall.file("ending", laid_off(), contract=contract, explanations=explained)
    office.hall.approve(ending)
    start = (office.hall.today + timedelta(days=1)).isoformat()
    new = {"work_start_on": start, "start_on": start, "signed_on": "2026-11-20"}
    other = contract_answers(today=office.hall.today, **new)
    assert rule in rules_found(office, "contract.new", other)
    assert rule not in rules_found(office, "contract.new", other | whose(contract_of(ending)))


def whose(contract: Contract) -> dict[str, str]:
    """The particulars of a contract's worker."""
    worker = contract.worker
    return {
        "document_number": worker.document_number,
        "name": worker.name,
        "sex": worker.sex,
        "birth_on": worker.birth_on.isoformat() if worker.birth_on else "",
    }


def test_who_was_laid_off_more_than_six_months_ago_is_preferred_to_nobody(
    office: Office, contract: Contract
) -> None:
    explained = dict.fromkeys(("layoff-procedure", "layoff-threshold"), "已说明")
    both = (contract, office.hall.in_force())
    for one in both:
        office.hall.approve(
            office.hall.file("ending", laid_off(), contract=one, explanations=explained)
        )
    Filing.objects.filter(contract=contract, kind="ending").update(ended_on=date(2026, 5, 19))
    day = (office.hall.today + timedelta(days=1)).isoformat()
    new = {"work_start_on": day, "start_on": day, "signed_on": "2026-11-20"}
    told = [
        "rehire-after-layoff"
        in rules_found(
            office,
            "contract.new",
            contract_answers(today=office.hall.today, **(new | whose(one))),
        )
        for one in both
    ]
    assert told == [True, False]
