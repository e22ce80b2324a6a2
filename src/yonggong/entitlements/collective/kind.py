"""集体合同备案: an employer files a collective contract or wage agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import ProtectedError

from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.errors import refused
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Pages
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.revoking import built_on
from yonggong.catalogue import own_titles
from yonggong.entitlements.agreement_register import as_filed, same
from yonggong.entitlements.collective.form import COLLECTIVE_FORM
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.forms import Problem


def _refused(attempt: Attempt) -> Sequence[Problem]:
    """It is filed once it is signed, ends after it began, and stands on the register not yet: what was
    reviewed on the platform is there already."""
    values, problems = attempt.values, []
    if values["signed_on"] > attempt.today:
        problems.append(
            COLLECTIVE_FORM.problem(
                "signed_on", "in_future", "签订日期晚于今天", "请填写实际签订日期"
            )
        )
    if values["end_on"] < values["start_on"]:
        problems.append(
            COLLECTIVE_FORM.problem(
                "end_on", "ends_before", "期满日期早于生效日期", "请核对集体合同文本"
            )
        )
    if said := _registered(attempt.applicant.pk, values):
        problems.append(COLLECTIVE_FORM.problem("start_on", "registered", said, "不必再备案"))
    return problems


def _registered(employer: int, values: Mapping[str, Any]) -> str:
    """What is said where the contract stands on the register already; "" where it does not."""
    held = same(employer, sort=values["sort"], start_on=values["start_on"], end_on=values["end_on"])
    if held is None:
        return ""
    named = f"编号 {held.number}" if held.number else held.title
    return f"该期限的同类集体合同已经登记（{named}）"


def _applied(case: Case, by: User, now: datetime) -> None:
    """On the register. Raises `Refused` where it came there by another case meanwhile."""
    values = as_filed(case)
    if said := _registered(case.applicant_id, values):
        raise refused("", "registered", said, "请退回重复的备案")
    CollectiveAgreement.objects.create(case=case, employer_id=case.applicant_id, **values)


def _revoked(case: Case, by: User, now: datetime) -> None:
    """Off the register. Raises `Refused` where a review took it up, or followed on it: what builds on a
    line has the key of its case."""
    try:
        CollectiveAgreement.objects.filter(case=case).delete()
    except ProtectedError as error:
        keys = [later.pk for later in error.protected_objects]
        raise built_on(list(Case.objects.filter(pk__in=keys).order_by("pk"))) from None


KIND = CaseKind(
    name="employer.collective",
    title=own_titles()["employer.collective"],
    form=COLLECTIVE_FORM,
    subject_name=lambda attempt: str(attempt.values["title"])[:50],
    checks=Checks(refusals=by_row(_refused)),
    effects=Effects(applied=_applied, revoked=_revoked),
    pages=Pages(
        key_facts=(
            KeyFact(label="集体合同", fields=("sort", "title")),
            KeyFact(label="期限", fields=("start_on", "end_on"), between=" 至 "),
            KeyFact(label="审查", fields=("reviewed_by", "reviewed_on", "number")),
        )
    ),
)
