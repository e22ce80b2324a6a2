"""Special hours for tests: what an employer applies for."""

from __future__ import annotations

from typing import Any

from tests.contracts.making import Hall
from tests.relations.stepping import complete, send
from yonggong.cases.models import Case
from yonggong.relations.special_hours.form import ITEM

AVERAGED = {
    "job": "装卸工",
    "headcount": "20",
    "cycle_length": "1",
    "cycle_unit": "季度",
    "average_annual_wage": "60000",
    "from_on": "2026-11-20",
    "until_on": "2027-11-19",
    "approved_before": False,
    "ground": "1",
}
FLEXIBLE = {
    "job": "外勤销售",
    "headcount": "6",
    "average_annual_wage": "72000",
    "from_on": "2026-11-20",
    "until_on": "2028-11-19",
    "approved_before": True,
    "ground": "1",
}
BOTH = "实行不定时工作制和综合计算工时工作制申报"


def answers(hall: Hall, **changed: Any) -> dict[str, Any]:
    given = {
        "unit_name": hall.employer.name,
        "credit_code": hall.employer.credit_code,
        "unit_address": "乌海市海勃湾区新华街 1 号",
        "registration_type": "有限责任公司",
        "legal_representative": "试法人",
        "phone": "0473-2012345",
        "application_kind": BOTH,
        "staff_count": "90",
        "implementation_area": "乌海市",
        "special_hours_count": "26",
        "labour_contract_count": "90",
        "dispatched_count": "0",
        "violations_or_disputes_last_year": "无",
        "unit_region": "150302",
        "averaged_posts": [AVERAGED],
        "flexible_posts": [FLEXIBLE],
        "longest_day": "10",
        "rest_days": "1",
        "consulted": "2",
        "resolved_on": "2026-11-10",
        "central": False,
        "submitted_by": "试经办",
        "submitter_phone": "13800138001",
        "submitted_on": "2026-11-20",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def asked(hall: Hall, **changed: Any) -> Case:
    return send(hall, ITEM.key, answers(hall, **changed))


def decided(case: Case, hall: Hall, second: Any) -> Case:
    """Accepted and reviewed by one, decided by another."""
    case = complete(case, by=hall.reviewer, now=hall.now)
    case = complete(case, by=hall.reviewer, now=hall.now)
    while case.state == "pending":
        case = complete(case, by=second, now=hall.now)
    return case
