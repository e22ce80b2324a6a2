"""账号申请（变更）: the agency's head, the business division and the information division give their opinions,
in that order, each at its own level (晋人社厅函〔2022〕1142号 六 and annex 2)."""

from __future__ import annotations

from yonggong.accounts.roles import Power
from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.procedure import Outcome, Procedure, StepPlan
from yonggong.catalogue import own_titles
from yonggong.catalogue.items import OFFICE
from yonggong.registry.models import Agency
from yonggong.staff import offices
from yonggong.staff.pages import REQUEST
from yonggong.staff.request import checks, effects, papers
from yonggong.staff.request.form import ACTS, FORM, NEW

_ALL = frozenset({Outcome.NEXT, Outcome.RETURN, Outcome.REFUSE})

PROCEDURE = Procedure(
    steps=(
        StepPlan(
            key="head",
            title="申请单位负责人意见",
            kind="review",
            power=Power.SUPERVISE,
            outcomes=_ALL,
        ),
        StepPlan(
            key="business",
            title="业务处室意见",
            kind="second_review",
            at=offices.business_of,
            outcomes=_ALL,
        ),
        StepPlan(
            key="information",
            title="信息化科室意见",
            kind="decide",
            at=offices.information_of,
            outcomes=_ALL,
        ),
    ),
)


def _subject(attempt: Attempt) -> str:
    values = attempt.values
    whose = values["name"] if values["act"] == NEW else values["username"]
    return f"{ACTS[values['act']]}：{whose}"


def _own(attempt: Attempt) -> Agency:
    return Agency.objects.get(pk=attempt.applicant.pk)


KIND = CaseKind(
    name="account.request",
    title=own_titles()["account.request"],
    form=FORM,
    subject_name=_subject,
    audience=(OFFICE,),
    sent_to=_own,
    checks=Checks(refusals=by_row(checks.refused)),
    effects=Effects(applied=effects.applied),
    procedure=PROCEDURE,
    papers=(papers.SHEET,),
    pages=REQUEST,
)
