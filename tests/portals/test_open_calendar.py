"""A time limit in a year without announced days off says so wherever it is shown."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse

from yonggong.cases import listings
from yonggong.cases.life import State
from yonggong.cases.models import Case


def _shown(day):
    page = Template("{% load portals %}{% calendar_caution day %}")
    return page.render(Context({"day": day}))


def test_a_due_date_in_an_open_year_says_so():
    assert "2090 年放假安排尚未公布，按法定节假日和周末推算" in _shown(date(2090, 1, 4))


def test_a_due_date_in_a_published_year_or_none_says_nothing():
    assert _shown(date(2026, 12, 1)) == ""
    assert _shown(None) == ""


def test_lists_count_the_days_left_as_open(monkeypatch):
    now = datetime(2090, 1, 4, 2, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    case = Case(state=State.PENDING, due_on=date(2090, 1, 10))
    assert "尚未公布，暂计" in listings.remaining(case)


def test_the_calculator_passes_over_the_holidays_of_an_open_year_and_says_so():
    """Spring Festival of 2027 lies on 5 to 8 February; what its notice will move is open."""
    asked = {"start_on": "2027-02-04", "days": "5"}
    page = Client().get(reverse("calculator", args=["working-days"]), asked).content.decode()
    assert "2027-02-15" in page
    assert "2027 年放假安排尚未公布，按法定节假日和周末推算" in page


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["due_on", "statutory_due_on"])
def test_the_pages_of_a_case_say_so(hall, at_screen, field):
    case = hall.filed()
    Case.objects.filter(pk=case.pk).update(**{field: date(2090, 1, 9)})
    seen = at_screen(hall.operator).get(f"/employer/case/{case.pk}/").content.decode()
    assert "2090 年放假安排尚未公布" in seen
    seen = at_screen(hall.reviewer).get(f"/bureau/case/{case.pk}/").content.decode()
    assert "2090 年放假安排尚未公布" in seen
