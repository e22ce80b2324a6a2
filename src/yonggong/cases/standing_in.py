"""A reviewer's leave and who stands in: both recorded, ends by itself, the stand-in's own conflicts hold.

What the reviewer on leave had been given is handed out to the stand-in like their own, and decided by
them without taking it over; the case's history says for whom. New cases are not shared out to whoever is
away.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.accounts.telling import Told, tell
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.models import StandIn
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Agency
from yonggong.registry.queries import agencies_within

LONGEST_DAYS = 366


def reviewers_of(*agencies: int) -> QuerySet[User]:
    """Who reviews at an agency, or at any of some."""
    roles = [role.key for role in ROLES.values() if Power.REVIEW in role.powers]
    here = Grant.objects.filter(agency__in=agencies, role__in=roles).values("user")
    return User.objects.filter(pk__in=here, state=User.State.ACTIVE).order_by("name", "pk")


def may_arrange(user: User, agency: Agency, reviewer: User) -> bool:
    """Whether `user` may say that a reviewer is away: the reviewer, or a supervisor of the region."""
    scope = user.scope
    own = reviewer.pk == user.pk and agency.pk in scope.agencies(Power.REVIEW)
    return own or scope.covers(agency.region_code, Power.SUPERVISE, department=agency.department)


@transaction.atomic
def arrange(
    *,
    agency: Agency,
    reviewer: User,
    stand_in: User,
    from_on: date,
    until_on: date,
    reason: str,
    by: User,
    now: datetime,
) -> StandIn:
    """Record that a reviewer is away from a day up to and with another, and who stands in. Raises
    `Forbidden`, `Refused`."""
    if not may_arrange(by, agency, reviewer):
        raise Forbidden("只能登记本人的请假，或者由本辖区业务主管登记。")
    reason = read_remark(reason, most=200)
    if not reason:
        raise refused("reason", "required", "请填写请假事由", "例如年休假、病假、培训")
    if until_on < from_on or until_on < timezone.localdate(now):
        said = "结束日期不能早于起始日期，也不能早于今天"
        raise refused("until_on", "ends_before_start", said, "请核对日期")
    if (until_on - from_on).days >= LONGEST_DAYS:
        said = "一次请假不超过一年"
        raise refused("until_on", "too_long", said, "人员调离的，请先移交办件再变更账号权限")
    # Two who record the same leave at once wait for each other.
    colleagues = list(reviewers_of(agency.pk).select_for_update(of=("self",)).order_by("pk"))
    if reviewer not in colleagues or stand_in not in colleagues or reviewer == stand_in:
        said = "代班人须是同一机构的另一名审核员"
        raise refused("stand_in", "no_colleague", said, "请重新选择代班人")
    clash = _in_period(from_on, until_on).filter(
        Q(reviewer__in=(reviewer, stand_in)) | Q(stand_in=reviewer), agency=agency
    )
    if (other := clash.select_related("reviewer", "stand_in").first()) is not None:
        said = f"{other.reviewer}在 {other.from_on} 至 {other.until_on} 已登记请假，由{other.stand_in}代班"
        raise refused("stand_in", "away_too", said, "请改选代班人或者日期，或者先结束已登记的请假")
    leave = StandIn.objects.create(
        agency=agency,
        reviewer=reviewer,
        stand_in=stand_in,
        from_on=from_on,
        until_on=until_on,
        reason=reason,
        by=by,
        at=now,
    )
    said = "期间其受理的办件由代班人办理，不必移交。"
    _tell(
        leave,
        f"{reviewer.name}在 {from_on} 至 {until_on} 请假，由{stand_in.name}代班",
        said,
        by,
        now,
    )
    return leave


@transaction.atomic
def end(*, leave: StandIn, by: User, now: datetime) -> None:
    """The reviewer is back before the last day. Raises `Forbidden`."""
    leave = StandIn.objects.select_for_update(of=("self",)).get(pk=leave.pk)
    if not may_arrange(by, leave.agency, leave.reviewer):
        raise Forbidden("只能结束本人的请假，或者由本辖区业务主管结束。")
    if leave.ended_at is None:
        leave.ended_by, leave.ended_at = by, now
        leave.save(update_fields=["ended_by", "ended_at"])
        title = f"{leave.reviewer.name}的请假代班已结束"
        _tell(leave, title, "其受理的办件由本人继续办理。", by, now)


def _tell(leave: StandIn, title: str, said: str, by: User, now: datetime) -> None:
    """Tell the two whom it concerns, but whoever does it themselves."""
    for user in {leave.reviewer_id, leave.stand_in_id} - {by.pk}:
        tell(Told(user=user, about=f"leave-{leave.pk}", title=title[:100], body=said, at=now))


def on(day: date) -> QuerySet[StandIn]:
    """The leaves of a day."""
    return _in_period(day, day)


def _in_period(first: date, last: date) -> QuerySet[StandIn]:
    return StandIn.objects.filter(ended_at=None, from_on__lte=last, until_on__gte=first)


def stands_for(user: User, absent: int, agency: int | None, day: date) -> StandIn | None:
    """The leave by which a person does the cases that somebody was given at an agency."""
    return (
        on(day)
        .filter(stand_in=user, reviewer=absent, agency=agency)
        .select_related("reviewer")
        .first()
    )


def had_by_absent(stand_in: int, day: date) -> Q:
    """The cases that colleagues have for whom a person stands in on a day."""
    leave = on(day).filter(
        stand_in=stand_in, reviewer=OuterRef("assigned_to"), agency=OuterRef("acting_agency")
    )
    return Q(Exists(leave), assigned_to__isnull=False)


def stood_in_by(user: User, day: date) -> QuerySet[StandIn]:
    """The leaves for which a person stands in on a day."""
    return on(day).filter(stand_in=user).select_related("reviewer").order_by("until_on", "pk")


def away(agencies: Iterable[int], day: date) -> QuerySet[StandIn, int]:
    """The keys of the reviewers of agencies who are away on a day."""
    return on(day).filter(agency__in=agencies).values_list("reviewer", flat=True)


def visible_to(user: User) -> QuerySet[StandIn]:
    """The leaves at a reviewer's agencies, and in a supervisor's region."""
    own = Q(agency__in=user.scope.agencies(Power.REVIEW))
    return StandIn.objects.filter(own | agencies_within(user, Power.SUPERVISE, path="agency__"))
