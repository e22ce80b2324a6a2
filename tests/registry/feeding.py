"""Rows of a feed of registrations for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from yonggong.accounts.models import User
from yonggong.employers import asking
from yonggong.registry.feeding import FEED_FORM, Taken


def registered(credit_code: str, **changed: Any) -> dict[str, Any]:
    """A row as the workbook has it, of a unit in the county of the tests."""
    return {
        "credit_code": credit_code,
        "name": "长春试验登记有限公司",
        "register": "市场监管",
        "legal_representative": "试景行",
        "representative_document": "220104199003072134",
        "address": "长春市朝阳区学林路 1 号",
        "economic_type": "173",
        "region_code": "220104",
        "registered_on": "2024-01-02",
        "state": "存续",
        "contact_mobile": "16012345678",
        "operator": "试小满",
        "operator_document": "220104199205112165",
        "operator_mobile": "16022345678",
    } | changed


def feed(
    rows: list[dict[str, Any]], *, by: User, now: datetime, source: str = "测试"
) -> tuple[Taken, int]:
    """Take them in; numbered from 2, as a workbook's are."""
    columns = {name: [row.get(name) for row in rows] for name in FEED_FORM.fields_by_name}
    return asking.take_in(
        columns=columns,
        numbers=range(2, len(rows) + 2),
        source=source,
        by=by,
        now=now,
        address=None,
    )
