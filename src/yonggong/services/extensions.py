"""延长办理期限: asked for with reasons by who handles the case, agreed to once by a supervisor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import joint
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Phase, State
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.forms.reading import read_remark
from yonggong.services import notices
from yonggong.services.errors import Unfit
from yonggong.services.handling_models import Extension
from yonggong.services.parameters import is_open, parameter


def most_days(case: Case) -> tuple[int, bool]:
    """By how many working days a limit may be made longer where the case is, and whether that is 待核
    for its item."""
    value = parameter("extension", case.region_code)
    return int(value["most_days"]), is_open(value, case.kind)


def of_case(case: Case) -> QuerySet[Extension]:
    """What was asked for the case, the first one first."""
    return case.extensions.select_related("asked_by", "decided_by").order_by("pk")


def of_region(user: User) -> QuerySet[Extension]:
    """What was asked for where `user` supervises."""
    return Extension.objects.filter(case_queries.in_regions(user, Power.SUPERVISE, path="case__"))


def waiting(user: User) -> QuerySet[Extension]:
    """What of it is to be decided: of cases that are handled still."""
    return of_region(user).filter(agreed=None, case__state=State.PENDING)


def may_ask(user: User, case: Case) -> bool:
    """Whether `user` handles the case and may ask for more time."""
    step = case_queries.open_step(case)
    return (
        case.definition.is_service
        and case.due_on is not None
        and step is not None
        and case_queries.may_act(user, case, step)
        and not case.extensions.filter(Q(agreed=None) | Q(agreed=True)).exists()
    )


def may_decide(user: User, extension: Extension) -> bool:
    """Whether `user` supervises where the case is handled, and did not ask for it."""
    agency = extension.case.acting_agency
    return (
        extension.agreed is None
        and extension.asked_by_id != user.pk
        and agency is not None
        and user.scope.covers(agency.region_code, Power.SUPERVISE, department=agency.department)
        and not case_queries.concerns(user, extension.case)
    )


@transaction.atomic
def ask(*, case: Case, days: int, reason: str, by: User, now: datetime) -> Extension:
    """Ask for so many working days more. Raises `Unfit`."""
    case = joint.locked(case)
    said = read_remark(reason)
    most, _ = most_days(case)
    if case.extensions.filter(Q(agreed=None) | Q(agreed=True)).exists():
        raise Unfit("办理期限只能延长一次，本办件已经申请过延长。")
    if not may_ask(by, case):
        raise Unfit("只有正在办理本环节的人员可以申请延长；暂停计时的，请先恢复。")
    if not said:
        raise Unfit("请写明延长期限的理由。")
    if not 0 < days <= most:
        raise Unfit(f"延长的天数应当在 1 至 {most} 个工作日之间。")
    return Extension.objects.create(case=case, days=days, reason=said, asked_by=by, asked_at=now)


@transaction.atomic
def decide(
    *, extension: Extension, agreed: bool, said: str = "", by: User, now: datetime
) -> Extension:
    """Agree, and the limits of the case and of its open step are so much later, with a notice; or
    decline, with the reason. Raises `Unfit`."""
    case = joint.locked(extension.case)
    extension = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    extension.case = case
    if not may_decide(by, extension):
        raise Unfit("该申请已经处理，或者须由业务主管批准，不能由申请人自己批准。")
    extension.said = read_remark(said)
    if not agreed and not extension.said:
        raise Unfit("请写明不同意延长的理由。")
    if agreed and (case.state != State.PENDING or case.phase == Phase.PAUSED):
        raise Unfit("办件已经办结、退回或者暂停计时，不能延长期限。")
    extension.agreed, extension.decided_by, extension.decided_at = agreed, by, now
    extension.save(update_fields=["agreed", "decided_by", "decided_at", "said"])
    if agreed:
        _move(case, extension.days)
        notices.extended(extension, by=by, now=now)
    return extension


def _move(case: Case, days: int) -> None:
    step = case.steps.get(acted_at__isnull=True)
    # How long something is publicised is no limit of the office's.
    for row in (case,) if step.kind == "publicity" else (case, step):
        for name in ("due_on", "due_by_law_on"):
            if day := getattr(row, name):
                setattr(row, name, calendar.add_working_days(day, days))
        row.save(update_fields=["due_on", "due_by_law_on"])
