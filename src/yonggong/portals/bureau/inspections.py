"""双随机检查: plans drawn by chance from employers and inspectors, and what each inspection found."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.roles import Power
from yonggong.codes import regions, tables
from yonggong.documents.rendering import Column as PaperColumn
from yonggong.documents.rendering import TablePaper, render_table
from yonggong.listings import (
    Badge,
    ChoiceCondition,
    Column,
    DateRangeCondition,
    Listing,
    TextCondition,
)
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau.answering import answering
from yonggong.portals.bureau.inspecting import HERE, hand_of, typed_day
from yonggong.portals.files import file_response
from yonggong.registry import listings as registry
from yonggong.supervision import plans
from yonggong.supervision.acting import Thing, Unfit, acts_on
from yonggong.supervision.models import Inspection, Plan

_BADGES = {
    Inspection.Result.OPEN: Badge("wait", "hourglass"),
    Inspection.Result.FINE: Badge("good", "circle-check"),
    Inspection.Result.TOLD: Badge("note", "message"),
    Inspection.Result.ORDERED: Badge("warn", "gavel"),
    Inspection.Result.PASSED_ON: Badge("bad", "gavel"),
    Inspection.Result.NOT_FOUND: Badge("bad", "map-pin-off"),
}

PLANS = Listing(
    name="bureau-plans",
    title="双随机检查",
    columns=(
        Column(name="title", label="计划名称", value=lambda row: row.title, width=30),
        Column(name="told", label="抽取范围", value=lambda row: row.told, long=True, width=50),
        Column(name="drawn", label="抽取户数", value=lambda row: row.drawn, numeric=True, width=10),
        Column(name="done", label="已检查", value=lambda row: row.done, numeric=True, width=10),
        Column(name="by", label="制定人", value=lambda row: row.by.name, width=10),
        Column(name="at", label="抽取时间", value=lambda row: row.at, order_by=("at",), width=18),
    ),
    rows=plans.visible_to,
    conditions=(
        TextCondition(name="title", label="计划名称", field="title", match="contains"),
        HERE,
        DateRangeCondition(name="at", label="抽取日期", field="at", moment=True),
    ),
    row_link=lambda row: reverse("bureau:plans-show", args=[row.pk]),
    empty="还没有检查计划。",
)

INSPECTIONS = Listing(
    name="bureau-inspections",
    title="检查名单",
    columns=(
        Column(name="plan", label="计划", value=lambda row: row.plan.title, width=26),
        Column(
            name="position",
            label="次序",
            value=lambda row: row.position,
            numeric=True,
            order_by=("position",),
            width=6,
        ),
        *registry.columns_of_employer("name", "credit_code"),
        Column(name="names", label="监察员", value=lambda row: row.names, width=18),
        Column(
            name="result",
            label="检查结果",
            value=lambda row: row.get_result_display(),
            order_by=("result",),
            badge=lambda row: _BADGES[row.result],
            width=18,
        ),
        Column(
            name="inspected_on",
            label="检查日期",
            value=lambda row: row.inspected_on,
            order_by=("inspected_on",),
            width=12,
        ),
        Column(
            name="found",
            label="检查情况",
            value=lambda row: row.found,
            shown=False,
            long=True,
            width=50,
        ),
    ),
    rows=plans.inspections_visible_to,
    conditions=(
        ChoiceCondition(
            name="result",
            label="检查结果",
            field="result",
            choices=tuple(Inspection.Result.choices),
        ),
        ChoiceCondition(
            name="plan",
            label="计划",
            field="plan",
            options=lambda user: [
                (str(plan.pk), plan.title) for plan in plans.visible_to(user).order_by("-pk")[:200]
            ],
        ),
        ChoiceCondition(
            name="inspector",
            label="监察员",
            options=lambda user: [(str(user.pk), "本人")],
            q=lambda key: plans.done_by(int(key)),
        ),
        registry.of_employer(plans.inspections_visible_to),
        DateRangeCondition(name="inspected_on", label="检查日期", field="inspected_on"),
    ),
    row_link=lambda row: reverse("bureau:inspections-show", args=[row.pk]),
    empty="没有符合条件的检查。",
)


@needs(Power.ORDER, Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """The plans of the region."""
    extra = {"may_plan": user_of(request).may(Power.ORDER)}
    return listing_view(request, PLANS, template="portals/bureau/plans.html", extra=extra)


@needs(Power.ORDER, Power.SUPERVISE)
def listed(request: HttpRequest) -> HttpResponseBase:
    """Everything that was drawn."""
    return listing_view(request, INSPECTIONS, template="portals/list.html")


@needs(Power.ORDER)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """GET: from whom is drawn and how many. POST: draw."""
    user, sent, problem = user_of(request), request.POST, ""
    if request.method == "POST":
        try:
            made = plans.plan(
                title=sent.get("title", ""),
                conditions=_conditions(request),
                wanted=_count(sent.get("wanted", "")),
                share=_count(sent.get("share", "")),
                each=_count(sent.get("each", "")) or 0,
                hand=hand_of(request),
            )
            messages.success(request, f"已抽取 {made.wanted} 户。")
            return redirect("bureau:plans-show", made.pk)
        except Unfit as unfit:
            problem = str(unfit)
    context = {
        "problem": problem,
        "sent": sent,
        "regions": [(code, regions.full_name(code)) for code in user.scope.regions(Power.ORDER)],
        "natures": [(line.code, line.name) for line in tables.table("employer_nature")],
        "least_each": plans.LEAST_EACH,
    }
    status = 422 if problem else 200
    return render(request, "portals/bureau/plan_add.html", context, status=status)


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _conditions(request: HttpRequest) -> plans.Conditions:
    """What was chosen; a region or nature that no page offers is refused."""
    sent = request.POST
    region, nature = sent.get("region", ""), sent.get("nature", "")
    industry = sent.get("industry", "").strip().upper()
    if region not in user_of(request).scope.regions(Power.ORDER):
        raise Unfit("请选择行政区划。")
    if nature and nature not in {line.code for line in tables.table("employer_nature")}:
        raise Unfit("请选择单位性质。")
    if industry and not (industry.isascii() and industry.isalnum() and len(industry) <= 5):
        raise Unfit("行业代码应当是门类字母或者数字，如 F、51。")
    return plans.Conditions(
        region=region,
        nature=nature,
        industry=industry,
        least_workers=_count(sent.get("least_workers", "")) or 0,
        with_clues="with_clues" in sent,
    )


@needs(Power.ORDER, Power.SUPERVISE)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: from whom it drew, by which seed, whether that can be repeated, and who was drawn."""
    user = user_of(request)
    found = get_object_or_404(plans.visible_to(user).defer(None), pk=pk)
    context = {
        "plan": found,
        "proven": plans.is_proven(found),
        "population": len(found.population),
        "inspectors": len(found.inspectors),
        "excluded": len(found.excluded),
        "drawn": plans.drawn_of(found),
    }
    return render(request, "portals/bureau/plan.html", context)


@needs(Power.ORDER, Power.SUPERVISE)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The draw on paper, with what it takes to repeat it."""
    found = get_object_or_404(plans.visible_to(user_of(request)).defer(None), pk=pk)
    return file_response(_paper(found), "application/pdf", f"{found.title}.pdf", download=False)


def _paper(found: Plan) -> bytes:
    return render_table(
        TablePaper(
            title="双随机检查抽取结果",
            header=[
                ("计划名称", found.title),
                ("抽取范围", found.told),
                ("范围内户数", str(len(found.population))),
                ("抽取户数", str(found.wanted)),
                ("随机种子", found.seed),
                ("依据摘要", found.digest[:32]),
            ],
            columns=[
                PaperColumn("次序", 1),
                PaperColumn("用人单位", 5, "left"),
                PaperColumn("统一社会信用代码", 3),
                PaperColumn("监察员", 3),
                PaperColumn("检查结果", 3),
            ],
            rows=[
                [
                    str(row.position),
                    row.employer.name,
                    row.employer.credit_code,
                    names,
                    row.get_result_display(),
                ]
                for row, names in plans.drawn_of(found)
            ],
            made_on=timezone.localdate(found.at),
            number=f"SJ{found.region_code}{found.pk:06d}",
            notes=[
                "以随机种子和单位、监察员编号的 SHA-256 值排序抽取，任何人可以据此复核。",
            ],
            seals=["抽取机关"],
        )
    )


@needs(Power.ORDER, Power.SUPERVISE)
@require_http_methods(["GET"])
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection, and where its result is recorded by those drawn for it."""
    user = user_of(request)
    found = get_object_or_404(plans.inspections_visible_to(user), pk=pk)
    context = {
        "inspection": found,
        "may_record": found.result == Inspection.Result.OPEN
        and user.pk in found.acting
        and user.scope.covers(found.region_code, Power.RECORD),
        "results": [one for one in Inspection.Result.choices if one[0] != "open"],
        "today": timezone.localdate(),
        "acts": acts_on(Thing.INSPECTION, found.pk),
    }
    return render(request, "portals/bureau/inspection.html", context)


@needs(Power.RECORD)
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what an inspection found."""
    found = get_object_or_404(plans.inspections_visible_to(user_of(request)), pk=pk)
    with answering(request, "已登记检查结果。"):
        plans.record_result(
            inspection=found,
            result=request.POST.get("result", ""),
            on=typed_day(request, "on", "检查日期"),
            found=request.POST.get("found", ""),
            hand=hand_of(request),
        )
    return redirect("bureau:inspections-show", pk)
