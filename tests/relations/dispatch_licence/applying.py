"""An application for a dispatch licence, from the form to the decision."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Any

from tests.relations.office import Office
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_id_number
from yonggong.relations.dispatch_licence.form import CANCEL, ISSUE
from yonggong.relations.licences import ITEM

_ID = invent_id_number(random.Random(1), region="150302", birth_date=date(1980, 5, 1), sex="1")


def answers(office: Office, **changed: Any) -> dict[str, Any]:
    """What is typed by a unit that fulfils all."""
    employer = office.hall.employer
    given: dict[str, Any] = {
        "unit_name": employer.name,
        "application_kind": ISSUE,
        "credit_code": employer.credit_code,
        "enterprise_type": "有限责任公司",
        "legal_representative_name": "试立",
        "legal_representative_id": _ID,
        "registered_capital_10k": "200",
        "business_address": "乌海市海勃湾区人民路 1 号",
        "phone": "16012345678",
        "filled_by": "试一",
        "filled_on": "2026-11-20",
        "registration_region": "150302",
        "business_scope": "劳务派遣服务",
        "reason": "开展劳务派遣业务",
        "submitted_by": "试一",
        "submitter_phone": "16012345678",
        "submitted_on": "2026-11-20",
        "premises_area": "100",
        "has_facilities": "true",
        "has_rules": "true",
    } | changed
    return {name: value for name, value in given.items() if value is not None}


def later(office: Office, what: str, number: str, **changed: Any) -> dict[str, Any]:
    """The same about a licence that there is."""
    said: dict[str, Any] = {"application_kind": what, "licence_number": number}
    if what == CANCEL:
        said |= dict.fromkeys(("premises_area", "has_facilities", "has_rules"))
    return answers(office, **(said | changed))


def licensed(office: Office, at: datetime | None = None) -> Case:
    """A licence applied for and granted."""
    return office.through(office.apply(ITEM, answers(office), at=at), at)
