"""工作台: what waits, for whom, and how the region stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.cases import queues, standing_in, workload
from yonggong.cases.items import kind_called
from yonggong.cases.listings import clock_badge, counted, remaining
from yonggong.cases.models import Case
from yonggong.codes import calendar
from yonggong.portals.access import portal, user_of
from yonggong.registry.models import Employer
from yonggong.registry.queries import employers_visible_to
from yonggong.supervision import clues, orders, plans
from yonggong.supervision.models import Inspection, Order

_SOON_WORKING_DAYS = 3
_SHOWN = 8
_WORKLOAD_DAYS = 30


@portal("bureau")
def home(request: HttpRequest) -> HttpResponse:
    """The reviewer's own queue; the inspector's clues; for supervisors the region's workload and lateness."""
    user = user_of(request)
    queue = _queue(user)
    context: dict[str, Any] = {
        "figures": _figures(user, queue) + _inspecting(user),
        "kinds": [{**row, "title": kind_called(row["kind"]).title} for row in queue],
        "first": [(case, remaining(case), clock_badge(case)) for case in _first(user)],
        "region": _region(user),
        "days": _WORKLOAD_DAYS,
        "reviews": user.may(Power.REVIEW),
        "inspects": user.may(Power.ORDER),
        "types_in": user.may(Power.FILE_FOR_OTHERS),
    }
    if context["inspects"]:
        context["first_clues"] = clues.waiting_for(user).order_by("-found_on", "-pk")[:_SHOWN]
    if user.may(Power.REVIEW):
        context["leaves"] = standing_in.stood_in_by(user, timezone.localdate())
    if user.may(Power.SUPERVISE):
        since = timezone.now() - timedelta(days=_WORKLOAD_DAYS)
        load = workload.of_regions(user, today=timezone.localdate(), since=since)
        context["agencies"], context["reviewers"] = load.agencies, load.reviewers
        context["waiting"] = sum(load.waiting for load in context["agencies"])
        context["overdue"] = sum(load.overdue for load in context["agencies"])
    return render(request, "portals/bureau/home.html", context)


def _queue(user: User) -> list[dict[str, Any]]:
    """The reviewer's queue by kind of case, the fullest first: gone through once for all its figures."""
    if not user.may(Power.REVIEW):
        return []
    today = timezone.localdate()
    rows: Any = (
        queues.queue_of(user)
        .order_by()
        .values("kind")
        .annotate(
            count=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=_soon(today))),
            mine=Count("pk", filter=Q(assigned_to=user)),
        )
        .order_by("-count")
    )
    return list(rows)


def _soon(today: date) -> date:
    return calendar.add_working_days(today, _SOON_WORKING_DAYS)


def _figures(user: User, waiting: list[dict[str, Any]]) -> list[dict[str, object]]:
    if not user.may(Power.REVIEW):
        return []
    today = timezone.localdate()
    soon = _soon(today)
    counts = Counter[str]()
    for row in waiting:
        counts.update({name: row[name] for name in ("count", "overdue", "soon", "mine")})
    decided = case_queries.visible_to(user).filter(
        decided_by=user, decided_at__gte=timezone.localtime().replace(hour=0, minute=0, second=0)
    )
    queue = reverse("bureau:queue")
    return [
        {"title": "待审核", "count": counts["count"], "url": queue},
        {"title": "已超期", "count": counts["overdue"], "url": f"{queue}?overdue=1", "alarm": True},
        {
            "title": f"{_SOON_WORKING_DAYS} 个工作日内到期",
            "count": counts["soon"],
            "url": f"{queue}?due_from={today}&due_to={soon}",
        },
        {"title": "本人已受理", "count": counts["mine"], "url": f"{queue}?taken={user.pk}"},
        {
            "title": "今日已审核",
            "count": decided.count(),
            "url": f"{reverse('bureau:cases')}?decider={user.pk}&decided_from={today}",
        },
    ]


def _inspecting(user: User) -> list[dict[str, object]]:
    """What waits for an inspector."""
    if not user.may(Power.ORDER):
        return []
    today, address = timezone.localdate(), reverse("bureau:orders")
    counts = orders.visible_to(user).aggregate(
        running=Count("pk", filter=Q(state=Order.State.SERVED)),
        replied=Count("pk", filter=Q(state=Order.State.REPLIED)),
        over=Count("pk", filter=Q(state=Order.State.SERVED, correct_by__lt=today)),
    )
    waiting = clues.waiting_for(user).count()
    drawn = plans.inspections_visible_to(user).filter(
        plans.done_by(user.pk), result=Inspection.Result.OPEN
    )
    own = f"{reverse('bureau:inspections')}?result=open&inspector={user.pk}"
    return [
        {"title": "待核查线索", "count": waiting, "url": f"{reverse('bureau:clues')}?state=new"},
        {"title": "待改正", "count": counts["running"], "url": f"{address}?state=served"},
        {"title": "待复查", "count": counts["replied"], "url": f"{address}?state=replied"},
        {
            "title": "已过改正期限",
            "count": counts["over"],
            "url": f"{address}?state=served&correct_by_to={today - timedelta(days=1)}",
            "alarm": True,
        },
        {"title": "待本人检查", "count": drawn.count(), "url": own},
    ]


def _first(user: User) -> Iterable[Case]:
    """The cases to take next."""
    if not user.may(Power.REVIEW):
        return ()
    return counted(queues.queue_of(user)).order_by("due_on", "pk")[:_SHOWN]


def _region(user: User) -> list[dict[str, object]]:
    if not user.may(Power.SEE_REGION):
        return []
    states = employers_visible_to(user).order_by().values("state").annotate(count=Count("pk"))
    counts = {row["state"]: row["count"] for row in states}
    employers = reverse("bureau:employers")
    return [
        {
            "title": f"{label}单位",
            "count": counts.get(state, 0),
            "url": f"{employers}?state={state}",
        }
        for state, label in Employer.State.choices
    ]
