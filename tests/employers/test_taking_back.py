"""撤销审核 of what is filed of an employer itself: its row is as the filings have it that are left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.contracts.making import Hall, approve
from tests.employers.closing import EXPLAINED
from tests.employers.particulars import particulars
from yonggong.cases import actions as case_actions
from yonggong.cases import revoking
from yonggong.cases.actions import Refused
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_credit_code
from yonggong.registry.models import Employer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_papers")]


@pytest.fixture
def hall(employer: Any, operator: Any, reviewer: Any, now: datetime) -> Hall:
    """An employer that has only registered."""
    employer.state, employer.filed_on, employer.agency = Employer.State.UNFILED, None, None
    for column in ("nature", "affiliation", "economic_type", "industry"):
        setattr(employer, column, "")
    employer.save()
    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)


@pytest.fixture
def file(hall: Hall, agency: Any) -> Callable[..., Case]:
    """File what is filed of the employer: `file("initial", contact=…)`."""
    typed = particulars(hall.employer, agency=agency, today=hall.today)

    def send(act: str, **changed: str) -> Case:
        day = hall.today.isoformat()
        own = {
            "initial": typed,
            "change": typed | {"change_kind": "9"},
            "cancel": {"closed_on": day, "reason": "解散"},
        }[act]
        return case_actions.submit(
            kind=get_kind(f"employer.{act}"),
            raw=own | changed,
            applicant=Employer.objects.get(pk=hall.employer.pk).party,
            explanations=EXPLAINED if act == "cancel" else None,
            key=None,
            by=hall.operator,
            now=hall.now,
            address=None,
        )

    return send


def row(hall: Hall) -> dict[str, Any]:
    found = Employer.objects.filter(pk=hall.employer.pk).values().get()
    employer = Employer.objects.get(pk=hall.employer.pk)
    found |= {f"{name}_sealed": employer.opened(name) for name in Employer.SEALED}
    return {name: value for name, value in found.items() if name != "updated_at"}


def done(hall: Hall, case: Case) -> Case:
    return approve(case, by=hall.reviewer, now=hall.now)


def test_a_changed_credit_code_is_taken_and_given_back(
    hall: Hall, file: Any, withdraw: Any, chance: Any, make_employer: Any
) -> None:
    done(hall, file("initial"))
    was, code = hall.employer.credit_code, invent_credit_code(chance, region="220104")
    named = {"change_kind": "3", "changed_on": hall.today.isoformat()}
    with pytest.raises(Refused, match="统一社会信用代码与本账号的单位不一致"):
        file("change", credit_code=code)
    with pytest.raises(Refused, match="已由其他单位登记"):
        file("change", credit_code=make_employer().credit_code, **named)
    case = done(hall, file("change", credit_code=code, **named))
    assert row(hall)["credit_code"] == code
    withdraw(case)
    assert row(hall)["credit_code"] == was


def test_a_code_that_is_another_s_by_now_is_not_given_back(
    hall: Hall, file: Any, withdraw: Any, chance: Any, make_employer: Any
) -> None:
    done(hall, file("initial"))
    was, code = hall.employer.credit_code, invent_credit_code(chance, region="220104")
    named = {"change_kind": "3", "changed_on": hall.today.isoformat()}
    changed = done(hall, file("change", credit_code=code, **named))
    make_employer(credit_code=was)
    # What it had in between is in nobody's way.
    withdraw(done(hall, file("change", credit_code=code, contact="试柏舟")))
    with pytest.raises(Refused, match=f"{was} 已由其他单位登记"):
        withdraw(changed)
    assert row(hall)["credit_code"] == code


def test_each_act_withdrawn_leaves_the_row_as_never_approved(
    hall: Hall, file: Any, withdraw: Any
) -> None:
    before = [row(hall)]
    cases = []
    acts = [
        ("initial", {}),
        ("change", {"contact": "试柏舟", "address": "长春市朝阳区同志街 2 号"}),
        (
            "change",
            {"change_kind": "3", "changed_on": "2026-11-18", "legal_representative": "试令仪"},
        ),
        ("cancel", {}),
    ]
    for act, changed in acts:
        case = file(act, **changed)
        cases.append(done(hall, case))
        before.append(row(hall))
    assert len({str(one) for one in before}) == len(before)
    for case in reversed(cases):
        before.pop()
        withdraw(case)
        assert row(hall) == before[-1], case.kind


def test_what_builds_on_it_is_named(hall: Hall, file: Any) -> None:
    initial = done(hall, file("initial"))
    hall.employer.refresh_from_db()
    contract = hall.approved()

    def ask(case: Case) -> None:
        revoking.ask(case=case, reason="不实", by=hall.reviewer, now=hall.now, address=None)

    with pytest.raises(Refused, match=contract.number):
        ask(initial)
    change = done(hall, file("change", contact="试柏舟"))
    with pytest.raises(Refused, match=f"{change.number}、.*{contract.number}"):
        ask(initial)
    closing = file("cancel")
    with pytest.raises(Refused, match=f"等待审核.*{closing.number}"):
        ask(change)


def test_an_employer_filed_elsewhere_before_keeps_its_change(
    hall: Hall, file: Any, withdraw: Any
) -> None:
    """Brought over from an older system: nothing says what it was before."""
    Employer.objects.update(state="filed", filed_on=hall.today)
    hall.employer.refresh_from_db()
    with pytest.raises(Refused, match="没有更早的备案内容"):
        withdraw(done(hall, file("change", contact="试柏舟")))
