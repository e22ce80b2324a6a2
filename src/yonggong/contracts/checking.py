"""What refuses contract filings, looked up for all rows at once: a page's one, a workbook's thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from yonggong.cases.attempts import Attempts
from yonggong.cases.bulk import repeats_row
from yonggong.cases.life import State
from yonggong.contracts import background, refusals
from yonggong.contracts.lookups import Later, later_of, looked_up, people_of, rows_of
from yonggong.contracts.models import Filing
from yonggong.forms import Problem

Values = Mapping[str, Any]
Refused = dict[int, list[Problem]]


def of_later(
    tried: Attempts,
    rows: Sequence[int],
    *,
    what: str,
    needs_roster: bool,
    extra: Callable[[Values, Later], list[Problem]],
) -> Refused:
    """Of filings on a contract in force, which `what` names in words of users; `extra` is what else
    refuses a row that nothing is wrong with so far."""
    later, first = later_of(tried), employer_filed(tried)
    contracts = {about.contract.pk for about in later.values()}
    waiting = background.contracts_waiting(contracts, but=tried.case.pk if tried.case else None)
    rostered = background.contracts_rostered(contracts) if needs_roster else set()
    found: Refused = {}
    for row, values in rows_of(tried, rows):
        about = later.get(row)
        if about is None:
            found[row] = [*first, refusals.no_contract_in_force(what)]
            continue
        problems = list(first)
        if "name" in values:
            problems += refusals.of_person(values["name"], about.person.worker)
        problems += refusals.of_contract(
            state=about.contract.state,
            rostered=about.contract.pk in rostered,
            needs_roster=needs_roster,
            what=what,
        )
        if about.contract.pk in waiting:
            problems.append(refusals.pending_on_contract())
        if problems := problems or extra(values, about):
            found[row] = problems
    refuse_same_person(tried, rows, found)
    return found


def employer_filed(tried: Attempts) -> list[Problem]:
    """Until the initial filing is approved there is nothing else to do (JL-1)."""
    employer = tried.applicant.employer
    if employer.is_filed or employer.is_closed:
        return []
    return [
        Problem(
            field="",
            code="employer_not_filed",
            message="本单位尚未完成初次备案",
            remedy="请先在“单位基本信息”中办理初次备案，审核通过后再办理",
        )
    ]


def refuse_same_person(tried: Attempts, rows: Sequence[int], found: Refused) -> None:
    """Refuse rows that are about the person of an earlier one under another number: another issue
    of a pass, or a further document. Equal numbers are seen before, over the whole workbook. What an
    unreviewed filing stops is told which row of this very workbook filed it."""
    people, digests = people_of(tried), looked_up(tried).digests
    first: dict[bytes | int, int] = {}
    for row in rows if tried.size > 1 else ():
        if row not in digests:
            continue
        person = people.get(row)
        key = person.worker.pk if person is not None and person.worker else digests[row]
        earlier = first.setdefault(key, row)
        if earlier != row:
            said = repeats_row(tried.numbers[earlier])
            found[row] = [said, *found.get(row, ())]
    _name_rows_of_same_person(tried, found)


def _name_rows_of_same_person(tried: Attempts, found: Refused) -> None:
    stopped = {
        row: person.worker.pk
        for row, person in people_of(tried).items()
        if person.worker is not None and _is_unreviewed(found.get(row, ()))
    }
    if not stopped or tried.batch is None:
        return
    rows = Filing.objects.filter(
        case__batch=tried.batch, worker__in=set(stopped.values()), state=State.PENDING
    ).values_list("worker", "case__batch_row")
    filed = {worker: number for worker, number in rows if number is not None}
    for row, worker in stopped.items():
        if worker in filed:
            found[row] = [
                repeats_row(filed[worker]) if problem.code == refusals.UNREVIEWED else problem
                for problem in found[row]
            ]


def _is_unreviewed(problems: Iterable[Problem]) -> bool:
    return any(problem.code == refusals.UNREVIEWED for problem in problems)
