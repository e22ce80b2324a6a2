"""Wages and insurance declared, of one worker or by the hundred thousand: what is new is added, what
says otherwise takes the place of what was said, the same again changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.bulk import copy_columns
from yonggong.codes.names import person_name
from yonggong.contracts.models import Contract
from yonggong.entitlements.forms import INSURANCE_FORM, WAGES_FORM
from yonggong.entitlements.models import INSURANCES, Declaration, Declared, Insured, WagePaid
from yonggong.forms import Form, Problem
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Employer

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sort:
    """One thing that is declared.

    what      as `Declaration` names it; the policy's name of it is `filing`
    form      of one line
    model     where lines are kept; `told_by` are the columns beside employer and worker by which a
              line is the same again, `says` what it says
    columns   from the values of a line to these columns
    period    the field of the form that names the period, for what is said of it
    """

    what: Declaration.What
    filing: str
    form: Form
    model: type[Declared]
    told_by: tuple[str, ...]
    says: tuple[str, ...]
    columns: Callable[[Values], dict[str, Any]]
    period: str


def _wage(values: Values) -> dict[str, Any]:
    month = values["month"]
    return {
        "span": WagePaid.Span.MONTH.value if month else WagePaid.Span.YEAR.value,
        "begins_on": date(values["year"], month or 1, 1),
        "gross": values["gross"],
        "net": values["net"],
        "paid_on": values["paid_on"],
    }


def _insured(values: Values) -> dict[str, Any]:
    kinds = {name: values[name] for name in INSURANCES}
    return {"since": values["since"], **kinds, "base": values["base"]}


WAGES = Sort(
    Declaration.What.WAGES,
    "employer.wages",
    WAGES_FORM,
    WagePaid,
    ("span", "begins_on"),
    ("gross", "net", "paid_on"),
    _wage,
    "year",
)
INSURANCE = Sort(
    Declaration.What.INSURANCE,
    "employer.insurance",
    INSURANCE_FORM,
    Insured,
    ("since",),
    (*INSURANCES, "base"),
    _insured,
    "since",
)
SORTS = {sort.what.value: sort for sort in (WAGES, INSURANCE)}


@dataclass(slots=True)
class Outcome:
    """What became of the lines; what is wrong with one, by its number."""

    added: int = 0
    replaced: int = 0
    same: int = 0
    problems: dict[int, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many lines there were."""
        return self.added + self.replaced + self.same + len(self.problems)


@transaction.atomic
def declare(
    *,
    sort: Sort,
    employer: Employer,
    columns: Mapping[str, Sequence[object]],
    numbers: Sequence[int],
    file_name: str = "",
    by: User,
    counter: int | None = None,
    now: datetime,
    address: str | None,
) -> Outcome:
    """Declare lines given as raw columns of the sort's form, `numbers` their own. A wrong line keeps no
    other out. Raises `PermissionError` where `by` does not file for the employer."""
    if employer.pk not in by.scope.employers(Power.FILE):
        raise PermissionError("not theirs to declare")
    cleaned = sort.form.clean_columns(columns, len(numbers))
    outcome = Outcome()
    rows = []
    for row, number in enumerate(numbers):
        if problems := cleaned.problems.get(row):
            outcome.problems[number] = problems
        else:
            rows.append((number, cleaned.row(row)))
    # One at a time for an employer; whoever files a contract meanwhile does not wait.
    Employer.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=employer.pk)
    lines = list(_lines(sort, employer, rows, outcome, now))
    _write(
        sort,
        employer,
        lines,
        outcome,
        file_name=file_name,
        by=by,
        counter=counter,
        now=now,
        address=address,
    )
    return outcome


# A worker's key with the columns of a line.
_Line = tuple[int, dict[str, Any]]


def _lines(
    sort: Sort,
    employer: Employer,
    rows: Sequence[tuple[int, Values]],
    outcome: Outcome,
    now: datetime,
) -> Iterator[_Line]:
    """The lines of persons who have or had a contract here, each once; what is wrong is noted."""
    digests = [
        document_digest(values["document_type"] or "01", values["document_number"])
        for _, values in rows
    ]
    known = _engaged(employer, digests)
    first: dict[tuple[Any, ...], int] = {}
    for (number, values), digest in zip(rows, digests, strict=True):
        found = known.get(digest)
        line = sort.columns(values)
        problem = _wrong(sort, values, line, found, now)
        if problem is None and found is not None:
            key = (found[0], *(line[name] for name in sort.told_by))
            if first.setdefault(key, number) == number:
                yield found[0], line
                continue
            problem = sort.form.problem(
                sort.period,
                "repeated",
                f"与第 {first[key]} 行是同一人的同一所属期",
                "请合并或者删除多余的行",
            )
        if problem is not None:
            outcome.problems[number] = (problem,)


def _engaged(employer: Employer, digests: Sequence[bytes]) -> dict[bytes, tuple[int, str]]:
    """Who of these persons has or had a contract with the employer: key and name, by digest."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT worker.document_digest, person.id, person.name FROM registry_worker worker"
            " JOIN registry_worker person ON person.id = COALESCE(worker.joined_into_id, worker.id)"
            " WHERE worker.document_digest = ANY(%s) AND EXISTS (SELECT 1 FROM contracts_contract"
            "  WHERE worker_id = person.id AND employer_id = %s AND state = ANY(%s))",
            [
                list(dict.fromkeys(digests)),
                employer.pk,
                [Contract.State.ACTIVE.value, Contract.State.ENDED.value],
            ],
        )
        return {bytes(digest): (key, name) for digest, key, name in cursor.fetchall()}


def _wrong(
    sort: Sort, values: Values, line: Values, found: tuple[int, str] | None, now: datetime
) -> Problem | None:
    if found is None:
        return sort.form.problem(
            "document_number",
            "not_here",
            "本单位没有此人审核通过的劳动合同备案",
            "请核对证件号码；尚未备案的，请先办理新订备案",
        )
    if found[1] != person_name(values["name"]):
        return sort.form.problem(
            "name", "another_name", "姓名与备案登记的不一致", "请核对姓名和证件号码"
        )
    if line.get("since", line.get("begins_on")) > now.astimezone().date():
        return sort.form.problem(sort.period, "in_future", "所属期尚未开始", "请核对年份和月份")
    return None


def _write(
    sort: Sort,
    employer: Employer,
    lines: Sequence[_Line],
    outcome: Outcome,
    *,
    file_name: str,
    by: User,
    counter: int | None,
    now: datetime,
    address: str | None,
) -> None:
    held = _held(sort, employer, [worker for worker, _ in lines])
    written, gone = [], []
    for worker, line in lines:
        was = held.get((worker, *(line[name] for name in sort.told_by)))
        if was is None:
            outcome.added += 1
            written.append((worker, line))
        elif was[1:] == tuple(line[name] for name in sort.says):
            outcome.same += 1
        else:
            outcome.replaced += 1
            gone.append(was[0])
            written.append((worker, line))
    declaration = Declaration.objects.create(
        employer=employer,
        what=sort.what,
        file_name=file_name[:120],
        by=by,
        counter_id=counter,
        at=now,
        address=address,
        added=outcome.added,
        replaced=outcome.replaced,
        same=outcome.same,
        refused=len(outcome.problems),
    )
    table = sort.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET replaced_by_id = %s WHERE id = ANY(%s)", [declaration.pk, gone]
        )
    names = (*sort.told_by, *sort.says)
    copy_columns(
        table,
        {
            "worker_id": [worker for worker, _ in written],
            **{name: [line[name] for _, line in written] for name in names},
        },
        {"employer_id": employer.pk, "declaration_id": declaration.pk},
        len(written),
    )


def _held(
    sort: Sort, employer: Employer, workers: Sequence[int]
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What is declared of these workers now: key and what it says, by what tells a line."""
    names = (*sort.told_by, *sort.says)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT worker_id, id, {', '.join(names)} FROM {sort.model._meta.db_table}"
            " WHERE employer_id = %s AND replaced_by_id IS NULL AND worker_id = ANY(%s)",
            [employer.pk, list(dict.fromkeys(workers))],
        )
        rows = cursor.fetchall()
    until = 2 + len(sort.told_by)
    return {(row[0], *row[2:until]): (row[1], *row[until:]) for row in rows}
