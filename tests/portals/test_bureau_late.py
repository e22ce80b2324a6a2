"""逾期备案单位: a supervisor sees who files late, how often and by how much (NMG-6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.contracts.making import Hall
from yonggong.cases import actions as case_actions
from yonggong.contracts.models import Contract
from yonggong.law.periods import add_months

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(at_screen: Callable[[Any], Client], make_user: Callable[..., Any], hall: Hall) -> Client:
    return at_screen(make_user("bureau_supervisor", region_code="220100"))


def shown(desk: Client, **asked: str) -> list[dict[str, str]]:
    page = desk.get("/bureau/late/", asked).context["page"]
    return [{cell.column.name: cell.text for cell in row.cells} for row in page.rows]


def signed(hall: Hall, days: int) -> dict[str, str]:
    on = (hall.today - timedelta(days=days)).isoformat()
    return {"signed_on": on, "work_start_on": on, "start_on": on}


def test_each_employer_stands_there_with_its_late_filings(desk: Client, hall: Hall) -> None:
    hall.filed()
    assert shown(desk) == []
    late = [hall.filed(**signed(hall, 80)), hall.approved(**signed(hall, 50))]
    [row] = shown(desk)
    days = [case.late_days for case in late]
    assert (row["name"], row["late"]) == (hall.employer.name, "2")
    assert (row["worst"], row["mean"]) == (str(max(days)), str(round(sum(days) / 2)))


def test_what_was_voided_does_not_count(desk: Client, hall: Hall) -> None:
    case = hall.filed(**signed(hall, 80))
    case_actions.void(case=case, by=hall.operator, now=hall.now, address=None)
    assert shown(desk) == []


def test_terms_run_out_over_a_month_ago_are_counted_beside(desk: Client, hall: Hall) -> None:
    hall.filed(**signed(hall, 80))
    contract = hall.in_force()
    month_ago = add_months(hall.today, -1)
    for end_on, counted in ((month_ago, "0"), (month_ago - timedelta(days=1), "1")):
        Contract.objects.filter(pk=contract.pk).update(
            start_on=hall.today - timedelta(days=400), end_on=end_on
        )
        assert shown(desk)[0]["run_out"] == counted


def test_the_figure_leads_to_the_filings_behind_it(desk: Client, hall: Hall) -> None:
    late = hall.filed(**signed(hall, 80), name="试逾期")
    hall.filed(name="试按期")
    page = desk.get("/bureau/late/").context["page"]
    [address] = [cell.link for cell in page.rows[0].cells if cell.column.name == "late"]
    behind = desk.get(address).content.decode()
    assert "试逾期" in behind and "试按期" not in behind
    assert f"/bureau/case/{late.pk}/" in behind


def test_other_regions_are_other_supervisors_business(
    at_screen: Callable[[Any], Client], make_user: Callable[..., Any], hall: Hall
) -> None:
    hall.filed(**signed(hall, 80))
    assert shown(at_screen(make_user("bureau_supervisor", region_code="150300"))) == []
    assert at_screen(hall.reviewer).get("/bureau/late/").status_code == 404
