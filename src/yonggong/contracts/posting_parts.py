"""What the filings of a user unit share: what they say of the dispatch, what the law says of that, and the
row that follows its case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from yonggong import law
from yonggong.accounts.models import User
from yonggong.cases.attempts import Attempt, Attempts
from yonggong.cases.models import Case
from yonggong.cases.parts import Effects
from yonggong.cases.revoking import keep_what_is_built_on
from yonggong.contracts import facts
from yonggong.contracts.effects import collided, save_again
from yonggong.contracts.fields import DISPATCH_FIELDS, PAY_FIELDS, WORK_FIELDS
from yonggong.contracts.findings import Found, told
from yonggong.contracts.lookups import rows_of
from yonggong.contracts.models import Posting
from yonggong.forms import Field, Section

_OF_CONTRACT = {item.name: item for item in (*WORK_FIELDS, *PAY_FIELDS, *DISPATCH_FIELDS)}


def _always(name: str) -> Field:
    """A field of the contract's form that is asked of every dispatched worker."""
    return replace(_OF_CONTRACT[name], required=True, show_when=None)


DISPATCHED = Section(
    name="posting",
    title="派遣用工",
    hint="与劳务派遣协议一致；派遣单位和用工单位备案的内容由系统自动核对",
    fields=(
        _always("dispatch_start_on"),
        _always("dispatch_end_on"),
        _always("dispatch_post"),
        _always("job"),
        _always("workplace"),
        _always("hours_system"),
        _always("base_pay"),
    ),
)


def found(tried: Attempts, rows: Sequence[int]) -> Found:
    """What the rules on dispatch say of the post and the term; whether the dispatcher filed the same is
    shown beside the case, and asks nothing of whoever files first."""
    found: Found = {}
    for row, values in rows_of(tried, rows):
        if said := law.check_contract(facts.posting_facts(values), tried.today):
            found[row] = told(tried, row, said)
    return found


def effects_with(
    whose: Callable[[Attempt], Mapping[str, Any]],
    *,
    applied: Callable[[Case, User, datetime], None],
    revoked: Callable[[Case, User, datetime], None],
) -> Effects:
    """What such a filing writes: its row, of which `whose` gives the columns that say who was sent by
    whom, and the row follows the case."""

    def columns(case: Case, attempt: Attempt) -> dict[str, Any]:
        assert case.filed_at is not None
        values = attempt.values
        return {
            **whose(attempt),
            "agency_id": case.agency_id,
            "region_code": case.region_code,
            "state": case.state,
            "job": values["job"],
            "start_on": values["dispatch_start_on"],
            "end_on": values["dispatch_end_on"],
            "filed_on": timezone.localdate(case.filed_at),
        }

    def opened(case: Case, attempt: Attempt) -> Posting:
        return Posting(case=case, user_unit_id=case.applicant_id, **columns(case, attempt))

    def amended(case: Case, attempt: Attempt) -> None:
        save_again(Posting.objects.filter(case=case), columns(case, attempt))

    return Effects(
        opened=opened,
        collided=collided,
        amended=amended,
        applied=applied,
        revoked=revoked,
        returned=mark,
        voided=mark,
        transferred=_transferred,
        moved=_moved,
    )


def mark(case: Case) -> None:
    """The row's state follows its case."""
    Posting.objects.filter(case=case).update(state=case.state)


def _transferred(case: Case) -> None:
    """The row lies with the agency that its case was handed to."""
    Posting.objects.filter(case=case).update(agency=case.agency_id)


def _moved(cases: Sequence[int], agency: int, region: str) -> None:
    """The rows lie with the agency to which their user unit was moved."""
    Posting.objects.filter(case__in=cases).update(agency=agency, region_code=region)


def keep_what_was_changed(case: Case) -> None:
    """Raise `Refused` where a change of what the case filed was approved, or waits."""
    keep_what_is_built_on(case, Case.objects.filter(Q(pk=case.pk) | Q(posting__replaces=case.pk)))
