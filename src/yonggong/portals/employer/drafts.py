"""How a filing of a kind with a list of its own begins: the draft, with what now holds filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases import queries as case_queries
from yonggong.cases.actions import save_draft
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.portals.employer.desk import Desk


def begun(desk: Desk, kind: CaseKind) -> Case:
    """The draft of a filing that is about nothing known yet: the one that this person began and
    left empty, or a new one."""
    return _own(desk, kind, draft__data={}) or _draft(desk, kind, {}, None)


def begun_on(desk: Desk, kind: CaseKind, row: Any, subject: int) -> Case:
    """The draft of a filing about `subject`, begun on a row of the kind's list: the one this person
    has begun, or a new one."""
    assert kind.pages.list is not None
    return _own(desk, kind, subject=subject) or _draft(
        desk, kind, kind.pages.list.begins(row), subject
    )


def _own(desk: Desk, kind: CaseKind, **about: object) -> Case | None:
    drafts = case_queries.visible_to(desk.user).filter(
        applicant=desk.employer.pk, kind=kind.name, state=State.DRAFT, filed_by=desk.user
    )
    return drafts.filter(**about).first()


def _draft(desk: Desk, kind: CaseKind, values: Mapping[str, Any], subject: int | None) -> Case:
    return save_draft(
        kind=kind,
        applicant=desk.employer.party,
        raw=kind.form.dump(values),
        case=None,
        subject=subject,
        by=desk.user,
        now=desk.now,
    )
