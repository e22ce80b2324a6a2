"""The two sides of a dispatch beside each other, on the page of either side's case: what both must
agree on, and nothing else of the other side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases.life import State
from yonggong.cases.pages import Look, Panel
from yonggong.contracts import matching
from yonggong.contracts.models import Contract, Posting

_TEMPLATE = "contracts/two_sides.html"


def _of_posting(look: Look) -> Mapping[str, Any] | None:
    rows = Posting.objects.filter(case=look.case).select_related("case__current")
    posting = matching.with_contract(rows).first()
    if posting is None:
        return None
    theirs = (
        Contract.objects.filter(pk=posting.other).select_related("current__current").first()
        if posting.other
        else None
    )
    given = _given(
        posting.standing,
        posting.case.version.data,
        theirs.current.version.data if theirs and theirs.current else None,
        own="用工单位",
        other="劳务派遣单位",
    )
    changeable = look.site.namespace == "employer" and posting.state == State.APPROVED
    if changeable and matching.postings().filter(pk=posting.pk).exists():
        given["change_url"] = look.site.url("dispatches-change", posting.pk)
    return given


def _of_contract(look: Look) -> Mapping[str, Any] | None:
    if not look.case.version.data.get("user_unit_code") or look.case.subject is None:
        return None
    rows = matching.sent().filter(pk=look.case.subject).select_related("current__current")
    contract = matching.with_posting(rows).first()
    if contract is None or contract.current is None:
        return None
    theirs = (
        Posting.objects.filter(pk=contract.other).select_related("case__current").first()
        if contract.other
        else None
    )
    return _given(
        contract.standing,
        contract.current.version.data,
        theirs.case.version.data if theirs else None,
        own="劳务派遣单位",
        other="用工单位",
    )


def _given(
    standing: str, own_data: dict[str, Any], other_data: dict[str, Any] | None, **who: str
) -> dict[str, Any]:
    return {
        "standing": standing,
        "rows": matching.compared(own_data, other_data) if other_data else (),
        **who,
    }


OF_POSTING = Panel(place="content", template=_TEMPLATE, given=_of_posting)
OF_CONTRACT = Panel(place="content", template=_TEMPLATE, given=_of_contract)
