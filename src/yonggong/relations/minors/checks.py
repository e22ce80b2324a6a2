"""What refuses the registration of a minor, and what the law says of the post and the health check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempt
from yonggong.codes.identifiers import parse_id_number
from yonggong.forms import Problem
from yonggong.law.facts import ContractFacts
from yonggong.law.findings import Finding
from yonggong.relations import register
from yonggong.relations.health_checks import adult_on
from yonggong.relations.minors.form import AGAIN, FIRST, FORM

# The rules on contracts that speak of minors, and where what they look at stands on this form.
_RULES = frozenset(
    {
        "minimum-age",
        "juvenile-health-check",
        "juvenile-venue",
        "juvenile-hazards",
    }
)
_FIELDS = {
    "birth_on": "birth_date",
    "health_check_on": "examined_on",
    "hazards": "hazards",
    "entertainment_venue": "occupation",
}
# GB/T 4754: indoor amusement, bars.
_VENUES = ("901", "6233")


def refused(attempt: Attempt) -> Sequence[Problem]:
    """Forms that contradict each other, somebody who is no minor, somebody registered already."""
    values = attempt.values
    problems = list(alike(values))
    birth_on, begins_on = values["birth_date"], values["begins_on"]
    if begins_on >= adult_on(birth_on):
        problems.append(
            FORM.problem(
                "begins_on",
                "adult",
                f"至 {begins_on} 已年满 18 周岁（{adult_on(birth_on)}），不是未成年工",
                "不需要登记；请核对出生日期和上岗日期",
            )
        )
    if values["examined_on"] > attempt.today:
        problems.append(
            FORM.problem("examined_on", "in_future", "检测日期晚于今天", "请先做健康检查")
        )
    held = register.minor_of(attempt.applicant.pk, values["document_number"])
    if values["matter"] == FIRST and held is not None:
        problems.append(
            FORM.problem(
                "matter",
                "registered",
                f"该未成年工已经登记，登记证编号 {held.number}",
                "补报健康检查的，选“定期健康检查”",
            )
        )
    if values["matter"] == AGAIN and held is None:
        problems.append(FORM.problem("matter", "unknown", "该未成年工还没有登记", "请选“录用登记”"))
    return problems


def alike(values: Any) -> Iterator[Problem]:
    """The registration form, the health check form and the identity card say the same."""
    if values["f1_person_name"] != values["f2_person_name"]:
        yield FORM.problem("f2_person_name", "differs", "两张表的姓名不一致", "请照身份证填写")
    if values["f1_sex"] != values["f2_sex"]:
        yield FORM.problem("f2_sex", "differs", "两张表的性别不一致", "请照身份证填写")
    birth_on: date = values["birth_date"]
    month = values["birth_month"]
    if (month.year, month.month) != (birth_on.year, birth_on.month):
        yield FORM.problem(
            "birth_month", "differs", "与健康检查表的出生日期不一致", "请照身份证填写"
        )
    if parse_id_number(values["document_number"]).birth_date != birth_on:
        yield FORM.problem(
            "birth_date", "differs", "与身份证号码中的出生日期不一致", "请照身份证填写"
        )
    if values["healthy"] is False and not values["illness_or_defect"]:
        yield FORM.problem(
            "illness_or_defect", "required", "健康状况选“否”的，应当写明疾病或者生理缺陷", "请填写"
        )


def found(attempt: Attempt) -> Sequence[Finding]:
    """What the law says of minors, as of a contract: forbidden work, a health check too late."""
    values = attempt.values
    industry = attempt.applicant.employer.industry
    facts = ContractFacts.of(
        {
            "birth_on": values.get("birth_date"),
            "start_on": values.get("begins_on"),
            "health_check_on": (
                values.get("examined_on") if values.get("matter") == FIRST else None
            ),
            "hazards": register.hazards_of(values.get("hazards") or ()),
            "entertainment_venue": industry.startswith(_VENUES) or None,
        }
    )
    said = law.check_contract(facts, attempt.today)
    return [
        replace(finding, field=_FIELDS.get(finding.field, ""))
        for finding in said
        if finding.rule in _RULES
    ]
