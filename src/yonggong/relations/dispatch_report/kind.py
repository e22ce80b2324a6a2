"""劳务派遣年度经营情况报告."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.errors import refused
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Pages
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.forms import Problem
from yonggong.registry.handling import get_agency_of
from yonggong.registry.models import Agency
from yonggong.relations import licences
from yonggong.relations.dispatch_report.form import FORM
from yonggong.relations.licence_models import DispatchReport

_PARTS = ("with_contract", "insured", "in_union")


def _refused(attempt: Attempt) -> Sequence[Problem]:
    """A year that is over, once, by who was licensed in it; no part is more than all."""
    values, year = attempt.values, attempt.values["year"]
    problems = []
    if year >= attempt.today.year:
        problems.append(FORM.problem("year", "not_over", f"{year} 年尚未结束", "请报告上一年度"))
    held = licences.of_employer(attempt.applicant.pk, attempt.today)
    if not any(licence.held_in(year) for licence in held):
        problems.append(
            FORM.problem("year", "not_licensed", f"本单位 {year} 年没有许可证", "请核对年度")
        )
    if _reported(attempt.applicant.pk, year):
        problems.append(
            FORM.problem("year", "reported", f"{year} 年度已经报告", "同一年度不重复报告")
        )
    problems += [
        FORM.problem(name, "more_than_all", "多于被派遣劳动者人数", "请核对")
        for name in _PARTS
        if values[name] > values["dispatched"]
    ]
    return problems


def _reported(employer: int, year: int) -> bool:
    return DispatchReport.objects.filter(employer=employer, year=year).exists()


def _applied(case: Case, by: User, now: datetime) -> None:
    """On record. Raises `Refused` where another report of the year was approved meanwhile."""
    year = case.values["year"]
    if _reported(case.applicant_id, year):
        raise refused("", "reported", f"{year} 年度已经报告", "请退回重复的报告")
    DispatchReport.objects.create(
        case=case,
        employer_id=case.applicant_id,
        year=year,
        dispatched=case.values["dispatched"],
    )


def _revoked(case: Case, by: User, now: datetime) -> None:
    DispatchReport.objects.filter(case=case).delete()


def _permit_authority(tried: Attempt) -> Agency:
    """Who granted the licence reads the report. Raises `NoAgency`."""
    return get_agency_of(tried.applicant.region_code, "prefecture", KIND.matter)


KIND = CaseKind(
    name="dispatch.report",
    title=own_titles()["dispatch.report"],
    form=FORM,
    subject_name=lambda attempt: f"{attempt.values['year']} 年度",
    sent_to=_permit_authority,
    checks=Checks(refusals=by_row(_refused)),
    effects=Effects(applied=_applied, revoked=_revoked),
    pages=Pages(
        key_facts=(
            KeyFact(label="年度", fields=("year",)),
            KeyFact(
                label="被派遣劳动者、订立合同", fields=("dispatched", "with_contract"), between="／"
            ),
            KeyFact(label="用工单位", fields=("unit_count",)),
        )
    ),
)
