"""窗口工作: what counters typed in, for their supervisors: counts by agency and clerk, the list, random
samples and what was found of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import listings as case_lists
from yonggong.counters import actions, queries
from yonggong.counters.models import CounterSample, SampledCase
from yonggong.forms.reading import read_date
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    Listing,
    RelatedTextCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.registry.models import Agency

# What the page counts, and what is drawn from unless other days are given.
_DAYS = 30

_AGENCY = RelatedTextCondition(
    name="counter",
    label="窗口机构",
    hint="机构名称开头",
    field="name",
    related=lambda user: Agency.objects.all(),
    to="counter",
)

WORK = Listing(
    name="bureau-counter-work",
    title="窗口工作",
    columns=(
        *case_lists.columns("number", "kind", "applicant", "subject"),
        Column(name="counter", label="窗口机构", value=lambda row: row.counter.name, width=28),
        Column(name="clerk", label="经办人", value=lambda row: row.filed_by.name, width=12),
        Column(
            name="account",
            label="账号",
            value=lambda row: row.filed_by.username,
            shown=False,
            width=16,
        ),
        *case_lists.columns("filed_at", "state", filed_at={"quick": False}),
    ),
    rows=queries.work_visible_to,
    conditions=(
        _AGENCY,
        RelatedTextCondition(
            name="clerk",
            label="经办人",
            hint="姓名开头",
            field="name",
            related=lambda user: User.objects.all(),
            to="filed_by",
        ),
        case_lists.NumberCondition(),
        DateRangeCondition(name="filed", label="提交日期", field="filed_at", moment=True),
    ),
    row_link=lambda row: reverse("bureau:case", args=[row.pk]),
    empty="没有窗口代录的办件。",
)

_OPEN = "open"
_FINDINGS = {
    "": Badge("wait", "clock"),
    SampledCase.Finding.RIGHT: Badge("good", "circle-check"),
    SampledCase.Finding.WRONG: Badge("bad", "alert-triangle"),
}

SAMPLED = Listing(
    name="bureau-sampled",
    title="窗口抽查结果",
    columns=(
        Column(name="sample", label="抽查编号", value=lambda row: row.sample_id, width=10),
        Column(name="drawn", label="抽取时间", value=lambda row: row.sample.at, width=18),
        *case_lists.columns_of_case("number", "kind", "applicant", "state"),
        Column(name="counter", label="窗口机构", value=lambda row: row.agency.name, width=28),
        Column(name="clerk", label="经办人", value=lambda row: row.clerk.name, width=12),
        Column(
            name="finding",
            label="检查结果",
            value=lambda row: row.get_finding_display() or "待检查",
            badge=lambda row: _FINDINGS[row.finding],
            width=12,
        ),
        Column(name="remark", label="检查说明", value=lambda row: row.remark, long=True, width=40),
        Column(
            name="by", label="检查人", value=lambda row: row.by.name if row.by else "", width=12
        ),
    ),
    rows=queries.sampled_visible_to,
    conditions=(
        ChoiceCondition(
            name="finding",
            label="检查结果",
            choices=(*SampledCase.Finding.choices, (_OPEN, "待检查")),
            q=lambda code: Q(finding="" if code == _OPEN else code),
        ),
        replace(_AGENCY, to="agency"),
    ),
    row_link=lambda row: reverse("bureau:counter-work-sample", args=[row.sample_id]),
    empty="没有抽查的办件。",
)


@needs(Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """The counts of the last thirty days, drawing a sample, and every case."""
    user, today = user_of(request), timezone.localdate()
    since = today - timedelta(days=_DAYS - 1)
    recent = queries.filed_between(queries.work_visible_to(user), since, today)
    counted = queries.counts(recent)
    extra = {
        "counted": counted,
        "declared": queries.declared(user, since),
        "agencies": list(
            dict.fromkeys((line["counter"], line["counter__name"]) for line in counted)
        ),
        "since": since,
        "until": today,
        "most": actions.MOST_DRAWN,
        "samples": queries.samples_visible_to(user).order_by("-pk")[:10],
    }
    return listing_view(request, WORK, template="portals/bureau/counter_work.html", extra=extra)


@needs(Power.SUPERVISE)
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample."""
    user = user_of(request)
    given = request.POST
    try:
        since, until = (
            read_date(given.get(name, ""), serials=False) for name in ("since", "until")
        )
        size = int(given.get("size", ""))
        agency = Agency.objects.get(pk=int(given["agency"])) if given.get("agency") else None
        sample = actions.draw(
            agency=agency, since=since, until=until, size=size, by=user, now=timezone.now()
        )
    except (ValueError, Agency.DoesNotExist):
        messages.error(request, "请填写起止日期和抽取件数。")
        return redirect("bureau:counter-work")
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("bureau:counter-work")
    messages.success(request, f"已从 {sample.among} 件中随机抽取 {sample.size} 件。")
    return redirect("bureau:counter-work-sample", sample.pk)


@needs(Power.SUPERVISE)
@require_GET
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A sample: how it was drawn, each case with what was found."""
    user = user_of(request)
    found: CounterSample = get_object_or_404(queries.samples_visible_to(user), pk=pk)
    rows = list(queries.sampled_visible_to(user).filter(sample=found).order_by("pk"))
    context = {
        "sample": found,
        "rows": rows,
        "findings": SampledCase.Finding.choices,
        "checked": sum(bool(row.finding) for row in rows),
        "wrong": sum(row.finding == SampledCase.Finding.WRONG for row in rows),
    }
    return render(request, "portals/bureau/counter_sample.html", context)


@needs(Power.SUPERVISE)
@require_POST
def check(request: HttpRequest, pk: int, case: int) -> HttpResponse:
    """Write down what was found of one case of the sample."""
    user = user_of(request)
    row = get_object_or_404(queries.sampled_visible_to(user), sample=pk, pk=case)
    try:
        actions.check(
            sampled=row.pk,
            finding=request.POST.get("finding", ""),
            remark=request.POST.get("remark", ""),
            by=user,
            now=timezone.now(),
        )
    except SampledCase.DoesNotExist:
        raise Http404 from None
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已保存 {row.case.number} 的检查结果。")
    return redirect("bureau:counter-work-sample", pk)


@needs(Power.SUPERVISE)
def sampled(request: HttpRequest) -> HttpResponseBase:
    """窗口抽查结果: what was found, over all samples."""
    return listing_view(request, SAMPLED, template="portals/list.html")
