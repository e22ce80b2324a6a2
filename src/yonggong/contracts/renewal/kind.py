"""续订: the filing that a contract is renewed."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks
from yonggong.catalogue import own_titles
from yonggong.contracts import taking_back
from yonggong.contracts.effects import later_effects, person_of_contract, present
from yonggong.contracts.models import Filing
from yonggong.contracts.renewal import checks, effects, pages, papers, workbook
from yonggong.contracts.renewal.form import RENEWAL_FORM

KIND = CaseKind(
    name="contract.renewal",
    title=own_titles()["contract.renewal"],
    form=RENEWAL_FORM,
    frequent=True,
    subject_name=person_of_contract,
    checks=Checks(
        refusals=checks.refused,
        findings=checks.found,
    ),
    effects=later_effects(
        Filing.Kind.RENEWAL, applied=effects.applied, revoked=taking_back.later_revoked
    ),
    present=present,
    event_field="signed_on",
    deadline="contract_renewed",
    workbook=workbook.WORKBOOK,
    papers=(papers.ROSTER,),
    pages=pages.PAGES,
)
