"""What the pages say of special hours: permits that there are, and the one that a case made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yonggong.cases.attempts import Attempt
from yonggong.cases.models import Case
from yonggong.cases.pages import KeyFact, Look, Pages, Panel, Site
from yonggong.forms.advice import Advice
from yonggong.relations import permits
from yonggong.relations.permit_models import SpecialHoursPermit


def _advice(case: Case, attempt: Attempt, site: Site) -> Iterable[Advice]:
    """What is permitted now: a renewal begins where it ends."""
    held = [
        post for post in permits.of_employer(case.applicant_id) if post.until_on >= attempt.today
    ]
    if held and attempt.values.get("application_kind"):
        told = "；".join(
            f"{post.job}（{post.get_system_display()}）至 {post.until_on}" for post in held[:5]
        )
        yield Advice(field="application_kind", text=f"现有批准：{told}。")


def _permit(look: Look) -> Mapping[str, Any] | None:
    permit = SpecialHoursPermit.objects.filter(case=look.case).first()
    if permit is None:
        return None
    return {
        "permit": permit,
        "posts": permit.posts.order_by("pk"),
        "state": permit.state_on(look.on),
    }


PAGES = Pages(
    advice=_advice,
    panels=(Panel(place="content", template="relations/permit.html", given=_permit),),
    key_facts=(
        KeyFact(label="申报种类", fields=("application_kind",)),
        KeyFact(label="人数", fields=("special_hours_count", "staff_count"), between="，职工"),
        KeyFact(label="每日最长连续工作", fields=("longest_day",)),
        KeyFact(label="决议", fields=("consulted", "resolved_on")),
        KeyFact(label="违法或者争议", fields=("violations_or_disputes_last_year",)),
    ),
)
