"""What a cancellation ends, shown to who files it and to who reviews it: what is open as it stands
now, and once it is approved what it ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils import timezone

from yonggong.accounts.roles import Power
from yonggong.cases import queues, sweeping
from yonggong.cases.life import OPEN, State
from yonggong.cases.pages import Look, Panel
from yonggong.contracts import closing

# So many of what is open are named; the rest is behind the lists.
_NAMED = 10


def _open(look: Look) -> Mapping[str, Any] | None:
    """Contracts in force and filings under way, while the cancellation is none yet."""
    case = look.case
    if case.state not in OPEN:
        return None
    waiting = sweeping.open_beside(case)
    counts = waiting.aggregate(
        pending=Count("pk", filter=Q(state=State.PENDING)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
    )
    contracts = closing.in_force(case.applicant_id).aggregate(
        all=Count("pk"),
        full_time=Count("pk", filter=Q(full_time=True)),
        begun_later=Count("pk", filter=Q(work_start_on__gt=_closed_on(look))),
    )
    named = [(found, look.site.url("case", found.pk)) for found in waiting.order_by("-pk")[:_NAMED]]
    held = queues.held_decision(case)
    return {
        "under_way": held is not None and held.carry_out_at <= timezone.now(),
        "contracts": contracts,
        "contracts_url": _list(look, in_post="1"),
        "waiting": counts,
        "pending_url": _list(look, state=State.PENDING.value),
        "returned_url": _list(look, state=State.RETURNED.value),
        "drafts": sweeping.drafts_beside(case).count(),
        "named": named,
        "more": counts["pending"] + counts["returned"] - len(named),
    }


def _closed_on(look: Look) -> Any:
    return look.case.values["closed_on"] if look.case.current_id else look.on


def _ended(look: Look) -> Mapping[str, Any] | None:
    """What the approval ended."""
    if look.case.state != State.APPROVED:
        return None
    counts = look.case.consequences.aggregate(
        contracts=Count("pk", filter=Q(was="")), voided=Count("pk", filter=~Q(was=""))
    )
    left = closing.in_force(look.case.applicant_id).count()
    return {
        **counts,
        "left": left,
        "contracts_url": _list(look, kind="ending", end_reason=_ground(look)),
        "voided_url": _list(look, state=State.VOIDED.value),
        "left_url": _list(look, in_post="1"),
    }


def _ground(look: Look) -> str:
    return str(look.case.values.get("ground") or "")


def _list(look: Look, **asked: str) -> str:
    """The list of contract filings behind a figure; "" where it is not the asker's."""
    if look.site.namespace != "employer":
        if not look.user.may(Power.SEE_REGION):
            return ""
        asked = {"employer": look.case.applicant.employer.credit_code, **asked}
    return f"{look.site.url('contracts')}?{urlencode(asked)}"


PANELS = (
    Panel(place="form", template="employers/open.html", given=_open, portal="employer"),
    Panel(place="notice", template="employers/open.html", given=_open),
    Panel(place="notice", template="employers/ended.html", given=_ended),
)
