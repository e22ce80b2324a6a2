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

from tests.cases import allotment
from tests.contracts.making import Hall
from tests.counters.sampling import sampled_by, typed_in
from tests.entitlements.declaring import declared as entered
from tests.entitlements.declaring import wage
from tests.telling import titles
from yonggong.accounts.models import User
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.cases.notes import notes_of
from yonggong.counters import actions
from yonggong.counters.models import CounterSample, SampledCase
from yonggong.counters.queries import (
    counts,
    declared,
    found_wrong_in,
    found_wrong_of,
    sampled_visible_to,
    samples_visible_to,
    work_visible_to,
)
from yonggong.registry.models import Agency


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
def test_what_was_found_is_counted_by_clerk_and_told_to_clerk_and_reviewers(
    hall: Hall, make_user: Any, supervisor: Any
) -> None:
    clerk = make_user("counter_clerk", agency=hall.employer.agency)
    typed_in(hall, clerk)
    draw = {"agency": None, "since": hall.today, "until": hall.today, "size": 1, "by": supervisor}
    row, again = (actions.draw(**draw, now=hall.now).cases.get() for _ in range(2))

    def found(row: SampledCase, finding: str, remark: str = "") -> None:
        actions.check(sampled=row.pk, finding=finding, remark=remark, by=supervisor, now=hall.now)

    found(row, "wrong", "起始日期不符。")
    found(again, "wrong", "起始日期不符。")
    (line,) = counts(work_visible_to(supervisor))
    assert (line["total"], line["checked"], line["wrong"]) == (1, 1, 1)
    assert set(found_wrong_of(clerk)) == {row, again}
    assert found_wrong_in(row.case) in (row, again)
    for wrong in (row, again):
        found(wrong, "right")
    assert not found_wrong_of(clerk) and found_wrong_in(row.case) is None
    assert set(titles(clerk)) == {f"抽查结果更正：您录入的 {row.case.number} 正确"}
    notes = notes_of(hall.reviewer, row.case)
    assert notes is not None and notes_of(clerk, row.case) is None
    said = ["窗口抽查，录入正确", "窗口抽查，录入有误：起始日期不符。"]
    assert [note.text for note in notes] == [said[0], said[0], said[1], said[1]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("remark", "why"), [("\x00 ", "哪一项"), ("手机号应为 13812345678", "只写末四位")]
)
def test_a_finding_says_what_is_wrong_without_whole_numbers(
    hall: Hall, supervisor: Any, remark: str, why: str
) -> None:
    row = sampled_by(supervisor, hall).cases.get()
    with pytest.raises(actions.Refused, match=why):
        actions.check(sampled=row.pk, finding="wrong", remark=remark, by=supervisor, now=hall.now)


@pytest.mark.django_db
def test_wages_that_a_counter_declared_are_counted_by_agency_and_clerk(
    hall: Hall, make_user: Any, supervisor: Any
) -> None:
    worker = hall.approved().filing.worker
    agency = hall.employer.agency
    entered(hall, "wages", [wage(worker), wage(worker, month="9")], counter=agency.pk)
    entered(hall, "wages", [wage(worker, month="8")])
    (line,) = declared(supervisor, hall.today)
    assert (line["counter"], line["by"], line["title"]) == (agency.pk, hall.operator.pk, "工资支付")
    assert (line["times"], line["lines"], line["refused_lines"]) == (1, 2, 0)
    assert not declared(supervisor, hall.today + timedelta(days=1))
    assert not declared(make_user("bureau_supervisor", region_code="220200"), hall.today)


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
def test_another_department_draws_its_own_work_and_neither_sees_the_other_s(
    hall: Hall, clerks: list[Any], supervisor: Any, make_user: Any
) -> None:
    fund = {"region_code": "220104", "department": "公积金"}
    office = Agency.objects.create(name="朝阳区公积金管理部", level="county", **fund)
    lease = case_actions.submit(
        kind=allotment.LEASE, raw={"plot": "三号"}, applicant=hall.employer.party,
        key=None, by=hall.operator, now=hall.now, address=None,
    )  # fmt: skip
    Case.objects.filter(pk=lease.pk).update(counter=office)
    chief = make_user("bureau_supervisor", **fund)
    of_fund = actions.draw(
        agency=None, since=hall.today, until=hall.today, size=9, by=chief, now=hall.now
    )
    of_labour = sampled_by(supervisor, hall)
    assert [row.case for row in of_fund.cases.all()] == [lease]
    assert list(samples_visible_to(chief)) == [of_fund]
    assert list(samples_visible_to(supervisor)) == [of_labour]


@pytest.mark.django_db
def test_of_a_sample_over_two_regions_each_sees_the_cases_of_theirs(
    hall: Hall, make_user: Any
) -> None:
    over_two = make_user("bureau_supervisor", region_code="150300")
    over_two.grants.create(role="bureau_supervisor", region_code="220100")
    sampled_by(User.objects.get(pk=over_two.pk), hall)
    near = make_user("bureau_supervisor", region_code="150300")
    assert not sampled_visible_to(near).exists() and not samples_visible_to(near).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "elsewhere", "of"),
    [
        (["150300", "220100"], None, "220100"),  # where the work lies, not the smaller code
        (["220100", "220200"], "220203", "220000"),
        (["150300", "220100"], "150302", ""),
        (["220100", "220104"], None, "220100"),
    ],
)
def test_a_sample_is_of_the_region_that_it_was_drawn_from(
    hall: Hall, make_user: Any, own: list[str], elsewhere: str | None, of: str
) -> None:
    first, second = own
    user = make_user("bureau_supervisor", region_code=first)
    user.grants.create(role="bureau_supervisor", region_code=second)
    if elsewhere:
        far = typed_in(hall, hall.operator)
        Case.objects.filter(pk=far.pk).update(region_code=elsewhere)
    by = User.objects.get(pk=user.pk)
    sample = sampled_by(by, hall)
    assert sample.region_code == of
    assert list(samples_visible_to(by)) == [sample] and sampled_visible_to(by).count() == 1


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
        {
            "since": day,
            "until": f"{hall.today:%Y年%m月%d日}",
            "size": "2",
            "agency": str(hall.employer.agency.pk),
        },
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
    assert titles(wrong.clerk) == [f"抽查发现您录入的 {wrong.case.number} 有误"]
    for who, place in (
        (wrong.clerk, reverse("bureau:counter")),
        (hall.reviewer, reverse("bureau:case", args=[wrong.case_id])),
    ):
        assert "手机号与申请表不符" in at_screen(who).get(place).content.decode()
    page = desk.get(reverse("bureau:counter-work-sampled"), {"finding": "wrong"}).content.decode()
    assert "手机号与申请表不符" in page and wrong.case.number in page
    assert right.case.number not in page


@pytest.mark.django_db
def test_what_one_typed_in_oneself_somebody_else_checks(hall: Hall, supervisor: Any) -> None:
    row = sampled_by(supervisor, hall).cases.get()
    SampledCase.objects.filter(pk=row.pk).update(clerk=supervisor)
    with pytest.raises(actions.Refused, match="由他人检查"):
        actions.check(sampled=row.pk, finding="right", remark="", by=supervisor, now=hall.now)
