"""What the pages of every item say beside what the engine does: what its rules give for the answers, and
the records that its case made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.cases.pages import Look, Panel, Site
from yonggong.forms.advice import Advice, Line
from yonggong.registry.parties import Party
from yonggong.services import record_queries
from yonggong.services.answering import answers_of, reckoned
from yonggong.services.reckoning import Computable, computable


def advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
    """What an item's rules give for what is typed: a sum, a time limit and whether it was kept."""
    item = tried.kind.item
    if item is None:
        return
    answers = answers_of(tried.kind.form, tried.values, tried.today)
    by_unit = tried.applicant.kind != Party.Kind.PERSON
    for one in reckoned(item, answers, tried.today, by_unit=by_unit):
        yield Advice(
            field=one.beside,
            text=f"{one.of.title}：{one.result.said}",
            urgent=one.result.holds is False,
            lines=(
                Line(one.of.rule.says, one.of.source),
                *(Line(step) for step in one.result.steps),
                *((Line(one.of.caution),) if one.of.caution else ()),
            ),
            links=(("测算", address_of(one.of, case)),),
        )


def address_of(rule: Computable, case: Case) -> str:
    """Where anybody may reckon it with other values, as it holds where the case is."""
    address = reverse("benefit", args=[rule.item.key, rule.mapped.rule])
    return f"{address}?region={case.region_code[:4]}00" if case.region_code else address


def _benefits(look: Look) -> Mapping[str, Any] | None:
    """What the rules give for what was filed; what tells something of a person is shown with
    personal data whole."""
    case, item = look.case, look.case.definition.item
    came_on = case.came_in_on
    if item is None or came_on is None:
        return None
    answers = answers_of(case.definition.form, case.values, came_on)
    by_unit = case.applicant.kind != Party.Kind.PERSON
    found = list(reckoned(item, answers, came_on, by_unit=by_unit))
    done = {one.of.mapped.rule for one in found}
    others = [one for one in computable(item) if one.mapped.rule not in done and one.mapped.inputs]
    if not found and not others:
        return None
    return {
        "reckoned": [
            (one, one.personal and not look.unmasked, address_of(one.of, case)) for one in found
        ],
        "others": [(one, address_of(one, case)) for one in others],
    }


def _records(look: Look) -> Mapping[str, Any] | None:
    made = record_queries.made_by(look.case)
    return {"records": made} if made else None


PANELS = (
    Panel(place="aside", template="services/case_records.html", given=_records),
    Panel(place="aside", template="services/case_benefits.html", given=_benefits),
)
