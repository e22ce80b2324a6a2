"""What the answer to a report writes: the report with its persons, and the answer as a paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.documents import results
from yonggong.documents.rendering import written_date
from yonggong.documents.results import Said
from yonggong.relations.layoff_models import LaidOff, LayoffReport
from yonggong.relations.layoff_reports import watched_until
from yonggong.relations.layoffs.form import PERSONS
from yonggong.relations.layoffs.persons import named
from yonggong.services import records
from yonggong.services.record_models import Record


def applied(case: Case, by: User, now: datetime) -> None:
    """Answered: the persons named are found again by their contracts."""
    values, employer = case.values, case.applicant.employer
    report = LayoffReport.objects.create(
        case=case,
        employer=employer,
        region_code=employer.region_code,
        explained_on=values["explained_on"],
        layoff_on=values["layoff_on"],
        staff=values["staff_count"],
        persons=values["layoff_count"],
    )
    found = [one.contract for one in named(employer, values[PERSONS])]
    contracts = {contract.pk for contract in found if contract is not None}
    LaidOff.objects.bulk_create(LaidOff(report=report, contract_id=key) for key in contracts)
    results.issue(case, said=_answer(values))
    records.write_as(case, Record.Act.ANSWER, since=values["layoff_on"])


def _answer(values: Mapping[str, Any]) -> Said:
    """What was reported, and what the law asks of the employer from now on."""
    return Said(
        decided="经审查，裁减人员方案已经报告，反馈意见如下。",
        facts=[
            ("拟裁减人数", f"{values['layoff_count']} 人（职工总数 {values['staff_count']} 人）"),
            ("说明情况日期", written_date(values["explained_on"])),
            ("听取意见日期", written_date(values["heard_on"])),
            ("拟裁员日期", written_date(values["layoff_on"])),
        ],
        told=[
            "不得裁减有《劳动合同法》第四十二条规定情形的劳动者；有第四十一条第二款规定情形的，优先留用。",
            f"裁减人员后六个月内（按拟裁员日期计算，至{written_date(watched_until(values['layoff_on']))}）"
            "重新招用人员的，应当通知被裁减的人员，并在同等条件下优先招用被裁减的人员。",
            "解除劳动合同的，依法支付经济补偿，出具解除证明，并办理解除劳动合同备案。",
        ],
    )


def revoked(case: Case, by: User, now: datetime) -> None:
    """The answer is withdrawn."""
    LaidOff.objects.filter(report=case.pk).delete()
    LayoffReport.objects.filter(case=case).delete()
    records.take_back(case, by, now)
