"""What makes a contract filing impossible, worded as JL-6 words it. Pure: values and background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yonggong.contracts.background import Background
from yonggong.contracts.dispatch import is_exclusive
from yonggong.contracts.models import Contract
from yonggong.forms import Problem
from yonggong.policy import Policy
from yonggong.registry.models import Employer, Worker

Values = Mapping[str, Any]

# Code of the problem that a filing waits for review.
UNREVIEWED = "unreviewed_filing"


def of_new(
    values: Values,
    background: Background | None,
    *,
    employer: Employer,
    case_id: int | None,
    rules: Policy,
    today: date,
) -> list[Problem]:
    """Refusals of a new contract (JL-6, JL-13): an unreviewed filing, a contract with this very
    employer, a number that belongs to another name; where the province says so, a full-time
    contract that runs elsewhere. One that has run out refuses nobody."""
    if background is None:
        return []
    problems: list[Problem] = []
    exclusive = is_exclusive(values, employer.credit_code, rules)
    for name, other, case, pending_full_time in background.pending:
        if case != case_id and (other == employer.pk or (exclusive and pending_full_time)):
            problems.append(unreviewed(name))
    if background.own is not None:
        problems.append(contract_in_force())
    elif exclusive and (running := still_running(background.elsewhere, today)):
        problems.append(full_time_elsewhere(running.employer.name))
    return problems + of_person(values["name"], background.worker, filed_here=background.filed_here)


def still_running(contracts: Iterable[Contract], on: date) -> Contract | None:
    """The first of these contracts whose term is not over."""
    return next((found for found in contracts if not found.has_run_out(on)), None)


def of_person(name: str, worker: Worker | None, *, filed_here: bool = True) -> list[Problem]:
    """One number, one name: the platform knows this number under another name. A name that nobody
    approved binds nobody: it may be the one that was typed wrong. What name others gave to whom
    they filed is not told."""
    if worker is None or not worker.confirmed or worker.name == name:
        return []
    known = f"“{worker.name[:1]}{'*' * (len(worker.name) - 1)}”" if filed_here else ""
    return [
        Problem(
            field="name",
            code="name_differs",
            message=f"姓名与该证件号码已备案的姓名{known}不一致",
            remedy="请核对证件；姓名确已变更的，请持证件到窗口更正",
            value=name,
        )
    ]


def contract_in_force() -> Problem:
    """The employer already has a contract with this person."""
    return Problem(
        field="document_number",
        code="contract_in_force",
        message="此人与本单位已有履行中的劳动合同",
        remedy="合同期满继续履行的请办理续订备案，内容变化的请办理变更备案",
    )


def no_contract_in_force(what: str) -> Problem:
    """The workbook names a person whom this employer has no contract with."""
    return Problem(
        field="document_number",
        code="no_contract_in_force",
        message=f"此人与本单位没有履行中的劳动合同，不能办理{what}",
        remedy="请核对证件号码；首次备案的请用新订模板",
    )


def unreviewed(employer_name: str) -> Problem:
    """此人存在未审核的备案信息."""
    return Problem(
        field="document_number",
        code=UNREVIEWED,
        message=f"此人存在未审核的备案信息：单位【{employer_name}】的备案正在等待审核",
        remedy="请等待审核完成，或先将未审核的备案作废后再办理",
    )


def joined_meanwhile() -> Problem:
    """The person's two registrations were joined while this was being filed."""
    return Problem(
        field="document_number",
        code="joined_meanwhile",
        message="此人的两份登记刚刚由人社部门并档",
        remedy="请重新提交",
    )


def full_time_elsewhere(employer_name: str) -> Problem:
    """此人在单位【…】已存在全日制劳动合同."""
    return Problem(
        field="document_number",
        code="full_time_elsewhere",
        message=f"此人在单位【{employer_name}】已存在全日制劳动合同",
        remedy="请先由该单位办理解除（终止）备案；证件号码填错的请更正",
    )


def pending_on_contract() -> Problem:
    """The thread has a filing that nobody has reviewed yet."""
    return Problem(
        field="",
        code=UNREVIEWED,
        message="此合同存在未审核的备案信息",
        remedy="请等待审核完成，或先将未审核的备案作废后再办理",
    )


def of_contract(*, state: str, rostered: bool, needs_roster: bool, what: str) -> list[Problem]:
    """Refusals of a renewal, change or ending (JL-4, JL-5): the contract must be in force, its
    filing approved and, where the province says so, on a generated roster."""
    if state != "active":
        return [
            Problem(
                field="",
                code="contract_not_in_force",
                message=f"此合同不在履行中，不能办理{what}",
                remedy="请在“劳动合同信息综合查询”中核对合同状态",
            )
        ]
    if needs_roster and not rostered:
        return [
            Problem(
                field="",
                code="roster_missing",
                message=f"此合同的备案尚未生成名册，不能办理{what}",
                remedy="请先在“实时名册打印”中生成名册",
            )
        ]
    return []


def of_renewal(values: Values, *, previous_end: date | None) -> list[Problem]:
    """A renewal begins after the term it follows began, and has something to follow."""
    if previous_end is None:
        return [
            Problem(
                field="start_on",
                code="nothing_to_renew",
                message="原合同为无固定期限或没有约定结束日期，无需续订",
                remedy="合同内容变化的请办理变更备案",
            )
        ]
    if values["start_on"] <= previous_end:
        return [
            Problem(
                field="start_on",
                code="renewal_overlaps",
                message=f"续订起始日期应晚于原合同结束日期 {previous_end}",
                remedy="一般填原合同结束的次日",
                value=str(values["start_on"]),
            )
        ]
    return []


def of_ending(values: Values, *, start_on: date, today: date) -> list[Problem]:
    """A contract ends on or after the day it began, and is filed once it has ended."""
    problems = []
    if values["ended_on"] < start_on:
        problems.append(
            Problem(
                field="ended_on",
                code="ended_before_start",
                message=f"解除（终止）日期 {values['ended_on']} 早于合同起始日期 {start_on}",
                remedy="请核对解除（终止）日期",
                value=str(values["ended_on"]),
            )
        )
    if values["ended_on"] > today:
        problems.append(
            Problem(
                field="ended_on",
                code="ended_in_future",
                message=f"解除（终止）日期 {values['ended_on']} 晚于今天",
                remedy="请在解除（终止）之日起办理备案",
                value=str(values["ended_on"]),
            )
        )
    return problems
