"""和谐劳动关系认定: assessed, recommended level by level, deferred by what stands against it, recognised."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.contracts.making import Hall, revoke
from tests.documents.papers import page_texts
from tests.relations.stepping import complete, send
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.documents.models import Document
from yonggong.registry.models import Agency, Employer
from yonggong.relations.blockers import Blocker
from yonggong.relations.harmony import papers
from yonggong.relations.harmony.form import ITEM
from yonggong.relations.models import HarmonyRecognition
from yonggong.services.record_models import Standing
from yonggong.supervision import recognition

pytestmark = pytest.mark.django_db
ROWS = [
    {"criterion": "劳动合同", "most": "60", "score": "55.5", "evidence": "签订率百分之百"},
    {"criterion": "集体协商", "most": "40", "score": "30", "evidence": "集体合同已审查"},
]
OPINION = {"opinion": "同意推荐", "opined_on": "2026-11-20"}
CLEAN = {"insurance_owed": False, "wage_complaints": "0", "open_arbitration": "0"}


def answers(hall: Hall, **changed: Any) -> dict[str, Any]:
    given = {
        "unit_name": hall.employer.name,
        "application_region": "150302",
        "filled_on": "2026-11-20",
        "industry": "批发业",
        "registration_type": "有限责任公司",
        "staff_count": "90",
        "legal_representative_name": "试法人",
        "union_chair_name": "试主席",
        "postal_address": "乌海市海勃湾区新华街 1 号",
        "phone": "0473-2012345",
        "harmony_work_account": "依法签订劳动合同，按时足额支付工资。",
        "assessed": ROWS,
        "union_sound": True,
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def asked(hall: Hall, **changed: Any) -> Case:
    return send(hall, ITEM.key, answers(hall, **changed))


@pytest.fixture
def people(hall: Hall, make_user: Any) -> dict[str, Any]:
    """Who acts: two of the district, one of the city, one of the region."""
    found = {
        "accept": hall.reviewer,
        "county": make_user("reviewer", agency=hall.employer.agency, region_code="150302"),
    }
    for level, code in (("prefecture", "150300"), ("province", "150000")):
        agency = Agency.objects.create(name=f"{level}劳动关系处", level=level, region_code=code)
        found[level] = make_user("reviewer", agency=agency, region_code=code)
    return found


def recommended(case: Case, people: dict[str, Any], now: Any, *, until: str = "") -> Case:
    """Through all levels, before it is put on file."""
    case = complete(case, by=people["accept"], now=now)
    case = complete(case, by=people["accept"], now=now, answers=CLEAN)
    case = complete(case, by=people["accept"], now=now, answers={"sealed_by": "市场监管局"})
    for who in ("county", "prefecture", "province"):
        case = complete(case, by=people[who], now=now, answers=OPINION)
    filed = {"in_industrial_park": False, "valid_until": until}
    return complete(case, by=people["accept"], now=now, answers=filed)


def recognised(case: Case, people: dict[str, Any], now: Any, **more: Any) -> Case:
    return complete(recommended(case, people, now, **more), by=people["accept"], now=now)


def test_three_levels_recommend_and_it_is_recognised_with_number_and_term(
    hall: Hall, people: dict[str, Any]
) -> None:
    case = recognised(asked(hall), people, hall.now, until="2029-11-19")
    assert case.state == State.APPROVED
    held = HarmonyRecognition.objects.get()
    assert Standing.objects.get(subject=hall.employer.pk).until == date(2029, 11, 19)
    paper = Document.objects.get(kind=papers.RECOGNITION.name)
    assert "province劳动关系处（盖章）" in page_texts(paper.pdf)[0]
    assert (held.number, held.score) == (paper.number, Decimal("85.5"))
    assert held.state_on(date(2029, 11, 19)) == "有效"
    assert held.state_on(date(2029, 11, 20)) == "已到期"


def test_a_level_is_its_own_agency_s(hall: Hall, people: dict[str, Any]) -> None:
    case = asked(hall)
    for given in ({}, CLEAN, {"sealed_by": "市场监管局"}):
        case = complete(case, by=people["accept"], now=hall.now, answers=given)
    case = complete(case, by=people["county"], now=hall.now, answers=OPINION)
    with pytest.raises(Forbidden):
        complete(case, by=people["county"], now=hall.now, answers=OPINION)


def test_withdrawn_it_stays_on_the_register_as_such(hall: Hall, people: dict[str, Any]) -> None:
    case = recognised(asked(hall), people, hall.now)
    revoke(case, by=people["accept"], second=people["county"], now=hall.now)
    assert HarmonyRecognition.objects.get().state_on(hall.today) == "已撤销"
    assert not Standing.objects.exists()


@pytest.mark.parametrize(
    ("inquired", "field"),
    [
        ({"insurance_owed": True}, "insurance_owed"),
        ({"wage_complaints": "1"}, "wage_complaints"),
        ({"open_arbitration": "2"}, "open_arbitration"),
    ],
)
def test_arrears_complaints_and_arbitration_defer_it(
    hall: Hall, people: dict[str, Any], inquired: dict[str, Any], field: str
) -> None:
    case = complete(asked(hall), by=people["accept"], now=hall.now)
    with pytest.raises(Refused) as refusal:
        complete(case, by=people["accept"], now=hall.now, answers=CLEAN | inquired)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_insurance_owed_under_an_exemption_defers_nothing(
    hall: Hall, people: dict[str, Any]
) -> None:
    case = complete(asked(hall), by=people["accept"], now=hall.now)
    exempt = CLEAN | {"insurance_owed": True, "insurance_exempt": "缓缴通知"}
    assert complete(case, by=people["accept"], now=hall.now, answers=exempt).state == State.PENDING


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"assessed": [ROWS[0], ROWS[1] | {"score": "24.4"}]}, {"assessed"}),
        ({"assessed": [ROWS[0] | {"score": "60.5"}, ROWS[1]]}, {"assessed__1__score"}),
        ({"assessed": [ROWS[0], ROWS[1] | {"evidence": None}]}, {"assessed__2__evidence"}),
        ({"union_sound": False}, {"union_sound"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    hall: Hall, changed: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        asked(hall, **changed)
    assert {problem.field for problem in refusal.value.problems} == fields


def test_eighty_points_are_enough(hall: Hall) -> None:
    assert asked(hall, assessed=[ROWS[0], ROWS[1] | {"score": "24.5"}]).state == State.PENDING


def test_missing_filing_stands_against_it_with_its_reason(hall: Hall) -> None:
    assert not list(recognition.blockers(hall.employer, hall.today))
    Employer.objects.filter(pk=hall.employer.pk).update(state=Employer.State.UNFILED)
    fresh = Employer.objects.get(pk=hall.employer.pk)
    assert [
        "尚未进行劳动用工备案" in found.reason for found in recognition.blockers(fresh, hall.today)
    ]


def test_what_stands_against_it_refuses_it_and_holds_the_recognition(
    hall: Hall, people: dict[str, Any], monkeypatch: Any
) -> None:
    case = recommended(asked(hall), people, hall.now)
    standing = [Blocker("责令限期改正通知书 7 号尚未结案。"), Blocker("尚未送达。", told=False)]
    monkeypatch.setattr("yonggong.relations.blockers._looks", [lambda employer, on: standing])
    with pytest.raises(Refused) as refusal:
        complete(case, by=people["accept"], now=hall.now + timedelta(days=1))
    assert "7 号尚未结案" in refusal.value.problems[0].message
    assert "尚未送达" not in refusal.value.problems[0].message
    assert Case.objects.get(pk=case.pk).state == State.PENDING
