"""A check on site and a publicity: photos, the days that run, objections that are answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.services.handling import RECORDS, Office
from yonggong.cases import handling
from yonggong.cases.actions import Refused
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.services import publicity, surveys
from yonggong.services.errors import Unfit
from yonggong.services.models import Objection

pytestmark = pytest.mark.django_db


@pytest.fixture
def publicised(filed: Case, office: Office) -> Case:
    return office.bring(filed, "publicity")


def objected(case: Case, by: Any, office: Office, **more: str) -> Objection:
    step = case.steps.get(acted_at__isnull=True)
    return publicity.object_(step=step.pk, text="该户已领取", by=by, now=office.now, **more)


def shown(office: Office) -> list[Step]:
    return publicity.shown(publicity.publicised(office.now.date()))


def answered(objection: Objection, office: Office, *, founded: bool) -> None:
    publicity.answer(
        objection=objection,
        founded=founded,
        said="已向社区核实",
        by=office.people[0],
        now=office.now,
    )


def test_a_check_on_site_is_not_ended_without_a_photo(filed: Case, office: Office) -> None:
    case = office.bring(filed, "survey")
    with pytest.raises(Refused, match="没有照片"):
        office.end(case)
    photo = office.photograph(case)
    office.end(case)
    assert list(surveys.photos_of(case)) == [photo]
    with pytest.raises(Unfit):
        office.photograph(case)


def test_what_was_found_otherwise_on_site_does_not_go_on(filed: Case, office: Office) -> None:
    case = office.bring(filed, "survey")
    office.photograph(case)
    found = RECORDS["survey"] | {"survey_result": "unmet", "survey_found": "没有这只风筝"}
    with pytest.raises(Refused, match="核查结论为与申请情况不符"):
        office.end(case, answers=found)
    case = office.end(case, Outcome.REFUSE, answers=found, opinion="没有这只风筝")
    assert case.state == "refused"


def test_what_is_taken_back_keeps_the_photos_and_objections_of_its_step(
    filed: Case, office: Office, operator: Any, make_user: Any, make_employer: Any
) -> None:
    case = office.bring(filed, "publicity")
    photos = list(surveys.photos_of(case))
    objection = objected(case, make_user("employer_operator", employer=make_employer()), office)
    case = handling.withdraw(case=case, by=operator, now=office.now, address=None)
    assert case.state_title == "已撤回" and shown(office) == []
    assert photos and list(surveys.photos_of(case)) == photos
    assert list(publicity.objections_of(case)) == [objection]


def test_it_runs_its_days(publicised: Case, office: Office) -> None:
    (step,) = shown(office)
    assert step.case == publicised and step.due_on is not None
    with pytest.raises(Refused, match="公示期未满"):
        office.end(publicised)
    office.now += timedelta(days=10)
    office.end(publicised)
    assert shown(office) == []


def test_once_its_days_are_over_nobody_reads_it_or_objects(
    publicised: Case, office: Office, operator: Any
) -> None:
    (step,) = shown(office)
    assert step.due_on is not None
    office.now += step.due_on - office.now.date()
    assert shown(office) == [step]
    office.now += timedelta(days=1)
    assert shown(office) == [] and publicity.find(step.pk, office.now.date()) is None
    with pytest.raises(Step.DoesNotExist):
        objected(publicised, operator, office)


def test_one_is_found_by_one_query_among_many(
    publicised: Case, office: Office, django_assert_num_queries: Any
) -> None:
    step = publicised.steps.get(acted_at__isnull=True)
    with django_assert_num_queries(1):
        assert publicity.find(step.pk, office.now.date()) == step


def test_every_objection_is_answered_first(
    publicised: Case, office: Office, make_user: Any, make_employer: Any
) -> None:
    anybody = make_user("employer_operator", employer=make_employer())
    objection = objected(publicised, anybody, office)
    assert objection.name == anybody.name
    with pytest.raises(Unfit, match="正在核实"):
        objected(publicised, anybody, office)
    office.now += timedelta(days=10)
    with pytest.raises(Refused, match="没有核实的异议"):
        office.end(publicised)
    answered(objection, office, founded=False)
    with pytest.raises(Refused, match="有 1 件异议"):
        office.end(publicised)
    said = {"publicity_result": "unfounded", "publicity_said": "已核实"}
    assert office.end(publicised, answers=RECORDS["publicity"] | said).state_title == "办理中"


def test_one_that_is_founded_stops_the_case(
    publicised: Case, office: Office, operator: Any
) -> None:
    answered(objected(publicised, operator, office), office, founded=True)
    office.now += timedelta(days=10)
    said = {"publicity_result": "founded", "publicity_said": "确已领取"}
    with pytest.raises(Refused, match="异议成立"):
        office.end(publicised, answers=RECORDS["publicity"] | said)
    case = office.end(publicised, Outcome.REFUSE, answers={}, opinion="异议成立")
    assert case.state_title == "不予批准"


def test_at_the_counter_somebody_elses_is_written_down_with_a_sealed_number(
    publicised: Case, office: Office, operator: Any
) -> None:
    given = {"name": "试异\x00", "phone": "16012345678"}
    objection = objected(publicised, office.people[0], office, **given)
    kept = Objection.objects.get(pk=objection.pk)
    assert kept.name == "试异" and kept.phone == "16012345678"
    assert "16012345678" not in kept.phone_sealed
    with pytest.raises(Unfit, match="代他人登记"):
        objected(publicised, operator, office, name="试异")


def test_what_is_not_publicised_takes_no_objection(
    filed: Case, office: Office, operator: Any
) -> None:
    with pytest.raises(Step.DoesNotExist):
        objected(filed, operator, office)
