"""特殊工时审批: posts permitted from a day to a day, on paper and on the register; taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.making import Hall, revoke
from tests.relations.special_hours.asked import AVERAGED, FLEXIBLE, answers, asked, decided
from tests.relations.stepping import complete
from yonggong.cases.actions import Refused
from yonggong.cases.checking import attempt
from yonggong.cases.life import State
from yonggong.cases.procedure import Outcome
from yonggong.documents.models import Document
from yonggong.relations import permits
from yonggong.relations.models import PermittedPost, SpecialHoursPermit
from yonggong.relations.special_hours import papers
from yonggong.relations.special_hours.kind import KIND
from yonggong.services.record_models import Standing

pytestmark = pytest.mark.django_db
START = date(2026, 11, 20)


@pytest.fixture
def other(hall: Hall, make_user: Any) -> Any:
    return make_user("reviewer", agency=hall.employer.agency, region_code="150302")


def test_a_decision_permits_its_posts_with_number_heads_and_term(hall: Hall, other: Any) -> None:
    case = decided(asked(hall), hall, other)
    assert case.state == State.APPROVED
    permit = SpecialHoursPermit.objects.get()
    standing = Standing.objects.get(subject=hall.employer.pk)
    assert (standing.key, standing.since, standing.until) == (
        "special_hours",
        hall.today,
        date(2028, 11, 19),
    )
    paper = Document.objects.get(kind=papers.DECISION.name)
    assert (permit.number, permit.headcount) == (paper.number, 26)
    assert (permit.from_on, permit.until_on) == (START, date(2028, 11, 19))
    assert [(post.system, post.job, post.cycle) for post in permit.posts.order_by("pk")] == [
        ("averaged", "装卸工", "1 季度"),
        ("flexible", "外勤销售", ""),
    ]
    assert paper.pdf.startswith(b"%PDF")


def test_withdrawn_it_is_gone(hall: Hall, other: Any) -> None:
    case = decided(asked(hall), hall, other)
    revoke(case, by=hall.reviewer, second=other, now=hall.now)
    assert not SpecialHoursPermit.objects.exists() and not PermittedPost.objects.exists()
    assert not Standing.objects.exists()


def test_refused_it_ends_with_a_letter_and_permits_nothing(hall: Hall) -> None:
    case = complete(asked(hall), by=hall.reviewer, now=hall.now)
    case = complete(
        case, by=hall.reviewer, now=hall.now, outcome=Outcome.REFUSE, opinion="岗位不符合条件"
    )
    assert case.state == State.REFUSED and not SpecialHoursPermit.objects.exists()
    assert "不予批准决定书" in [paper.title for paper in Document.objects.all()]


@given(st.integers(-400, 1200), st.sampled_from(["averaged", "flexible", "standard"]))
def test_a_post_is_covered_in_its_term_by_its_system_alone(days: int, system: str) -> None:
    post = PermittedPost(
        system="averaged", job="装卸工", from_on=START, until_on=START + timedelta(days=364)
    )
    covered = post.covers(system, "装卸工（二班）", START + timedelta(days=days))
    assert covered is (system == "averaged" and 0 <= days <= 364)
    assert not post.covers("averaged", "文员", START)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"longest_day": "11.5"}, {"longest_day"}),
        ({"longest_day": None}, {"longest_day"}),
        ({"special_hours_count": "25"}, {"special_hours_count"}),
        ({"staff_count": "25"}, {"special_hours_count"}),
        ({"central": True}, {"central"}),
        ({"resolved_on": "2026-11-21"}, {"resolved_on"}),
        ({"averaged_posts": None}, {"averaged_posts", "special_hours_count"}),
        (
            {"flexible_posts": [FLEXIBLE | {"until_on": "2026-11-19"}]},
            {"flexible_posts__1__until_on"},
        ),
        ({"flexible_posts": [FLEXIBLE | {"ground": None}]}, {"flexible_posts__1__ground"}),
        (
            {
                "application_kind": "实行不定时工作制申报",
                "averaged_posts": None,
                "longest_day": None,
                "special_hours_count": "6",
                "rest_days": None,
            },
            {"rest_days"},
        ),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    hall: Hall, changed: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        asked(hall, **changed)
    assert {problem.field for problem in refusal.value.problems} == fields


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({}, set()),
        ({"averaged_posts": [AVERAGED | {"cycle_hours": "521"}]}, {"special-hours-average"}),
        ({"averaged_posts": [AVERAGED | {"cycle_hours": "520"}]}, set()),
        ({"rest_days": "0"}, {"special-hours-rest"}),
    ],
)
def test_what_the_law_says_is_told_while_it_is_filled_in(
    hall: Hall, changed: dict[str, Any], rules: set[str]
) -> None:
    _, _, verdicts = attempt(
        kind=KIND,
        raw=answers(hall, **changed),
        applicant=hall.employer.party,
        by=hall.operator,
        now=hall.now,
        typing=True,
    )
    assert {verdict.rule for verdict in verdicts} == rules


def test_the_register_is_the_employer_s_and_the_region_s(
    hall: Hall, other: Any, make_user: Any, make_employer: Any
) -> None:
    decided(asked(hall), hall, other)
    stranger = make_user("employer_operator", employer=make_employer(name="邻居公司"))
    assert permits.visible_to(hall.operator).count() == 1
    assert permits.visible_to(make_user("bureau_supervisor", region_code="150302")).count() == 1
    assert not permits.visible_to(stranger).exists()
