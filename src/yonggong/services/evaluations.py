"""好差评: one evaluation of a case after its end; a bad one is a complaint that the agency answers in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Avg, Count, Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.accounts.telling import Told, tell
from yonggong.cases import queries as case_queries
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.forms.reading import read_remark
from yonggong.services.errors import Unfit
from yonggong.services.evaluation_models import COMPLAINT, Evaluation
from yonggong.services.parameters import is_open, parameter

GOOD_TAGS = ("办理快", "服务态度好", "材料少", "流程清楚", "一次办成")
BAD_TAGS = ("办理慢", "服务态度差", "材料多", "流程不清楚", "多次跑动", "网上办理不方便")
_ENDED = (State.APPROVED, State.REFUSED, State.REVOKED)
# The complaints that nobody answered.
TO_ANSWER = Q(level__lte=COMPLAINT, reply="")


def of_case(case: Case) -> Evaluation | None:
    """What its applicant said of the case."""
    found = Evaluation.objects.filter(case=case).select_related("by", "replied_by")
    return found.first()


def is_open_to(case: Case) -> bool:
    """Whether a case can be evaluated: a service item's, at its end."""
    return case.state in _ENDED and case.definition.is_service


def may_evaluate(user: User, case: Case) -> bool:
    """Whether `user` acts for the applicant of an ended case. Nobody evaluates for whom they serve at a
    counter."""
    return (
        is_open_to(case)
        and not user.may(Power.FILE_FOR_OTHERS)
        and case_queries.acts_for(user, case.applicant_id, case.definition)
    )


def limit_days(case: Case) -> tuple[int, bool]:
    """Within how many working days a complaint is answered, and whether that is 待核."""
    value = parameter("complaint", case.region_code)
    return int(value["days"]), is_open(value, case.kind)


@transaction.atomic
def evaluate(
    *, case: Case, level: int, tags: Sequence[str] = (), text: str = "", by: User, now: datetime
) -> Evaluation:
    """Evaluate, once. Raises `Unfit`."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not may_evaluate(by, case):
        raise Unfit("办件办结后，由申请人评价一次。")
    if Evaluation.objects.filter(case=case).exists():
        raise Unfit("您已评价过本办件。")
    if level not in Evaluation.Level.values:
        raise Unfit("请选择评价。")
    complaint = level <= COMPLAINT
    said = read_remark(text)
    if complaint and not said and not tags:
        raise Unfit("请选择或者写明不满意的原因，以便核实改进。")
    days, _ = limit_days(case)
    offered = BAD_TAGS if complaint else GOOD_TAGS
    today = timezone.localdate(now)
    return Evaluation.objects.create(
        case=case,
        level=level,
        tags=[tag for tag in offered if tag in tags],
        text=said,
        by=by,
        at=now,
        reply_by=calendar.add_working_days(today, days) if complaint else None,
    )


def visible_to(user: User) -> QuerySet[Evaluation]:
    """The evaluations of a reviewer's agency and of a supervisor's region."""
    scope = user.scope
    seen = Q(case__acting_agency__in=scope.agencies(Power.REVIEW))
    seen |= case_queries.in_regions(user, Power.SUPERVISE, path="case__")
    found = Evaluation.objects.filter(seen)
    return found.select_related("case__applicant", "case__acting_agency", "by", "replied_by")


def waiting_for(user: User) -> QuerySet[Evaluation]:
    """The complaints that a reviewer's agencies have to answer."""
    handled = Q(case__acting_agency__in=user.scope.agencies(Power.REVIEW))
    return Evaluation.objects.filter(handled, TO_ANSWER)


def may_reply(user: User, evaluation: Evaluation) -> bool:
    """Whether `user` answers for the agency that handled the case."""
    case = evaluation.case
    return (
        evaluation.is_complaint
        and not evaluation.reply
        and case.acting_agency_id in user.scope.agencies(Power.REVIEW)
        and not case_queries.concerns(user, case)
    )


@transaction.atomic
def reply(*, evaluation: Evaluation, text: str, by: User, now: datetime) -> Evaluation:
    """Answer a complaint; whoever evaluated is told. Raises `Unfit`."""
    evaluation = (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("case__applicant")
        .get(pk=evaluation.pk)
    )
    if not may_reply(by, evaluation):
        raise Unfit("该评价不需要答复、已经答复，或者由其他机构答复。")
    said = read_remark(text, most=1000)
    if not said:
        raise Unfit("请写明核实和整改情况。")
    evaluation.reply, evaluation.replied_by, evaluation.replied_at = said, by, now
    evaluation.save(update_fields=["reply", "replied_by", "replied_at"])
    case = evaluation.case
    tell(
        Told(
            user=evaluation.by_id,
            about=f"evaluation {evaluation.pk}",
            title=f"您的评价已答复：{case.kind_title}"[:100],
            body=f"办件 {case.number}：{said}",
            at=now,
        )
    )
    return evaluation


# --- figures -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """How an agency was evaluated; `content` in percent, from 基本满意 up."""

    agency: str
    count: int
    average: float
    content: int
    complaints: int
    open: int
    late: int


def figures(user: User, today: date) -> list[Figures]:
    """By agency, those with the most complaints first."""
    rows = (
        visible_to(user)
        .order_by()
        .values("case__acting_agency__name")
        .annotate(
            count=Count("pk"),
            average=Avg("level"),
            complaints=Count("pk", filter=Q(level__lte=COMPLAINT)),
            open=Count("pk", filter=TO_ANSWER),
            late=Count("pk", filter=TO_ANSWER & Q(reply_by__lt=today)),
        )
        .order_by("-complaints", "case__acting_agency__name")
    )
    return [
        Figures(
            agency=row["case__acting_agency__name"],
            count=row["count"],
            average=round(row["average"], 2),
            content=round(100 * (row["count"] - row["complaints"]) / row["count"]),
            complaints=row["complaints"],
            open=row["open"],
            late=row["late"],
        )
        for row in rows
    ]
