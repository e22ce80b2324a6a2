"""The survey of pay (JL-11): asked by a bureau, filed once, its posts found by who compares them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.annual.test_filing import begun, refusal, send
from tests.contracts.making import Hall, approve
from yonggong.annual import actions, standing, surveying
from yonggong.annual.models import SurveyAsked, SurveyPost
from yonggong.annual.survey.form import COSTS, FORM
from yonggong.cases import queries as case_queries
from yonggong.reminders.todos import todos_of

pytestmark = pytest.mark.django_db
COST = {name: 0 for name in COSTS} | {"wages": 100_000, "insurance": 20_000}
TYPED = COST | {"months": 12, "average_persons": 2, "dispatched": 0, "total": 120_000}


@pytest.fixture
def jilin(hall: Hall, make_employer: Any, make_user: Any, agency: Any) -> Hall:
    from yonggong.registry.models import Agency

    there = Agency.objects.create(name="朝阳区劳动关系科", level="county", region_code="220104")
    hall.employer = make_employer(region_code="220104", agency=there)
    hall.operator = make_user("employer_operator", employer=hall.employer)
    hall.reviewer = make_user("reviewer", agency=there, region_code="220104")
    return hall


def asked(hall: Hall, by: Any) -> surveying.Asked:
    return surveying.ask(
        codes=[hall.employer.credit_code, "91220104MA15XJNY84"],
        year=2025,
        due_on=date(2026, 6, 30),
        by=by,
        now=hall.now,
    )


def test_who_is_asked_files_once_and_the_posts_are_found(jilin: Hall, make_user: Any) -> None:
    jilin.approved(job="车工", post_kind="4")
    jilin.approved(job="车工", post_kind="4", base_pay="5000")
    jilin.now = jilin.now.replace(year=2026, month=5)
    supervisor = make_user("bureau_supervisor", region_code="220100")
    assert "not_asked" in refusal(jilin, begun(jilin, standing.SURVEY), **TYPED)
    found = asked(jilin, supervisor)
    assert (found.added, found.unknown) == (1, ["91220104MA15XJNY84"])
    assert asked(jilin, supervisor).known == 1
    topics = {todo.topic for todo in todos_of(jilin.operator, today=jilin.today)}
    assert "survey" in topics
    case = begun(jilin, standing.SURVEY)
    [post] = case_queries.typed_in(case)["posts"]
    assert (post["job"], post["persons"]) == ("车工", 2)
    assert post["lowest"] < post["average"] < post["highest"]
    assert "not_the_sum" in refusal(jilin, case, **TYPED | {"total": 1})
    done = approve(send(jilin, case, **TYPED), by=jilin.reviewer, now=jilin.now)
    [kept] = surveying.posts_visible_to(supervisor)
    assert (kept.case, kept.job, kept.persons) == (done, "车工", 2)
    assert surveying.visible_to(supervisor).get().state == "approved"
    assert surveying.to_file(jilin.employer) is None
    elsewhere = make_user("bureau_supervisor", region_code="220200")
    assert not surveying.visible_to(elsewhere) and not surveying.posts_visible_to(elsewhere)
    assert asked(jilin, elsewhere).added == 0


def test_whoever_has_a_post_that_the_form_has_no_row_for_is_on_the_staff_all_the_same(
    jilin: Hall, make_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_POSTS", 1)
    for job in ("车工", "车工", "钳工"):
        jilin.approved(job=job, post_kind="4")
    jilin.now = jilin.now.replace(year=2026, month=5)
    asked(jilin, make_user("bureau_supervisor", region_code="220100"))
    typed = case_queries.typed_in(begun(jilin, standing.SURVEY))
    assert [(post["job"], post["persons"]) for post in typed["posts"]] == [("车工", 2)]
    assert typed["staff"] == 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"lowest": 5, "average": 4, "highest": 6}, "not_between"),
        ({"persons": 9}, "too_many"),
    ],
)
def test_what_cannot_be_of_a_post_is_refused(changed: dict[str, int], code: str) -> None:
    post = {"job": "车工", "persons": 2, "lowest": 1, "average": 2, "highest": 3}
    given = TYPED | {"year": 2025, "staff": 2}
    assert not FORM.clean(given | {"posts": [post]}).problems
    costs = {"wages": 40_000 * 66_000, "total": 40_000 * 66_000 + 20_000}
    assert not FORM.clean(given | costs | {"posts": [post]}).problems
    found = FORM.clean(given | {"posts": [post | changed]}).problems
    assert code in {problem.code for problem in found}


def test_on_pages(jilin: Hall, make_user: Any, at_screen: Callable[[Any], Client]) -> None:
    """Asked by codes, told to the employer where it files it, listed for the bureau; elsewhere there is none."""
    supervisor = make_user("bureau_supervisor", region_code="220100")
    bureau = at_screen(supervisor)
    code, today = jilin.employer.credit_code, timezone.localdate()
    said = bureau.post(
        "/bureau/survey/ask/", {"codes": f"{code}\n911", "due_on": f"{today}"}, follow=True
    ).content.decode()
    assert "新列入 1 户" in said and "没有列入：911" in said and "未填报" in said
    assert SurveyAsked.objects.get().year == today.year - 1
    client = at_screen(jilin.operator)
    page = client.get("/employer/annual/", follow=True).content.decode()
    assert "薪酬调查</h1>" in page and f"{today:%Y-%m-%d} 前" in page
    began = client.post(
        "/employer/annual/begin/annual.survey/", {"opened_for": str(jilin.employer.pk)}, follow=True
    ).content.decode()
    assert "人工成本总计" in began and "岗位名称" in began
    other = at_screen(make_user("bureau_supervisor", region_code="150300"))
    assert "没有开展薪酬调查" in other.get("/bureau/survey/").content.decode()
    assert other.get("/bureau/survey/ask/").status_code == 404
    assert not SurveyPost.objects.exists()
