"""What refuses a user unit's filing, and what the law says of the dispatch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempts
from yonggong.cases.life import State
from yonggong.contracts import facts, refusals
from yonggong.contracts.checking import Refused, employer_filed, refuse_same_person
from yonggong.contracts.findings import Found, told
from yonggong.contracts.lookups import people_of, rows_of
from yonggong.contracts.models import Posting
from yonggong.contracts.posting.form import POSTING_FORM
from yonggong.forms import Problem

Values = Mapping[str, Any]


def refused(tried: Attempts, rows: Sequence[int]) -> Refused:
    """Another unit is the dispatcher; a number is one person's; one filing at a time waits."""
    people, first = people_of(tried), employer_filed(tried)
    code = tried.applicant.employer.credit_code
    waiting = _waiting(tried)
    found: Refused = {}
    for row, values in rows_of(tried, rows):
        problems = list(first)
        if values["dispatcher_code"] == code:
            problems.append(
                POSTING_FORM.problem(
                    "dispatcher_code",
                    "own_code",
                    "派遣单位不能是本单位",
                    "请填写派出该劳动者的劳务派遣单位；本单位派出的，在新订备案中按劳务派遣备案",
                )
            )
        known = people.get(row)
        worker = known.worker if known else None
        problems += refusals.of_person(
            values["name"], worker, filed_here=known is not None and known.filed_here
        )
        if worker is not None and worker.pk in waiting:
            problems.append(_unreviewed())
        if problems:
            found[row] = problems
    refuse_same_person(tried, rows, found)
    return found


def _waiting(tried: Attempts) -> set[int]:
    """The workers of whom the unit's own filing waits for review."""
    workers = {known.worker.pk for known in people_of(tried).values() if known.worker}
    if not workers:
        return set()
    mine = Posting.objects.filter(
        user_unit=tried.applicant.pk, worker__in=workers, state=State.PENDING
    )
    if tried.case is not None:
        mine = mine.exclude(case=tried.case.pk)
    return set(mine.values_list("worker_id", flat=True))


def _unreviewed() -> Problem:
    return Problem(
        field="document_number",
        code=refusals.UNREVIEWED,
        message="此人存在本单位未审核的派遣用工备案",
        remedy="请等待审核完成，或者先作废未审核的备案",
    )


def found(tried: Attempts, rows: Sequence[int]) -> Found:
    """What the rules on dispatch say of the post and the term; whether the dispatcher filed the same is
    shown beside the case, and asks nothing of whoever files first."""
    found: Found = {}
    for row, values in rows_of(tried, rows):
        if said := law.check_contract(facts.posting_facts(values), tried.today):
            found[row] = told(tried, row, said)
    return found
