"""Employers and inspectors drawn by chance, so that anybody can repeat it (双随机)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.making import Hall
from tests.supervision.making import clue_about, planned, recused
from tests.telling import titles
from yonggong.accounts.actions import identify
from yonggong.registry import actions as registry
from yonggong.supervision import plans, recusals
from yonggong.supervision.acting import Hand, Unfit
from yonggong.supervision.drawing import Basis, CannotDraw, draw
from yonggong.supervision.models import Inspection, Plan
from yonggong.supervision.plans import Conditions

KEYS = st.lists(st.integers(1, 9999), unique=True, max_size=30)


@given(
    population=KEYS,
    inspectors=KEYS,
    seed=st.text("0123456789abcdef", min_size=32, max_size=32),
    wanted=st.integers(1, 30),
    each=st.integers(1, 3),
    data=st.data(),
)
def test_a_draw_is_repeatable_and_keeps_apart_who_must_keep_out(
    population: list[int],
    inspectors: list[int],
    seed: str,
    wanted: int,
    each: int,
    data: st.DataObject,
) -> None:
    pairs = st.tuples(st.sampled_from(population), st.sampled_from(inspectors))
    excluded = data.draw(st.sets(pairs, max_size=5)) if population and inspectors else set()
    basis = Basis(population, inspectors, excluded, wanted, each)
    try:
        drawn = draw(basis, seed)
    except CannotDraw:
        return
    assert drawn == draw(basis, seed)
    employers = [one.employer for one in drawn]
    assert len(set(employers)) == wanted and set(employers) <= set(population)
    for one in drawn:
        assert len(set(one.inspectors)) == each and set(one.inspectors) <= set(inspectors)
        assert not {(one.employer, key) for key in one.inspectors} & excluded


def test_each_has_about_the_same_chance_and_load() -> None:
    basis = Basis(range(1, 11), range(1, 5), set(), 5, 2)
    seen: Counter[int] = Counter()
    for number in range(400):
        drawn = draw(basis, f"{number:032x}")
        seen.update(one.employer for one in drawn)
        load = Counter(key for one in drawn for key in one.inspectors)
        assert max(load.values()) - min(load.values()) <= 1
    assert set(seen) == set(range(1, 11)) and 150 < min(seen.values()) <= max(seen.values()) < 250


@pytest.fixture
def team(make_user: Callable[..., Any]) -> list[Any]:
    return [make_user("inspector", region_code="220104") for _ in range(3)]


@pytest.mark.django_db
def test_a_plan_keeps_what_it_takes_to_repeat_it(
    hall: Hall, make_employer: Callable[..., Any], team: list[Any]
) -> None:
    for _ in range(4):
        make_employer()
    made = planned(team, hall.now, wanted=3)
    made.refresh_from_db()
    assert len(made.population) == 5 and made.inspections.count() == 3 and len(made.seed) == 32
    assert plans.is_proven(made)
    for inspector in team:
        count = sum(inspector.pk in row.inspectors for row in made.inspections.all())
        said = [f"计划“{made.title}”抽取您检查 {count} 户单位"] if count else []
        assert titles(inspector) == said
    Inspection.objects.filter(plan=made, position=1).update(inspectors=[team[0].pk, 0])
    assert not plans.is_proven(made)
    Plan.objects.filter(pk=made.pk).update(population=[*made.population, 999_999])
    assert not plans.is_proven(Plan.objects.get(pk=made.pk))


@pytest.mark.django_db
def test_a_share_and_conditions_narrow_who_may_be_drawn(
    hall: Hall, make_employer: Callable[..., Any], team: list[Any]
) -> None:
    school = make_employer(nature="30", region_code="220104")
    make_employer(region_code="220102")
    make_employer(state="unfiled", filed_on=None)
    assert planned(team, hall.now, wanted=None, share=50).wanted == 1
    narrowed = Conditions(region="220104", nature="30")
    assert planned(team, hall.now, conditions=narrowed).population == [school.pk]
    hall.approved()
    peopled = Conditions(region="220104", least_workers=1)
    assert planned(team, hall.now, conditions=peopled).population == [hall.employer.pk]
    clue_about(school)
    suspected = Conditions(region="220104", with_clues=True)
    assert planned(team, hall.now, conditions=suspected).population == [school.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"wanted": 9}, "不能抽取 9 户"),
        ({"wanted": None}, "请填写抽取户数"),
        ({"each": 1}, "不得少于 2 人"),
        ({"each": 4}, "监察员不足 4 人"),
        ({"title": ""}, "计划名称"),
        ({"conditions": Conditions(region="150302")}, "不在您的辖区"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    hall: Hall, team: list[Any], changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(Unfit, match=said):
        planned(team, hall.now, **changed)
    assert not Plan.objects.exists()


def _works_at(hall: Hall, inspector: Any) -> None:
    worker = hall.approved().filing.worker
    person = registry.enter_person(worker=worker, region_code="220104")
    identify(user=inspector, person=person.pk, by=None)


@pytest.mark.django_db
def test_who_works_there_is_not_drawn_for_it(hall: Hall, team: list[Any]) -> None:
    """Regulation on Labour Security Inspection, Art. 16."""
    _works_at(hall, team[1])
    made = planned(team, hall.now)
    assert made.excluded == [[hall.employer.pk, team[1].pk]]
    assert team[1].pk not in made.inspections.get().inspectors


@pytest.mark.django_db
def test_who_declares_that_they_keep_out_is_not_drawn(hall: Hall, team: list[Any]) -> None:
    hand = Hand(by=team[2], now=hall.now, address=None)
    declared = recused(hall.employer, hand)
    assert team[2].pk not in planned(team, hall.now).inspections.get().inspectors
    recusals.end(recusal=declared, said="已离职", hand=hand)
    assert planned(team, hall.now).excluded == []


@pytest.mark.django_db
def test_who_keeps_out_is_asked_of_inspectors_not_of_each_employer(
    hall: Hall, make_employer: Callable[..., Any], team: list[Any]
) -> None:
    _works_at(hall, team[1])

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            planned(team, hall.now)
        return len(asked)

    questions()  # the first reads scopes
    before = questions()
    for _ in range(5):
        make_employer()
    assert questions() == before


@pytest.mark.django_db
def test_an_inspector_of_another_department_is_not_drawn(
    hall: Hall, team: list[Any], make_user: Callable[..., Any]
) -> None:
    other = make_user("inspector", region_code="220104", department="医保")
    assert other.pk not in planned(team, hall.now).inspectors


@pytest.mark.django_db
def test_results_are_recorded_once_by_who_was_drawn(
    hall: Hall, team: list[Any], now: datetime
) -> None:
    made = planned(team, hall.now)
    row = made.inspections.get()
    (other,) = [one for one in team if one.pk not in row.inspectors]
    mine = next(one for one in team if one.pk in row.inspectors)
    hand = Hand(by=mine, now=now + timedelta(days=3), address=None)
    told: dict[str, Any] = {
        "inspection": row, "result": "fine", "on": hand.today, "found": "备案与用工一致",
    }  # fmt: skip
    with pytest.raises(Unfit, match="办理"):
        plans.record_result(**told, hand=replace(hand, by=other))
    with pytest.raises(Unfit, match="检查日期"):
        plans.record_result(**(told | {"on": hand.today - timedelta(days=9)}), hand=hand)
    plans.record_result(**told, hand=hand)
    with pytest.raises(Unfit, match="不能更改"):
        plans.record_result(**told, hand=hand)
    assert Inspection.objects.get().recorded_by == mine
    assert titles(hall.operator) == ["双随机检查结果：未发现问题"]


@pytest.mark.django_db
def test_a_draw_is_made_shown_and_printed_on_its_pages(
    hall: Hall, team: list[Any], at_screen: Callable[[Any], Client]
) -> None:
    office = at_screen(team[0])
    office.get("/bureau/plans/add/")
    sent = {"title": "专项检查", "region": "220104", "wanted": "1", "each": "2"}
    page = office.post("/bureau/plans/add/", sent, follow=True).content.decode()
    made = Plan.objects.get()
    assert "结果一致" in page and made.seed in page
    paper = office.get(f"/bureau/plans/{made.pk}/paper/")
    assert paper["Content-Type"] == "application/pdf"
    refused = office.post("/bureau/plans/add/", sent | {"wanted": "99"})
    assert refused.status_code == 422 and "不能抽取 99 户" in refused.content.decode()
