"""What is looked up before an item is taken: found where the data is here, left to people where not."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.cases.item_versions import content
from tests.contracts.making import Hall
from yonggong import policy
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting
from yonggong.cases.attempts import Attempts
from yonggong.cases.catalogued import kind_of
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
from yonggong.catalogue import book
from yonggong.catalogue.versions import read_version
from yonggong.portals.pages.prechecks import of_case
from yonggong.registry.actions import enter_person
from yonggong.registry.models import Registration, Worker
from yonggong.services import prechecks
from yonggong.services.prechecks import Asked, Result

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
AS_REGISTERED = "申请单位的基本信息与市场监督管理部门登记的法人身份信息一致"
CHILD = "是否童工（16周岁前参加工作）"
UNEMPLOYED = "城镇登记失业人员：比对劳动用工备案系统，核实未就业"


def kind(check: str, subject: str, *, mandatory: bool = True, effects: Any = ()) -> Any:
    fields = [
        {"label": "参加工作时间", "type": "date", "required": False, "id": "work_start",
         "from": "person.work_start", "personal": False, "by": "applicant"},
    ]  # fmt: skip
    said = content(
        forms=[{"name": "申请表", "repeating": False, "by": "applicant", "fields": fields}],
        prechecks=[{"subject": subject, "check": check, "mandatory": mandatory}],
        audience=["个人", "用人单位"],
        effects=list(effects),
    )
    return kind_of(read_version(said, region="220000", since=None), taken=True)


def look(made: Any, applicant: Any, **known: Any) -> dict[str, prechecks.Found]:
    asked = Asked(made, applicant, known, None, TODAY)
    return {one.check: one for one in prechecks.found(asked)}


@pytest.fixture
def worker(employer: Any, operator: Any, reviewer: Any, now: datetime) -> Any:
    """Somebody who works by a contract on file."""
    hall = Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)
    hall.approved()
    return enter_person(worker=Worker.objects.latest("pk"), region_code="220104")


def test_who_is_filed_as_employed_is_told_and_not_refused_for_a_group_is_not_for_us_to_judge(
    worker: Any, person: Any, employer: Any
) -> None:
    made = kind(UNEMPLOYED, "个人")
    said = look(made, worker)[UNEMPLOYED]
    assert said.result is Result.TOLD and employer.name in said.said and not said.refuses
    assert look(made, person)[UNEMPLOYED].result is Result.MANUAL


def test_a_counter_is_not_told_for_whom_somebody_works(
    worker: Any, employer: Any, reviewer: Any, make_user: Any, agency: Any, now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    made = kind(UNEMPLOYED, "个人")
    monkeypatch.setattr(Case, "definition", made)
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    serving = clerk.scope.at_counter_for_person(
        person=worker.pk, agency=agency.pk, department=agency.department
    )
    clerk.__dict__["scope"] = serving
    case = drafting.save_draft(kind=made, applicant=worker, raw={}, case=None, by=clerk, now=now)

    def said(by: Any) -> list[str]:
        return [one.said for one in of_case(case, TODAY, by=by) if one.check == UNEMPLOYED]

    assert said(clerk) == ["用工备案有生效的劳动合同"]
    assert said(reviewer) == [f"用工备案有生效的劳动合同：{employer.name}"]


@pytest.mark.parametrize(
    ("born", "began", "result"),
    [
        (date(1990, 3, 7), date(2006, 3, 6), Result.AGAINST),
        (date(1990, 3, 7), date(2006, 3, 7), Result.FITS),
        (date(1990, 3, 7), None, Result.MANUAL),
    ],
)
def test_nobody_worked_before_sixteen(
    person: Any, born: date, began: date | None, result: Result
) -> None:
    known = {"person.birth": born, "person.work_start": began}
    said = look(kind(CHILD, "个人"), person, **known)[CHILD]
    assert (said.result, said.refuses) == (result, result is Result.AGAINST)


@pytest.mark.parametrize(
    ("columns", "result"),
    [
        (None, Result.MANUAL),
        ({}, Result.FITS),
        ({"name": "长春另一家贸易有限公司"}, Result.AGAINST),
        ({"state": "cancelled", "state_on": TODAY}, Result.AGAINST),
    ],
)
def test_a_unit_is_as_its_registration_has_it(
    employer: Any, now: datetime, columns: Any, result: Result
) -> None:
    if columns is not None:
        given = {
            "credit_code": employer.credit_code,
            "name": employer.name,
            "register": "market",
            "region_code": "220104",
            "registered_on": TODAY,
            "first_seen_at": now,
            "seen_at": now,
        }
        Registration.objects.create(**(given | columns))
    assert look(kind(AS_REGISTERED, "用人单位"), employer.party)[AS_REGISTERED].result is result


def test_what_is_of_somebody_else_than_the_applicant_is_for_people(employer: Any) -> None:
    assert look(kind(CHILD, "个人"), employer.party)[CHILD].result is Result.MANUAL


@pytest.mark.parametrize("mandatory", [True, False])
def test_mandatory_and_found_against_refuses_else_it_is_told(
    pupil: Any,
    person: Any,
    agency: Any,
    now: datetime,
    mandatory: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = kind(CHILD, "个人", mandatory=mandatory)
    monkeypatch.setattr(Case, "definition", made)

    def apply() -> Any:
        return case_actions.submit(
            kind=made,
            raw={"work_start": "2001-01-01"},
            applicant=person,
            case=None,
            key=None,
            by=pupil,
            now=now,
            address=None,
        )

    if not mandatory:
        assert apply().filed_at is not None
        return
    with pytest.raises(Refused) as refused:
        apply()
    assert [problem.code for problem in refused.value.problems] == ["precheck"]


def test_what_only_tells_is_not_looked_up_for_rows_that_are_filed(
    worker: Any, operator: Any, django_assert_num_queries: Any
) -> None:
    effects = [{"record": "insurance_person", "act": "begin", "subject": "person"}]
    made = kind(UNEMPLOYED, "个人", effects=effects)
    tried = Attempts(
        kind=made, form=made.form, applicant=worker, policy=policy.of("220104", TODAY), today=TODAY,
        by=operator, columns={"work_start": [None] * 3}, numbers=(1, 2, 3),
    )  # fmt: skip
    with django_assert_num_queries(0):
        assert not prechecks.refusals(tried, (0, 1, 2))


def test_an_open_case_of_the_same_item_is_told(
    pupil: Any, person: Any, agency: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = kind("是否重复提交", "个人")
    monkeypatch.setattr(Case, "definition", made)
    assert look(made, person)["是否重复提交"].result is Result.FITS
    case = case_actions.submit(
        kind=made, raw={}, applicant=person, case=None, key=None, by=pupil, now=now, address=None
    )
    said = look(made, person)["是否重复提交"]
    assert said.result is Result.TOLD and case.number in said.said and not said.refuses


def test_enrolment_tells_that_nothing_of_it_is_here(person: Any, worker: Any) -> None:
    effects = [
        {"record": "insurance_person", "act": "begin", "subject": "person"},
        {"record": "unemployment_registration", "act": "begin", "subject": "person"},
    ]
    made = kind("现场核对", "个人", effects=effects)
    said = look(made, worker)
    assert said["现场核对"].result is Result.MANUAL
    assert said["是否已经办理参保登记"].result is Result.MANUAL
    assert said["用工备案中有无生效的劳动合同"].result is Result.TOLD


def test_every_check_of_the_standard_is_looked_at_or_left_to_people(
    employer: Any, person: Any
) -> None:
    """None of the standard's fails; how many have their data here."""
    looked_up = 0
    for item in (item for item in book() if item.page and item.prechecks):
        made = kind_of(item)
        for applicant in (employer.party, person):
            said = prechecks.found(Asked(made, applicant, {}, None, TODAY))
            assert {one.check for one in item.prechecks} <= {one.check for one in said}
        looked_up += sum(
            any(means(one.check) for means, _ in prechecks._LOOKS) for one in item.prechecks
        )
    assert looked_up == 31
