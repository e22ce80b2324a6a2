"""账号申请（变更）: the agency's head, the business division and the information division give their opinions,
in that order, each at its own level (晋人社厅函〔2022〕1142号 六 and annex 2)."""

from __future__ import annotations

from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.catalogue.items import OFFICE
from yonggong.registry.models import Agency
from yonggong.staff import offices
from yonggong.staff.pages import REQUEST
from yonggong.staff.request import checks, effects, papers
from yonggong.staff.request.form import ACTS, FORM, NEW

PROCEDURE = offices.three_opinions(
    head="申请单位负责人意见",
    business=("业务处室意见", offices.business),
    information=("信息化科室意见", offices.information),
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
    concerns=checks.concerns,
    checks=Checks(refusals=by_row(checks.refused)),
    effects=Effects(applied=effects.applied),
    procedure=PROCEDURE,
    papers=(papers.SHEET,),
    pages=REQUEST,
)
