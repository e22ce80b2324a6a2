"""Who takes part in a case beside its applicant, and as what."""

from __future__ import annotations

from collections.abc import Sequence

from yonggong.cases.attempts import Attempt, Attempts
from yonggong.cases.kinds import nobody
from yonggong.cases.models import Case, Participant
from yonggong.forms import Problem
from yonggong.registry.authority import may_act_for


def check(tried: Attempts, rows: Sequence[int]) -> None:
    """Refuse those of the rows with somebody who cannot take part."""
    if tried.kind.participants is not nobody:
        for row in rows:
            tried.refuse(row, _problems_of(tried.one(row)))


def _problems_of(tried: Attempt) -> list[Problem]:
    """What is wrong with those who are to take part: the applicant again, or an agent whom the
    applicant has not given authority."""
    problems = []
    for party, role in tried.kind.participants(tried):
        if party == tried.applicant.pk:
            problems.append(
                _problem(
                    "own_party",
                    "申请人不能同时作为其他当事人",
                    f"请核对{Participant.Role(role).label}",
                )
            )
        elif role == Participant.Role.AGENT and not may_act_for(
            agent=party, principal=tried.applicant.pk, on=tried.today
        ):
            problems.append(
                _problem(
                    "no_authority", "代理人没有有效的委托", "请先办理委托，或者由申请人自行办理"
                )
            )
    return problems


def keep(case: Case, tried: Attempt) -> None:
    """Write down who takes part in the case as it was just filed; who no longer does is out."""
    wanted = dict.fromkeys(tried.kind.participants(tried))
    if not wanted and case.first_filed_on is None:
        return
    held = {(row.party_id, row.role): row for row in case.participants.all()}
    for place, row in held.items():
        if place not in wanted:
            row.delete()
    Participant.objects.bulk_create(
        Participant(case=case, party_id=party, role=role)
        for party, role in wanted
        if (party, role) not in held
    )


def join(*, kept: int, other: int) -> None:
    """Two registrations turned out to be one person: where `other` takes part, `kept` does."""
    twice = Participant.objects.filter(party=kept).values("case")
    Participant.objects.filter(party=other, case__in=twice).delete()
    Participant.objects.filter(party=other).update(party=kept)


def _problem(code: str, message: str, remedy: str) -> Problem:
    return Problem(field="", code=code, message=message, remedy=remedy)
