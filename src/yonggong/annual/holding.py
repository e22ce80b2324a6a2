"""What the filed contracts say of an employer's staff on a day, and of who left in a time: with which
Tables 2 and 3 begin, and to which they are compared. One statement each, whatever the number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

from yonggong.annual.arithmetic import service_years
from yonggong.annual.rows import Columns, by_columns
from yonggong.codes import tables
from yonggong.entitlements.paid import Paid, paid_in
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer, Worker
from yonggong.vault import open_sealed

_PART_TIME = "2"
_WHOLE = Decimal(1)

# The terms that held on the day: the newest filing approved whose term, or change, had begun. Left
# out: whom a dispatcher employs (the thread of their user unit), and re-hired pensioners.
_STAFF = """
WITH held AS (
  SELECT DISTINCT ON (f.contract_id) f.contract_id, f.case_id, f.start_on, f.end_on, f.term_type
  FROM contracts_filing f
  WHERE f.employer_id = %(employer)s AND f.state = 'approved'
    AND f.kind IN ('new', 'renewal', 'change') AND f.start_on <= %(on)s
    AND (f.kind <> 'change' OR COALESCE(f.signed_on, f.start_on) <= %(on)s)
  ORDER BY f.contract_id, f.case_id DESC)
SELECT w.document_type, w.document_digest, w.document_sealed, w.name, w.sex,
  c.work_start_on, COALESCE(held.start_on, c.start_on),
  CASE WHEN held.contract_id IS NULL THEN c.end_on ELSE held.end_on END,
  COALESCE(held.term_type, c.term_type),
  COALESCE(d.household_type, b.household_type), COALESCE(d.is_rural_worker, b.is_rural_worker),
  COALESCE(d.education, b.education), COALESCE(d.post_kind, b.post_kind),
  COALESCE(d.hazards, b.hazards), COALESCE(d.employment_form, b.employment_form),
  COALESCE(d.base_pay, b.base_pay), COALESCE(d.performance_pay, b.performance_pay),
  COALESCE(d.allowances, b.allowances), COALESCE(d.service_start_on, b.service_start_on),
  COALESCE(d.extended_until, b.extended_until), COALESCE(d.job, b.job)
FROM contracts_contract c
JOIN registry_worker w ON w.id = c.worker_id
LEFT JOIN held ON held.contract_id = c.id
LEFT JOIN cases_case k ON k.id = held.case_id
LEFT JOIN cases_version v ON v.id = k.current_id
LEFT JOIN contracts_carried carried ON carried.version_id = v.id
LEFT JOIN LATERAL jsonb_to_record(v.data) AS d(%(fields)s) ON true
LEFT JOIN LATERAL jsonb_to_record(carried.data) AS b(%(fields)s) ON true
WHERE c.employer_id = %(employer)s AND c.state IN ('active', 'ended')
  AND c.work_start_on <= %(on)s AND (c.ended_on IS NULL OR c.ended_on > %(on)s)
  AND c.user_unit_code <> %(code)s
  AND COALESCE(d.draws_pension, b.draws_pension) IS DISTINCT FROM 'true'
ORDER BY c.id
""".replace(
    "%(fields)s",
    ", ".join(
        f"{name} text"
        for name in (
            "household_type", "is_rural_worker", "education", "post_kind", "hazards",
            "employment_form", "base_pay", "performance_pay", "allowances", "service_start_on",
            "extended_until", "draws_pension", "job",
        )
    ),
)  # fmt: skip

_LEFT = """
SELECT w.document_type, w.document_digest, w.document_sealed, w.name, c.ended_on,
  f.end_reason, v.data ->> 'severance_paid'
FROM contracts_contract c
JOIN registry_worker w ON w.id = c.worker_id
LEFT JOIN contracts_filing f
  ON f.contract_id = c.id AND f.kind = 'ending' AND f.state = 'approved'
LEFT JOIN cases_case k ON k.id = f.case_id
LEFT JOIN cases_version v ON v.id = k.current_id
WHERE c.employer_id = %(employer)s AND c.state = 'ended'
  AND c.ended_on BETWEEN %(since)s AND %(on)s AND c.user_unit_code <> %(code)s
ORDER BY c.ended_on, c.id
"""


def staff(employer: Employer, on: date) -> Columns:
    """Whose labour relation with the employer lasts beyond a day, as rows of Table 2. A term that had
    run out by then is none. Raises `SealBroken`."""
    rows = _asked(_STAFF, employer, on=on)
    households = tables.table("household_type")
    rural = {line.code for line in households if line.extras["rural"] == "yes"}
    return by_columns("persons", [_person(row, on, rural) for row in rows])


def posts(employer: Employer, on: date) -> list[dict[str, Any]]:
    """The posts of those whose labour relation lasts beyond a day: how many, and twelve times what is agreed
    by the month; who has no pay so agreed counts alone. Those that most have come first."""
    found: dict[tuple[str, str | None], list[int | None]] = {}
    for row in _asked(_STAFF, employer, on=on):
        post_kind, base, performance, allowances, job = row[12], *row[15:18], row[20]
        found.setdefault((job or "未填岗位", post_kind), []).append(
            _whole(base, performance, allowances)
        )
    return [
        {"job": job, "post_kind": post_kind, "persons": len(pay), **_spread(pay)}
        for (job, post_kind), pay in sorted(found.items(), key=lambda one: -len(one[1]))
    ]


def _spread(pay: Sequence[int | None]) -> dict[str, int]:
    """What a post pays a year: least, on average, most; nothing where nothing is agreed by the month."""
    given = [12 * one for one in pay if one is not None]
    if not given:
        return {}
    average = Decimal(sum(given)) / len(given)
    return {
        "lowest": min(given),
        "average": int(average.quantize(_WHOLE, ROUND_HALF_UP)),
        "highest": max(given),
    }


def left(employer: Employer, since: date, on: date) -> Columns:
    """Whose contract was ended, by the filings, from one day to another, as rows of Table 3."""
    return by_columns(
        "endings",
        [
            {
                "document_type": kind,
                "document_number": _number(digest, sealed),
                "name": name,
                "ended_on": ended_on.isoformat(),
                "end_reason": reason or None,
                "severance_paid": severance,
            }
            for kind, digest, sealed, name, ended_on, reason, severance in _asked(
                _LEFT, employer, since=since, on=on
            )
        ],
    )


def declared(employer: Employer, persons: Columns, on: date) -> list[Paid | None]:
    """Of each row of Table 2 what the employer declared as paid in the year up to a day."""
    paid = paid_in(employer, on)
    if not paid:
        return []
    who = zip(persons["document_type"], persons["document_number"], strict=True)
    return [paid.get(document_digest(kind, number)) for kind, number in who]


def _asked(statement: str, employer: Employer, **given: Any) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"employer": employer.pk, "code": employer.credit_code, **given})
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found


def _person(row: tuple[Any, ...], on: date, rural: set[str]) -> dict[str, Any]:
    (
        kind, digest, sealed, name, sex, begun_on, start_on, end_on, term_type, household,
        is_rural, education, post_kind, hazards, form, base, performance, allowances, merged_on,
        extended, _,
    ) = row  # fmt: skip
    until = max(end_on, date.fromisoformat(extended)) if end_on and extended else end_on
    since = min(begun_on, date.fromisoformat(merged_on)) if merged_on else begun_on
    return {
        "document_type": kind,
        "document_number": _number(digest, sealed),
        "name": name,
        "sex": sex or None,
        "rural": is_rural == "true" or household in rural,
        "education": education,
        "service_years": service_years(since, on),
        "post_kind": post_kind,
        "special_trade": hazards not in (None, "", "[]"),
        "on_post": True,
        "should_sign": form != _PART_TIME,
        "term_type": None if until and until < on else term_type,
        "start_on": start_on.isoformat(),
        "end_on": end_on.isoformat() if end_on else None,
        "pay": _whole(base, performance, allowances),
    }


def _number(digest: Any, sealed: str) -> str:
    return open_sealed(sealed, Worker.owner_of(bytes(digest)))


def _whole(*parts: str | None) -> int | None:
    """Pay in whole yuan; None where nothing is said of it by the month."""
    given = [Decimal(part) for part in parts if part]
    return int(sum(given, Decimal(0)).quantize(_WHOLE, ROUND_HALF_UP)) if given else None
