"""What the end of an arbitration writes: the register, and the paper that it ends with."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action
from yonggong.cases.models import Case
from yonggong.codes.normalise import paragraphs
from yonggong.disputes import counter_claims, papers, register, telling
from yonggong.disputes.arbitration.steps import CONCLUDED, DEEMED, MERGED, SETTLED
from yonggong.disputes.hearings import HEARD_IN
from yonggong.disputes.models import Dispute
from yonggong.documents.models import Document
from yonggong.law.articles import article

_OPEN_REMEDY = (
    "当事人对本裁决不服的，可以自收到裁决书之日起十五日内向人民法院提起诉讼；"
    "期满不起诉的，本裁决发生法律效力。"
)
# 劳动争议调解仲裁法 49: what is final for the employer may be asked to be set aside.
_SET_ASIDE = (
    "用人单位有证据证明本裁决有《劳动争议调解仲裁法》第四十九条所列情形的，可以自收到仲裁裁决书之日起三十日内"
    "向仲裁委员会所在地的中级人民法院申请撤销裁决。"
)


def applied(case: Case, by: User, now: datetime) -> None:
    """Awarded, settled, or taken as withdrawn."""
    dispute = case.dispute
    dispute.case = case
    step = case_queries.steps_of(case).filter(key=HEARD_IN).last()
    assert step is not None
    said = step.values_on(CONCLUDED)
    register.end(dispute, Dispute.Result(said["result"]), timezone.localdate(now))
    if said["result"] == MERGED:
        _merge(dispute, said, by=by, now=now)
        return
    paper = _paper(dispute, said, by=by, now=now)
    telling.both(dispute, "结案", f"本案已结案，{paper.title}已送达，请查看。", now=now)


def _merge(dispute: Dispute, said: dict[str, str], *, by: User, now: datetime) -> None:
    first = dispute.counter_to
    assert first is not None
    paper = papers.issue(
        dispute,
        papers.MERGED,
        statement=f"申请人（原案被申请人）提出的反申请已经受理，与原案（案号 {first.case.number}）合并处理。",
        facts=[("仲裁员", said["arbitrators"])],
        parts=[
            ("反申请请求", papers.claims_of(dispute.case)),
            ("告知", ["反申请的处理结果在原案的裁决书或者调解书中写明。"]),
        ],
        by=by,
        now=now,
    )
    telling.both(dispute, "反申请并入原案", f"{paper.title}已送达，请查看。", now=now)


def _claimed(dispute: Dispute) -> papers.Parts:
    """What both sides claim, one after the other."""
    turned = [("反申请请求", papers.claims_of(one.case)) for one in counter_claims.merged(dispute)]
    return [("仲裁请求", papers.claims_of(dispute.case)), *turned]


def _paper(dispute: Dispute, said: dict[str, str], *, by: User, now: datetime) -> Document:
    people = [("仲裁员", said["arbitrators"])]
    if said.get("clerk"):
        people.append(("书记员", said["clerk"]))
    if said["result"] == SETTLED:
        return papers.issue(
            dispute,
            papers.SETTLED,
            statement="经仲裁庭主持调解，双方当事人自愿达成协议。",
            facts=people,
            parts=[
                *_claimed(dispute),
                ("协议的结果", paragraphs(said["agreed"])),
                ("效力", ["本调解书经双方当事人签收后，发生法律效力。"]),
            ],
            by=by,
            now=now,
        )
    if said["result"] == DEEMED:
        return papers.issue(
            dispute,
            papers.CLOSED,
            statement="本案按撤回仲裁申请处理。",
            facts=people,
            parts=[("理由", paragraphs(said["grounds"]))],
            by=by,
            now=now,
        )
    final = said["final"] == "final"
    cited = article("调解仲裁法", 48)
    told = (
        ["本裁决为终局裁决，自作出之日起发生法律效力。", cited.text_short, _SET_ASIDE]
        if final
        else [_OPEN_REMEDY]
    )
    return papers.issue(
        dispute,
        papers.AWARD,
        statement="本案经仲裁庭审理终结，裁决如下。",
        facts=[*people, ("裁决性质", "终局裁决" if final else "非终局裁决")],
        parts=[
            *_claimed(dispute),
            ("查明的事实", paragraphs(said["facts"])),
            ("裁决理由", paragraphs(said["reasons"])),
            ("裁决结果", paragraphs(said["rulings"])),
            ("效力和救济途径", told),
        ],
        by=by,
        now=now,
    )


def voided(case: Case) -> None:
    """Withdrawn by who applied; once it was accepted, with a letter to both."""
    dispute = Dispute.objects.filter(pk=case.pk).select_related("employer", "worker").first()
    if dispute is None or dispute.ended_on is not None:
        return
    event = case.events.filter(action=Action.WITHDRAW).latest("pk")
    dispute.case = case
    register.end(dispute, Dispute.Result.WITHDRAWN, timezone.localdate(event.at))
    if dispute.accepted_on is not None:
        papers.issue(
            dispute,
            papers.CLOSED,
            statement="申请人撤回仲裁申请，本案终结。",
            parts=[("理由", paragraphs(event.opinion))],
            by=event.by,
            now=event.at,
        )
        telling.both(dispute, "申请已撤回", "申请人撤回了仲裁申请，本案终结。", now=event.at)
