"""What refuses a new contract, and what the law says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yonggong import law
from yonggong.cases.attempts import Attempts
from yonggong.contracts import facts, refusals, workforce
from yonggong.contracts.background import Background
from yonggong.contracts.checking import Refused, employer_filed, refuse_same_person
from yonggong.contracts.dispatch import is_exclusive, is_user_unit
from yonggong.contracts.findings import Found, place_of, told
from yonggong.contracts.lookups import laid_off_on, note_told, other_sides, people_of, rows_of
from yonggong.contracts.on_record import on_record, with_record
from yonggong.contracts.queries import posting_kind
from yonggong.forms import Problem
from yonggong.policy import Policy
from yonggong.registry.models import Employer

Values = Mapping[str, Any]


def refused(tried: Attempts, rows: Sequence[int]) -> Refused:
    """JL-6, JL-13: an unreviewed filing, a contract that runs, a number under another name."""
    people, first = people_of(tried), employer_filed(tried)
    found: Refused = {row: list(first) for row in rows} if first else {}
    case = tried.case.pk if tried.case else None
    for row, values in rows_of(tried, rows) if people else ():
        known = people.get(row)
        problems = of_values(
            values,
            known,
            employer=tried.applicant.employer,
            case_id=case,
            rules=tried.policy,
            today=tried.today,
        )
        if problems:
            note_told(tried, row, (problem.message for problem in problems))
            found.setdefault(row, []).extend(problems)
    for row in _of_user_unit(tried, rows):
        found.setdefault(row, []).append(refusals.filed_by_user_unit())
    refuse_same_person(tried, rows, found)
    return found


def _of_user_unit(tried: Attempts, rows: Sequence[int]) -> list[int]:
    """The rows in which a unit files, as its own contract, somebody whom a dispatcher sends it, where
    the province takes a filing of its own for that."""
    code = tried.applicant.employer.credit_code
    units = tried.columns.get("user_unit_code")
    if units is None or code not in units or not tried.policy.accepts(posting_kind().name):
        return []
    return [row for row, values in rows_of(tried, rows) if is_user_unit(values, code)]


def of_values(
    values: Values,
    background: Background | None,
    *,
    employer: Employer,
    case_id: int | None,
    rules: Policy,
    today: date,
) -> list[Problem]:
    """Refusals of a new contract (JL-6, JL-13): an unreviewed filing, a contract with this very
    employer, a number that belongs to another name; where the province says so, a full-time
    contract that runs elsewhere. One that has run out refuses nobody."""
    if background is None:
        return []
    problems: list[Problem] = []
    exclusive = is_exclusive(values, employer.credit_code, rules)
    for name, other, case, pending_full_time in background.pending:
        if case != case_id and (other == employer.pk or (exclusive and pending_full_time)):
            problems.append(refusals.unreviewed(name))
    if background.own is not None:
        problems.append(refusals.contract_in_force())
    elif exclusive and (running := refusals.still_running(background.elsewhere, today)):
        problems.append(refusals.full_time_elsewhere(running.employer.name))
    return problems + refusals.of_person(
        values["name"], background.worker, filed_here=background.filed_here
    )


def found(tried: Attempts, rows: Sequence[int]) -> Found:
    """Of new contracts, and of the workforce where they add to a share or follow a layoff."""
    employer, today, place = tried.applicant.employer, tried.today, place_of(tried)
    people, others = people_of(tried), other_sides(tried, rows)
    uses = employer.credit_code in tried.columns.get("user_unit_code", ())
    together = workforce.at_hiring(
        employer,
        rows_of(tried, rows),
        uses_dispatched=uses,
        laid_off_on=laid_off_on(tried),
        today=today,
    )
    recorded = on_record("contract", tried, dict(rows_of(tried, rows)))
    found: Found = {}
    for row, values in rows_of(tried, rows):
        known = people.get(row)
        judged = facts.contract_facts(
            values,
            place,
            known,
            before=known.terms_before(None) if known else (),
            other_side=others.get(row),
        )
        said = law.check_contract(with_record(judged, recorded.get(row)), today)
        if said or row in together:
            found[row] = told(tried, row, [*said, *together.get(row, ())])
    return found
