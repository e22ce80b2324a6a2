"""What runs out is told beforehand: collective contracts a quarter and a month before, special hours too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.making import Hall
from tests.relations.registered import on_registers
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.law.periods import add_months
from yonggong.relations.agreements import renewal_opens
from yonggong.relations.models import PermittedPost
from yonggong.reminders.of_relations import running_out


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_a_renewal_opens_three_months_before_the_end(end: date) -> None:
    opens = renewal_opens(end)
    assert 88 <= (end - opens).days <= 93
    assert add_months(opens, 3) <= end


@pytest.mark.django_db
def test_each_is_told_on_its_days_alone(hall: Hall) -> None:
    on_registers(hall, hall.filed())
    end = hall.today + timedelta(days=365)
    told = {
        day: sorted(note.topic.rpartition("-")[0] for note in running_out(day))
        for day in (end - timedelta(days=back) for back in range(0, 120))
    }
    spoken = {(end - day).days: topics for day, topics in told.items() if topics}
    quarter = (end - renewal_opens(end)).days
    assert spoken.pop(30) == ["agreement", "special-hours"]
    assert spoken.pop(90, []) + spoken.pop(quarter, []) == ["special-hours", "agreement"]
    assert not spoken


@pytest.mark.django_db
def test_what_is_renewed_or_ended_is_not_told(hall: Hall) -> None:
    on_registers(hall, hall.filed())
    end = hall.today + timedelta(days=365)
    CollectiveAgreement.objects.update(ended_on=hall.today)
    topics = [note.topic for note in running_out(end - timedelta(days=30))]
    assert topics == ["special-hours-30"]
    (post,) = PermittedPost.objects.all()
    PermittedPost.objects.create(
        permit=post.permit,
        system=post.system,
        job=post.job,
        headcount=2,
        from_on=end + timedelta(days=1),
        until_on=end + timedelta(days=365),
    )
    assert not list(running_out(end - timedelta(days=30)))
