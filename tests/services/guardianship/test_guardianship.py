"""Somebody acts for their child or parent once an office has seen the household register."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from tests.files import PNG
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases import drafting, materials, revoking
from yonggong.cases.errors import Refused
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_id_number
from yonggong.registry import actions as registry
from yonggong.registry import authority
from yonggong.registry.models import Evidence, Worker
from yonggong.registry.parties import Authority, Party
from yonggong.services.guardianship.kind import KIND

pytestmark = pytest.mark.django_db
CHILD_BORN, PARENT_BORN = date(2015, 6, 1), date(1955, 6, 1)


def number(born: date, chance: Random) -> str:
    return invent_id_number(chance, region="220104", birth_date=born, sex="1")


@pytest.fixture
def apply(pupil: User, person: Any, agency: Any, now: datetime) -> Any:
    def send(papers: tuple[str, ...] = ("household",), by: Any = pupil, **answers: str) -> Case:
        case = drafting.save_draft(
            kind=KIND, applicant=person, raw=answers, case=None, by=by, now=now
        )
        who = {"by": by, "now": now, "address": None}
        for name in papers:
            materials.upload(case=case, name=name, file_name="户口簿.png", content=PNG, **who)
        return case_actions.submit(
            kind=KIND, raw=answers, applicant=person, case=case, key=None, **who
        )

    return send


def approve(case: Case, by: Any, now: datetime) -> None:
    case_actions.approve(case=case, seen=case.filed_at, by=by, now=now, address=None)


@pytest.fixture
def child(chance: Random) -> dict[str, str]:
    return {
        "relation": "minor",
        "ward_name": "试小一",
        "ward_number": number(CHILD_BORN, chance),
        "until": "2033-05-31",
    }


def test_approved_they_act_for_the_child_until_it_is_of_age_and_the_evidence_is_kept(
    apply: Any, child: dict[str, str], reviewer: Any, pupil: User, now: datetime
) -> None:
    case = apply(**child)
    assert not Authority.objects.exists()
    approve(case, reviewer, now)
    given = Authority.objects.get()
    assert (given.agent, given.principal.name) == (pupil.person, "试小一")
    assert given.until == date(2033, 5, 31) and given.evidence.opened
    again = User.objects.get(pk=pupil.pk)
    assert given.principal_id in again.scope.persons()


def test_withdrawn_they_act_no_longer(
    apply: Any, child: dict[str, str], reviewer: Any, second: Any, now: datetime
) -> None:
    case = apply(**child)
    approve(case, reviewer, now)
    case.refresh_from_db()
    asked = revoking.ask(case=case, reason="材料不实", by=reviewer, now=now, address=None)
    revoking.decide(request=asked, agreed=True, opinion="属实", by=second, now=now, address=None)
    assert Authority.objects.get().ended_at is not None


def test_withdrawn_also_after_the_name_was_corrected_and_what_was_given_since_stays(
    apply: Any,
    child: dict[str, str],
    reviewer: Any,
    second: Any,
    pupil: User,
    now: datetime,
) -> None:
    case = apply(**child)
    approve(case, reviewer, now)
    case.refresh_from_db()
    worker = Worker.objects.get(pk=Authority.objects.get().principal_id)
    worker.name, worker.confirmed = "试小二", True
    worker.save()
    later = now + timedelta(hours=1)
    Authority.objects.update(ended_at=later, ended_by=reviewer)
    kept = authority.recognise_authority(
        agent=pupil.person,  # type: ignore[arg-type]
        principal=Party.objects.get(pk=worker.pk),
        until=date(2033, 5, 31),
        evidence=Evidence.objects.get(),
        by=reviewer,
        now=later,
    )
    asked = revoking.ask(case=case, reason="材料不实", by=reviewer, now=later, address=None)
    revoking.decide(request=asked, agreed=True, opinion="属实", by=second, now=later, address=None)
    case.refresh_from_db()
    kept.refresh_from_db()
    assert case.state == State.REVOKED and kept.ended_at is None


@pytest.mark.parametrize(
    ("changed", "papers", "code"),
    [
        ({"until": "2033-06-01"}, ("household",), "too_long"),
        ({"until": "2033-06-01", "relation": "ward"}, ("household",), "too_long"),
        ({"born": date(2008, 11, 20)}, ("household",), "of_age"),
        ({"until": "2026-11-19"}, ("household",), "over"),
        ({"relation": "parent", "born": PARENT_BORN}, ("household",), "authorisation"),
        ({"ward_number": "220104199003072134", "relation": "ward"}, ("household",), "oneself"),
        ({}, (), "material_missing"),
    ],
)
def test_what_refuses_it(
    apply: Any,
    child: dict[str, str],
    chance: Random,
    changed: dict[str, Any],
    papers: tuple[str, ...],
    code: str,
) -> None:
    given = dict(changed)
    if born := given.pop("born", None):
        given["ward_number"] = number(born, chance)
    with pytest.raises(Refused) as refused:
        apply(papers, **(child | given))
    assert code in {problem.code for problem in refused.value.problems}


def test_a_parent_signs_an_authorisation(
    apply: Any, child: dict[str, str], chance: Random, reviewer: Any, now: datetime
) -> None:
    given = child | {"relation": "parent", "ward_number": number(PARENT_BORN, chance)}
    approve(apply(("household", "authorisation"), **given), reviewer, now)
    assert Authority.objects.get().principal.name == "试小一"


def test_another_name_than_the_registered_is_not_approved(
    apply: Any, child: dict[str, str], reviewer: Any, now: datetime
) -> None:
    known = registry.get_or_add_worker(
        document_type="01",
        number=child["ward_number"],
        name="试大一",
        sex="1",
        birth_on=CHILD_BORN,
    )
    known.confirmed = True
    known.save(update_fields=["confirmed"])
    with pytest.raises(Refused, match="不一致"):
        approve(apply(**child), reviewer, now)
    assert not Authority.objects.exists()
