"""撤销审核: an approval is withdrawn by two people, with a reason; its facts are taken back.

One of the office asks, another agrees or declines. What the approval made is taken back by the kind
(`Effects.revoked`), from what is still approved; an approval on which others build is kept until those
are withdrawn. The case stays as it was filed, its versions and history only grow.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import joint, queries
from yonggong.cases.errors import Forbidden, Refused, refused
from yonggong.cases.life import Action, Phase, State, after, may
from yonggong.cases.models import Case, Event, Revocation
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Evidence

# What whoever filed may do against it. From memory, not compared with the official texts.
REMEDY = (
    "对撤销决定不服的，可以自知道之日起六十日内申请行政复议，也可以自知道之日起六个月内"
    "向人民法院提起行政诉讼（期限和受理机关待核，以决定文书为准）。"
    "材料和内容更正后，可以由原内容重新填报。"
)
_NAMED = 5


# --- who may ---------------------------------------------------------------------------------


def visible_to(user: User) -> QuerySet[Revocation]:
    """What was asked and decided on the cases of `user`'s agencies and supervised regions."""
    scope = user.scope
    here = Q(case__agency__in=scope.agencies(Power.REVIEW))
    return Revocation.objects.filter(
        here | queries.in_regions(user, Power.SUPERVISE, path="case__")
    ).select_related("case", "asked_by", "decided_by")


def with_result(result: str) -> Q:
    """Those that wait ("waiting"), were agreed to ("revoked") or declined ("kept")."""
    return Q(agreed={"waiting": None, "revoked": True, "kept": False}[result])


def waiting_for(user: User) -> QuerySet[Revocation]:
    """What waits for a second person, who `user` could be."""
    return visible_to(user).filter(agreed=None).exclude(asked_by=user)


def may_ask(user: User, case: Case) -> bool:
    """Whether `user` may ask that the approval be withdrawn."""
    return (
        may(Action.ASK_REVOKE, case.state)
        and case.definition.effects.take_back is not None
        and not _why_not(user, case)
        and open_request(case) is None
    )


def may_judge(user: User, request: Revocation) -> bool:
    """Whether `user` is a second person who may agree or decline."""
    return (
        request.agreed is None
        and request.asked_by_id != user.pk
        and not _why_not(user, request.case)
    )


def open_request(case: Case) -> Revocation | None:
    """What is asked of the case and not decided yet."""
    return case.revocations.filter(agreed=None).select_related("asked_by").first()


def revocation_of(case: Case) -> Revocation | None:
    """How a revoked case was revoked."""
    if case.state != State.REVOKED:
        return None
    return case.revocations.filter(agreed=True).select_related("asked_by", "decided_by").first()


def _why_not(user: User, case: Case) -> str:
    """Why `user` has no say in it; "" where they have."""
    scope, department = user.scope, case.definition.matter.department
    here = case.agency_id in scope.agencies(Power.REVIEW)
    if not (here or scope.covers(case.region_code, Power.SUPERVISE, department=department)):
        return "只有送审机构的审核员或者本辖区业务主管可以办理撤销审核。"
    if queries.has_filed(user, case):
        return "不能撤销本人填报的办件，请由其他人员办理。"
    if queries.concerns(user, case):
        return "您或者您所在的单位是该办件的当事人，请由其他人员办理。"
    return ""


# --- asked, agreed, declined -----------------------------------------------------------------


@transaction.atomic
def ask(
    *,
    case: Case,
    reason: str,
    evidence: Evidence | None = None,
    by: User,
    now: datetime,
    address: str | None,
) -> Revocation:
    """Ask that an approval be withdrawn. What others build on is refused at once.

    Raises `NotAllowed`, `Forbidden`, `Refused`.
    """
    case = joint.locked(case)
    after(Action.ASK_REVOKE, State(case.state))
    if said := _why_not(by, case):
        raise Forbidden(said)
    reason = read_remark(reason)
    if not reason:
        raise refused("reason", "required", "请填写撤销原因", "写明事实和依据，申请人可以看到")
    with transaction.atomic():
        _take_back(case, by=by, now=now)
        transaction.set_rollback(True)
    try:
        with transaction.atomic():
            asked = Revocation.objects.create(
                case=case,
                filed_by_id=case.filed_by_id,
                applicant=case.applicant_id,
                region_code=case.region_code,
                reason=reason,
                evidence=evidence,
                asked_by=by,
                asked_as=by.person_id,
                asked_at=now,
                address=address,
            )
    except IntegrityError:
        raise refused("", "asked", "该办件已有人申请撤销审核", "请等待决定") from None
    _tell(case, Action.ASK_REVOKE, reason, by=by, now=now, address=address)
    return asked


@transaction.atomic
def decide(
    *, request: Revocation, agreed: bool, opinion: str, by: User, now: datetime, address: str | None
) -> Case:
    """Withdraw the approval, or keep it. Raises `NotAllowed`, `Forbidden`, `Refused`."""
    case = joint.locked(request.case)
    asked = Revocation.objects.select_for_update().get(pk=request.pk)
    if asked.agreed is not None:
        raise Forbidden("该申请已由他人决定，您本次的操作没有生效。")
    if asked.asked_by_id == by.pk:
        raise Forbidden("撤销审核须由第二人决定，您是申请人。")
    if said := _why_not(by, case):
        raise Forbidden(said)
    opinion = read_remark(opinion)
    if not opinion:
        raise refused("opinion", "required", "请填写决定意见", "写明核对了什么、依据是什么")
    action = Action.REVOKE if agreed else Action.KEEP
    after(action, State(case.state))
    asked.agreed, asked.opinion = agreed, opinion
    asked.decided_by, asked.decided_as, asked.decided_at = by, by.person_id, now
    asked.save()
    said = f"撤销原因：{asked.reason}；决定意见：{opinion}" if agreed else opinion
    _tell(case, action, said, by=by, now=now, address=address)
    if agreed:
        _take_back(case, by=by, now=now)
    return case


def _tell(
    case: Case, action: Action, said: str, *, by: User, now: datetime, address: str | None
) -> None:
    Event.objects.create(
        case=case, action=action, by=by, at=now, opinion=said[:500], address=address
    )


def _take_back(case: Case, *, by: User, now: datetime) -> None:
    """The case is revoked, and its facts with it."""
    take_back = case.definition.effects.take_back
    if take_back is None:
        raise Forbidden("该业务的审核不能撤销。")
    if case.parent_id is not None:
        parent = Case.objects.get(pk=case.parent_id)
        if parent.state == State.APPROVED:
            raise built_on([parent])
    case.state = State.REVOKED
    case.phase = Phase.REVOKED if case.phase else Phase.NONE
    case.save(update_fields=["state", "phase", "updated_at"])
    take_back(case, by, now)


# --- what builds on what ---------------------------------------------------------------------


def by_approval(cases: QuerySet[Case]) -> list[Case]:
    """Cases in the order in which they were approved."""
    approved = Max("events__pk", filter=Q(events__action=Action.APPROVE))
    return list(cases.annotate(approval=approved).order_by("decided_at", "approval", "pk"))


def _approved_after(case: Case, among: QuerySet[Case]) -> list[Case]:
    """Those of the cases, `case` among them, that are approved and were so after it."""
    ordered = by_approval(among.filter(Q(state=State.APPROVED) | Q(pk=case.pk)))
    keys = [one.pk for one in ordered]
    return ordered[keys.index(case.pk) + 1 :]


def keep_what_is_built_on(case: Case, among: QuerySet[Case]) -> None:
    """Raise `Refused` where some of the cases, `case` among them, build on what is to be withdrawn:
    were approved after it, or wait."""
    if later := _approved_after(case, among):
        raise built_on(later)
    if waiting := list(among.filter(state=State.PENDING)):
        said = f"有等待审核的办件以本办件为依据：{_named(waiting)}"
        raise refused("", "waiting", said, "请先审核（退回）这些办件")


def built_on(later: list[Case]) -> Refused:
    """Others, approved later, build on it: they are named, the last first."""
    said = f"其后审核通过的办件以本办件为依据：{_named(later[::-1])}"
    return refused("", "built_on", said, "请先按从后到前的顺序撤销这些办件的审核")


def _named(cases: list[Case]) -> str:
    named = "、".join(f"{one.kind_title} {one.number}" for one in cases[:_NAMED])
    return f"{named}等 {len(cases)} 件" if len(cases) > _NAMED else named
