"""解除、终止: the filing that a contract is over."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks
from yonggong.catalogue import own_titles
from yonggong.contracts import taking_back
from yonggong.contracts.effects import later_effects, person_of_contract
from yonggong.contracts.ending import checks, effects, pages, papers, workbook
from yonggong.contracts.ending.form import ENDING_FORM
from yonggong.contracts.lookups import entrusted
from yonggong.contracts.models import Filing

KIND = CaseKind(
    name="contract.ending",
    title=own_titles()["contract.ending"],
    form=ENDING_FORM,
    frequent=True,
    winds_up=True,
    subject_name=person_of_contract,
    checks=Checks(
        refusals=checks.refused,
        findings=checks.found,
    ),
    effects=later_effects(
        Filing.Kind.ENDING, applied=effects.applied, revoked=taking_back.ending_revoked
    ),
    entrusted=entrusted,
    event_field="ended_on",
    deadline="contract_ended",
    workbook=workbook.WORKBOOK,
    papers=(papers.ROSTER, papers.CERTIFICATES),
    pages=pages.PAGES,
)
