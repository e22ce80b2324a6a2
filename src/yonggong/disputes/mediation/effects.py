"""What the end of a mediation writes: the register, and its paper."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action
from yonggong.cases.models import Case
from yonggong.codes.normalise import paragraphs
from yonggong.disputes import papers, register, telling
from yonggong.disputes.mediation.steps import AGREED, ENDED, ENDED_IN
from yonggong.disputes.models import Dispute


def applied(case: Case, by: User, now: datetime) -> None:
    """Agreed, or ended without."""
    dispute = case.dispute
    dispute.case = case
    step = case_queries.steps_of(case).filter(key=ENDED_IN).last()
    assert step is not None
    said = step.values_on(ENDED)
    result = Dispute.Result(said["result"])
    register.end(dispute, result, timezone.localdate(now))
    facts = [("调解员", said["mediators"])]
    claims = ("争议事项", papers.claims_of(case))
    if result == AGREED:
        paper = papers.issue(
            dispute,
            papers.AGREED,
            statement="经调解，双方当事人自愿达成如下协议。",
            facts=facts,
            parts=[
                claims,
                ("协议内容", paragraphs(said["agreed"])),
                (
                    "告知",
                    [
                        "本协议书由双方当事人签名或者盖章，经调解员签名并加盖调解组织印章后生效，"
                        "对双方具有约束力。",
                        "双方可以共同向有管辖权的仲裁委员会申请仲裁审查，或者向人民法院申请司法确认。",
                    ],
                ),
            ],
            by=by,
            now=now,
        )
    else:
        paper = papers.issue(
            dispute,
            papers.FAILED,
            statement="本次调解未能达成协议，调解终止。",
            facts=facts,
            parts=[
                claims,
                ("终止的原因", paragraphs(said["grounds"])),
                ("其他解决途径", ["当事人可以依法向劳动人事争议仲裁委员会申请仲裁。"]),
            ],
            by=by,
            now=now,
        )
    telling.both(dispute, "调解结束", f"调解已结束，{paper.title}已送达，请查看。", now=now)


def voided(case: Case) -> None:
    """Withdrawn by who applied."""
    dispute = Dispute.objects.filter(pk=case.pk, ended_on=None).first()
    if dispute is not None:
        event = case.events.filter(action=Action.WITHDRAW).latest("pk")
        register.end(dispute, Dispute.Result.WITHDRAWN, timezone.localdate(event.at))
