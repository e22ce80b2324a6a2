"""An invented kind with everything a kind can have: found by walking the packages, filed by page and by
workbook, handled in its steps beside its item, ended with its paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.batch.test_case_workbook import read
from tests.cases.orchard.form import FORM
from tests.cases.orchard.kind import KIND
from tests.cases.orchard.papers import CERTIFICATE
from yonggong.batch.case_template import case_template
from yonggong.cases import actions as case_actions
from yonggong.cases import handling
from yonggong.cases.actions import Forbidden, Refused
from yonggong.cases.kinds import all_papers, get_kind
from yonggong.cases.models import Case
from yonggong.cases.procedure import Outcome
from yonggong.documents.models import Document
from yonggong.documents.queries import pdf_of

pytestmark = pytest.mark.django_db
PLOTS = [
    {"code": "东一", "fruit": "1", "area": "12.50", "trees": 400, "planted": 2019},
    {"code": "西二", "fruit": "2", "area": "3.00", "trees": 90, "guarded": True, "guard": "试守"},
]
ANSWERS = {"orchard": "南坡果园", "keeper": "试园", "phone": "16012345678", "plots": PLOTS}
RECORD = {"seen_on": "2026-11-20", "found": "地界清楚"}


@pytest.fixture
def file(operator: Any, employer: Any, now: datetime) -> Any:
    def send(case: Case | None = None, **changed: Any) -> Case:
        return case_actions.submit(
            kind=KIND,
            raw=ANSWERS | changed,
            applicant=employer.party,
            case=case,
            key=None,
            by=operator,
            now=now,
            address=None,
        )

    return send


def complete(
    case: Case, by: Any, now: datetime, outcome: Outcome = Outcome.NEXT, **given: Any
) -> Case:
    fresh = Case.objects.get(pk=case.pk)
    step = fresh.steps.get(acted_at__isnull=True)
    assert fresh.filed_at is not None
    handling.complete(
        case=fresh,
        step=step.pk,
        outcome=outcome,
        seen=fresh.filed_at,
        by=by,
        now=now,
        address=None,
        **given,
    )
    return Case.objects.get(pk=case.pk)


def keys(case: Case) -> list[str]:
    return list(case.steps.order_by("round", "position").values_list("key", flat=True))


@pytest.fixture
def clerk(make_user: Any, agency: Any) -> Any:
    """Who accepts what others review."""
    return make_user("reviewer", agency=agency, region_code="220104")


def test_it_is_found_by_walking_the_packages_and_named_nowhere_else() -> None:
    assert get_kind("orchard.register") is KIND
    assert CERTIFICATE in all_papers()
    here = Path(__file__).parent
    others = [*Path("src").rglob("*.py"), *Path("tests").rglob("*.py")]
    assert others and not [
        path
        for path in others
        if here not in path.resolve().parents
        and path.name != "test_every_role.py"
        and "cases.orchard" in path.read_text("utf-8")
    ]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"plots": []}, "plots"),
        ({"plots": PLOTS * 11}, "plots"),
        ({"plots": [PLOTS[0], PLOTS[0]]}, "plots__2__code"),
        ({"plots": [PLOTS[1] | {"guard": None}]}, "plots__1__guard"),
        ({"planned": 4901}, "planned"),
        ({"plots": [PLOTS[0] | {"fruit": "3"}]}, "plots"),
        ({"plots": [PLOTS[0] | {"area": "301"}]}, "opened_on"),
        ({"signboard": True}, "wording"),
    ],
)
def test_what_its_form_its_checks_and_the_law_refuse(
    file: Any, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        file(**changed)
    named = [problem.field for problem in refused.value.problems]
    named += [verdict.field for verdict in refused.value.verdicts]
    assert field in named


def test_it_goes_through_its_steps_to_its_certificate(
    file: Any, clerk: Any, reviewer: Any, second: Any, now: datetime
) -> None:
    case = file()
    complete(case, clerk, now)
    with pytest.raises(Forbidden):
        complete(case, clerk, now, answers=RECORD)  # who accepted
    with pytest.raises(Refused):
        complete(case, reviewer, now)  # without the record
    complete(case, reviewer, now, answers=RECORD)
    assert keys(case) == ["accept", "review", "items", "second"]
    with pytest.raises(Forbidden):
        complete(case, reviewer, now)  # who reviewed
    ended = complete(case, second, now)
    assert (ended.state, ended.state_title) == ("approved", "办结")
    paper = Document.objects.get(kind=CERTIFICATE.name)
    assert paper.number.startswith("GY220104") and pdf_of(paper).startswith(b"%PDF")


def test_its_item_is_handled_beside_it_and_waited_for(
    file: Any, clerk: Any, reviewer: Any, second: Any, now: datetime
) -> None:
    case = file(signboard=True, wording="南坡")
    sign = case.children.get()
    assert sign.values["wording"] == "南坡"
    complete(case, clerk, now)
    complete(case, reviewer, now, answers=RECORD)
    with pytest.raises(Forbidden):
        complete(case, second, now)
    case_actions.approve(case=sign, seen=sign.filed_at, by=second, now=now, address=None)
    assert keys(Case.objects.get(pk=case.pk))[-1] == "second"
    assert complete(case, second, now).state == "approved"


def test_an_item_done_before_it_is_waited_for_holds_nobody_up(
    file: Any, clerk: Any, reviewer: Any, second: Any, now: datetime
) -> None:
    case = file(signboard=True, wording="南坡")
    case_actions.approve(
        case=(item := case.children.get()), seen=item.filed_at, by=second, now=now, address=None
    )
    complete(case, clerk, now)
    complete(case, reviewer, now, answers=RECORD)
    assert keys(Case.objects.get(pk=case.pk))[-1] == "second"


def test_returned_it_is_mended_and_both_versions_stay(
    file: Any, reviewer: Any, now: datetime
) -> None:
    case = file()
    returned = complete(case, reviewer, now, Outcome.RETURN, opinion="面积与图不符")
    file(case=returned, plots=[PLOTS[0] | {"area": "12.00"}])
    versions = Case.objects.get(pk=case.pk).versions.order_by("number")
    areas = [str(one.values_on(FORM)["plots"][0]["area"]) for one in versions]
    assert areas == ["12.50", "12.00"]


def test_its_workbook_is_its_draft() -> None:
    draft = FORM.dump(FORM.clean(ANSWERS).values)
    assert read(case_template(FORM, draft), FORM).answers == draft
