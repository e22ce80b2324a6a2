"""What a workbook filed lives on like any other case: voided alone, returned, mended, approved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.batch.workbooks import as_xlsx, rows
from tests.contracts.making import Hall, ending_answers, renewal_answers
from yonggong.batch.models import Batch
from yonggong.cases import actions as case_actions
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.threads import dumped_text
from yonggong.forms.columns import columns

pytestmark = pytest.mark.django_db

KINDS = ("new", "renewal", "change", "ending")


@pytest.fixture
def filed(send: Callable[..., Batch], hall: Hall) -> Callable[[str], Case]:
    """A case of a kind, filed by a workbook of one row."""

    def by_workbook(kind: str) -> Case:
        if kind == "new":
            batch = send(rows(1, today=hall.today))
        else:
            contract = hall.old() if kind == "renewal" else hall.in_force()
            batch = _later(send, hall, kind, contract)
        assert (batch.filed_rows, batch.bad_rows) == (1, 0)
        return Case.objects.get(batch=batch.pk)

    return by_workbook


def _later(send: Callable[..., Batch], hall: Hall, kind: str, contract: Contract) -> Batch:
    assert contract.current is not None
    given: dict[str, Any] = {
        "renewal": lambda: renewal_answers(contract),
        "change": lambda: (
            dumped_text(contract.current)
            | {"changed_on": hall.today.isoformat(), "change_reason": "岗位调整", "job": "行政主管"}
        ),
        "ending": lambda: ending_answers(on=hall.today),
    }[kind]()
    row = given | {
        "document_type": "01",
        "document_number": contract.worker.document_number,
        "name": contract.worker.name,
    }
    bulk = get_kind(f"contract.{kind}").workbook
    assert bulk is not None
    headings = {column.name: column.heading for column in columns(bulk.form)}
    content = as_xlsx([row], names=tuple(headings), headings=headings)
    return send(1, kind=f"contract.{kind}", content=content)


@pytest.mark.parametrize("kind", KINDS)
def test_it_knows_the_contract_it_is_about(filed: Callable[[str], Case], kind: str) -> None:
    case = filed(kind)
    assert case.subject == Filing.objects.get(case=case).contract_id


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_voided_alone(filed: Callable[[str], Case], screen: Client, kind: str) -> None:
    case = filed(kind)
    filing = Filing.objects.get(case=case)
    answer = screen.post(reverse("employer:void-done"), {"ids": [filing.pk]}, follow=True)
    assert "已作废 1 份备案" in answer.content.decode()
    filing.refresh_from_db()
    assert filing.state == "voided"
    assert filing.contract.state == ("void" if kind == "new" else "active")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_returned_mended_and_approved(
    filed: Callable[[str], Case], screen: Client, hall: Hall, kind: str
) -> None:
    case = hall.return_(filed(kind))
    form = reverse(f"employer:{kind}-form", args=[case.pk])
    assert screen.get(form).status_code == 200
    asked = {"severance_paid": "0", "notice_on": hall.today} if kind == "ending" else {}
    answers = answers_of(case) | asked | {"ask": "submit"}
    answer = screen.post(form, answers)
    assert answer.status_code == 302, answer.context["page"].problems
    case.refresh_from_db()
    assert case.state == "pending"
    case_actions.approve(
        case=case, seen=case.filed_at, by=hall.reviewer, now=hall.now, address=None
    )
    filing = Filing.objects.get(case=case)
    assert filing.state == "approved"
    assert filing.contract.state == ("ended" if kind == "ending" else "active")


@pytest.mark.parametrize("kind", ["new", "renewal", "ending"])
def test_it_stands_on_its_roster(filed: Callable[[str], Case], hall: Hall, kind: str) -> None:
    case = hall.approve(filed(kind))
    paper = hall.roster(case)
    assert (paper.row_count, Filing.objects.get(case=case).roster) == (1, paper)


def test_its_certificate_is_made(filed: Callable[[str], Case], hall: Hall) -> None:
    case = hall.approve(filed("ending"))
    paper = hall.certificate(case)
    assert Filing.objects.get(case=case).certificate == paper


@pytest.mark.parametrize("kind", KINDS)
def test_its_pages_open_for_employer_and_reviewer(
    filed: Callable[[str], Case],
    screen: Client,
    at_screen: Callable[[Any], Client],
    hall: Hall,
    kind: str,
) -> None:
    case = filed(kind)
    assert screen.get(reverse("employer:case", args=[case.pk])).status_code == 200
    assert screen.post(reverse("employer:case-whole", args=[case.pk])).status_code == 200
    desk = at_screen(hall.reviewer)
    assert desk.get(reverse("bureau:case", args=[case.pk])).status_code == 200
    assert desk.post(reverse("bureau:case-whole", args=[case.pk])).status_code == 200


def answers_of(case: Case) -> dict[str, Any]:
    """What the page sends when nothing is changed on it."""
    values = case.definition.form.dump(case.values)
    return {name: value for name, value in values.items() if value is not None}
