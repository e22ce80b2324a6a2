"""Counter-applications (反申请): what the side that answers claims in its turn, an application of its own brought
within the time of its answer.

劳动人事争议仲裁办案规则 36: accepted or not within five days; what is accepted may go together with the first
application; what is to be applied for apart, or comes after the time of the answer, is told so in writing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.cases import handling
from yonggong.cases import queries as case_queries
from yonggong.cases.attempts import Attempt
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.life import State
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.disputes.locking import held_for
from yonggong.disputes.models import Dispute
from yonggong.disputes.taking_part import Role, acting
from yonggong.forms import Problem
from yonggong.forms.reading import read_remark

# The steps in which it is judged whether it is accepted.
JUDGED_IN = ("review", "decide")
# Answers of the first application that a counter-application begins with: who the two are, what they had.
_ABOUT_BOTH = ("worker_", "employer_")
_FIGURES = (
    "contract_from",
    "work_start_on",
    "signed_on",
    "ended_on",
    "end_reason",
    "monthly_pay",
    "average_pay",
    "local_average_pay",
    "arbitration_institution",
)


def may_begin(user: User, dispute: Dispute, among: Collection[int], today: date) -> bool:
    """Whether `user` acts for the side that answers, in time, and none was brought yet."""
    who = acting(user, dispute, among)
    return (
        who is not None
        and who[1] is Role.OTHER
        and not _amiss(dispute, who[0], today)
        and not alive(dispute)
    )


def _amiss(dispute: Dispute | None, applicant: int, on: date) -> tuple[str, str] | None:
    """Why nobody, or not `applicant`, brings one to it on a day, and what to do; None where they may."""
    if (
        dispute is None
        or dispute.sort != Dispute.Sort.ARBITRATION
        or dispute.counter_to_id is not None
        or not dispute.is_open
        or dispute.answer_due_on is None
        or dispute.other_side != applicant
    ):
        return "原案已经结案，或者您不是原案的被申请人，不能提出反申请", "请另行申请仲裁"
    if on > dispute.answer_due_on:
        return f"答辩期已于 {dispute.answer_due_on} 届满", "请另行申请仲裁"
    return None


def alive(dispute: Dispute) -> list[Dispute]:
    """The counter-applications to it that are neither ended nor sent back to be mended."""
    found = dispute.counters.filter(ended_on=None, case__state=State.PENDING)
    return list(found.select_related("case__applicant").order_by("pk"))


def merged(dispute: Dispute) -> list[Dispute]:
    """Those that go together with it."""
    found = dispute.counters.filter(result=Dispute.Result.MERGED)
    return list(found.select_related("case__applicant").order_by("pk"))


def starts(dispute: Dispute) -> Mapping[str, Any]:
    """What the form begins with, as if typed."""
    form = dispute.case.definition.form
    known = {
        name: value
        for name, value in dispute.case.values.items()
        if name.startswith(_ABOUT_BOTH) or name in _FIGURES
    }
    return form.dump(form.initial() | known)


def answered_by(attempt: Attempt) -> int | None:
    """The key of the dispute that an application is a counter-application to."""
    return attempt.subject or (attempt.case.subject if attempt.case else None)


def problems(attempt: Attempt) -> Iterator[Problem]:
    """What refuses one: not by the side that answers, or too late."""
    key = answered_by(attempt)
    if key is None:
        return
    first = Dispute.objects.select_related("case").filter(pk=key).first()
    came_in = attempt.case.came_in_on if attempt.case else None
    if wrong := _amiss(first, attempt.applicant.pk, came_in or attempt.today):
        yield Problem(field="", code="no_counter", message=wrong[0], remedy=wrong[1])
    if first and [one for one in alive(first) if not attempt.case or one.pk != attempt.case.pk]:
        yield Problem(
            field="",
            code="countered",
            message="已经提出反申请，正在处理",
            remedy="补充请求的，在该反申请中提出",
        )


def check(
    case: Case, step: Step, outcome: Outcome, values: Mapping[str, Any], now: datetime
) -> None:
    """Before the end of a hearing: what goes together with another application is a counter-application to
    one that is open; the first one does not end before its own is settled. Raises `Refused`."""
    if outcome is not Outcome.END:
        return
    dispute = Dispute.objects.select_related("counter_to").filter(pk=case.pk).first()
    if dispute is None:
        return
    first = dispute.counter_to
    if values.get("result") == Dispute.Result.MERGED and (first is None or not first.is_open):
        raise refused("result", "no_first", "只有原案尚未结案的反申请才能并入原案处理")
    if waiting := alive(dispute):
        raise refused(
            "",
            "countered",
            f"被申请人的反申请（{waiting[0].case.number}）还没有处理",
            "请先决定是否受理；受理的并入本案，或者另行处理",
        )


def may_send_apart(user: User, dispute: Dispute) -> bool:
    """Whether `user` judges, in the open step, whether the counter-application is accepted."""
    step = case_queries.open_step(dispute.case)
    return (
        dispute.counter_to_id is not None
        and step is not None
        and step.key in JUDGED_IN
        and case_queries.may_act(user, dispute.case, step)
    )


@transaction.atomic
def send_apart(
    *, dispute: int, reason: str, by: User, now: datetime, address: str | None
) -> Dispute:
    """Tell who brought it in writing to apply for arbitration apart. Raises `Forbidden`, `Refused`,
    `NotAllowed`."""
    held = held_for(dispute)
    if not may_send_apart(by, held):
        raise Forbidden("只有正在审查该反申请的人员可以告知另行申请。")
    said = read_remark(reason)
    if not said:
        raise refused("reason", "required", "请填写应当另行申请的理由")
    step = case_queries.open_step(held.case)
    assert step is not None and held.case.filed_at is not None
    held.result, held.ended_on = Dispute.Result.APART, timezone.localdate(now)
    held.save(update_fields=["result", "ended_on"])
    handling.complete(
        case=held.case,
        step=step.pk,
        outcome=Outcome.REFUSE,
        opinion=said,
        seen=held.case.filed_at,
        by=by,
        now=now,
        address=address,
    )
    return held
