"""Taken back before it is decided, or filed again after: for every kind of case, from its content."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.cases import club, festival, regatta
from tests.contracts.making import Hall, ending_answers, renewal_answers
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, second_thoughts
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Forbidden
from yonggong.cases.kinds import get_kind
from yonggong.cases.life import NotAllowed, State
from yonggong.cases.models import Blob, Case, ConflictingDraft

pytestmark = pytest.mark.django_db

JOINT = {"who": "试一", "since": "2026-11-10", "vessel": "白鹭", "phone": "16012345678"}


def send(hall: Hall, kind: str, raw: dict[str, Any], **more: Any) -> Case:
    return case_actions.submit(
        kind=get_kind(kind),
        raw=raw,
        applicant=hall.employer.party,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
        **more,
    )


@pytest.fixture
def filed(hall: Hall) -> Any:
    """File one of a kind: `filed("contract.new")`."""

    def file(kind: str) -> Case:
        if kind == "contract.new":
            return hall.filed()
        if not kind.startswith("contract."):
            return send(hall, kind, KINDS[kind])
        contract = hall.in_force()
        ending = kind == "contract.ending"
        raw = ending_answers(on=hall.today) if ending else renewal_answers(contract)
        return send(hall, kind, raw, subject=contract.pk)

    return file


KINDS: dict[str, dict[str, Any]] = {
    club.MEMBERSHIP.name: club.answers(mobile="16012345678"),
    regatta.ENTRY.name: {"boat": "白鹭", "phone": "16012345678"},
    festival.FESTIVAL.name: JOINT,
    "contract.new": {},
    "contract.renewal": {},
    "contract.ending": {},
}


def take_back(hall: Hall, case: Case) -> Case:
    return second_thoughts.take_back(case=case, by=hall.operator, now=hall.now, address=None)


def begin_again(hall: Hall, case: Case) -> Case:
    return second_thoughts.begin_again(case=case, by=hall.operator, now=hall.now)


def kept(case: Case) -> dict[str, Any]:
    """What a draft would be filed with."""
    form = get_kind(case.kind).form
    return form.clean(case_queries.typed_in(case)).values


def put_material(case: Case, by: Any) -> None:
    blob = Blob.keep(b"x")
    case.materials.create(
        name="proof",
        file_name="证明.pdf",
        content_type="application/pdf",
        blob=blob,
        uploaded_by=by,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_taken_back_is_a_draft_with_all_that_was_filed(
    hall: Hall, filed: Any, kind: str
) -> None:
    case = filed(kind)
    put_material(case, hall.operator)
    draft = take_back(hall, case)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, draft.state, draft.kind) == (State.VOIDED, State.DRAFT, kind)
    assert kept(draft) == case.values
    assert [item.blob_id for item in draft.materials.all()] == [
        item.blob_id for item in case.materials.all()
    ]
    again = send(
        hall,
        kind,
        case_queries.typed_in(draft),
        case=draft,
        subject=draft.subject,
    )
    assert again.state == State.PENDING and again.values == case.values


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_voided_is_filed_again_from_its_content(hall: Hall, filed: Any, kind: str) -> None:
    voided = take_back(hall, filed(kind))
    drafting.discard_draft(case=voided, by=hall.operator)
    case = Case.objects.get(state=State.VOIDED, kind=kind, parent=None)
    draft = begin_again(hall, case)
    assert kept(draft) == case.values and not draft.events.exists()


def test_explanations_come_along(hall: Hall, submit: Any) -> None:
    case = submit(racket="木拍", explanations={"probation-pay": "祖传"})
    draft = take_back(hall, case)
    assert case_queries.typed_in(draft)["explain-probation-pay"] == "祖传"


def test_half_a_mending_is_taken_along_rather_than_what_was_filed(
    hall: Hall, submit: Any, decide: Any, now: datetime
) -> None:
    case = decide(submit(), "return", opinion="请补正。")
    drafting.save_draft(
        kind=club.MEMBERSHIP,
        applicant=hall.employer.party,
        raw=club.answers(name="试二"),
        case=case,
        by=hall.operator,
        now=now,
    )
    drafting.set_aside(case=case, typed={"name": "试三"}, tab="other", by=hall.operator, now=now)
    case_actions.void(case=case, by=hall.operator, now=now, address=None)
    draft = begin_again(hall, Case.objects.get(pk=case.pk))
    assert kept(draft)["name"] == "试二"
    assert ConflictingDraft.objects.get().case == draft


def test_what_is_approved_is_neither_taken_back_nor_begun_again(
    hall: Hall, submit: Any, decide: Any
) -> None:
    case = decide(submit(), "approve")
    for act in (take_back, begin_again):
        with pytest.raises(NotAllowed):
            act(hall, case)


def test_strangers_begin_nothing_again(hall: Hall, submit: Any, reviewer: Any) -> None:
    case = submit()
    drafting.discard_draft(case=take_back(hall, case), by=hall.operator)
    with pytest.raises(Forbidden):
        second_thoughts.begin_again(case=Case.objects.get(pk=case.pk), by=reviewer, now=hall.now)


def test_an_item_of_a_joint_case_is_only_voided(hall: Hall, filed: Any) -> None:
    parent = filed(festival.FESTIVAL.name)
    item = parent.children.get(kind=club.MEMBERSHIP.name)
    assert take_back(hall, item).state == State.VOIDED
    assert not Case.objects.filter(state=State.DRAFT).exists()
    with pytest.raises(Forbidden, match="联办件"):
        begin_again(hall, Case.objects.get(pk=item.pk))
