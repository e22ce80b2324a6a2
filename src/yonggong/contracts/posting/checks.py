"""What refuses a user unit's filing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.cases.life import State
from yonggong.contracts import refusals
from yonggong.contracts.checking import Refused, employer_filed, refuse_same_person
from yonggong.contracts.lookups import people_of, rows_of
from yonggong.contracts.models import Posting
from yonggong.contracts.posting.form import POSTING_FORM

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
            problems.append(refusals.unreviewed_posting())
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
