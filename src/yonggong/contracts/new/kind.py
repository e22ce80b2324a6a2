"""新订: the filing of a new contract."""

from __future__ import annotations

from datetime import date
from typing import Any

from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Checks, Effects
from yonggong.catalogue import own_titles
from yonggong.contracts import taking_back
from yonggong.contracts.effects import collided, mark, moved, transferred
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.new import checks, effects, pages, papers, workbook


def _hired_on(values: Any) -> date | None:
    """用工之日 of whoever is newly taken on; None of staff long at work, filed late for the first
    time with a later contract."""
    return None if values.get("earlier_contract") else values.get("work_start_on")


KIND = CaseKind(
    name="contract.new",
    title=own_titles()["contract.new"],
    form=NEW_FORM,
    frequent=True,
    makes_subject=True,
    subject_name=lambda attempt: str(attempt.values["name"]),
    checks=Checks(
        refusals=checks.refused,
        findings=checks.found,
    ),
    effects=Effects(
        begins=effects.begins,
        opened=effects.opened,
        collided=collided,
        amended=effects.amended,
        applied=effects.applied,
        revoked=taking_back.new_revoked,
        returned=mark,
        voided=effects.voided,
        transferred=transferred,
        moved=moved,
    ),
    event_field="signed_on",
    hired_on=_hired_on,
    hired_field="work_start_on",
    deadline="contract_signed",
    workbook=workbook.WORKBOOK,
    papers=(papers.ROSTER,),
    pages=pages.PAGES,
)
