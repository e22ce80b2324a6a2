"""The employer's first page: what waits to be done now, the usual acts, how many of what."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from yonggong import policy
from yonggong.batch import queries as batches
from yonggong.batch.models import Batch
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import all_kinds
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract, Filing
from yonggong.contracts.papers import without
from yonggong.contracts.queries import ending_within
from yonggong.contracts.workforce import workforce_findings
from yonggong.employers.queries import newest_filing, open_filing
from yonggong.portals.employer import offers
from yonggong.portals.employer.desk import Desk, at_desk, closed_note
from yonggong.portals.pages.site import EMPLOYER
from yonggong.reminders.todos import ToDo, annual_duties
from yonggong.supervision import orders
from yonggong.supervision.models import Order

# So many lines of a kind of to-do stand on the page; the rest is behind a link.
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One count, and the list behind it."""

    title: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A form somebody began and did not submit."""

    case: Case
    title: str
    url: str


@at_desk
@require_GET
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """首页; at the counter of another department the applications alone."""
    if not desk.is_labour:
        return redirect("employer:item")
    rules = policy.of(desk.employer.region_code, desk.today)
    days = max(rules.reminders.contract_ending_days)
    ending = ending_within(desk.employer, days=days, on=desk.today)
    counts = _counts(desk)
    offered = offers.waiting(desk) if not desk.employer.is_closed else []
    context = {
        "employer": desk.employer,
        "filing": open_filing(desk.employer) or newest_filing(desk.employer),
        "figures": _figures(counts),
        "workforce": workforce_findings(desk.employer, desk.today),
        "returned": _own_cases(desk).filter(state=State.RETURNED)[:_SHOWN],
        "returned_count": counts["returned"],
        "drafts": _drafts(desk),
        "without_roster": counts["without_roster"],
        "without_certificate": counts["without_certificate"],
        "duties": _duties(desk, rules),
        "closed": closed_note() if desk.employer.is_closed else "",
        "ending": [_ending(contract, desk) for contract in ending[:_SHOWN]],
        "ending_count": ending.count(),
        "ending_days": days,
        "prefilled": [
            kind
            for kind in all_kinds()
            if kind.workbook and kind.workbook.prefilled and not desk.bars(kind)
        ],
        "asking": batches.visible_to(desk.user).filter(
            employer=desk.employer, state=Batch.State.ASKING
        )[:_SHOWN],
        "orders": orders.own(desk.user).filter(employer=desk.employer, state=Order.State.SERVED),
        "offers": offered[:_SHOWN],
        "offer_count": len(offered),
        "today": desk.today,
    }
    return render(request, "portals/employer/home.html", context)


def _duties(desk: Desk, rules: policy.Policy) -> list[ToDo]:
    """What the employer files once a year; nothing any more where it has closed."""
    closed = desk.employer.is_closed
    return [] if closed else list(annual_duties(desk.employer, rules, desk.today))


def _own_cases(desk: Desk) -> QuerySet[Case]:
    return (
        case_queries.visible_to(desk.user)
        .filter(applicant=desk.employer.pk)
        .select_related("agency", "decided_by")
        .order_by("-updated_at")
    )


def _counts(desk: Desk) -> dict[str, int]:
    """All counts in one pass over the employer's filings."""
    found: dict[str, int] = Filing.objects.filter(employer=desk.employer).aggregate(
        in_post=Count("pk", filter=Q(in_post=True)),
        pending=Count("pk", filter=Q(state=State.PENDING)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        late=Count("pk", filter=Q(late_days__gt=0) & ~Q(state=State.VOIDED)),
        without_roster=Count("pk", filter=without("roster")),
        without_certificate=Count("pk", filter=without("certificate")),
    )
    return found


def _figures(counts: dict[str, int]) -> list[Figure]:
    everything = reverse("employer:contracts")

    def behind(**asked: str) -> str:
        return f"{everything}?{urlencode(asked)}"

    return [
        Figure("在职合同", counts["in_post"], behind(in_post="1")),
        Figure("未审核", counts["pending"], behind(state="pending")),
        Figure("审核不通过", counts["returned"], behind(state="returned")),
        Figure("未生成名册", counts["without_roster"], reverse("employer:roster-print")),
        Figure("逾期备案", counts["late"], behind(late="1")),
    ]


def _drafts(desk: Desk) -> list[Draft]:
    begun = (
        _own_cases(desk)
        .filter(state=State.DRAFT, filed_by=desk.user)
        .exclude(draft__data={})
        .select_related("draft")
    )
    if desk.employer.is_closed:  # the rest cannot be sent any more
        begun = begun.filter(kind__in=[kind.name for kind in all_kinds() if not desk.bars(kind)])
    found = list(begun[:_SHOWN])
    names = dict(
        Contract.objects.filter(
            pk__in=[case.subject for case in found if case.subject]
        ).values_list("pk", "worker__name")
    )
    return [
        Draft(
            case,
            names.get(case.subject or 0) or str(case.draft.data.get("name") or "未填写姓名"),
            EMPLOYER.form_url(case),
        )
        for case in found
    ]


def _ending(contract: Contract, desk: Desk) -> dict[str, object]:
    """A contract about to end: who, when, in how many days, and its page to act on it."""
    assert contract.end_on is not None
    return {
        "contract": contract,
        "days": (contract.end_on - desk.today).days,
        "url": reverse("employer:case", args=[contract.current_id]),
    }
