"""How a case begins: its draft, with what is known already filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from yonggong.cases import drafting, items
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.prefilling import known
from yonggong.portals.pages.desk import Desk
from yonggong.registry.parties import Party

_SESSION_LIFE = timedelta(seconds=settings.SESSION_LIFE_SECONDS)


def begun(desk: Desk, applicant: Party, kind: CaseKind) -> Case:
    """The draft of a case that is about nothing known yet: always one of its own, so that two
    tabs never type into one. Only what was begun a session's life ago, on the version of its item
    that still holds, and never written into, is used up. It begins with what is known already."""
    held = items.holding(kind, region=applicant.region_code, on=desk.today)
    own = _own(desk, applicant, kind).filter(item_version=held.version)
    left = case_queries.left_blank(own, before=desk.now - _SESSION_LIFE).first()
    if left:
        return drafting.use_up(case=left, now=desk.now)
    raw = known(held.form, applicant=applicant, by=desk.user, today=desk.today, item=held.item)
    if raw:
        starts = held.form.initial() | dict(held.pages.starts(applicant))
        raw = held.form.dump(starts) | raw
    return _draft(desk, applicant, kind, raw, None)


def begun_on(desk: Desk, applicant: Party, kind: CaseKind, row: Any, subject: int) -> Case:
    """The draft of a filing about `subject`, begun on a row of the kind's list: the one this person
    has begun, or a new one."""
    assert kind.pages.list is not None
    return _own(desk, applicant, kind).filter(subject=subject).first() or _draft(
        desk, applicant, kind, kind.form.dump(kind.pages.list.begins(row)), subject
    )


def begun_about(
    desk: Desk, applicant: Party, kind: CaseKind, raw: Mapping[str, Any], subject: int
) -> Case:
    """The draft of a case about `subject`: the one this person has begun, or a new one with these
    answers as if typed."""
    begun = _own(desk, applicant, kind).filter(subject=subject).first()
    return begun or _draft(desk, applicant, kind, raw, subject)


def begun_with(desk: Desk, applicant: Party, kind: CaseKind, answers: Mapping[str, Any]) -> Case:
    """The draft of a case that names by its first answer what it is about: the one this person has begun
    with that, or a new one with these answers."""
    raw = kind.form.dump(answers)
    name, said = next(iter(raw.items()))
    begun = _own(desk, applicant, kind).filter(**{f"draft__data__{name}": said}).first()
    return begun or _draft(desk, applicant, kind, raw, None)


def _own(desk: Desk, applicant: Party, kind: CaseKind) -> QuerySet[Case]:
    return case_queries.visible_to(desk.user).filter(
        applicant=applicant, kind=kind.name, state=State.DRAFT, filed_by=desk.user
    )


def _draft(
    desk: Desk, applicant: Party, kind: CaseKind, raw: Mapping[str, Any], subject: int | None
) -> Case:
    return drafting.save_draft(
        kind=kind,
        applicant=applicant,
        raw=raw,
        case=None,
        subject=subject,
        by=desk.user,
        now=desk.now,
    )
