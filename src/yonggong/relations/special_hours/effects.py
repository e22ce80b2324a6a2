"""What the decision on special hours writes: the permit, and its paper."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.documents import results
from yonggong.relations import permits
from yonggong.relations.special_hours import papers
from yonggong.relations.special_hours.posts import posts_of
from yonggong.services import records
from yonggong.services.record_models import Record


def applied(case: Case, by: User, now: datetime) -> None:
    """The permit, numbered as its paper."""
    paper = papers.issue(case, by=by, now=now)
    permit = permits.grant(
        case, posts_of(case.values), number=paper.number, on=timezone.localdate(now)
    )
    records.write_as(case, Record.Act.BEGIN, since=permit.from_on, until=permit.until_on)


def refused(case: Case) -> None:
    """Refused with its grounds, in a letter."""
    results.issue(case)


def revoked(case: Case, by: User, now: datetime) -> None:
    """The permit is no more; its paper is void with its case."""
    permits.take_back(case)
    records.take_back(case, by, now)
