"""Why somebody looks at personal data outside of what lies with their own agency: asked, and recorded with
the look (NMG-10). What is looked at in handling a case needs no telling."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases.models import Case

HANDLING = "办理该办件"


def offered(region_code: str) -> tuple[str, ...]:
    """What may be chosen in a region."""
    return policy.of(region_code, timezone.localdate()).secrecy.purposes


def asked_of(user: User, case: Case) -> tuple[str, ...]:
    """What `user` chooses from to see the case whole; nothing where they or their agency handle it."""
    own = user.scope.agencies()
    handles = user.pk in (case.filed_by_id, case.assigned_to_id, case.decided_by_id)
    if handles or {case.agency_id, case.acting_agency_id, case.counter_id} & set(own):
        return ()
    return offered(case.region_code)


def chosen(request: HttpRequest, among: tuple[str, ...]) -> str:
    """The purpose that was chosen; "" where none of these was, which is said."""
    purpose = request.POST.get("purpose", "")
    if purpose in among:
        return purpose
    messages.error(request, "请先选择查看目的，再查看完整信息。")
    return ""
