"""What a reviewer leaves behind: cases assigned to them and decisions held back go to a named colleague of
the agency, or back to the queue, before their account or role ends (人员调动)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from yonggong.accounts.actions import AccountProblem, record_account
from yonggong.accounts.leaving import Work
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import Power
from yonggong.accounts.telling import Told, tell
from yonggong.cases import joint, queries
from yonggong.cases.life import Action, State
from yonggong.cases.models import Case, Event, HeldDecision
from yonggong.cases.standing_in import reviewers_of
from yonggong.forms.reading import as_sentence, read_remark


def open_work(account: User, agency: int | None = None) -> QuerySet[Case]:
    """The cases that lie with an account, those whose decision it holds back among them; at one
    agency (its key) where it is named."""
    held = HeldDecision.objects.filter(case=OuterRef("pk"), by=account, failure="")
    lies = Case.objects.filter(Q(assigned_to=account) | Q(Exists(held)), state=State.PENDING)
    return lies if agency is None else lies.filter(acting_agency=agency)


def lies_with() -> Q:
    """The accounts with which such cases lie."""
    pending = Case.objects.filter(state=State.PENDING)
    held = HeldDecision.objects.filter(failure="", case__state=State.PENDING)
    return Q(Exists(pending.filter(assigned_to=OuterRef("pk")))) | Q(pk__in=held.values("by"))


def colleagues(account: User) -> QuerySet[User]:
    """Who may take the work of an account over: active accounts that review at one of its agencies."""
    agencies = account.grants.filter(agency__isnull=False).values_list("agency", flat=True)
    return reviewers_of(*agencies).exclude(pk=account.pk)


@transaction.atomic
def hand_over(
    *,
    account: User,
    to: User | None,
    reason: str,
    by: User,
    now: datetime,
    address: str | None,
) -> int:
    """Give all open work of an account to a colleague, or back to the queue; how many cases it was.
    What the colleague may not decide (they filed it, or it is their own business) goes to the
    queue. A decision held back is taken back with it.

    Raises `AccountProblem`.
    """
    reason = read_remark(reason, most=100)
    if not reason:
        raise AccountProblem("请填写移交的原因。", about="reason")
    if to is not None and not colleagues(account).filter(pk=to.pk).exists():
        raise AccountProblem("接替人须是同一机构在用的审核员账号。", about="to")
    found = list(open_work(account).order_by("pk"))
    for one in found:
        _hand_over(joint.locked(one), account, to, reason, by=by, now=now, address=address)
    if found:
        whom = to.name if to else "本机构待审核"
        said = f"移交 {len(found)} 件未办结的工作给{whom}：{reason}"
        record_account(account, said, by=by, address=address)
    if found and to is not None and to.pk != by.pk:
        title = f"{account.name}未办结的 {len(found)} 件工作移交给您"[:100]
        body = f"原因：{as_sentence(reason)}您不能办理的（您填报的、与您有关的）退回本机构待审核。"
        tell(Told(user=to.pk, about=f"handed-{account.pk}", title=title, body=body, at=now))
    return len(found)


def _hand_over(
    case: Case,
    account: User,
    to: User | None,
    reason: str,
    *,
    by: User,
    now: datetime,
    address: str | None,
) -> None:
    HeldDecision.objects.filter(case=case, by=account, failure="").delete()
    takes = to if to is not None and _may_take(to, case) else None
    case.assigned_to = takes
    case.save(update_fields=["assigned_to", "updated_at"])
    whom = f"移交{takes.name}" if takes else "退回待审核"
    Event.objects.create(
        case=case,
        action=Action.ASSIGN if takes else Action.GIVE_BACK,
        by=by,
        at=now,
        opinion=f"由{account.name}{whom}：{reason}"[:500],
        address=address,
    )


def _may_take(user: User, case: Case) -> bool:
    return (
        case.acting_agency_id in user.scope.agencies(Power.REVIEW)
        and not queries.has_filed(user, case)
        and not queries.concerns(user, case)
    )


def waiting(account: User, grant: Grant | None) -> int:
    """How much of this lies with an account, by a grant where it is named."""
    if grant is not None and grant.agency_id is None:
        return 0
    return open_work(account, grant.agency_id if grant else None).count()


WORK = Work(
    name="cases",
    title="未办结的办件",
    measure="件",
    count=waiting,
    lies_with=lies_with,
    successors=colleagues,
    who="同一机构在用的审核员账号",
    without="退回本机构待审核",
    hand_over=hand_over,
)
