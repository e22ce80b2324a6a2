"""A collective contract for tests: what an employer sends, what its reviewer writes down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.contracts.making import Hall
from tests.relations.stepping import complete, send
from yonggong.cases.models import Case
from yonggong.law.periods import last_day
from yonggong.relations.collective.form import ITEM

LAWFUL = {
    "parties_lawful": True,
    "procedure_lawful": True,
    "content_lawful": True,
    "party_b": "乌海试验商贸有限公司工会委员会",
}
OBJECTED = LAWFUL | {
    "content_lawful": False,
    "objections": [
        {
            "clause": "第十二条",
            "says": "约定每月加班不超过四十八小时，超过法律规定的上限",
            "basis": "《劳动法》第四十一条",
        }
    ],
}


def _side(side: str, named: str) -> dict[str, Any]:
    return {
        f"{side}_chief_negotiator": named,
        f"{side}_chief_position": "负责人",
        f"{side}_chief_phone": "13800138000",
        f"{side}_chief_named": True,
        f"{side}_negotiator_count": "5",
        f"{side}_selection_method": "选举",
    }


def answers(hall: Hall, **changed: Any) -> dict[str, Any]:
    """A general collective contract of two years that breaks no rule, sent the day after signing."""
    day = lambda back: (hall.today - timedelta(days=back)).isoformat()  # noqa: E731
    start = hall.today
    given = {
        "scope": "enterprise",
        "sort": "general",
        "title": "集体合同",
        "signing_kind": "新签",
        "signed_on": day(1),
        "collective_contract_start": start.isoformat(),
        "collective_contract_end": last_day(start, 24).isoformat(),
        "covered": "86",
        "unit_name": hall.employer.name,
        "credit_code": hall.employer.credit_code,
        "legal_representative": "试法人",
        "legal_representative_phone": "13800138000",
        "address": "乌海市海勃湾区新华街 1 号",
        "unit_region": "150302",
        "contents": ["劳动报酬（津贴、补贴）", "工作时间"],
        **_side("employer", "试法人"),
        **_side("employee", "试主席"),
        "offer_date": day(40),
        "reply_date": day(30),
        "negotiation_date": day(20),
        "negotiation_method": "职代会",
        "adopted_on": day(5),
        "congress_all": "30",
        "congress_present": "28",
        "congress_for": "27",
        "submitted_by": "试经办",
        "submitter_phone": "13800138001",
        "submitted_on": hall.today.isoformat(),
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def sent(hall: Hall, **changed: Any) -> Case:
    more = {"explanations": changed.pop("explanations", None), "now": changed.pop("now", hall.now)}
    return send(hall, ITEM.key, answers(hall, **changed), **more)


def reviewed(case: Case, hall: Hall, record: dict[str, Any] = LAWFUL, *, now: Any = None) -> Case:
    """Take it through its steps to its end."""
    when = now or hall.now
    case = complete(case, by=hall.reviewer, now=when)
    case = complete(case, by=hall.reviewer, now=when, answers=record)
    while case.state == "pending":
        case = complete(case, by=hall.reviewer, now=when)
    return case
