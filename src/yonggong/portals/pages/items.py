"""其他事项: whatever kind of case has no pages of its own is listed, begun and taken back alike, by
employers and by persons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from yonggong.accounts.models import User
from yonggong.cases import closed
from yonggong.cases import listings as case_lists
from yonggong.cases import queries as case_queries
from yonggong.cases.items import kinds_for, kinds_in_use
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import STATE_TITLES
from yonggong.cases.models import Case
from yonggong.listings import ChoiceCondition, Listing
from yonggong.registry.parties import Party


def offered(user: User, applicant: Party, on: date) -> list[CaseKind]:
    """The kinds without pages of their own that `user` may begin for the applicant: those taken
    where it is, for the likes of it; what is not handled online, at a counter."""
    at_counter = user.scope.counter_for(applicant.pk) is not None
    return [kind for kind in _open(user, applicant, on) if at_counter or not kind.counter_only]


def at_counters(user: User, applicant: Party, on: date) -> list[CaseKind]:
    """Those that only a counter takes in, where `user` is at none."""
    if user.scope.counter_for(applicant.pk) is not None:
        return []
    return [kind for kind in _open(user, applicant, on) if kind.counter_only]


def _open(user: User, applicant: Party, on: date) -> list[CaseKind]:
    return [
        kind
        for kind in kinds_for(applicant.region_code, on)
        if not kind.pages.own
        # Whom an item is for may be open: then nobody begins it.
        and (kind.coded or kind.audience)
        and kind.serves(applicant)
        and case_queries.acts_for(user, applicant.pk, kind)
        and not closed.is_barred(kind, applicant)
    ]


def by_category(
    online: Sequence[CaseKind], at_counters: Sequence[CaseKind]
) -> list[tuple[str, list[CaseKind], list[CaseKind]]]:
    """Kinds of items by category, in the order they come: those begun online, those that only a counter
    takes in."""
    found: dict[str, tuple[list[CaseKind], list[CaseKind]]] = {}
    for place, kinds in enumerate((online, at_counters)):
        for kind in kinds:
            category = kind.item.category if kind.item else ""
            found.setdefault(category, ([], []))[place].append(kind)
    return [(category, *both) for category, both in found.items()]


def _kinds() -> list[CaseKind]:
    return [kind for kind in kinds_in_use() if not kind.pages.own]


def applied(user: User, applicants: Collection[int]) -> QuerySet[Case]:
    """What these applicants (keys of parties) asked for of such kinds, as far as `user` sees it; the
    items of a joint case stand on that."""
    names = [kind.name for kind in _kinds()]
    of_kinds = case_queries.of_kinds(*names) if names else Q(pk__in=[])
    mine = case_queries.visible_to(user).filter(of_kinds, applicant__in=applicants, parent=None)
    return case_lists.counted(mine)


def listing(
    *,
    name: str,
    title: str,
    applicants: Party.Kind,
    rows: Callable[[User], QuerySet[Case]],
    link: Callable[[Case], str],
) -> Listing:
    """The list of what applicants of a sort applied for."""
    such = Party(kind=applicants)
    return Listing(
        name=name,
        title=title,
        columns=case_lists.columns("number", "subject", "kind", "state", "filed_at", "due_on"),
        conditions=(
            ChoiceCondition(
                name="kind",
                label="事项",
                options=lambda user: [
                    (kind.name, kind.title) for kind in _kinds() if kind.serves(such)
                ],
                q=case_queries.of_kinds,
            ),
            ChoiceCondition(
                name="state",
                label="审核状态",
                field="state",
                choices=tuple((str(state), title) for state, title in STATE_TITLES.items()),
            ),
        ),
        rows=rows,
        row_link=link,
        empty="还没有申请过事项。",
    )
