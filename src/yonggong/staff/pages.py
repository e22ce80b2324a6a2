"""What the bureau's page of a case shows of an application for accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action, may
from yonggong.cases.pages import KeyFact, Look, Pages, Panel
from yonggong.staff.models import Order

# The urls under which agencies apply, in the bureau's portal.
APPLYING = "applications"


def _own(look: Look) -> Mapping[str, Any] | None:
    """For the agency that applies: to mend it, to take it back."""
    case, user = look.case, look.user
    if not case_queries.acts_for(user, case.applicant_id, case.definition):
        return None
    mending, back = may(Action.AMEND, case.state), case_queries.may_withdraw(user, case)
    if not mending and not back:
        return None
    return {
        "mending": mending,
        "may_withdraw": back,
        "form_url": look.site.url(f"{APPLYING}-form", case.pk),
        "withdraw_url": look.site.url(f"{APPLYING}-withdraw", case.pk),
    }


def _ordered(look: Look) -> Mapping[str, Any] | None:
    """How far the administrators are."""
    orders = Order.objects.filter(case=look.case).order_by("row")
    found = list(orders.select_related("account", "created_by", "granted_by"))
    return {"orders": found} if found else None


PANELS = (
    Panel(place="notice", template="staff/applicant.html", given=_own, portal="bureau"),
    Panel(place="aside", template="staff/orders.html", given=_ordered, portal="bureau"),
)
REQUEST = Pages(
    word="item",
    panels=PANELS,
    key_facts=(
        KeyFact(label="申请事项", fields=("act",)),
        KeyFact(label="账号类别", fields=("branch", "role")),
        KeyFact(label="使用人", fields=("name", "unit", "post")),
        KeyFact(label="账号", fields=("username",)),
        KeyFact(label="详细权限", fields=("rights",)),
        KeyFact(label="理由", fields=("reason",)),
    ),
)
