"""What a step of a dispute that was ended writes: accepted, served on the other side."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.cases.steps import procedure_of
from yonggong.disputes import papers, telling
from yonggong.disputes.models import ANSWER_DAYS, Dispute
from yonggong.documents.rendering import written_date

ACCEPTING, SERVING = "decide", "serve"


def follow(case: Case, step: Step, *, by: User, now: datetime) -> None:
    """Note on the register that the case was accepted, or served, with the papers of that."""
    if step.kind not in (ACCEPTING, SERVING) or step.outcome != Outcome.NEXT:
        return
    dispute = Dispute.objects.select_related("employer", "worker").filter(pk=case.pk).first()
    if dispute is None:
        return
    dispute.case = case
    if step.kind == SERVING:
        _served(dispute, step, by=by, now=now)
        return
    dispute.accepted_on = timezone.localdate(now)
    dispute.save(update_fields=["accepted_on"])


def _served(dispute: Dispute, step: Step, *, by: User, now: datetime) -> None:
    form = procedure_of(dispute.case).step(step.key).form
    assert form is not None and dispute.accepted_on is not None
    on = step.values_on(form)["delivered_on"]
    dispute.served_on = max(on, dispute.accepted_on)
    dispute.save(update_fields=["served_on"])
    if dispute.sort == Dispute.Sort.ARBITRATION:
        papers.issue_copy(dispute, by=by, now=now)
        assert dispute.answer_due_on is not None
        until = written_date(dispute.answer_due_on)
        first = dispute.counter_to
        what = f"反申请（原案案号 {first.case.number}）" if first else "仲裁申请"
        told = ["答辩书可以在本平台提交，也可以书面递交；未提交答辩书的，不影响仲裁程序的进行。"]
        if first is None:
            told.append("答辩期内可以提出反申请；期满后提出的，应当另行申请仲裁。")
        papers.issue(
            dispute,
            papers.RESPOND,
            statement=f"申请人的{what}已经受理，现将仲裁申请书副本送达被申请人。被申请人应当在收到之日起"
            f"{ANSWER_DAYS}日内（至{until}）提交答辩书。",
            facts=[("受理日期", written_date(dispute.accepted_on)), ("送达日期", written_date(on))],
            parts=[("告知", told)],
            by=by,
            now=now,
        )
    telling.both(dispute, "文书已送达", "申请书副本和应诉通知书已送达，请查看。", now=now)
