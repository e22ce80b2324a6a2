"""企业薪酬调查: of the year before, by whom the bureau asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yonggong.accounts.models import User
from yonggong.annual import checks, effects
from yonggong.annual.models import SurveyAsked, SurveyPost
from yonggong.annual.pages import SURVEYING
from yonggong.annual.subjects import of_year
from yonggong.annual.survey.form import FORM
from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.forms import Problem


def _refused(attempt: Attempt) -> Sequence[Problem]:
    """Once a year, by who was asked."""
    problems, year = checks.of_the_year(attempt), attempt.values["year"]
    asked = SurveyAsked.objects.filter(employer=attempt.applicant.pk, year=year)
    if not asked.exists():
        said = f"本单位没有被列入 {year} 年度的调查"
        problems.append(FORM.problem("year", "not_asked", said, "请核对年度，不必填报"))
    return problems


def _applied(case: Case, by: User, now: datetime) -> None:
    """Its posts are found by who compares them."""
    SurveyPost.objects.bulk_create(
        SurveyPost(case=case, employer_id=case.applicant_id, year=case.values["year"], **_of(post))
        for post in case.values["posts"]
    )


def _of(post: dict[str, object]) -> dict[str, object]:
    return {**post, "post_kind": post["post_kind"] or ""}


def _revoked(case: Case, by: User, now: datetime) -> None:
    SurveyPost.objects.filter(case=case).delete()


KIND = CaseKind(
    name="annual.survey",
    title=own_titles()["annual.survey"],
    form=FORM,
    subject_name=of_year,
    exclusive=True,
    checks=Checks(refusals=by_row(_refused)),
    effects=Effects(
        opened=effects.returned_of,
        amended=effects.year_mended,
        applied=_applied,
        revoked=_revoked,
    ),
    pages=SURVEYING,
)
