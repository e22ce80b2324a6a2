"""Approving a batch as a whole: every case of it as if the reviewer had approved it alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from yonggong.accounts.actions import record_broken
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.batch import holding
from yonggong.batch.models import Approval, Batch, Unapproved
from yonggong.batch.pace import Pace
from yonggong.batch.queueing import defer_approval
from yonggong.cases import actions as case_actions
from yonggong.cases.actions import Forbidden
from yonggong.cases.life import NotAllowed, State
from yonggong.cases.models import Case
from yonggong.forms.reading import read_remark
from yonggong.vault.sealing import SealBroken

# Cases decided in one transaction: few, so that nobody waits for their rows.
CHUNK = 25

logger = logging.getLogger(__name__)


def approvable(batch: Batch, by: User) -> QuerySet[Case]:
    """The cases of the batch that wait for a decision at the reviewer's agencies."""
    return Case.objects.filter(
        batch=batch.pk, state=State.PENDING, agency__in=by.scope.agencies(Power.REVIEW)
    ).exclude(filed_by=by)


def approve_batch(
    *,
    batch: Batch,
    opinion: str,
    seen: datetime,
    key: UUID,
    by: User,
    address: str | None,
) -> Approval:
    """Queue the approval of all that waits in the batch; the same key again returns the first.

    `seen` is when the page was made from which the reviewer approves: versions filed later are
    left. Raises `Forbidden`.
    """
    if earlier := Approval.objects.filter(by=by, key=key).first():
        return earlier
    if batch.is_open:
        raise Forbidden("该批次还在提交，请待提交完成后再审核。")
    if batch.filed_by_id == by.pk:
        raise Forbidden("不能审核本人上传的批次，请由其他审核员办理。")
    waiting = approvable(batch, by).filter(filed_at__lte=seen).count()
    if not waiting:
        raise Forbidden("该批次中没有等待您审核的办件。")
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                batch=batch,
                by=by,
                opinion=read_remark(opinion),
                asked_at=seen,
                key=key,
                address=address,
                total=waiting,
            )
            _queue(approval.pk)
    except IntegrityError:
        again = Approval.objects.filter(by=by, key=key).first()
        if again is None:
            raise Forbidden("该批次正在审核，请等待审核完成。") from None
        return again
    return approval


def _queue(approval: int) -> None:
    defer_approval(approval)


@transaction.atomic
def stop(*, approval: Approval, by: User, now: datetime) -> None:
    """Stop an approval under way; what is decided until then stays. Raises `Forbidden`."""
    if approval.by_id != by.pk:
        raise Forbidden("该批次由其他审核员审核，只能由其本人停止。")
    Approval.objects.filter(pk=approval.pk, state=Approval.State.RUNNING).update(
        state=Approval.State.STOPPED, finished_at=now
    )


def work(approval_id: int, *, clock: Callable[[], datetime]) -> None:
    """Go through the cases from wherever the approval stands. One job at a time has it."""
    with holding.hold(holding.APPROVAL, approval_id) as held:
        if not held:
            return
        while _some(approval_id, now=clock()):
            pass


@transaction.atomic
def _some(approval_id: int, *, now: datetime) -> bool:
    """Decide the next few cases; whether there may be more."""
    approval = (
        Approval.objects.select_for_update(of=("self",))
        .select_related("by", "batch")
        .get(pk=approval_id)
    )
    if not approval.is_open:
        return False
    found = list(
        approvable(approval.batch, approval.by)
        .filter(Q(pk__gte=approval.next_case), filed_at__lte=approval.asked_at)
        .order_by("pk")[:CHUNK]
    )
    left = [
        Unapproved(approval=approval, case=case, reason=reason[:500])
        for case in found
        if (reason := _decide(approval, case, now))
    ]
    Unapproved.objects.bulk_create(left)
    pace = Pace(0, approval.asked_at)
    Approval.objects.filter(pk=approval_id).update(
        approved=F("approved") + len(found) - len(left),
        refused=F("refused") + len(left),
        expected_at=pace.end(approval.done + len(found), approval.total),
        **({"next_case": found[-1].pk + 1} if found else {"state": "done", "finished_at": now}),
    )
    return bool(found)


def _decide(approval: Approval, case: Case, now: datetime) -> str:
    """Approve one case; why it could not be, "" where it is done."""
    try:
        case_actions.approve(
            case=case,
            opinion=approval.opinion,
            seen=case.filed_at,
            by=approval.by,
            now=now,
            address=approval.address,
        )
    except (case_actions.Refused, Forbidden, NotAllowed) as error:
        return str(error)
    except SealBroken as broken:
        record_broken([broken], f"批次审核 {case.number}", by=approval.by, address=approval.address)
        return (
            "加密保存的内容与所属记录不符，可能被改动或错放，已记入日志，请告知经办机构的系统管理员"
        )
    except Exception:
        # Whatever befell this one, the others are decided and the reviewer is told.
        logger.exception("case %s could not be approved", case.pk)
        return "系统故障，本件未办理，请打开该办件重试。"
    return ""
