"""What waits in nobody's hands at an agency is shared out among its reviewers: whoever has the least open
gets the next, the first due first. Not to whoever is away, filed the case, or whose business it is.

A supervisor looks at the plan, does it, and takes it back; where an agency wants it, a job does it as
cases arrive, so that filing itself asks nothing. Reviewers go on taking and giving back as ever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.accounts.telling import Told, tell
from yonggong.cases import queues, standing_in
from yonggong.cases.bulk import copy_columns, note_events
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import Action, State
from yonggong.cases.models import (
    Case,
    HeldDecision,
    Participant,
    SharedCase,
    Sharing,
    SharingRule,
    Version,
)
from yonggong.registry.models import Agency
from yonggong.registry.queries import agencies_within

# So many at once: more than a supervisor shares out in a day.
MOST = 2000


@dataclass(slots=True)
class Load:
    """What one reviewer has open at an agency, and what a plan gives them."""

    reviewer: User
    open: int
    away: bool
    given: list[int] = field(default_factory=list)

    @property
    def then(self) -> int:
        """What they have open once the plan is done."""
        return self.open + len(self.given)


@dataclass(frozen=True, slots=True)
class Plan:
    """How an agency's cases would be shared out; `left` are those that nobody of it may decide, `waiting`
    all that are in nobody's hands."""

    loads: list[Load]
    left: int
    waiting: int

    @property
    def count(self) -> int:
        return sum(len(load.given) for load in self.loads)


def agencies_of(user: User) -> QuerySet[Agency]:
    """The agencies whose cases a supervisor shares out."""
    reached = agencies_within(user, Power.SUPERVISE)
    return Agency.objects.filter(reached, reviews=True).order_by("region_code", "pk")


def waits_at(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """Those of the agencies where something is in nobody's hands."""
    return agencies.filter(Exists(_unassigned(OuterRef("pk"))))


def plan(agency: Agency, *, on: date, most: int = MOST) -> Plan:
    """How what waits would be shared out now."""
    return _planned(agency, list(_unassigned(agency).order_by("due_on", "pk")[:most]), on=on)


@transaction.atomic
def share(
    *, agency: Agency, by: User, now: datetime, automatic: bool = False, most: int = MOST
) -> Sharing | None:
    """Share out what waits; None where nothing can be. What somebody takes at this moment is passed
    over. Raises `Forbidden`."""
    if not automatic and not agencies_of(by).filter(pk=agency.pk).exists():
        raise Forbidden("只有本辖区业务主管可以分派该机构的办件。")
    waiting = _unassigned(agency).select_for_update(skip_locked=True, of=("self",))
    planned = _planned(
        agency, list(waiting.order_by("due_on", "pk")[:most]), on=timezone.localdate(now)
    )
    if not planned.count:
        return None
    made = Sharing.objects.create(agency=agency, automatic=automatic, by=by, at=now)
    how = "自动分派" if automatic else f"{by.name}分派"
    for load in planned.loads:
        if load.given:
            _give(made, load, said=f"{how}给{load.reviewer.name}", by=by, now=now)
            if not automatic:
                said = f"{by.name}分派给您 {len(load.given)} 件办件"
                _tell(made, load.reviewer.pk, said, "在“待审核”中办理。", by, now)
    return made


@transaction.atomic
def take_back(*, sharing: Sharing, by: User, now: datetime) -> int:
    """Take back what nobody has decided of a sharing; how many. Raises `Forbidden`."""
    sharing = Sharing.objects.select_for_update(of=("self",)).get(pk=sharing.pk)
    if not agencies_of(by).filter(pk=sharing.agency_id).exists():
        raise Forbidden("只有本辖区业务主管可以收回该机构的分派。")
    if sharing.taken_back_at is not None:
        return 0
    as_given = SharedCase.objects.filter(
        sharing=sharing, case=OuterRef("pk"), to=OuterRef("assigned_to")
    )
    held = HeldDecision.objects.filter(case=OuterRef("pk"), failure="")
    kept = Case.objects.filter(
        Exists(as_given), ~Exists(held), state=State.PENDING, acting_agency=sharing.agency_id
    )
    keys = list(
        kept.select_for_update(skip_locked=True, of=("self",))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    lost = Counter(Case.objects.filter(pk__in=keys).values_list("assigned_to", flat=True))
    Case.objects.filter(pk__in=keys).update(assigned_to=None, updated_at=now)
    note_events(keys, Action.GIVE_BACK, f"{by.name}收回分派", by=by, now=now)
    for user, count in lost.items():
        said = f"{by.name}收回分派给您的 {count} 件办件"
        _tell(sharing, user, said, "已作决定的除外，其余退回本机构待审核。", by, now)
    sharing.taken_back_by, sharing.taken_back_at = by, now
    sharing.save(update_fields=["taken_back_by", "taken_back_at"])
    return len(keys)


@transaction.atomic
def set_automatic(*, agency: Agency, wanted: bool, by: User, now: datetime) -> None:
    """Have an agency's cases shared out as they arrive, or no longer. Raises `Forbidden`."""
    if not agencies_of(by).filter(pk=agency.pk).exists():
        raise Forbidden("只有本辖区业务主管可以设置该机构的自动分派。")
    if wanted:
        SharingRule.objects.update_or_create(agency=agency, defaults={"by": by, "at": now})
    else:
        SharingRule.objects.filter(agency=agency).delete()


def share_arrivals(*, now: datetime) -> None:
    """Share out what has arrived at the agencies that want it."""
    for rule in SharingRule.objects.select_related("agency", "by"):
        if _unassigned(rule.agency).exists():
            share(agency=rule.agency, by=rule.by, now=now, automatic=True)


def _unassigned(agency: Agency | OuterRef) -> QuerySet[Case]:
    return Case.objects.filter(queues.for_reviewers(), acting_agency=agency, assigned_to=None)


def _planned(agency: Agency, cases: Sequence[Case], *, on: date) -> Plan:
    colleagues = list(standing_in.reviewers_of(agency.pk))
    absent = set(standing_in.away([agency.pk], on))
    own = Case.objects.filter(state=State.PENDING, acting_agency=agency, assigned_to__in=colleagues)
    counts = own.order_by().values_list("assigned_to").annotate(n=Count("pk"))
    open_ = dict(counts.values_list("assigned_to", "n"))
    loads = [Load(user, open_.get(user.pk, 0), user.pk in absent) for user in colleagues]
    barred, left = _barred(cases, colleagues), 0
    for case in cases:
        able = [
            load
            for load in loads
            if not load.away and load.reviewer.pk not in barred.get(case.pk, ())
        ]
        if able:
            min(able, key=lambda load: load.then).given.append(case.pk)
        else:
            left += 1
    return Plan(loads, left, len(cases))


def _barred(cases: Sequence[Case], colleagues: Sequence[User]) -> dict[int, set[int]]:
    """Who must not decide which case: who filed a version of it, and whose business it is."""
    keys = [case.pk for case in cases]
    barred: dict[int, set[int]] = {}
    filed = Version.objects.filter(case__in=keys, by__in=colleagues).values_list("case", "by")
    for case, user in [*filed, *((case.pk, case.filed_by_id) for case in cases)]:
        barred.setdefault(case, set()).add(user)
    parties = {user.pk: user.scope.parties() for user in colleagues}
    if not any(parties.values()):
        return barred
    concerned = [(case.pk, case.applicant_id) for case in cases]
    concerned += Participant.objects.filter(case__in=keys).values_list("case", "party")
    for case, party in concerned:
        barred.setdefault(case, set()).update(user for user, own in parties.items() if party in own)
    return barred


def _tell(
    sharing: Sharing, user: int | None, title: str, said: str, by: User, now: datetime
) -> None:
    """Tell a reviewer what was given to them or taken back, unless they did it themselves."""
    if user is not None and user != by.pk:
        tell(Told(user=user, about=f"sharing-{sharing.pk}", title=title[:100], body=said, at=now))


def _give(made: Sharing, load: Load, *, said: str, by: User, now: datetime) -> None:
    keys, to = load.given, load.reviewer
    Case.objects.filter(pk__in=keys).update(assigned_to=to, updated_at=now)
    note_events(keys, Action.ASSIGN, said, by=by, now=now)
    told = {"sharing_id": made.pk, "to_id": to.pk}
    copy_columns(SharedCase._meta.db_table, {"case_id": keys}, told, len(keys))
