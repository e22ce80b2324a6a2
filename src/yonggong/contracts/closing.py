"""The contracts that an employer leaves when it closes: all of them end with it, by one statement.

Labour Contract Law, 44 (4) and (5): a contract ends where the employer is declared bankrupt, has its
licence revoked, is ordered to close, is dissolved. Each ending is a filing like any other, on the
contract's thread, with its history, for its roster and its certificate; it was filed with the closing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases import clocks, form_versions, items
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.queries import kind_of

# 劳动合同法第四十四条第四项、第五项: the grounds on which a contract ends because its employer does.
GROUNDS = ("4408", "4409")


def in_force(employer: int) -> QuerySet[Contract]:
    """The contracts that end with the employer."""
    return Contract.objects.filter(employer=employer, state=Contract.State.ACTIVE)


def end_all(*, cause: Case, on: date, ground: str, by: User, now: datetime, said: str) -> int:
    """End every contract in force of the employer whose closing `cause` is, in the transaction that
    approves it; returns how many. A contract whose work began after the day ends on its first.

    Call behind `cases.closed.close`. What the closing brought about names it (`Consequence`).
    """
    contracts = in_force(cause.applicant_id)
    days = sorted({max(on, began) for began in contracts.values_list("work_start_on", flat=True)})
    if not days:
        return 0
    kind = items.holding(
        kind_of(Filing.Kind.ENDING), region=cause.region_code, on=timezone.localdate(now)
    )
    due, late = zip(*_lateness(cause, kind.deadline, days, now), strict=True)
    given: dict[str, Any] = {
        "employer": cause.applicant_id,
        "on": on,
        "ground": ground,
        "days": days,
        "due": list(due),
        "late": list(late),
        "kind": kind.name,
        "version": kind.version,
        "form": form_versions.key_of(kind.form),
        "region": cause.region_code,
        "agency": cause.agency_id,
        "cause": cause.pk,
        "taken_from": cause.current_id,
        "filer": cause.filed_by_id,
        "counter": cause.counter_id,
        "decider": by.pk,
        "decided_as": by.person_id,
        "at": now,
        "today": timezone.localdate(now),
        "said": said,
        "data": json.dumps(kind.form.dump({"end_reason": ground})),
        "approved": State.APPROVED.value,
        "submit": Action.SUBMIT.value,
        "approve": Action.APPROVE.value,
        "ending": Filing.Kind.ENDING.value,
        "active": Contract.State.ACTIVE.value,
        "ended": Contract.State.ENDED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_END_ALL, given)
        (count,) = cursor.fetchone()
    return int(count)


def _lateness(
    cause: Case, deadline: policy.Event | None, days: Sequence[date], now: datetime
) -> list[tuple[date | None, int]]:
    """By how much each day's endings were filed late: they came in with the closing."""
    came_in = cause.came_in_on
    assert came_in is not None
    rules = policy.of(cause.region_code, timezone.localdate(now))
    return list(clocks.lateness_of_days(rules, deadline, days, came_in))


# What stands on a filing beside its ending is what stood on the one that holds; of a contract brought
# over from an older system there is none.
_END_ALL = """
WITH over AS MATERIALIZED (
  SELECT contract.id, contract.worker_id, contract.full_time, contract.exclusive,
    contract.start_on, contract.end_on, contract.term_type,
    worker.name, worker.sex,
    COALESCE(held.employment_form, CASE WHEN contract.full_time THEN '1' ELSE '2' END) AS form,
    COALESCE(held.job, '') AS job, held.signed_on,
    GREATEST(contract.work_start_on, %(on)s) AS ended_on,
    nextval(pg_get_serial_sequence('cases_case', 'id')) AS case_id,
    nextval(pg_get_serial_sequence('cases_version', 'id')) AS version_id
  FROM contracts_contract contract
  JOIN registry_worker worker ON worker.id = contract.worker_id
  LEFT JOIN contracts_filing held ON held.case_id = contract.current_id
  WHERE contract.employer_id = %(employer)s AND contract.state = %(active)s
  ORDER BY contract.id FOR UPDATE OF contract
), late AS (
  SELECT * FROM unnest(%(days)s::date[], %(due)s::date[], %(late)s::int[])
    AS late (day, due, days)
), filed AS (
  INSERT INTO cases_case (id, kind, item_version_id, state, phase, applicant_id, frequent,
    exclusive, subject_name, region_code, agency_id, acting_agency_id, current_id, finding_count,
    subject, filed_by_id, counter_id, filed_at, statutory_due_on, late_days, decided_by_id,
    decided_as, decided_at, opinion, updated_at)
  SELECT over.case_id, %(kind)s, %(version)s, %(approved)s, '', %(employer)s, true,
    false, over.name, %(region)s, %(agency)s, %(agency)s, over.version_id, 0,
    over.id, %(filer)s, %(counter)s, %(at)s, late.due, late.days, %(decider)s,
    %(decided_as)s, %(at)s, %(said)s, %(at)s
  FROM over JOIN late ON late.day = over.ended_on ORDER BY over.case_id
), versions AS (
  INSERT INTO cases_version (id, case_id, form_id, number, data, findings, judged_on, by_id, at,
    taken_from_id, counter_id)
  SELECT version_id, case_id, %(form)s, 1,
    %(data)s::jsonb || jsonb_build_object('ended_on', ended_on), '[]', %(today)s, %(filer)s,
    %(at)s, %(taken_from)s, %(counter)s
  FROM over ORDER BY version_id
), history AS (
  INSERT INTO cases_event (case_id, action, by_id, at, opinion, changes)
  SELECT case_id, act.action, act.by_id, %(at)s, %(said)s, '[]'
  FROM over CROSS JOIN (VALUES (1, %(submit)s, %(filer)s), (2, %(approve)s, %(decider)s))
    AS act (place, action, by_id)
  ORDER BY case_id, act.place
), out AS (
  UPDATE contracts_filing SET in_post = false
  FROM over WHERE contracts_filing.contract_id = over.id AND contracts_filing.in_post
), filings AS (
  INSERT INTO contracts_filing (case_id, contract_id, employer_id, worker_id, agency_id,
    region_code, kind, state, in_post, full_time, exclusive, name, sex, employment_form, term_type,
    job, signed_on, start_on, end_on, ended_on, end_reason, filed_on, late_days)
  SELECT over.case_id, over.id, %(employer)s, over.worker_id, %(agency)s,
    %(region)s, %(ending)s, %(approved)s, false, over.full_time, over.exclusive, over.name,
    over.sex, over.form, over.term_type, over.job, over.signed_on, over.start_on, over.end_on,
    over.ended_on, %(ground)s, %(today)s, late.days
  FROM over JOIN late ON late.day = over.ended_on ORDER BY over.case_id
), noted AS (
  INSERT INTO cases_consequence (case_id, cause_id, was) SELECT case_id, %(cause)s, '' FROM over
), closed AS (
  UPDATE contracts_contract SET state = %(ended)s, ended_on = over.ended_on
  FROM over WHERE contracts_contract.id = over.id RETURNING 1
)
SELECT count(*) FROM closed
"""
