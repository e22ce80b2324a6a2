"""Workbooks of an employer that another agency reviews from now on."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from yonggong.batch.models import Batch
from yonggong.cases.life import OPEN
from yonggong.cases.models import Case
from yonggong.registry.models import Agency

_UNDER_WAY = (
    Batch.State.WAITING,
    Batch.State.READING,
    Batch.State.ASKING,
    Batch.State.FILING,
    Batch.State.HALTED,
)


def follow(employer: int, agency: Agency, region: str) -> None:
    """What is still read or filed, and what has cases to be decided, lies with that agency."""
    undecided = Case.objects.filter(batch=OuterRef("pk"), state__in=OPEN)
    Batch.objects.filter(Q(state__in=_UNDER_WAY) | Exists(undecided), employer=employer).update(
        agency=agency, region_code=region
    )
