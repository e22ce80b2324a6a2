"""A case that nobody has decided, stopped by the office: those who filed it turned out to act for
somebody else than its applicant."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import joint
from yonggong.cases.errors import Forbidden
from yonggong.cases.life import Action, State, after
from yonggong.cases.models import Case, Event


@transaction.atomic
def stop(*, case: Case, reason: str, by: User, now: datetime, address: str | None) -> None:
    """Void what was submitted, with the reason; a draft, which no office has yet, goes.

    Raises `Forbidden` where it was submitted in a region in which they do not review, `NotAllowed`.
    """
    case = joint.locked(case)
    if case.state == State.DRAFT and by.may(Power.REVIEW):
        case.materials.all().delete()
        case.delete()
        return
    if not by.scope.covers(case.region_code, Power.REVIEW):
        raise Forbidden("该办件不在您的审核范围内。")
    case.state = after(Action.VOID, State(case.state))
    case.save(update_fields=["state", "updated_at"])
    Event.objects.create(
        case=case, action=Action.VOID, by=by, at=now, opinion=reason, address=address
    )
    case.definition.effects.voided(case)
    joint.ended(case, by=by, now=now, address=address)
