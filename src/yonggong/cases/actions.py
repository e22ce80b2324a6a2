"""Every write in a case's life. Each is one transaction and leaves its event in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import joint, marking, queries, queues, standing_in
from yonggong.cases.checking import attempt
from yonggong.cases.drafting import (
    as_begun,
    keep_refused,
    must_act_for,
    refuse_overtaken,
    typed_of,
)
from yonggong.cases.errors import Forbidden, Overtaken, Refused, refused
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, NotAllowed, State, after
from yonggong.cases.marking import Mark
from yonggong.cases.models import Case, ConflictingDraft, Draft, Event, Submission
from yonggong.cases.statements import locked_behind
from yonggong.cases.submitting import write
from yonggong.forms.reading import read_remark
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party


def claim(*, user: User, key: UUID | None, outcome: str = "") -> Submission | None:
    """Claim an idempotency key inside the current transaction.

    Returns None for a new key (or none given); the earlier submission where the same person
    already sent this key. Waits for a submission of the same key that is still under way.
    An `outcome` not known yet is written by `settle`.
    """
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [user.pk, key, outcome])
        if cursor.rowcount:
            return None
    return Submission.objects.get(user=user, key=key)


_CLAIM = (
    "INSERT INTO cases_submission (user_id, key, outcome, at) VALUES (%s, %s, %s, now())"
    " ON CONFLICT (user_id, key) DO NOTHING"
)


def _claimed(
    case: Case | None, *, by: User, key: UUID | None
) -> tuple[Submission | None, Case | None]:
    """`claim` for what files a case, and the case locked where it is there already; in one
    statement, but for an item of a joint case, whose parent is locked before it."""
    if case is not None and key is not None and case.parent_id is None:
        held, new = locked_behind(Case, case.pk, (_CLAIM, [by.pk, key, str(case.pk)]))
        return None if new else Submission.objects.get(user=by, key=key), held
    earlier = claim(user=by, key=key, outcome=str(case.pk) if case else "")
    return earlier, None if earlier or case is None else joint.locked(case)


def settle(*, user: User, key: UUID | None, outcome: str) -> None:
    """Write down what a claimed key brought about, for whoever sends it again."""
    if key is not None:
        Submission.objects.filter(user=user, key=key).update(outcome=outcome)


def submit(
    *,
    kind: CaseKind,
    raw: Mapping[str, Any],
    applicant: Party,
    case: Case | None = None,
    subject: int | None = None,
    explanations: Mapping[str, str] | None = None,
    seen: str | None = None,
    tab: str = "",
    key: UUID | None,
    by: User,
    now: datetime,
    address: str | None,
) -> Case:
    """File: a new case, a draft, or a returned case mended. The same key again returns the case
    filed the first time. Where a clerk files for the applicant, the case keeps the counter. What the
    answer tells of filings by others is recorded as a look at them. `seen`, `tab`: the revision of
    the draft that the page was drawn from, and the page, as in `save_draft`.

    Raises `Refused` with every problem at once, `Overtaken` where another tab typed something that
    nobody has chosen against, `NotAllowed`, `Forbidden`. What was sent with a case is kept as its
    draft, or beside it, in the first three.
    """
    try:
        return _submit(
            kind=kind,
            raw=raw,
            applicant=applicant,
            case=case,
            subject=subject,
            explanations=explanations,
            seen=seen,
            tab=tab,
            key=key,
            by=by,
            now=now,
            address=address,
        )
    except (Refused, Overtaken, NotAllowed) as error:
        tried = error.tried if isinstance(error, Refused) else None
        if case is not None:
            keep_refused(
                kind=kind,
                applicant=applicant,
                raw=raw,
                case=case,
                seen=seen,
                tab=tab,
                values=tried.values if tried else None,
                by=by,
                now=now,
            )
        if isinstance(error, Refused):
            _record_told(error.told, applicant, by=by, address=address)
        raise


def _record_told(told: Sequence[str], applicant: Party, *, by: User, address: str | None) -> None:
    if told:
        said = "；".join(dict.fromkeys(told))
        record_access(
            f"{applicant.get_kind_display()} {applicant.name}",
            f"提交备案时告知：{said}",
            by=by,
            address=address,
        )


@transaction.atomic
def _submit(
    *,
    kind: CaseKind,
    raw: Mapping[str, Any],
    applicant: Party,
    case: Case | None,
    subject: int | None,
    explanations: Mapping[str, str] | None,
    seen: str | None,
    tab: str,
    key: UUID | None,
    by: User,
    now: datetime,
    address: str | None,
) -> Case:
    earlier, held = _claimed(case, by=by, key=key)
    if earlier:
        return Case.objects.get(pk=int(earlier.outcome))
    settled = case is not None
    kind = as_begun(kind, case, applicant, now)
    action = Action.SUBMIT
    case = held
    if case is None:
        must_act_for(applicant, kind, by)
    else:
        if not queries.may_file(by, case):
            raise Forbidden("该办件不是由您填报的，不能提交。")
        action = Action.AMEND if case.state == State.RETURNED else Action.SUBMIT
        after(action, State(case.state))
        if seen is not None:
            _refuse_undecided(case, typed_of(kind, raw), seen=seen, tab=tab)
    tried, problems, verdicts = attempt(
        kind=kind,
        raw=raw,
        applicant=applicant,
        case=case,
        subject=subject,
        explanations=explanations,
        by=by,
        now=now,
    )
    children = joint.children_of(tried, now=now)
    problems.extend(joint.problems_of(tried, children))
    if problems:
        raise Refused(problems, verdicts, told=tried.told, tried=tried)
    _record_told(tried.told, applicant, by=by, address=address)
    case = write(tried, verdicts, case=case, action=action, now=now, address=address)
    if action is Action.AMEND:
        kind.effects.amended(case, tried)
    joint.open_children(case, children, now=now, address=address)
    if not settled:
        settle(user=by, key=key, outcome=str(case.pk))
    return case


def _refuse_undecided(case: Case, typed: Mapping[str, Any], *, seen: str, tab: str) -> None:
    """Raise `Overtaken` where another tab kept something newer, or typed something that is neither
    taken nor left yet."""
    others = ConflictingDraft.objects.filter(case=OuterRef("case")).exclude(tab=tab)
    found = Draft.objects.filter(case=case).annotate(disputed=Exists(others)).first()
    refuse_overtaken(case, found, typed, seen=seen, tab=tab)
    if found is not None and found.disputed:
        raise Overtaken


def _locked_for_decision(case: Case, action: Action, by: User) -> Case:
    """The case, locked, in a state that allows `action`, for a reviewer who may decide it."""
    case = joint.locked(case)
    after(action, State(case.state))
    if case.definition.procedure is not None and action is not Action.ASSIGN:
        raise Forbidden("该办件分环节办理，请在办件页面办理当前环节。")
    if case.acting_agency_id not in by.scope.agencies(Power.REVIEW):
        raise Forbidden("该办件由其他机构审核。")
    if queries.has_filed(by, case):
        raise Forbidden("不能审核本人填报的办件，请由其他审核员办理。")
    if queries.concerns(by, case):
        raise Forbidden("您或者您所在的单位是该办件的当事人，请由其他审核员办理。")
    # A case whose decision is held back lies with its reviewer.
    if case.assigned_to_id is not None and (held := queues.held_decision(case)):
        raise Forbidden(f"{held.who_for(by)}已对该办件作出决定，即将生效。")
    return case


@transaction.atomic
def assign(*, case: Case, reason: str = "", by: User, now: datetime, address: str | None) -> Case:
    """Assign a case to oneself, so that colleagues see who is at it; one that a colleague has is
    taken over with a reason only.

    Raises `NotAllowed`, `Forbidden`.
    """
    case = _locked_for_decision(case, Action.ASSIGN, by)
    if case.assigned_to_id == by.pk:
        return case
    reason = read_remark(reason, most=200)
    if case.assigned_to is not None:
        if not reason:
            said = f"该办件已由{case.assigned_to}受理。需要接手的，请写明原因。"
            _stand_in(case, by, otherwise=said, now=now, address=address)
            return case
        reason = f"由{case.assigned_to}转来：{reason}"
    _assign(case, by, reason, now=now, address=address)
    return case


@transaction.atomic
def assign_next(
    *, behind: Case | None, by: User, now: datetime, address: str | None
) -> Case | None:
    """Hand out the next case of the reviewer's queue and assign it at once, so that two reviewers
    never get the same one; None where nothing waits that is not a colleague's.

    What a colleague is being handed at this moment is passed over, not waited for.
    """
    for waiting in queues.to_hand_out(by, behind=behind):
        case = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if case is not None:
            if case.assigned_to_id is None:
                _assign(case, by, "", now=now, address=address)
            elif case.assigned_to_id != by.pk:
                _stand_in(case, by, otherwise="", now=now, address=address)
            return case
    return None


def _assign(case: Case, by: User, said: str, *, now: datetime, address: str | None) -> None:
    case.assigned_to = by
    case.save(update_fields=["assigned_to", "updated_at"])
    Event.objects.create(
        case=case, action=Action.ASSIGN, by=by, at=now, opinion=said, address=address
    )


@transaction.atomic
def give_back(*, case: Case, by: User, now: datetime, address: str | None) -> Case:
    """Give back a case that one had been assigned, for whoever comes next.

    Raises `NotAllowed`, `Forbidden` where it is not one's own.
    """
    case = joint.locked(case)
    after(Action.GIVE_BACK, State(case.state))
    if case.assigned_to_id != by.pk:
        raise Forbidden("该办件不是由您受理的。")
    case.assigned_to = None
    case.save(update_fields=["assigned_to", "updated_at"])
    Event.objects.create(case=case, action=Action.GIVE_BACK, by=by, at=now, address=address)
    return case


@transaction.atomic
def approve(
    *,
    case: Case,
    opinion: str = "",
    seen: datetime | None,
    by: User,
    now: datetime,
    address: str | None,
    trial: bool = False,
) -> Case:
    """Approve: the filing becomes a fact. `seen` is when the version was filed that the reviewer
    had before them: a version filed since is not approved unseen, nor one where nothing was said.
    `trial`: it will be rolled back, so that what takes long is left out.

    Raises `NotAllowed`, `Forbidden`, `Refused`.
    """
    case = _decide(case, Action.APPROVE, opinion, seen=seen, by=by, now=now, address=address)
    effects = case.definition.effects
    if not (trial and effects.lengthy(case)):
        effects.applied(case, by, now)
    joint.ended(case, by=by, now=now, address=address)
    return case


@transaction.atomic
def return_case(
    *,
    case: Case,
    opinion: str,
    marked: Sequence[Mark] = (),
    seen: datetime | None,
    by: User,
    now: datetime,
    address: str | None,
) -> Case:
    """Send back with the reason (审核不通过): the opinion, the fields `marked` as wrong, or both, which
    the opinion then names; `seen` as in `approve`.

    Raises `NotAllowed`, `Forbidden`, `Refused`.
    """
    opinion = marking.told(opinion, marked)
    if not opinion:
        remedy = "写明需要补正的全部内容，或者标记有误的项目"
        raise refused("opinion", "required", "请填写审核意见", remedy)
    case = _decide(
        case, Action.RETURN, opinion, marked=marked, seen=seen, by=by, now=now, address=address
    )
    case.definition.effects.returned(case)
    return case


def _decide(
    case: Case,
    action: Action,
    opinion: str,
    *,
    marked: Sequence[Mark] = (),
    seen: datetime | None,
    by: User,
    now: datetime,
    address: str | None,
) -> Case:
    case = _locked_for_decision(case, action, by)
    if case.assigned_to_id not in (None, by.pk):
        said = f"该办件由{case.assigned_to}受理，请先接手并写明原因。"
        _stand_in(case, by, otherwise=said, now=now, address=address)
    if seen != case.filed_at:
        said = "该办件在您打开后已修改并重新提交，本次审核没有生效"
        raise refused("", "overtaken", said, "请查看最新内容后再审核")
    case.state = after(action, State(case.state))
    case.decided_by, case.decided_at, case.opinion = by, now, read_remark(opinion)
    case.decided_as = by.person_id
    case.save(
        update_fields=["state", "decided_by", "decided_as", "decided_at", "opinion", "updated_at"]
    )
    Event.objects.create(
        case=case,
        action=action,
        by=by,
        at=now,
        opinion=case.opinion,
        marked=[list(mark) for mark in marked],
        address=address,
    )
    return case


def _stand_in(case: Case, by: User, *, otherwise: str, now: datetime, address: str | None) -> None:
    """Give a colleague's case to whoever stands in for them, recorded. Raises `Forbidden` for anybody
    else, who is told what is to be done `otherwise`."""
    assert case.assigned_to_id is not None
    leave = standing_in.stands_for(
        by, case.assigned_to_id, case.acting_agency_id, timezone.localdate(now)
    )
    if leave is None:
        raise Forbidden(otherwise)
    said = f"{leave.reviewer}请假（{leave.from_on} 至 {leave.until_on}），由{by}代班办理"
    _assign(case, by, said, now=now, address=address)


@transaction.atomic
def void(*, case: Case, by: User, now: datetime, address: str | None) -> Case:
    """Withdraw a filing that nobody has approved (JL-8). Raises `NotAllowed`, `Forbidden`."""
    case = joint.locked(case)
    if not queries.may_file(by, case):
        raise Forbidden("该办件不是由本单位填报的，不能作废。")
    case.state = after(Action.VOID, State(case.state))
    case.save(update_fields=["state", "updated_at"])
    Event.objects.create(case=case, action=Action.VOID, by=by, at=now, address=address)
    case.definition.effects.voided(case)
    joint.ended(case, by=by, now=now, address=address)
    return case


@transaction.atomic
def transfer(
    *, case: Case, agency: Agency, reason: str, by: User, now: datetime, address: str | None
) -> Case:
    """Send a waiting case, with the reason, to another agency that reviews cases of its region and
    has somebody to do it.

    Raises `NotAllowed`, `Forbidden`.
    """
    reason = read_remark(reason, most=200)
    case = joint.locked(case)
    after(Action.TRANSFER, State(case.state))
    if not queries.may_transfer(by, case):
        raise Forbidden("只有本机构审核员或本辖区业务主管可以转交办件。")
    if not queries.other_agencies(case).filter(pk=agency.pk).exists():
        raise Forbidden(f"{agency.name}不受理本行政区划的办件，或者没有审核员，不能转交。")
    if not reason:
        raise Forbidden("请写明转交的原因。")
    case.agency, case.acting_agency, case.assigned_to = agency, agency, None
    case.save(update_fields=["agency", "acting_agency", "assigned_to", "updated_at"])
    if case.definition.procedure is not None:
        case.steps.filter(acted_at__isnull=True).update(agency=agency)
    Event.objects.create(
        case=case,
        action=Action.TRANSFER,
        by=by,
        at=now,
        opinion=f"转交{agency.name}：{reason}"[:500],
        address=address,
    )
    case.definition.effects.transferred(case)
    return case
