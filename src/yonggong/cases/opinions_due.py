"""What waits for somebody's opinion though it stands in no reviewer's queue: steps of kinds whose plan asks
for another power than reviewing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.items import kind_called, of_kinds_in_use
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case, Step


def _by_keys(kinds: Sequence[CaseKind]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for kind in kinds:
        steps = kind.procedure.steps if kind.procedure else ()
        keys = tuple(step.key for step in steps if step.power is not Power.REVIEW)
        if keys:
            found.setdefault(keys, []).append(kind.name)
    return found


# By the keys of such steps the kinds that have them: each is one question of every bureau page.
_opined = of_kinds_in_use(_by_keys)


def not_reviewed() -> Q:
    """The open cases that wait in such a step; none where no kind in use has one."""
    found = Q(pk__in=[])
    for steps, names in _opined().items():
        open_ = Step.objects.filter(case=OuterRef("pk"), acted_at__isnull=True, key__in=steps)
        found |= Q(kind__in=names, frequent=False) & Q(Exists(open_))
    return found


def waiting_for(user: User, kinds: Collection[str]) -> QuerySet[Case]:
    """Of these kinds what waits for `user`: at their agencies, or, for what a supervisor does, in
    exactly their regions."""
    found = Q(pk__in=[])
    for name in kinds:
        procedure = kind_called(name).procedure
        for step in procedure.steps if procedure else ():
            here = Q(acting_agency__in=user.scope.agencies(step.power))
            if step.power is Power.SUPERVISE:
                regions = user.scope.regions(step.power, department=None)
                here |= Q(acting_agency__region_code__in=regions)
            open_ = Step.objects.filter(case=OuterRef("pk"), acted_at__isnull=True, key=step.key)
            found |= Q(kind=name, frequent=False) & here & Q(Exists(open_))
    waiting = Case.objects.filter(found, state=State.PENDING).exclude(filed_by=user)
    return waiting.select_related("applicant", "acting_agency").order_by("filed_at", "pk")
