"""Every item of the standard, from what its applicant types to its paper: filled in, kept as a draft and
opened again, its materials uploaded, filed, handled by different people step by step to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.cases.passing import passing
from tests.cases.test_item_forms import answers_to
from tests.files import PNG
from tests.services.handling import RECORDS
from yonggong.accounts.models import Grant, User
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, handling, items
from yonggong.cases import materials as case_materials
from yonggong.cases.kinds import CaseKind, find_kind
from yonggong.cases.life import OPEN, State
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import JUDGING, Outcome
from yonggong.cases.queries import required_materials
from yonggong.catalogue import book
from yonggong.documents.queries import papers_of_item, pdf_of
from yonggong.forms import FieldType
from yonggong.portals.pages import form as form_pages
from yonggong.registry import actions as registry
from yonggong.registry.models import Agency
from yonggong.registry.people import keep_evidence
from yonggong.services import surveys

pytestmark = pytest.mark.django_db
REGION = "150302"
LEVELS = {"province": "150000", "prefecture": "150300", "county": REGION}
# Those with code of their own have rules that no invented answer meets, and tests of their own.
ITEMS = [item.key for item in book() if item.page and find_kind(item.key) is None]


# Applied for some days before the class begins.
IN_ADVANCE = ("entrepreneurship-training-class-opening", "employment-skills-training-class-opening")


@pytest.fixture
def agencies(db: None) -> dict[str, Agency]:
    return {
        level: Agency.objects.create(name=f"{level}试验机构", level=level, region_code=code)
        for level, code in LEVELS.items()
    }


@pytest.fixture
def office(agencies: dict[str, Agency], make_user: Callable[..., Any]) -> list[Any]:
    """Eleven of whom each judges once, and one who does everything else, at every agency."""
    people = [make_user("reviewer", agency=agencies["county"]) for _ in range(12)]
    others = [agency for level, agency in agencies.items() if level != "county"]
    Grant.objects.bulk_create(
        Grant(user=one, role="reviewer", agency=agency) for one in people for agency in others
    )
    return people


def applicant_of(
    kind: CaseKind, make_employer: Callable[..., Any], make_user: Callable[..., Any], county: Agency
) -> tuple[Any, Any]:
    """Who applies for an item, and who types for them: themselves, or a clerk where it is not taken in
    online."""
    employer = make_employer(region_code=REGION, agency=county)
    clerk = make_user("counter_clerk", agency=county, region_code=REGION)
    if kind.serves(employer.party):
        if not kind.counter_only:
            return employer.party, make_user("employer_operator", employer=employer)
        clerk.__dict__["scope"] = clerk.scope.at_counter(party=employer.pk, agency=county.pk)
        return employer.party, clerk
    worker = registry.get_or_add_worker(
        document_type="01", number="150302199003072135", name="试一", sex="1", birth_on=None
    )
    person = registry.enter_person(worker=worker, region_code=REGION)
    if kind.counter_only:
        clerk.__dict__["scope"] = clerk.scope.at_counter_for_person(
            person=person.pk, agency=county.pk, department="人社"
        )
        return person, clerk
    return person, User.objects.create(username="shiyi", name="试一", person=person)


def end_step(case: Case, step: Step, people: list[Any], now: datetime) -> Case:
    """Whoever has not acted yet ends the open step, as far as the item's step goes on."""
    plan = case.definition.procedure.step(step.key)  # type: ignore[union-attr]
    outcome = Outcome.NEXT if Outcome.NEXT in plan.outcomes else Outcome.END
    acted = set(case.steps.exclude(acted_by=None).values_list("acted_by", flat=True))
    judges = [one for one in people[1:] if one.pk not in acted]
    by = judges[0] if step.kind in JUDGING | {"accept"} else people[0]
    fields = plan.form.fields_by_name if plan.form else {}
    typed = answers_to(plan.form, Random(7)) if plan.form else {}
    # What is asked only after some other answer stays open; of the checklist all is met.
    asked = {
        name: answer
        for name, answer in typed.items()
        if fields[name].show_when is None and not name.startswith("check_")
    }
    if step.kind == "survey":
        photo = keep_evidence(file_name="现场.png", content_type="image/png", content=PNG)
        surveys.add(case=case, evidence=photo, said="正门", by=by, now=now)
    assert case.filed_at is not None
    return handling.complete(
        case=case,
        step=step.pk,
        outcome=outcome,
        answers={**asked, **passing(case, **RECORDS.get(step.kind, {}))},
        seen=case.filed_at,
        by=by,
        now=now,
        address=None,
    )


@pytest.mark.parametrize("key", ITEMS)
def test_it_is_applied_for_and_handled_to_its_end(
    key: str,
    agencies: dict[str, Agency],
    office: list[Any],
    make_employer: Callable[..., Any],
    make_user: Callable[..., Any],
    now: datetime,
) -> None:
    kind = items.holding(items.kind_called(key), region=REGION, on=now.date())
    party, by = applicant_of(kind, make_employer, make_user, agencies["county"])
    raw = answers_to(kind.form, Random(key))
    if key in IN_ADVANCE:
        dates = [field.name for field in kind.form.fields if field.type is FieldType.DATE]
        raw |= dict.fromkeys(dates, "2027-06-01")
    draft = drafting.save_draft(kind=kind, applicant=party, raw=raw, case=None, by=by, now=now)
    opened = Case.objects.get(pk=draft.pk)
    assert form_pages.kept(opened) == kind.form.sent(raw), "a draft is what was typed"
    for material in required_materials(opened):
        case_materials.upload(
            case=opened,
            name=material.name,
            file_name="材料.png",
            content=PNG,
            by=by,
            now=now,
            address=None,
        )
    case = case_actions.submit(
        kind=opened.definition,
        raw=raw,
        applicant=party,
        case=opened,
        key=None,
        by=by,
        now=now,
        address=None,
    )
    steps = 0
    while case.state in OPEN:
        open_step = case.steps.get(acted_at__isnull=True)
        now += timedelta(days=31)
        case = end_step(case, open_step, office, now)
        steps += 1
        assert steps <= len(case.definition.procedure.steps)  # type: ignore[union-attr]
    assert case.state == State.APPROVED and case.decided_at is not None
    assert not case.steps.filter(acted_at__isnull=True).exists()
    papers = papers_of_item(by, case)
    assert papers and all(pdf_of(paper).startswith(b"%PDF") for paper in papers)


def test_none_is_left_out() -> None:
    coded = [item.key for item in book() if item.page and find_kind(item.key) is not None]
    assert len(ITEMS) + len(coded) == 153
    assert len(coded) <= 8
