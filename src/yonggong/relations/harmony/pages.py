"""What the pages say of an application for recognition: what stands against it, what it ended with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Pages, Panel, Site
from yonggong.forms.advice import Advice
from yonggong.relations.blockers import blockers
from yonggong.relations.harmony.form import LEAST, score_of
from yonggong.relations.harmony_models import HarmonyRecognition

_FULL = Decimal(100)


def _advice(case: Case, attempt: Attempt, site: Site) -> Iterable[Advice]:
    """The total so far, and whether the points of the rows come to a hundred."""
    rows = attempt.values.get("assessed") or ()
    if not rows:
        return
    most = sum((row.get("most") or Decimal(0) for row in rows), Decimal(0))
    said = f"自评综合得分 {score_of(attempt.values)} 分（分值合计 {most} 分），{LEAST} 分以上可以申报。"
    if most != _FULL:
        said += "分值合计不是 100 分，请对照评价规范核对。"
    yield Advice(field="assessed", text=said)


def _against(look: Look) -> Mapping[str, Any] | None:
    """What stands against it: to the office all of it, to the employer what it may know."""
    if look.case.state not in (State.DRAFT, State.PENDING):
        return None
    office = look.site.namespace == "bureau"
    found = blockers(look.case.applicant.employer, look.on)
    reasons = [blocker.reason for blocker in found if blocker.told or office]
    return {"reasons": reasons} if reasons or office else None


def _recognition(look: Look) -> Mapping[str, Any] | None:
    held = HarmonyRecognition.objects.filter(case=look.case).first()
    return {"recognition": held, "state": held.state_on(look.on)} if held else None


PAGES = Pages(
    advice=_advice,
    panels=(
        Panel(place="notice", template="relations/against.html", given=_against),
        Panel(place="content", template="relations/recognition.html", given=_recognition),
    ),
    key_facts=(
        KeyFact(label="单位", fields=("unit_name", "registration_type")),
        KeyFact(label="职工人数", fields=("staff_count",)),
        KeyFact(label="工会健全、主席", fields=("union_sound", "union_chair_name")),
    ),
)
