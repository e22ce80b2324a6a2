"""Contracts that go on with another employer, because theirs merged or was split (Labour Contract Law,
33 and 34): the threads, with everything filed on them, by one statement, and back again.

A contract keeps its number, its terms and its 用工之日, so that service is counted on (Regulations, 10).
What is decided stays with the agency that decided it; what waits with the old employer's goes to
the new one's, what was returned goes there once it is mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yonggong.accounts.models import User
from yonggong.cases.errors import refused
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.revoking import built_on
from yonggong.contracts import posting_carrying
from yonggong.contracts.models import Contract, Filing, Succession
from yonggong.registry.models import Employer

_OPEN_THREAD = (Contract.State.ACTIVE, Contract.State.FILING)


def going_on(employer: int) -> QuerySet[Contract]:
    """The contracts of an employer that somebody carries on when it is no more."""
    return Contract.objects.filter(employer=employer, state__in=_OPEN_THREAD)


def carry_over(
    *,
    cause: Case,
    on: date,
    to: Mapping[int, Employer],
    rest: Employer | None,
    severance_paid: bool,
    by: User,
    now: datetime,
) -> int:
    """Carry the contracts of the cause's applicant over, in the transaction that approves it; returns
    how many. `to`: the new employer of single workers, by key (the applicant itself: they stay);
    `rest` that of all others, None where they stay. `severance_paid`: the old employer has paid for
    the years with it.

    Call with the employers locked (`cases.closed.close`). Raises `Refused`.
    """
    if clashing := _engaged_there(cause.applicant_id, to, rest):
        raise refused(
            "",
            "engaged_there",
            f"{'、'.join(clashing)}在承继单位另有等待审核的新订备案",
            "请先退回该备案，再办理合并、分立",
        )
    given: dict[str, Any] = {
        "cause": cause.pk,
        "from": cause.applicant_id,
        "workers": list(to),
        "targets": [employer.pk for employer in to.values()],
        "rest": rest.pk if rest else None,
        "on": on,
        "paid": on if severance_paid else None,
        "by": by.pk,
        "at": now,
        "threads": [state.value for state in _OPEN_THREAD],
        "pending": State.PENDING.value,
        "agency": cause.applicant.employer.agency_id,
        "draft": State.DRAFT.value,
        "kinds": "contract.%",
    }
    with connection.cursor() as cursor:
        cursor.execute(_CARRY_OVER, given)
        (count,) = cursor.fetchone()
        cursor.execute(_DRAFTS_FOLLOW, given)
    if rest is not None:
        posting_carrying.carry_over(cause, rest)
    return int(count)


def _engaged_there(employer: int, to: Mapping[int, Employer], rest: Employer | None) -> list[str]:
    """Who of the employer's has an unreviewed engagement with it and with the one they go to."""
    targets = {one.pk for one in to.values()} | ({rest.pk} if rest else set())
    here = Filing.objects.filter(
        employer=employer, kind=Filing.Kind.NEW, state=State.PENDING, worker=OuterRef("worker")
    )
    rows = Filing.objects.filter(
        Exists(here), employer__in=targets, kind=Filing.Kind.NEW, state=State.PENDING
    )
    return list(rows.values_list("name", flat=True)[:5])


# Each case lies where its filing does now; with another agency it is in nobody's hands.
_CASES_FOLLOW = """
  UPDATE cases_case SET applicant_id = filings.employer_id, region_code = filings.region_code,
    agency_id = filings.agency_id,
    acting_agency_id = CASE WHEN filings.agency_id <> cases_case.agency_id
      THEN filings.agency_id ELSE cases_case.acting_agency_id END,
    assigned_to_id = CASE WHEN filings.agency_id <> cases_case.agency_id
      THEN NULL ELSE cases_case.assigned_to_id END
  FROM filings WHERE cases_case.id = filings.case_id
"""

# Of each worker the new employer; those not named go to the rest's, or stay.
_CARRY_OVER = f"""
WITH named AS (
  SELECT * FROM unnest(%(workers)s::bigint[], %(targets)s::bigint[]) AS named (worker, employer)
), moved AS MATERIALIZED (
  SELECT contract.id, COALESCE(named.employer, %(rest)s) AS employer_id, target.region_code,
    target.agency_id
  FROM contracts_contract contract
  LEFT JOIN named ON named.worker = contract.worker_id
  JOIN registry_employer target ON target.id = COALESCE(named.employer, %(rest)s)
  WHERE contract.employer_id = %(from)s AND contract.state = ANY(%(threads)s)
    AND target.id <> %(from)s
  ORDER BY contract.id FOR UPDATE OF contract
), threads AS (
  UPDATE contracts_contract SET employer_id = moved.employer_id,
    predecessors = array_append(COALESCE(predecessors, ARRAY[]::bigint[]), %(from)s::bigint),
    severance_since = COALESCE(%(paid)s, severance_since)
  FROM moved WHERE contracts_contract.id = moved.id
  RETURNING contracts_contract.id
), filings AS (
  UPDATE contracts_filing SET employer_id = moved.employer_id, region_code = moved.region_code,
    agency_id = CASE WHEN contracts_filing.state = %(pending)s
      AND contracts_filing.agency_id = %(agency)s AND moved.agency_id IS NOT NULL
      THEN moved.agency_id ELSE contracts_filing.agency_id END
  FROM moved WHERE contracts_filing.contract_id = moved.id
  RETURNING case_id, contracts_filing.employer_id, contracts_filing.region_code,
    contracts_filing.agency_id
), cases AS ({_CASES_FOLLOW}), kept AS (
  INSERT INTO contracts_succession (contract_id, cause_id, from_employer_id, to_employer_id, "on",
    by_id, at)
  SELECT id, %(cause)s, %(from)s, employer_id, %(on)s, %(by)s, %(at)s FROM moved ORDER BY id
)
SELECT count(*) FROM threads
"""

# What is typed and not sent on a contract goes with it, and with the rest what is on none yet; each
# keeps by what it went.
_DRAFTS_FOLLOW = """
WITH moved AS (
  UPDATE cases_case SET applicant_id = target.id, region_code = target.region_code
  FROM cases_case draft
  LEFT JOIN contracts_contract contract ON contract.id = draft.subject
  JOIN registry_employer target ON target.id = COALESCE(contract.employer_id, %(rest)s)
  WHERE cases_case.id = draft.id AND draft.applicant_id = %(from)s AND draft.state = %(draft)s
    AND draft.kind LIKE %(kinds)s AND target.id <> %(from)s
  RETURNING cases_case.id
)
UPDATE cases_draft
SET carried_by = array_append(COALESCE(carried_by, ARRAY[]::bigint[]), %(cause)s::bigint)
FROM moved WHERE cases_draft.case_id = moved.id
"""


def carried_by(cause: Case) -> QuerySet[Succession]:
    """What an approval carried over."""
    return Succession.objects.filter(cause=cause)


def carry_back(*, cause: Case, now: datetime) -> int:
    """Take back what the approval of the cause carried over; returns how many. Call with the employers
    locked. Raises `Refused` naming what was filed on the contracts since."""
    carried = carried_by(cause)
    decided = cause.decided_at
    since = Case.objects.filter(filing__contract__in=carried.values("contract")).filter(
        Q(state=State.APPROVED, decided_at__gt=decided)
        | Q(state=State.PENDING, filed_at__gt=decided)
    )
    if later := list(since.order_by("-decided_at", "-pk")[:5]):
        raise built_on(later[::-1])
    elsewhere = carried.exclude(contract__employer=F("to_employer"))
    if elsewhere.exists():
        raise refused(
            "", "carried_on", "部分合同已由其他单位承继", "请先撤销其后的合并、分立备案的审核"
        )
    posting_carrying.keep_what_followed(cause)
    given: dict[str, Any] = {
        "cause": cause.pk,
        "approved": State.APPROVED.value,
        "pending": State.PENDING.value,
        "draft": State.DRAFT.value,
        "kinds": "contract.%",
    }
    with connection.cursor() as cursor:
        cursor.execute(_CARRY_BACK, given)
        (count,) = cursor.fetchone()
        cursor.execute(_DRAFTS_BACK, given)
    posting_carrying.carry_back(cause)
    return int(count)


# What went over comes back, and what was begun since on a contract that does.
_DRAFTS_BACK = """
WITH gone AS (
  UPDATE cases_draft SET carried_by = NULLIF(trim_array(carried_by, 1), ARRAY[]::bigint[])
  WHERE carried_by[cardinality(carried_by)] = %(cause)s RETURNING case_id
)
UPDATE cases_case SET applicant_id = target.id, region_code = target.region_code
FROM cases_case cause JOIN registry_employer target ON target.id = cause.applicant_id
WHERE cause.id = %(cause)s AND cases_case.state = %(draft)s AND cases_case.kind LIKE %(kinds)s
  AND (cases_case.id IN (SELECT case_id FROM gone)
    OR EXISTS (SELECT FROM contracts_succession back WHERE back.cause_id = cause.id
      AND back.contract_id = cases_case.subject
      AND back.to_employer_id = cases_case.applicant_id))
"""

_CARRY_BACK = f"""
WITH back AS MATERIALIZED (
  SELECT contract.id, gone.from_employer_id AS employer_id, target.region_code, target.agency_id,
    there.agency_id AS lies_with
  FROM contracts_succession gone
  JOIN contracts_contract contract ON contract.id = gone.contract_id
  JOIN registry_employer target ON target.id = gone.from_employer_id
  JOIN registry_employer there ON there.id = gone.to_employer_id
  WHERE gone.cause_id = %(cause)s
  ORDER BY contract.id FOR UPDATE OF contract
), threads AS (
  UPDATE contracts_contract SET employer_id = back.employer_id,
    predecessors = NULLIF(trim_array(predecessors, 1), ARRAY[]::bigint[]),
    severance_since = (
      SELECT earlier."on" FROM contracts_succession earlier
      JOIN cases_case cause ON cause.id = earlier.cause_id AND cause.state = %(approved)s
      JOIN cases_version version ON version.id = cause.current_id
      WHERE earlier.contract_id = back.id AND earlier.cause_id <> %(cause)s
        AND (version.data->>'severance_paid')::boolean
      ORDER BY earlier.id DESC LIMIT 1)
  FROM back WHERE contracts_contract.id = back.id
  RETURNING contracts_contract.id
), filings AS (
  UPDATE contracts_filing SET employer_id = back.employer_id, region_code = back.region_code,
    agency_id = CASE WHEN contracts_filing.state = %(pending)s
      AND contracts_filing.agency_id = back.lies_with AND back.agency_id IS NOT NULL
      THEN back.agency_id ELSE contracts_filing.agency_id END
  FROM back WHERE contracts_filing.contract_id = back.id
  RETURNING case_id, contracts_filing.employer_id, contracts_filing.region_code,
    contracts_filing.agency_id
), cases AS ({_CASES_FOLLOW})
SELECT count(*) FROM threads
"""
