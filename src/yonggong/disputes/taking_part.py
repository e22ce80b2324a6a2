"""Who takes part in a dispute, as what, and knows of it: who applied, the side it was served on, third parties."""

from __future__ import annotations

from collections.abc import Collection

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.models import Participant
from yonggong.disputes.models import Dispute, Exhibit
from yonggong.registry.parties import Party

Role = Exhibit.Role


def parties_of(dispute: Dispute) -> dict[int, Role]:
    """Their keys, each with what it is there; the other side only once the application was served on it."""
    found = {dispute.case.applicant_id: Role.APPLICANT}
    if dispute.served_on is not None and dispute.other_side is not None:
        found.setdefault(dispute.other_side, Role.OTHER)
    for third in thirds_of(dispute):
        found.setdefault(third.pk, Role.THIRD)
    return found


def thirds_of(dispute: Dispute) -> list[Party]:
    """The third parties, the first one first."""
    rows = dispute.case.participants.filter(role=Participant.Role.THIRD)
    return [row.party for row in rows.select_related("party").order_by("pk")]


def acting(user: User, dispute: Dispute, among: Collection[int]) -> tuple[int, Role] | None:
    """Which of the parties `among` takes part and is acted for by `user`, and what it is; None for anybody
    else, and for a clerk who serves one at a counter."""
    own = (user.scope.parties(Power.FILE) - {user.scope.person_served}) & set(among)
    return next((one for one in parties_of(dispute).items() if one[0] in own), None)
