"""Both sides of a dispute are told at once of what happens in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.accounts.telling import Told, tell
from yonggong.disputes.models import Dispute

_FILING = tuple(key for key, role in ROLES.items() if Power.FILE in role.powers)


def both(dispute: Dispute, title: str, body: str, *, now: datetime) -> None:
    """Tell whoever acts for either side; the other one only once the application was served on it."""
    told = {dispute.case.applicant_id}
    if dispute.served_on is not None and dispute.other_side is not None:
        told.add(dispute.other_side)
    case = dispute.case
    for user in _readers(told):
        tell(
            Told(
                user=user,
                about=f"dispute {dispute.pk} {title}"[:40],
                title=f"{title}：{case.kind_title}"[:100],
                body=f"案号 {case.number}：{body}",
                at=now,
            )
        )


def _readers(parties: Iterable[int]) -> list[int]:
    keys = list(parties)
    acting = Grant.objects.filter(party__in=keys, role__in=_FILING).values("user")
    return list(
        User.objects.filter(Q(person__in=keys) | Q(pk__in=acting), state=User.State.ACTIVE)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
