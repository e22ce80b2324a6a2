"""被派遣劳动者用工变更备案: what a user unit filed of a dispatch is changed, or ends early."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.attempts import Attempt, by_row
from yonggong.cases.kinds import CaseKind
from yonggong.cases.models import Case
from yonggong.cases.parts import Checks
from yonggong.catalogue import own_titles
from yonggong.contracts import posting_parts
from yonggong.contracts.models import Posting
from yonggong.contracts.posting_change import checks, pages
from yonggong.contracts.posting_change.effects import EFFECTS
from yonggong.contracts.posting_change.form import POSTING_CHANGE_FORM


def _whose(attempt: Attempt) -> str:
    before = checks.meant(attempt)
    return before.name if before else ""


def _before(case: Case) -> Mapping[str, Any] | None:
    """The dispatch as it was filed before."""
    row = Posting.objects.filter(case=case).select_related("replaces__case__current").first()
    return row.replaces.case.values if row and row.replaces else None


KIND = CaseKind(
    name="contract.posting_change",
    title=own_titles()["contract.posting_change"],
    form=POSTING_CHANGE_FORM,
    subject_name=_whose,
    checks=Checks(
        refusals=by_row(lambda attempt: list(checks.refused(attempt))),
        findings=posting_parts.found,
    ),
    effects=EFFECTS,
    present=_before,
    event_field="changed_on",
    deadline="contract_changed",
    pages=pages.PAGES,
)
