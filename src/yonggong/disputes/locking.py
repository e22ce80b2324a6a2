"""A dispute locked for an act on it."""

from __future__ import annotations

from yonggong.cases import joint
from yonggong.cases.models import Case
from yonggong.disputes.models import Dispute


def held_for(pk: int) -> Dispute:
    """The dispute, its case locked first as everywhere. Raises `Dispute.DoesNotExist`."""
    case = joint.locked(Case.objects.get(pk=pk))
    dispute = Dispute.objects.select_for_update(of=("self",)).get(pk=pk)
    dispute.case = case
    return dispute
