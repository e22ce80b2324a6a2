"""What the page of a change shows beside what every case has: of whose dispatch it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.pages import KeyFact, Look, Pages, Panel
from yonggong.cases.queries import typed_in
from yonggong.contracts import two_sides
from yonggong.contracts.models import Posting
from yonggong.contracts.posting_change.checks import numbered

_TEMPLATE = "contracts/posted_before.html"


def _filed_of(look: Look) -> Mapping[str, Any] | None:
    row = Posting.objects.filter(case=look.case).select_related("replaces__worker").first()
    return _given(row.replaces if row else None, unmasked=look.unmasked)


def _typed_of(look: Look) -> Mapping[str, Any] | None:
    number = str(typed_in(look.case).get("posting") or "")
    return _given(numbered(number, unit=look.case.applicant_id, but=look.case), unmasked=False)


def _given(before: Posting | None, *, unmasked: bool) -> Mapping[str, Any] | None:
    if before is None:
        return None
    return {"before": before, "person": before.worker, "unmasked": unmasked}


PAGES = Pages(
    notice="notice_contract",
    panels=(
        Panel(place="form", template=_TEMPLATE, given=_typed_of),
        Panel(place="content", template=_TEMPLATE, given=_filed_of),
        two_sides.OF_POSTING,
    ),
    key_facts=(
        KeyFact(label="变更", fields=("change_kind", "changed_on")),
        KeyFact(label="变更原因", fields=("change_reason",)),
        KeyFact(label="派遣期限", fields=("dispatch_start_on", "dispatch_end_on"), between=" 至 "),
        KeyFact(label="岗位", fields=("job", "dispatch_post")),
        KeyFact(label="工资", fields=("base_pay",)),
    ),
)
