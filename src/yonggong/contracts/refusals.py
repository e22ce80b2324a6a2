"""What makes a contract filing impossible, worded as JL-6 words it. Pure: values and background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yonggong.contracts.models import Contract
from yonggong.forms import Problem
from yonggong.registry.models import Worker

Values = Mapping[str, Any]

# Code of the problem that a filing waits for review.
UNREVIEWED = "unreviewed_filing"


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


def unreviewed_posting() -> Problem:
    """The user unit's own filing of the person waits for review."""
    return Problem(
        field="document_number",
        code=UNREVIEWED,
        message="此人存在本单位未审核的派遣用工备案",
        remedy="请等待审核完成，或者先作废未审核的备案",
    )


def filed_by_user_unit() -> Problem:
    """The contract of a dispatched worker is the dispatcher's; the user unit files something else."""
    return Problem(
        field="user_unit_code",
        code="filed_by_user_unit",
        message="本单位是用工单位，被派遣劳动者的劳动合同由劳务派遣单位备案",
        remedy="请在“派遣用工”中办理被派遣劳动者用工备案",
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
