"""公示: what is publicised now, open to anybody, and objections to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import joint
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import refused
from yonggong.cases.life import State
from yonggong.cases.models import Case, Step
from yonggong.cases.procedure import Outcome
from yonggong.cases.steps import procedure_of
from yonggong.forms.reading import read_line, read_remark
from yonggong.services.errors import Unfit
from yonggong.services.handling_models import Objection

_RESULT = "publicity_result"


def publicised(on: date) -> QuerySet[Step]:
    """What is publicised on a day, the latest first: not what only waits for the office to go on."""
    open_now = Step.objects.filter(
        Q(due_on__isnull=True) | Q(due_on__gte=on),
        kind="publicity",
        acted_at__isnull=True,
        case__state=State.PENDING,
    )
    return open_now.select_related("case__applicant", "agency").order_by("-pk")


def shown(steps: Iterable[Step]) -> list[Step]:
    """What of `publicised` is of service items."""
    return [step for step in steps if step.case.definition.is_service]


def is_public(step: Step, on: date) -> bool:
    """Whether an open step is among them."""
    return step.kind == "publicity" and (step.due_on is None or on <= step.due_on)


def find(pk: int, on: date) -> Step | None:
    """One that anybody may look at; None where nothing of that key is publicised."""
    return next(iter(shown(publicised(on).filter(pk=pk))), None)


def objections_of(case: Case) -> QuerySet[Objection]:
    """The objections in a case, the first one first."""
    found = Objection.objects.filter(step__case=case).select_related("by", "answered_by", "step")
    return found.order_by("pk")


def unanswered() -> QuerySet[Objection]:
    """The objections to what is still open that nobody looked into."""
    return Objection.objects.filter(
        founded=None, step__acted_at__isnull=True, step__case__state=State.PENDING
    )


def waiting_for(user: User) -> QuerySet[Objection]:
    """Those of a reviewer's agencies."""
    return unanswered().filter(step__agency__in=user.scope.agencies(Power.REVIEW))


def may_take(user: User, step: Step) -> bool:
    """Whether `user` writes down at a counter what somebody else objects."""
    scope = user.scope
    return step.agency_id in scope.agencies(Power.REVIEW, Power.FILE_FOR_OTHERS)


@transaction.atomic
def object_(
    *, step: int, text: str, name: str = "", phone: str = "", by: User, now: datetime
) -> Objection:
    """Object to what is publicised: oneself, or (`name`) as somebody said at the counter.

    Raises `Step.DoesNotExist` for what is not publicised (any more), `Unfit`.
    """
    today = timezone.localdate(now)
    joint.locked(publicised(today).get(pk=step).case)
    found = find(step, today)  # the office may have ended it before the case was locked
    if found is None:
        raise Step.DoesNotExist
    said, name = read_remark(text, most=1000), read_line(name)[:50]
    if not said:
        raise Unfit("请写明异议内容和理由。")
    if name and not may_take(by, found):
        raise Unfit("只有办理机构和窗口人员可以代他人登记异议。")
    if not name and found.objections.filter(by=by, founded=None).exists():
        raise Unfit("您已对本公示提出异议，正在核实。")
    objection = Objection.objects.create(step=found, text=said, name=name or by.name, by=by, at=now)
    objection.seal_phone(phone.strip()[:20])
    objection.save(update_fields=["phone_sealed"])
    return objection


@transaction.atomic
def answer(*, objection: Objection, founded: bool, said: str, by: User, now: datetime) -> Objection:
    """Say what was found of an objection. Raises `Unfit`."""
    case = joint.locked(objection.step.case)
    objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    step = case_queries.open_step(case)
    if step is None or step.pk != objection.step_id or not case_queries.may_act(by, case, step):
        raise Unfit("只有正在办理公示环节的人员可以核实异议。")
    if objection.founded is not None:
        raise Unfit("该异议已经核实。")
    if objection.by_id == by.pk and objection.name == by.name:
        raise Unfit("不能核实本人提出的异议。")
    said = read_remark(said, most=1000)
    if not said:
        raise Unfit("请写明核实情况。")
    objection.founded, objection.answer = founded, said
    objection.answered_by, objection.answered_at = by, now
    objection.save(update_fields=["founded", "answer", "answered_by", "answered_at"])
    return objection


def is_over(step: Step, today: date) -> bool:
    """Whether the days of the publicity are over; where the item names none, the office says so."""
    return step.due_on is None or today > step.due_on


def check(
    case: Case, step: Step, outcome: Outcome, values: Mapping[str, Any], now: datetime
) -> None:
    """A publicity is ended when its days are over and every objection was answered; one that is
    founded stops the case where the item can refuse it. Raises `Refused`."""
    if step.kind != "publicity" or not case.definition.is_service:
        return
    objections = list(step.objections.all())
    if any(one.founded is None for one in objections):
        raise refused("", "objections", "还有没有核实的异议", "请先逐件核实并写明情况")
    if outcome not in (Outcome.NEXT, Outcome.END):
        return
    if not is_over(step, timezone.localdate(now)):
        said = f"公示至 {step.due_on}，公示期未满"
        raise refused("", "not_over", said, "请在公示期满后办理")
    if objections and values.get(_RESULT) == "none":
        said = f"公示期间有 {len(objections)} 件异议"
        raise refused(_RESULT, "objected", said, "请按核实结果选择")
    founded = any(one.founded for one in objections) or values.get(_RESULT) == "founded"
    if founded and Outcome.REFUSE in procedure_of(case).step(step.key).outcomes:
        raise refused(_RESULT, "founded", "异议成立，不能进入下一环节", "请作出不予办理的决定")
