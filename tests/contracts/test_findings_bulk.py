"""The same rules speak on the rows of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.contracts.making import (
    Hall,
    answers,
    contract_of,
    ending_answers,
    part_time_answers,
    renewal_answers,
)
from tests.contracts.speaking import (
    ENDING,
    EXPLAINED,
    LONG_AGO,
    NEW,
    RENEWAL,
    USER_UNIT,
    Speaks,
    dispatched,
    in_force,
    person,
    rules_of,
)
from yonggong import policy
from yonggong.cases import checking
from yonggong.cases.attempts import Attempts
from yonggong.cases.kinds import get_kind
from yonggong.contracts.ending.workbook import ENDING_BATCH
from yonggong.contracts.models import Contract
from yonggong.contracts.new.workbook import WORKBOOK as NEW_BULK

pytestmark = pytest.mark.django_db


def checked(hall: Hall, kind: str, rows: Sequence[dict[str, Any]], employer: Any = None) -> Any:
    """The rows of a workbook, read and checked as a batch has them checked."""
    definition = get_kind(f"contract.{kind}")
    assert definition.workbook is not None
    names = {name for row in rows for name in row} & set(definition.workbook.form.fields_by_name)
    cells = {name: [row.get(name) for row in rows] for name in names}
    employer = employer or hall.employer
    cells = dict(definition.workbook.complete(cells, len(rows), employer.party))
    cleaned = definition.workbook.form.compile().clean(cells, len(rows))
    attempt = Attempts(
        kind=definition,
        form=definition.workbook.form,
        applicant=employer.party,
        policy=policy.of(employer.region_code, hall.today),
        today=hall.today,
        by=hall.operator,
        columns=dict(cleaned.values),
        numbers=range(2, len(rows) + 2),
        problems={row: list(found) for row, found in cleaned.problems.items()},
    )
    checking.check(attempt)
    return attempt


def as_row(contract: Contract, raw: dict[str, Any]) -> dict[str, Any]:
    """A row about a contract in force: whose it is, and what is filed."""
    worker = contract.worker
    return {
        "document_type": worker.document_type,
        "document_number": worker.document_number,
        "name": worker.name,
    } | raw


# What the columns cannot say, the form refuses before the law is asked.
REFUSED = {"id-birth", "id-sex", "dates-order", "fixed-term-end"}


@pytest.mark.parametrize("case", NEW, ids=lambda case: case.id)
def test_a_rule_speaks_on_a_row(hall: Hall, case: Speaks) -> None:
    attempt = checked(hall, "new", [answers(today=hall.today), case.raw(hall.today)])
    assert 0 not in attempt.verdicts
    if case.rule in REFUSED:
        assert attempt.problems[1]
        return
    [spoken] = [item for item in attempt.verdicts[1] if item.rule == case.rule]
    assert case.article in spoken.articles
    assert spoken.field == "" or spoken.field in NEW_BULK.form.fields_by_name
    assert spoken.stops == (1 in attempt.problems)


@pytest.mark.parametrize("case", RENEWAL, ids=lambda case: case.id)
def test_a_rule_speaks_on_a_row_of_renewals(hall: Hall, case: Speaks) -> None:
    contract = in_force(hall, case)
    raw = as_row(contract, renewal_answers(contract, **case.says))
    assert case.rule in rules_of(checked(hall, "renewal", [raw]).verdicts[0])


# What is said of the contract itself stands in its own filing.
IN_COLUMNS = [case for case in ENDING if case.says.keys() <= set(ENDING_BATCH.fields_by_name)]


@pytest.mark.parametrize("case", IN_COLUMNS, ids=lambda case: case.id)
def test_a_rule_speaks_on_a_row_of_endings(hall: Hall, case: Speaks) -> None:
    contract = in_force(hall, case)
    raw = as_row(contract, ending_answers(on=hall.today, **case.says))
    attempt = checked(hall, "ending", [raw])
    [spoken] = [item for item in attempt.verdicts[0] if item.rule == case.rule]
    assert case.article in spoken.articles
    assert spoken.field == "" or spoken.field in ENDING_BATCH.fields_by_name


def test_clean_rows_of_every_kind_say_nothing(hall: Hall) -> None:
    rows = [
        answers(today=hall.today),
        part_time_answers(today=hall.today),
        answers(today=hall.today, **dispatched()),
    ]
    attempt = checked(hall, "new", rows)
    assert (attempt.verdicts, attempt.problems) == ({}, {})


def test_layoffs_of_one_workbook_add_up(hall: Hall) -> None:
    people = [
        contract_of(hall.approve(hall.file("new", raw, explanations=EXPLAINED)))
        for raw in (answers(today=hall.today, **LONG_AGO) for _ in range(11))
    ]
    one = {"ended_on": "2026-11-20", "end_reason": "4102"}
    alone = checked(hall, "ending", [as_row(people[0], one)])
    assert rules_of(alone.verdicts[0]) == {"layoff-below-threshold", "severance-due"}
    both = checked(hall, "ending", [as_row(contract, one) for contract in people[:2]])
    assert all("layoff-threshold" in rules_of(both.verdicts[row]) for row in (0, 1))


def test_dispatched_workers_of_one_workbook_add_up(hall: Hall, make_employer: Any) -> None:
    unit = make_employer(credit_code=USER_UNIT)
    side = {"dispatcher": hall.employer.name, "dispatcher_code": hall.employer.credit_code}
    own = [answers(today=hall.today) for _ in range(3)]
    used = [answers(today=hall.today, **dispatched(**side)) for _ in range(2)]
    attempt = checked(hall, "new", own + used, employer=unit)
    assert attempt.verdicts.keys() == {3, 4}
    [spoken] = attempt.verdicts[3]
    assert "使用被派遣劳动者 2 人" in spoken.message


def test_the_other_side_of_a_dispatch_is_compared_row_by_row(
    hall: Hall, make_employer: Any
) -> None:
    unit = make_employer(credit_code=USER_UNIT)
    side = {"dispatcher": hall.employer.name, "dispatcher_code": hall.employer.credit_code}
    raws = [answers(today=hall.today, **dispatched()) for _ in range(2)]
    for raw in raws:
        hall.file("new", raw)
    rows = [raws[0] | side, raws[1] | side | {"job": "保安"}]
    found = checked(hall, "new", rows, employer=unit).verdicts
    assert "dispatch-both-sides" not in rules_of(found[0])
    assert "dispatch-both-sides" in rules_of(found[1])


def test_several_occasional_answers_stand_in_one_cell(hall: Hall) -> None:
    raw = answers(today=hall.today, **person("1990-03-07", "2"), hazards="矿山井下、第三级体力劳动")
    found = rules_of(checked(hall, "new", [raw]).verdicts[0])
    assert found == {"women-hazards", "women-menstruation-hazards"}
