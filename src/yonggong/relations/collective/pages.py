"""What the pages say of a collective contract: while it is filled in, and of its case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Pages, Panel, Site
from yonggong.forms.advice import Advice
from yonggong.law.rules.collective import OBJECTION_DAYS, effective_on
from yonggong.relations import agreements
from yonggong.relations.collective.effects import received_on
from yonggong.relations.collective.form import ENDED, SIGNED
from yonggong.relations.collective_models import CollectiveReview


def _advice(case: Case, attempt: Attempt, site: Site) -> Iterable[Advice]:
    """When it would take effect; which contract it goes on from, or that there is one already."""
    get = attempt.values.get
    signing, sort = get("signing_kind"), get("sort")
    if signing and signing != ENDED and (start := get("collective_contract_start")):
        day = max(start, effective_on(attempt.today))
        yield Advice(
            field="collective_contract_start",
            text=f"今天报送并在 {OBJECTION_DAYS} 日内未提出异议的，自 {day} 起生效。",
        )
    if not signing or not sort:
        return
    held = agreements.last_of(case.applicant_id, sort)
    if signing == SIGNED and held is not None and held.end_on >= attempt.today:
        text = f"已登记“{held.title}”，期限至 {held.end_on}；续签、变更的请选择相应的类别。"
        yield Advice(field="signing_kind", text=text)
    elif signing != SIGNED:
        if held:
            said = f"原合同“{held.title}”，{held.start_on} 至 {held.end_on}。"
        else:
            then = "" if signing == ENDED else "，审查后按本次报送登记"
            said = f"登记中没有同类的集体合同{then}。"
        yield Advice(field="signing_kind", text=said)


def _standing(look: Look) -> Mapping[str, Any] | None:
    """How it stands: until when it may be objected to, since when it is in force, what followed."""
    case = look.case
    if case.filed_at is None or case.state not in (State.PENDING, State.APPROVED):
        return None
    received = received_on(case)
    review = (
        CollectiveReview.objects.filter(case=case).select_related("agreement", "before").first()
    )
    by_law = effective_on(received)
    return {
        "received_on": received,
        "by_law_on": by_law,
        "ending": case.values["signing_kind"] == ENDED,
        "in_force_by_law": review is None and look.on >= by_law,
        "review": review,
    }


PAGES = Pages(
    advice=_advice,
    panels=(Panel(place="content", template="relations/collective.html", given=_standing),),
    key_facts=(
        KeyFact(label="集体合同", fields=("scope", "sort", "title")),
        KeyFact(label="签订", fields=("signing_kind", "signed_on")),
        KeyFact(
            label="期限",
            fields=("collective_contract_start", "collective_contract_end"),
            between=" 至 ",
        ),
        KeyFact(
            label="代表",
            fields=("employer_negotiator_count", "employee_negotiator_count"),
            between="：",
        ),
        KeyFact(
            label="表决", fields=("congress_all", "congress_present", "congress_for"), between="、"
        ),
    ),
)
