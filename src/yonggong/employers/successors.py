"""Who goes on with an employer's contracts when it merges or is split (Labour Contract Law, 34): what the
kinds of merger and split share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count

from yonggong.accounts.models import User
from yonggong.cases import sweeping
from yonggong.cases.attempts import Attempt
from yonggong.cases.errors import refused
from yonggong.cases.life import OPEN, State
from yonggong.cases.models import Case, Participant
from yonggong.cases.pages import Look, Panel
from yonggong.cases.revoking import keep_what_is_built_on
from yonggong.codes.names import employer_name
from yonggong.contracts import carrying
from yonggong.employers import asking
from yonggong.employers.operators import tell_operators
from yonggong.employers.queries import about_itself
from yonggong.forms import Field, FieldType, Problem
from yonggong.registry import actions as registry
from yonggong.registry.models import Employer

# More contracts than this are not carried over while a reviewer waits for the next page.
_AT_ONCE = 1000

NAMED = (
    Field(
        name="credit_code",
        label="承继单位统一社会信用代码",
        type=FieldType.CREDIT_CODE,
        required=True,
    ),
    Field(
        name="name",
        label="承继单位名称",
        type=FieldType.EMPLOYER_NAME,
        required=True,
        width=8,
        hint="须已完成初次备案",
    ),
)
SEVERANCE = Field(
    name="severance_paid",
    label="是否已支付经济补偿",
    type=FieldType.BOOLEAN,
    default=False,
    width=8,
    hint="原单位已向劳动者支付经济补偿的，今后计算经济补偿时不再计算在原单位的工作年限（劳动合同法实施条例第十条）",
)


def filed_as(values: Mapping[str, Any]) -> Employer | None:
    """The filed employer that a row of `NAMED` names by code and name both; others are told alike."""
    found = Employer.objects.filter(
        credit_code=values.get("credit_code") or "", state=Employer.State.FILED
    ).first()
    named = found is not None and found.name == employer_name(values.get("name") or "")
    return found if named else None


def not_found(field: str, name: str) -> Problem:
    """That what is named is no filed employer."""
    return Problem(
        field=field,
        code="successor_unknown",
        message=f"没有信用代码和名称均为所填内容、已完成初次备案的承继单位（{name}）",
        remedy="请核对营业执照；承继单位尚未备案的，请先由其办理初次备案",
    )


def day_refused(attempt: Attempt, field: str, label: str) -> Iterable[Problem]:
    """It is filed once it has happened."""
    if attempt.values[field] > attempt.today:
        yield Problem(
            field=field,
            code="in_future",
            message=f"{label}晚于今天",
            remedy="请填写登记机关核准之日",
        )


def taking_part(employers: Iterable[Employer]) -> Sequence[tuple[int, str]]:
    """The other parties of the case: who goes on with the contracts."""
    return [(employer.pk, Participant.Role.OTHER_SIDE) for employer in employers]


def lengthy(case: Case) -> bool:
    """Whether so much goes with it that a job does it."""
    return carrying.going_on(case.applicant_id)[: _AT_ONCE + 1].count() > _AT_ONCE


def lock(case: Case, successors: Iterable[Employer]) -> dict[str, Employer]:
    """The applicant and who goes on with its contracts, locked in the order of keys; the latter by
    credit code. Raises `Refused` where one is filed no more."""
    sweeping.hold_open(case)
    keys = sorted({case.applicant_id, *(employer.pk for employer in successors)})
    locked = [registry.lock_employer(key) for key in keys]
    if gone := [one.name for one in locked if one.pk != case.applicant_id and not one.is_filed]:
        raise refused(
            "", "successor_closed", f"{'、'.join(gone)}不是已备案单位，不能承继合同", "请退回核对"
        )
    return {one.credit_code: one for one in locked if one.pk != case.applicant_id}


def take_over(
    case: Case,
    *,
    to: Mapping[int, Employer],
    rest: Employer | None,
    dissolved: bool,
    by: User,
    now: datetime,
) -> None:
    """The contracts go on with others (`to` and `rest` as in `carrying.carry_over`). Where the applicant
    is `dissolved` it is closed without ending them, and what else it has open is void."""
    values = case.values
    on = values[case.definition.event_field]
    carrying.carry_over(
        cause=case,
        on=on,
        to=to,
        rest=rest,
        severance_paid=bool(values["severance_paid"]),
        by=by,
        now=now,
    )
    for successor in sorted({*to.values(), *([rest] if rest else [])}, key=lambda one: one.pk):
        if successor.pk != case.applicant_id:
            said = "承继的劳动合同列入“合同查询”，续订、变更、解除（终止）由本单位备案。"
            _tell(case, successor, "由本单位承继", said, now)
    if not dissolved:
        return
    said = (
        f"{case.definition.title}（办件编号 {case.number}）审核通过，"
        "未办结的业务作废，需要的由承继单位办理。"
    )
    sweeping.void_open(cause=case, by=by, now=now, said=said)
    registry.cancel_employer(employer=case.applicant.employer, on=on)
    asking.compare([case.applicant_id], now=now)


def taken_back(case: Case, by: User, now: datetime) -> None:
    """The contracts are the applicant's again, and it is open again where it had closed by this."""
    successions = carrying.carried_by(case)
    keys = {case.applicant_id, *successions.values_list("to_employer", flat=True)}
    locked = {key: registry.lock_employer(key) for key in sorted(keys)}
    own = locked.pop(case.applicant_id)
    if gone := [employer.name for employer in locked.values() if employer.is_closed]:
        said = f"承继单位{'、'.join(gone)}已经注销备案"
        raise refused("", "successor_closed", said, "请先撤销其注销备案的审核")
    keep_what_is_built_on(case, about_itself(own.pk))
    carrying.carry_back(cause=case, now=now)
    for employer in locked.values():
        said = "承继的劳动合同和未提交的内容已退回原单位。"
        _tell(case, employer, "的承继已撤销", said, now)
    if own.is_closed:
        registry.reopen_employer(employer=own)
    asking.compare([own.pk], now=now)


def _tell(case: Case, successor: Employer, what: str, said: str, now: datetime) -> None:
    """Tell whoever acts for the employer that goes on with the contracts."""
    title = f"{case.applicant.name}的劳动合同{what}"
    body = f"{case.definition.title}（办件编号 {case.number}）：{said}"
    tell_operators(successor, f"succession-{case.pk}", title, body, now)


# --- shown -----------------------------------------------------------------------------------


def _open(look: Look) -> Mapping[str, Any] | None:
    """What goes over, while it has not."""
    case = look.case
    if case.state not in OPEN:
        return None
    contracts = carrying.going_on(case.applicant_id)
    return {
        "contracts": contracts.filter(state="active").count(),
        "waiting": sweeping.open_beside(case).count(),
        "drafts": sweeping.drafts_beside(case).count(),
    }


def _done(look: Look) -> Mapping[str, Any] | None:
    """What went over, by the employer that goes on with it."""
    if look.case.state != State.APPROVED:
        return None
    rows = carrying.carried_by(look.case)
    carried = rows.values_list("to_employer__name").annotate(n=Count("pk")).order_by("to_employer")
    return {"carried": list(carried), "all": sum(count for _, count in carried)}


PANELS = (
    Panel(place="form", template="employers/going_over.html", given=_open, portal="employer"),
    Panel(place="notice", template="employers/going_over.html", given=_open),
    Panel(place="notice", template="employers/gone_over.html", given=_done),
)
