"""What the approval of a cancellation writes: the employer is closed, its contracts are over, what it
had under way is void. All of it or nothing, in the approving transaction.

Locks go: the case, the cases under way, the employer's row (whoever files takes it last), the contracts.
"""

from __future__ import annotations

from datetime import datetime

from yonggong.accounts.models import User
from yonggong.cases import closed, sweeping
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case, Event
from yonggong.cases.revoking import keep_what_is_built_on
from yonggong.contracts import closing, taking_back
from yonggong.employers import asking
from yonggong.employers.cancellation.form import DISSOLVED
from yonggong.employers.queries import about_itself
from yonggong.registry import actions as registry

# More of the employer's than this are not ended while a reviewer waits for the next page.
_AT_ONCE = 1000


def lengthy(case: Case) -> bool:
    """Whether so much goes with it that a job does it."""
    contracts = closing.in_force(case.applicant_id)[: _AT_ONCE + 1].count()
    return contracts > _AT_ONCE or sweeping.open_beside(case)[: _AT_ONCE + 1].count() > _AT_ONCE


def applied(case: Case, by: User, now: datetime) -> None:
    on = case.values["closed_on"]
    sweeping.hold_open(case)
    closed.close(case.applicant_id)
    sweeping.void_open(
        cause=case,
        by=by,
        now=now,
        said=f"单位注销备案（办件编号 {case.number}）审核通过，未办结的业务一并作废。",
    )
    closing.end_all(
        cause=case,
        on=on,
        ground=case.values.get("ground") or DISSOLVED,
        by=by,
        now=now,
        said=f"随单位注销备案（办件编号 {case.number}）终止。",
    )
    registry.cancel_employer(employer=case.applicant.employer, on=on)
    asking.compare([case.applicant_id], now=now)


def revoked(case: Case, by: User, now: datetime) -> None:
    """The employer is open again, and the contracts that ended with it go on; one whose person has
    been hired since is named, and comes first. What was void is filed again from its content."""
    employer = registry.lock_employer(case.applicant_id)
    keep_what_is_built_on(case, about_itself(employer.pk))
    registry.reopen_employer(employer=employer)
    asking.compare([employer.pk], now=now)
    said = f"单位注销备案（办件编号 {case.number}）的审核已撤销，合同恢复履行。"
    for ending in sweeping.brought_about(case).select_for_update(of=("self",)).order_by("pk"):
        ending.state = State.REVOKED
        ending.save(update_fields=["state", "updated_at"])
        Event.objects.create(case=ending, action=Action.REVOKE, by=by, at=now, opinion=said)
        taking_back.ending_revoked(ending, by, now)
