"""An item without code works as a kind: an invented one from JSON alone, and those of the standard."""

from __future__ import annotations

import json
from datetime import date, datetime
from random import Random
from typing import Any

import pytest

from tests.cases.kite import ANSWERS, KITE
from tests.cases.passing import passing
from tests.cases.test_item_forms import answers_to
from tests.files import PNG
from yonggong import policy
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, handling
from yonggong.cases import materials as case_materials
from yonggong.cases.actions import Refused
from yonggong.cases.catalogued import kind_of
from yonggong.cases.item_forms import applicant_form
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.catalogue import book
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(operator: Any, employer: Any, now: datetime) -> Case:
    return drafting.save_draft(
        kind=KITE, applicant=employer.party, raw=ANSWERS, case=None, by=operator, now=now
    )


def submit(case: Case, now: datetime, **changed: Any) -> Case:
    return case_actions.submit(
        kind=case.definition,
        raw=ANSWERS | changed,
        applicant=case.applicant,
        case=case,
        key=None,
        by=case.filed_by,
        now=now,
        address=None,
    )


@pytest.fixture
def filed(draft: Case, now: datetime) -> Case:
    case_materials.upload(
        case=draft,
        name="m1",
        file_name="风筝.png",
        content=PNG,
        by=draft.filed_by,
        now=now,
        address=None,
    )
    return submit(draft, now)


def complete(case: Case, by: Any, now: datetime, **given: Any) -> Case:
    assert case.filed_at is not None
    return handling.complete(
        **{
            "case": case,
            "step": case.steps.get(acted_at__isnull=True).pk,
            "outcome": Outcome.NEXT,
            "answers": passing(case),
            "seen": case.filed_at,
            "by": by,
            "now": now,
            "address": None,
        }
        | given
    )


def test_its_form_has_its_table_and_not_what_the_office_fills_in() -> None:
    assert list(KITE.form.fields_by_name) == ["kite", "phone", "f2_rows"]


def test_its_limits_are_the_items(filed: Case) -> None:
    """Five working days as promised and twenty by law, from Friday 20 November 2026."""
    assert (filed.due_on, filed.due_by_law_on) == (date(2026, 11, 27), date(2026, 12, 18))


def test_a_required_material_is_asked_for_one_with_a_condition_is_not(
    draft: Case, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        submit(draft, now)
    assert [problem.message for problem in refused.value.problems] == ["缺少材料：风筝照片"]


def test_a_row_of_its_table_is_checked(draft: Case, now: datetime) -> None:
    with pytest.raises(Refused) as refused:
        submit(draft, now, f2_rows=[{"name": "", "age": "九岁"}])
    rows = [problem for problem in refused.value.problems if problem.field.startswith("f2_rows")]
    assert len(rows) == 2 and all("第 1 行" in problem.text for problem in rows)


def test_personal_cells_of_its_table_are_sealed(filed: Case) -> None:
    stored = json.dumps(filed.version.data, ensure_ascii=False)
    assert "试一" not in stored and "16012345678" not in stored
    assert [row["name"] for row in filed.values["f2_rows"]] == ["试一", "试二"]


def test_it_is_handled_to_its_end(filed: Case, reviewer: Any, now: datetime) -> None:
    case = complete(filed, reviewer, now)
    with pytest.raises(Refused) as refused:
        complete(case, reviewer, now)
    assert {problem.field for problem in refused.value.problems} == {"place"}
    case = complete(case, reviewer, now, answers=passing(case, place="南湖公园"))
    assert case.state_title == "办结"
    assert case.steps.get(key="decide").data == {"place": "南湖公园", "check_h1": "right"}


def test_an_item_without_a_printed_form_asks_whom_to_reach() -> None:
    without = next(item for item in book() if not item.forms)
    assert list(kind_of(without).form.fields_by_name) == ["contact", "phone", "wanted"]


def test_every_item_of_the_standard_is_a_kind() -> None:
    """Its form is the printed one where there is one; it has a procedure, and materials as printed."""
    items = [item for item in book() if item.page]
    assert len(items) == 153
    for item in items:
        kind = kind_of(item)
        assert kind.procedure is not None and kind.form.fields, item.key
        assert [one.label for one in kind.materials] == [one.name for one in item.materials]


APPLIED_ONLINE = [item for item in book() if item.page and item.online and applicant_form(item)]


@pytest.mark.parametrize(
    "category",
    sorted({item.category for item in APPLIED_ONLINE}),
)
def test_one_item_of_each_category_can_be_applied_for(
    category: str, operator: Any, employer: Any, person: Party, now: datetime
) -> None:
    item = next(item for item in APPLIED_ONLINE if item.category == category)
    kind = kind_of(item, taken=True)
    rng = Random(item.page)
    applicant = employer.party if kind.serves(employer.party) else person
    tried, problems, _ = checked(kind, answers_to(kind.form, rng), applicant, operator, now)
    asked = {f"material-{material.name}" for material in kind.materials if material.required}
    assert {problem.field for problem in problems} <= asked
    assert tried.values


def checked(kind: Any, raw: dict[str, Any], applicant: Party, by: Any, now: datetime) -> Any:
    from yonggong.cases.checking import attempt

    return attempt(kind=kind, raw=raw, applicant=applicant, by=by, now=now)


def test_what_is_brought_to_counters_alone_is_not_asked_for_online(
    person: Party, now: datetime, agency: Any
) -> None:
    transfer = kind_of(book().get("unemployment-insurance-transfer"))
    photo, card = "身份证正反面照片", "身份证"
    case = Case(applicant=person)
    asked = {one.label: one for one in transfer.wants(policy.of("150302", now.date()), case)}
    assert photo in asked and asked[photo].required and card not in asked
    assert asked[photo].hint == "证件须有效，正反面在一张照片中"
    case.counter = agency
    asked = {one.label: one for one in transfer.wants(policy.of("150302", now.date()), case)}
    assert card in asked and asked[card].required and photo not in asked
