"""All who take part in a dispute are told at once of what happens in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES, Power
from yonggong.accounts.telling import Told, tell
from yonggong.disputes.models import Dispute
from yonggong.disputes.taking_part import parties_of

_FILING = tuple(key for key, role in ROLES.items() if Power.FILE in role.powers)


def both(dispute: Dispute, title: str, body: str, *, which: str = "", now: datetime) -> None:
    """Tell whoever acts for either side, and third parties; the other side only once the application was
    served on it. `which` of several under one title, that none takes the place of another."""
    case = dispute.case
    for user in _readers(parties_of(dispute)):
        tell(
            Told(
                user=user,
                about=f"dispute {dispute.pk} {which}{title}"[:40],
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
