"""注销备案: an employer closes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases.attempts import by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.parts import Checks, Effects
from yonggong.cases.revoking import approved_after, keep_what_is_built_on
from yonggong.catalogue import own_titles
from yonggong.employers.cancellation import checks
from yonggong.employers.cancellation.form import CANCELLATION_FORM
from yonggong.employers.effects import employer_name
from yonggong.employers.pages import PAGES
from yonggong.employers.queries import of_acts
from yonggong.registry import actions as registry


def _close(case: Case, by: User, now: datetime) -> None:
    registry.cancel_employer(employer=case.applicant.employer, on=case.values["closed_on"])


def _reopen(case: Case, by: User, now: datetime) -> None:
    employer = registry.lock_employer(case.applicant_id)
    own = Case.objects.filter(of_acts("initial", "change", "cancel"), applicant=employer.pk)
    keep_what_is_built_on(approved_after(case, own), own.filter(state=State.PENDING))
    registry.reopen_employer(employer=employer)


KIND = CaseKind(
    name="employer.cancel",
    title=own_titles()["employer.cancel"],
    form=CANCELLATION_FORM,
    exclusive=True,
    subject_name=employer_name,
    checks=Checks(
        refusals=by_row(checks.refused),
    ),
    effects=Effects(
        applied=_close,
        revoked=_reopen,
    ),
    event_field="closed_on",
    deadline="employer_closed",
    pages=replace(PAGES, notice=""),
)
