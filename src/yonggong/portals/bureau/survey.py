"""薪酬调查: whom the bureau asks, how what they filed stands, what the posts pay."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yonggong.accounts.roles import Power
from yonggong.annual import surveying
from yonggong.cases.life import STATE_TITLES
from yonggong.codes import tables
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.page import Action, FormPage
from yonggong.listings import ChoiceCondition, Column, Listing, RegionCondition, TextCondition
from yonggong.listings.views import listing_view
from yonggong.portals.access import needs, user_of
from yonggong.portals.navigation import stand_under
from yonggong.registry import listings as registry

_TEMPLATE = "portals/bureau/survey.html"
_NAMED = 20
ASKING = Form(
    name="survey-asking",
    title="列入调查单位",
    sections=(
        Section(
            name="asked",
            title="列入调查单位",
            hint="只列入辖区内已完成初次备案的单位；已经列入的，按本次的期限更新。",
            fields=(
                Field(
                    name="codes",
                    label="统一社会信用代码",
                    type=FieldType.LONG_TEXT,
                    required=True,
                    max_length=20_000,
                    hint=f"每行一个，每次最多 {surveying.MOST} 户",
                    width=12,
                ),
                Field(name="due_on", label="填报期限", type=FieldType.DATE, required=True),
            ),
        ),
    ),
)


def _stands(row: Any) -> str:
    return STATE_TITLES[row.state] if row.state else "未填报"


def _kind_of(row: Any) -> str:
    return tables.table("post_kind").label(row.post_kind) if row.post_kind else ""


_WHERE = RegionCondition(
    name="region",
    label="行政区划",
    field="employer__region_code",
    within=lambda user: user.scope.regions(Power.SUPERVISE),
)
_YEAR = Column(
    name="year", label="调查年度", value=lambda row: row.year, width=10, order_by=("-year", "-pk")
)
ASKED = Listing(
    name="bureau-survey",
    title="薪酬调查单位",
    columns=(
        *registry.columns_of_employer("name", "credit_code", "region"),
        _YEAR,
        Column(name="due_on", label="填报期限", value=lambda row: row.due_on, width=12),
        Column(name="standing", label="填报情况", value=_stands, width=12),
    ),
    rows=surveying.visible_to,
    conditions=(
        registry.of_employer(surveying.visible_to),
        _WHERE,
        ChoiceCondition(
            name="standing",
            label="填报情况",
            choices=surveying.STANDINGS,
            q=surveying.standing,
        ),
    ),
    row_link=lambda row: (
        reverse("bureau:case", args=[row.filed_case])
        if row.filed_case
        else reverse("bureau:employer", args=[row.employer_id])
    ),
    default_order=("-year", "-pk"),
    empty="还没有列入薪酬调查的单位。",
)


def _yuan(name: str, label: str) -> Column:
    return Column(
        name=name, label=label, value=lambda row: getattr(row, name), numeric=True, width=14
    )


POSTS = Listing(
    name="bureau-survey-posts",
    title="岗位工资报酬",
    columns=(
        *registry.columns_of_employer("name", "credit_code", "region"),
        _YEAR,
        Column(name="job", label="岗位名称", value=lambda row: row.job, long=True, width=24),
        Column(name="post_kind", label="岗位类别", value=_kind_of, width=14),
        Column(name="persons", label="人数", value=lambda row: row.persons, numeric=True, width=8),
        _yuan("lowest", "最低年工资报酬（元）"),
        _yuan("average", "平均年工资报酬（元）"),
        _yuan("highest", "最高年工资报酬（元）"),
    ),
    rows=surveying.posts_visible_to,
    conditions=(
        registry.of_employer(surveying.posts_visible_to),
        TextCondition(name="job", label="岗位名称", field="job"),
        _WHERE,
    ),
    row_link=lambda row: reverse("bureau:case", args=[row.case_id]),
    default_order=("-year", "-pk"),
    empty="还没有审核通过的薪酬调查表。",
)


@needs(Power.SUPERVISE)
def page(request: HttpRequest) -> HttpResponseBase:
    """Whom the bureau asked."""
    takes = surveying.takes_survey(user_of(request), timezone.localdate())
    return listing_view(request, ASKED, template=_TEMPLATE, extra={"takes": takes})


@needs(Power.SUPERVISE)
def posts(request: HttpRequest) -> HttpResponseBase:
    """What the posts of approved surveys pay."""
    stand_under(request, "bureau:survey")
    return listing_view(request, POSTS, template=_TEMPLATE, extra={"posts": True})


@needs(Power.SUPERVISE)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask employers, by their codes, for the year before."""
    today = timezone.localdate()
    if not surveying.takes_survey(user_of(request), today):
        raise Http404
    stand_under(request, "bureau:survey")
    year = today.year - 1
    problems = _asked(request, year, today) if request.method == "POST" else []
    if request.method == "POST" and not problems:
        return redirect("bureau:survey")
    shown = FormPage(
        ASKING,
        raw=request.POST if request.method == "POST" else ASKING.dump(ASKING.initial()),
        problems=problems,
        actions=(Action(label="列入", name="ask", value="ask", primary=True),),
        cancel_url=reverse("bureau:survey"),
    )
    context = {"page": shown, "year": year}
    return render(
        request, "portals/bureau/survey_ask.html", context, status=422 if problems else 200
    )


def _asked(request: HttpRequest, year: int, today: date) -> list[Problem]:
    """Ask those that were sent; what is wrong with what was."""
    cleaned = ASKING.clean(request.POST)
    if cleaned.problems:
        return list(cleaned.problems)
    codes, due_on = str(cleaned.values["codes"]).split(), cleaned.values["due_on"]
    assert isinstance(due_on, date)
    if due_on < today:
        return [ASKING.problem("due_on", "past", "期限早于今天", "请填写以后的日期")]
    if len(codes) > surveying.MOST:
        said = f"一次最多 {surveying.MOST} 户"
        return [ASKING.problem("codes", "too_many", said, "请分次列入")]
    asked = surveying.ask(
        codes=codes, year=year, due_on=due_on, by=user_of(request), now=timezone.now()
    )
    said = f"{year} 年度：新列入 {asked.added} 户，更新期限 {asked.known} 户。"
    messages.success(request, said)
    if asked.unknown:
        named = "、".join(asked.unknown[:_NAMED])
        more = f"等 {len(asked.unknown)} 个" if len(asked.unknown) > _NAMED else ""
        messages.warning(request, f"不是辖区内已备案单位，没有列入：{named}{more}。")
    return []
