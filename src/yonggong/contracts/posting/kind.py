"""被派遣劳动者用工备案: what the user unit files of a dispatch, beside the dispatcher's contract."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks
from yonggong.catalogue import own_titles
from yonggong.contracts import posting_parts
from yonggong.contracts.posting import checks, pages, papers, workbook
from yonggong.contracts.posting.effects import EFFECTS
from yonggong.contracts.posting.form import POSTING_FORM

KIND = CaseKind(
    name="contract.posting",
    title=own_titles()["contract.posting"],
    form=POSTING_FORM,
    subject_name=lambda attempt: str(attempt.values["name"]),
    checks=Checks(refusals=checks.refused, findings=posting_parts.found),
    effects=EFFECTS,
    event_field="dispatch_start_on",
    deadline="contract_signed",
    workbook=workbook.WORKBOOK,
    papers=(papers.ROSTER,),
    pages=pages.PAGES,
)
