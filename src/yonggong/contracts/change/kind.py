"""变更: the filing that a contract is changed."""

from __future__ import annotations

from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks
from yonggong.catalogue import own_titles
from yonggong.contracts import taking_back
from yonggong.contracts.change import checks, effects, pages, workbook
from yonggong.contracts.change.form import CHANGE_FORM
from yonggong.contracts.effects import later_effects, person_of_contract, present
from yonggong.contracts.models import Filing

KIND = CaseKind(
    name="contract.change",
    title=own_titles()["contract.change"],
    form=CHANGE_FORM,
    frequent=True,
    subject_name=person_of_contract,
    checks=Checks(
        refusals=checks.refused,
        findings=checks.found,
    ),
    effects=later_effects(
        Filing.Kind.CHANGE, applied=effects.applied, revoked=taking_back.later_revoked
    ),
    present=present,
    event_field="changed_on",
    deadline="contract_changed",
    workbook=workbook.WORKBOOK,
    pages=pages.PAGES,
)
