"""Wages and insurance declared: each line once, what was said before kept, nobody else's workers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.making import Hall, contract_of
from tests.entitlements.declaring import declared, insured, wage
from yonggong.entitlements import queries
from yonggong.entitlements.forms import INSURANCE_FORM, WAGES_FORM
from yonggong.entitlements.models import Declaration, Insured, WagePaid
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(hall: Hall) -> Worker:
    return contract_of(hall.approved(name="试安澜")).worker


def test_a_line_is_kept_with_who_declared_it(hall: Hall, worker: Worker) -> None:
    outcome = declared(hall, "wages", [wage(worker)], file_name="十月.xlsx")
    kept = WagePaid.objects.get()
    assert (outcome.added, outcome.problems) == (1, {})
    assert (kept.worker, kept.span, kept.begins_on) == (worker, "month", date(2026, 10, 1))
    assert (kept.gross, kept.net) == (Decimal("5000.00"), Decimal("4480.50"))
    declaration = kept.declaration
    assert (declaration.by, declaration.file_name, declaration.added) == (
        hall.operator, "十月.xlsx", 1,
    )  # fmt: skip


def test_a_year_stands_beside_its_months(hall: Hall, worker: Worker) -> None:
    lines = [wage(worker), wage(worker, month=None, gross="61000")]
    assert declared(hall, "wages", lines).added == 2
    assert {line.period for line in WagePaid.objects.all()} == {"2026 年 10 月", "2026 年 全年"}


def test_the_same_again_adds_nothing_and_another_takes_its_place(
    hall: Hall, worker: Worker
) -> None:
    declared(hall, "wages", [wage(worker)])
    assert declared(hall, "wages", [wage(worker)]).same == 1
    again = declared(hall, "wages", [wage(worker, gross="5200.00")])
    assert again.replaced == 1
    before, now = WagePaid.objects.order_by("pk")
    assert (before.gross, before.replaced_by) == (Decimal("5000.00"), now.declaration)
    assert [line.gross for line in queries.wages_of(hall.operator, worker)] == [Decimal("5200.00")]


def test_insurance_is_told_since_when_and_a_later_month_stands_beside_it(
    hall: Hall, worker: Worker
) -> None:
    declared(hall, "insurance", [insured(worker)])
    declared(hall, "insurance", [insured(worker, since="2026-07", maternity="是", base="5100")])
    latest, first = queries.insurance_of(hall.operator, worker)
    assert (first.since, first.maternity) == (date(2026, 3, 1), False)
    assert (latest.base, latest.named) == (Decimal("5100.00"), "养老、医疗、失业、工伤、生育")
    coverage = queries.coverage(hall.employer)
    assert (coverage.staff, coverage.without) == (1, 0)
    assert dict(coverage.kinds)["生育保险"] == 1


def test_a_wrong_line_is_named_and_keeps_no_other_out(
    hall: Hall, worker: Worker, make_employer: Any, make_user: Any
) -> None:
    theirs = make_employer(region_code="150302", agency=hall.employer.agency)
    other = Hall(
        employer=theirs,
        operator=make_user("employer_operator", employer=theirs),
        reviewer=hall.reviewer,
        now=hall.now,
    )
    stranger = contract_of(other.approved()).worker
    lines = [
        wage(worker),
        wage(worker, gross="6000"),
        wage(stranger),
        wage(worker, month="9", name="试别人"),
        wage(worker, year="2027", month="1"),
        wage(worker, month="13"),
        wage(worker, month="8", gross=None),
    ]
    outcome = declared(hall, "wages", lines)
    assert {number: found[0].code for number, found in outcome.problems.items()} == {
        3: "repeated",
        4: "not_here",
        5: "another_name",
        6: "in_future",
        7: "value.too_large",
        8: "required",
    }
    assert WagePaid.objects.count() == outcome.added == 1
    # A filing that waits is none yet.
    waiting = hall.filed().filing.worker
    assert declared(hall, "wages", [wage(waiting)]).problems[2][0].code == "not_here"


def test_only_who_files_for_the_employer_declares(hall: Hall, worker: Worker) -> None:
    with pytest.raises(PermissionError):
        declared(hall, "wages", [wage(worker)], by=hall.reviewer)


def test_what_is_declared_exists_for_its_employer_and_its_region_alone(
    hall: Hall, worker: Worker, make_user: Any, make_employer: Any
) -> None:
    declared(hall, "wages", [wage(worker)])
    sees = {
        "own": hall.operator,
        "region": make_user("bureau_supervisor", region_code="150300"),
        "neighbour": make_user("bureau_supervisor", region_code="150400"),
        "another": make_user("employer_operator", employer=make_employer()),
    }
    found = {who: queries.wages_of(user, worker).count() for who, user in sees.items()}
    assert found == {"own": 1, "region": 1, "neighbour": 0, "another": 0}


def test_figures_of_the_employer_s_file_count_what_holds(hall: Hall) -> None:
    workers = [contract_of(hall.approved()).worker for _ in range(3)]
    declared(hall, "wages", [wage(one, gross="4000") for one in workers])
    declared(hall, "wages", [wage(workers[0], gross="7000")])
    declared(hall, "insurance", [insured(workers[0])])
    made = queries.summary(hall.employer)
    (period,) = made.wages
    assert (period.persons, period.total, period.average) == (
        3, Decimal("15000.00"), Decimal("5000.00"),
    )  # fmt: skip
    assert made.coverage.without == 2
    assert set(queries.undeclared(hall.employer)) == set(workers[1:])


def test_however_many_lines_as_many_statements(hall: Hall) -> None:
    workers = [contract_of(hall.approved()).worker for _ in range(4)]

    def asked(some: list[Worker], month: str) -> int:
        with CaptureQueriesContext(connection) as statements:
            declared(hall, "wages", [wage(one, month=month) for one in some])
        return len(statements)

    assert asked(workers[:1], "8") == asked(workers, "9")
    assert Declaration.objects.count() == 2 and not Insured.objects.exists()


@given(cells=st.lists(st.text(max_size=20), min_size=1, max_size=4))
@pytest.mark.parametrize("form", [WAGES_FORM, INSURANCE_FORM], ids=lambda form: form.name)
def test_whatever_stands_in_a_cell_is_a_value_or_a_problem(form: Any, cells: list[str]) -> None:
    cleaned = form.clean_columns({name: cells for name in form.fields_by_name}, len(cells))
    assert all(cleaned.problems.get(row) for row in range(len(cells)))
