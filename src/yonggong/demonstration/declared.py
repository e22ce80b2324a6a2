"""What others say of the invented employers, and what these declare of their workers: a feed of
registrations, wages and social insurance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from yonggong.accounts.models import User
from yonggong.codes.invent import invent_credit_code
from yonggong.contracts.models import Contract
from yonggong.employers import asking
from yonggong.entitlements.declaring import INSURANCE, WAGES, Sort, declare
from yonggong.entitlements.models import INSURANCES
from yonggong.law.periods import add_months
from yonggong.registry.feeding import FEED_FORM
from yonggong.registry.models import Employer

# Of those that have filed: which is renamed at its register, which has been struck off it.
_RENAMED, _STRUCK_OFF = 2, 4
# Registered, and never heard of here.
_NOT_FILED = ("漠北乳品", "河套面业", "青云物流", "锦程家政")
_MONTHS = 3


def load_registrations(
    rng: Random, employers: list[Employer], *, by: User, today: date, now: datetime
) -> None:
    """What market regulation gives of a county's employers, and of some that have not filed."""
    filed = [employer for employer in employers if employer.is_filed]
    rows = [_registered(employer, today) for employer in employers]
    changed_on = today - timedelta(days=9)
    for place, changes in (
        (_RENAMED, {"name": f"{filed[_RENAMED].name[:-4]}发展有限公司", "changed_on": changed_on}),
        (_STRUCK_OFF, {"state": "吊销", "state_on": today - timedelta(days=41)}),
    ):
        code = filed[place].credit_code
        next(row for row in rows if row["credit_code"] == code).update(changes)
    region = employers[0].region_code
    city = employers[0].name[:2]
    for name in _NOT_FILED:
        code = invent_credit_code(rng, region=region)
        registered_on = today - timedelta(days=rng.randrange(35, 160))
        rows.append(
            _row(code, f"{city}{name}有限公司", region, registered_on) | {"economic_type": "173"}
        )
    asking.take_in(
        columns={name: [row.get(name) for row in rows] for name in FEED_FORM.fields_by_name},
        numbers=range(2, len(rows) + 2),
        source="市场监管登记信息（演示）",
        by=by,
        now=now,
        address=None,
    )


def _registered(employer: Employer, today: date) -> dict[str, Any]:
    registered_on = employer.licence_on or today - timedelta(days=50)
    row = _row(employer.credit_code, employer.name, employer.region_code, registered_on)
    for name in ("legal_representative", "economic_type", "address"):
        row[name] = getattr(employer, name)
    if employer.operator:
        row["operator"] = employer.operator
        row |= {name: employer.opened(name) for name in ("operator_document", "operator_mobile")}
    return row


def _row(code: str, name: str, region: str, registered_on: date) -> dict[str, Any]:
    return {
        "credit_code": code,
        "name": name,
        "register": "市场监管",
        "region_code": region,
        "registered_on": registered_on,
        "state": "存续",
    }


def load_declared(rng: Random, employer: Employer, *, by: User, today: date, now: datetime) -> None:
    """Wages of some months, and the insurance of most of an employer's workers."""
    held = Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)
    workers = [contract.worker for contract in held.select_related("worker").order_by("pk")]
    who: list[dict[str, Any]] = [
        {
            "document_type": worker.document_type,
            "document_number": worker.document_number,
            "name": worker.name,
            "pay": rng.randrange(32, 90) * 100,
        }
        for worker in workers
    ]
    wages = []
    for month in range(_MONTHS, 0, -1):
        begins = add_months(today.replace(day=1), -month)
        paid_on = add_months(begins, 1).replace(day=10)
        wages += [
            {**one, "year": begins.year, "month": begins.month, "gross": one["pay"],
             "net": one["pay"] * 89 // 100, "paid_on": min(paid_on, today)}
            for one in who
        ]  # fmt: skip
    _declare(WAGES, employer, wages, by, now)
    since = add_months(today.replace(day=1), -8)
    insured = [
        {**one, **dict.fromkeys(INSURANCES, "是"), "since": f"{since:%Y-%m}", "base": one["pay"]}
        for one in who[: len(who) * 4 // 5]
    ]
    _declare(INSURANCE, employer, insured, by, now)


def _declare(
    sort: Sort, employer: Employer, lines: list[dict[str, Any]], by: User, now: datetime
) -> None:
    declare(
        sort=sort,
        employer=employer,
        columns={name: [line.get(name) for line in lines] for name in sort.form.fields_by_name},
        numbers=range(2, len(lines) + 2),
        by=by,
        now=now,
        address=None,
    )
