"""An authority as a principal gives it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from tests.files import PNG
from yonggong.accounts.models import User
from yonggong.registry.actions import enter_person
from yonggong.registry.authority import give_authority
from yonggong.registry.models import Worker
from yonggong.registry.parties import Authority, Party
from yonggong.registry.people import keep_evidence


def authorised(
    principal: Party, agent: Party | Worker, *, by: User, until: date | None = None
) -> Authority:
    """Let the agent act for the principal."""
    if isinstance(agent, Worker):
        agent = enter_person(worker=agent, region_code=principal.region_code)
    return give_authority(
        agent=agent,
        principal=principal,
        until=until,
        evidence=keep_evidence(file_name="委托书.png", content_type="image/png", content=PNG),
        by=by,
        now=timezone.localtime(),
    )
