"""Supervisors see counter work by agency and clerk, draw a sample by chance, and write what they found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.making import Hall
from tests.counters.sampling import sampled_by, typed_in
from yonggong.counters import actions
from yonggong.counters.models import CounterSample, SampledCase
from yonggong.counters.queries import counts, work_visible_to


@pytest.fixture
def clerks(hall: Hall, make_user: Any) -> list[Any]:
    """Two clerks of one counter, who typed in three filings and one."""
    found = [make_user("counter_clerk", agency=hall.employer.agency) for _ in range(2)]
    for clerk, number in zip(found, (3, 1), strict=True):
        for _ in range(number):
            typed_in(hall, clerk)
    hall.filed()
    return found


@pytest.fixture
def supervisor(make_user: Any) -> Any:
    return make_user("bureau_supervisor", region_code="220100")


@given(st.sets(st.integers(1, 10**6), min_size=1), st.integers(1, 50), st.text(max_size=16))
def test_whoever_has_the_seed_draws_the_same_again(keys: set[int], size: int, seed: str) -> None:
    one = actions.drawn(list(keys), seed=seed, size=size)
    assert one == actions.drawn(sorted(keys, reverse=True), seed=seed, size=size)
    assert len(set(one)) == len(one) == min(size, len(keys)) and set(one) <= keys


@pytest.mark.django_db
def test_counter_work_is_counted_by_agency_and_clerk(
    hall: Hall, clerks: list[Any], supervisor: Any
) -> None:
    lines = counts(work_visible_to(supervisor))
    assert [(line["filed_by"], line["total"]) for line in lines] == [
        (clerks[0].pk, 3),
        (clerks[1].pk, 1),
    ]
    assert {line["counter__name"] for line in lines} == {hall.employer.agency.name}


@pytest.mark.django_db
def test_the_neighbouring_county_and_the_clerks_see_nothing(
    hall: Hall, clerks: list[Any], make_user: Any, supervisor: Any
) -> None:
    for region in ("220103", "150000"):
        assert not work_visible_to(make_user("bureau_supervisor", region_code=region)).exists()
    assert not work_visible_to(clerks[0]).exists()
    sample = sampled_by(supervisor, hall)
    far = make_user("bureau_supervisor", region_code="150000")
    with pytest.raises(SampledCase.DoesNotExist):
        actions.check(
            sampled=sample.cases.get().pk, finding="right", remark="", by=far, now=hall.now
        )


@pytest.mark.django_db
def test_a_sample_keeps_how_it_was_drawn(hall: Hall, clerks: list[Any], supervisor: Any) -> None:
    sample = actions.draw(
        agency=hall.employer.agency, since=hall.today, until=hall.today, size=2,
        by=supervisor, now=hall.now,
    )  # fmt: skip
    keys = list(work_visible_to(supervisor).values_list("pk", flat=True))
    assert (sample.size, sample.among) == (2, 4)
    again = actions.drawn(keys, seed=sample.seed, size=2)
    assert set(sample.cases.values_list("case", flat=True)) == set(again)


@pytest.mark.django_db
def test_what_cannot_be_drawn_is_told(hall: Hall, clerks: list[Any], supervisor: Any) -> None:
    tomorrow = hall.today + timedelta(days=1)
    for since, until, size, said in (
        (hall.today, hall.today, 0, "1 至 200"),
        (tomorrow, hall.today, 1, "不能晚于"),
        (tomorrow, tomorrow, 1, "没有窗口代录"),
    ):
        with pytest.raises(actions.Refused, match=said):
            actions.draw(
                agency=None, since=since, until=until, size=size, by=supervisor, now=hall.now
            )
    assert not CounterSample.objects.exists()


@pytest.mark.django_db
def test_a_supervisor_draws_checks_and_reads_the_results_on_the_pages(
    hall: Hall, clerks: list[Any], supervisor: Any, at_screen: Callable[[Any], Client]
) -> None:
    desk = at_screen(supervisor)
    page = unescape(desk.get(reverse("bureau:counter-work")).content.decode())
    assert clerks[0].username in page and "近 30 日" in page
    day = hall.today.isoformat()
    drawn = desk.post(
        reverse("bureau:counter-work-draw"),
        {"since": day, "until": day, "size": "2", "agency": str(hall.employer.agency.pk)},
        follow=True,
    )
    sample = CounterSample.objects.get()
    page = unescape(drawn.content.decode())
    assert "已从 4 件中随机抽取 2 件" in page and sample.seed in page
    right, wrong = sample.cases.order_by("pk")
    check = [
        reverse("bureau:counter-work-check", args=[sample.pk, row.pk]) for row in (right, wrong)
    ]
    desk.post(check[0], {"finding": "right"})
    answer = desk.post(check[1], {"finding": "wrong", "remark": " "}, follow=True)
    assert "请写明哪一项与材料不符" in answer.content.decode()
    desk.post(check[1], {"finding": "wrong", "remark": "手机号与申请表不符"})
    page = unescape(
        desk.get(reverse("bureau:counter-work-sample", args=[sample.pk])).content.decode()
    )
    assert "已检查 2 件，录入有误 1 件" in page
    page = desk.get(reverse("bureau:counter-work-sampled"), {"finding": "wrong"}).content.decode()
    assert "手机号与申请表不符" in page and wrong.case.number in page
    assert right.case.number not in page


@pytest.mark.django_db
def test_what_one_typed_in_oneself_somebody_else_checks(hall: Hall, supervisor: Any) -> None:
    row = sampled_by(supervisor, hall).cases.get()
    SampledCase.objects.filter(pk=row.pk).update(clerk=supervisor)
    with pytest.raises(actions.Refused, match="由他人检查"):
        actions.check(sampled=row.pk, finding="right", remark="", by=supervisor, now=hall.now)
