"""What a recognition writes: the register and its paper; withdrawn, it stays with its day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import refused as refusal
from yonggong.cases.models import Case
from yonggong.documents import results
from yonggong.relations import recognitions
from yonggong.relations.blockers import blockers
from yonggong.relations.harmony import papers
from yonggong.relations.harmony.form import score_of
from yonggong.relations.harmony_models import HarmonyRecognition
from yonggong.services import records
from yonggong.services.record_models import Record


def written(case: Case) -> dict[str, dict[str, Any]]:
    """What the office wrote down, by the key of the step."""
    procedure = case.definition.procedure
    assert procedure is not None
    found = {}
    for step in case_queries.steps_of(case):
        form = procedure.step(step.key).form
        if form is not None and step.outcome in ("next", "end"):
            found[step.key] = step.values_on(form)
    return found


def applied(case: Case, by: User, now: datetime) -> None:
    """Recognised, unless something came up against it meanwhile: then it waits until that is settled.
    Raises `Refused`."""
    today, employer = timezone.localdate(now), case.applicant.employer
    found = blockers(employer, today)
    if standing := [blocker.reason.rstrip("。") for blocker in found if blocker.told]:
        raise refusal("", "deferred", f"暂缓认定：{'；'.join(standing)}", "处理完毕后再办结")
    said = written(case)
    paper = papers.issue(case, said, by=by, now=now)
    HarmonyRecognition.objects.create(
        case=case,
        employer=employer,
        number=paper.number,
        score=score_of(case.values),
        in_industrial_park=said["file"]["in_industrial_park"],
        recognised_on=today,
        valid_until=said["file"]["valid_until"],
    )
    records.write_as(case, Record.Act.BEGIN, since=today, until=said["file"]["valid_until"])


def refused(case: Case) -> None:
    """Not recommended, with its grounds, in a letter."""
    results.issue(case)


def revoked(case: Case, by: User, now: datetime) -> None:
    """The recognition is withdrawn."""
    recognitions.withdraw(case, timezone.localdate(now))
    records.take_back(case, by, now)
