"""What the pages of a registration show: the health checks that follow, the work closed to minors; what a form
begins with that follows from a contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Pages, Panel, Site
from yonggong.forms.advice import Advice, Line
from yonggong.law.rules.ages import hazards
from yonggong.law.tables import rows
from yonggong.registry.parties import Party
from yonggong.relations import register
from yonggong.relations.health_checks import adult_on, next_due
from yonggong.relations.minors import on_contracts

_BASIS = "《未成年工特殊保护规定》第六条"
_PROVISIONS = "未成年工特殊保护规定"


def _starts(applicant: Party) -> Mapping[str, Any]:
    """The minor whose contract is filed and who is not registered yet."""
    return on_contracts.unregistered(applicant.employer, timezone.localdate())


def _advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    birth_on, begins_on = tried.values.get("birth_date"), tried.values.get("begins_on")
    if birth_on is None or begins_on is None or begins_on >= adult_on(birth_on):
        return
    examined = [day] if (day := tried.values.get("examined_on")) else []
    due = next_due(birth_on=birth_on, begins_on=begins_on, examined=examined)
    if due is not None:
        yield Advice(
            field="examined_on",
            text=f"应于 {due.on} 做健康检查（{due.why}）",
            urgent=due.on < tried.today,
            lines=(Line("上岗之前；工作满一年；年满十八周岁而距前一次体检已超过半年", _BASIS),),
        )


def _registered(look: Look) -> Mapping[str, Any] | None:
    minor = register.on_record().filter(case=look.case).first()
    if minor is None:
        return None
    examined = "、".join(map(str, minor.examined))
    return {"minor": minor, "due": minor.next_check, "examined": examined}


def _forbidden(look: Look) -> Mapping[str, Any]:
    """The work closed to minors, as the provisions list it."""
    barred = [row["text"] for row in rows("hazard_provisions") if row["law"] == _PROVISIONS]
    return {"provisions": barred, "known": len(hazards())}


PAGES = Pages(
    starts=_starts,
    advice=_advice,
    panels=(
        Panel(place="content", template="relations/minor.html", given=_registered),
        Panel(place="form", template="relations/forbidden.html", given=_forbidden),
        Panel(place="aside", template="relations/forbidden.html", given=_forbidden),
    ),
    key_facts=(
        KeyFact(label="登记事项", fields=("matter",)),
        KeyFact(label="未成年工", fields=("f1_person_name", "birth_date")),
        KeyFact(label="工种", fields=("occupation", "planned_work")),
        KeyFact(label="上岗、体检", fields=("begins_on", "examined_on"), between="／"),
        KeyFact(label="特殊作业", fields=("hazards",)),
    ),
)
