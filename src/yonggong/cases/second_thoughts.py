"""Second thoughts: what nobody has decided is taken back as a draft; what is over is filed again from
its content. Nothing has to be typed or uploaded a second time."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yonggong.accounts.models import User
from yonggong.cases import actions, closed, drafting, handling, joint, materials, queries
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import Action, NotAllowed, State, may
from yonggong.cases.models import Case, ConflictingDraft, Draft
from yonggong.forms.page import EXPLANATION

_OVER = (State.VOIDED, State.REFUSED, State.REVOKED)


@transaction.atomic
def take_back(
    *, case: Case, reason: str = "", by: User, now: datetime, address: str | None
) -> Case:
    """Void a case that nobody has decided, and give back what was filed as a draft. An item of a
    joint case, which is filed with that, is only voided, and given back itself.

    Raises `NotAllowed`, `Forbidden`.
    """
    if case.definition.procedure is None:
        case = actions.void(case=case, by=by, now=now, address=address)
    else:
        case = handling.withdraw(case=case, reason=reason, by=by, now=now, address=address)
    return case if case.parent_id else begin_again(case=case, by=by, now=now)


@transaction.atomic
def begin_again(*, case: Case, by: User, now: datetime) -> Case:
    """A draft with what a voided, refused or revoked case was filed with, or was being mended to: answers,
    explanations and materials. An item of a joint case is filed with that.

    Raises `NotAllowed`, `Forbidden`.
    """
    case = joint.locked(case)
    if not queries.may_file(by, case):
        raise Forbidden("该办件不是由您填报的，不能重新填报。")
    if case.state not in _OVER:
        raise NotAllowed(Action.SUBMIT, State(case.state))
    if case.parent_id is not None:
        raise Forbidden("该事项随联办件一并办理，请从联办件重新填报。")
    kind = case.definition
    mending = Draft.objects.filter(case=case).first()
    kept = (
        mending.opened(kind.form) if mending else case.version.opened(kind.form) | _explained(case)
    )
    try:
        with transaction.atomic():
            fresh = drafting.save_draft(
                kind=kind,
                applicant=case.applicant,
                raw=kept,
                case=None,
                subject=None if kind.makes_subject else case.subject,
                by=by,
                now=now,
            )
    except IntegrityError:
        raise Forbidden(f"{kind.title}已有一件正在办理，请在该件上继续。") from None
    materials.carry_over(source=case, target=fresh)
    kind.effects.begun_again(case, fresh)
    for aside in ConflictingDraft.objects.filter(case=case):
        typed = aside.opened(kind.form)
        aside.case = fresh
        aside.keep(typed, kind.form)
        aside.save(update_fields=["case", "data"])
    if mending:
        mending.delete()
    return fresh


def _explained(case: Case) -> dict[str, str]:
    return {
        f"{EXPLANATION}{item['rule']}": item["explanation"]
        for item in case.version.findings
        if item["explanation"]
    }


def may_take_back(user: User, case: Case) -> bool:
    """Whether `user` may take back what nobody has decided yet, to file it again."""
    if closed.is_barred(case.definition, case.applicant):
        return False
    if case.definition.procedure is not None:
        return queries.may_withdraw(user, case)
    return may(Action.VOID, case.state) and queries.may_file(user, case)


def may_begin_again(user: User, case: Case) -> bool:
    """Whether `user` may file the case again from its content."""
    return (
        case.state in _OVER
        and case.parent_id is None
        and queries.may_file(user, case)
        and not closed.is_barred(case.definition, case.applicant)
    )
