"""Calculators open to anyone: what the law gives, step by step, with its articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.codes import tables
from yonggong.forms import Field, FieldType, Form, Section, When
from yonggong.forms.page import Action, FormPage
from yonggong.law import PriorTerm, calculators
from yonggong.law.medical import medical_leave
from yonggong.law.steps import Step
from yonggong.portals.public.here import placed
from yonggong.portals.public.shell import shell_of

Values = Mapping[str, Any]
Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a calculator says: the result in one line, further lines, the steps, a caution."""

    result: str
    lines: Lines
    steps: Sequence[Step]
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Calculator:
    """A calculator: its form, and how it is reckoned. ValueErrors are words for the person."""

    name: str
    title: str
    hint: str
    form: Form
    reckon: Callable[[Values], Answer]


def _form(name: str, title: str, *fields: Field) -> Form:
    return Form(
        name=f"calculator-{name}",
        title=title,
        sections=(Section(name="given", title="已知条件", fields=fields),),
    )


def _day(name: str, label: str, hint: str = "", *, required: bool = True) -> Field:
    return Field(name=name, label=label, type=FieldType.DATE, required=required, hint=hint)


def _money(name: str, label: str, hint: str = "", *, required: bool = True) -> Field:
    return Field(
        name=name, label=label, type=FieldType.MONEY, required=required, hint=hint, unit="元/月",
        min_value=Decimal("0.01"),
    )  # fmt: skip


_REASONS = tuple(code.code for code in tables.table("end_reason") if code.parent)


def _severance(values: Values) -> Answer:
    given = {
        name: values[name]
        for name in ("service_start_on", "ended_on", "average_pay", "local_average_pay",
                     "minimum_monthly_wage")
    }  # fmt: skip
    found = calculators.severance(ground=values["ground"], **given)
    unlawful = calculators.damages(**given)
    payment = found.payment
    lines = [
        ("计发月数", f"{payment.months.normalize():f} 个月"),
        ("月工资基数", f"{payment.monthly_base:,.2f} 元"),
        ("违法解除或者终止的赔偿金", f"{unlawful.amount:,.2f} 元"),
    ]
    caution = (
        "" if values["local_average_pay"] else "未填写当地上年度职工月平均工资，三倍封顶没有计算。"
    )
    result = f"{payment.amount:,.2f} 元" if found.owed else "不需支付经济补偿"
    return Answer(result, lines if found.owed else lines[2:], found.steps, caution)


def _probation(values: Values) -> Answer:
    found = calculators.probation_max(
        term_type={"1": "fixed", "2": "open", "3": "task"}[values["term_type"]],  # type: ignore[arg-type]
        start_on=values["start_on"],
        end_on=values["end_on"],
        part_time=bool(values["part_time"]),
        had_probation=bool(values["had_probation"]),
    )
    result = f"最长 {found.months} 个月" if found.months else "不得约定试用期"
    lines = [("最晚截止日期", str(found.last_on))] if found.last_on else []
    return Answer(result, lines, found.steps)


def _retirement(values: Values) -> Answer:
    found = calculators.statutory_retirement(
        birth_on=values["birth_on"],
        sex={"1": "male", "2": "female"}[values["sex"]],  # type: ignore[arg-type]
        post={"1": "management_technical", "2": "worker"}.get(values["post"] or ""),  # type: ignore[arg-type]
    )
    years, months = divmod(found.age_months, 12)
    lines = [
        ("法定退休年龄", f"{years} 周岁" + (f"又 {months} 个月" if months else "")),
        ("延迟月数", f"{found.delay_months} 个月"),
        ("弹性提前退休最早", str(found.earliest_on)),
        ("弹性延迟退休最晚", str(found.latest_on)),
        ("最低缴费年限", f"{found.contribution_months} 个月"),
    ]
    return Answer(str(found.statutory_on), lines, found.steps)


def _open_ended(values: Values) -> Answer:
    terms = tuple(
        PriorTerm(values[f"start_{place}"], values[f"end_{place}"], "fixed")
        for place in (1, 2, 3)
        if values[f"start_{place}"] and values[f"end_{place}"]
    )
    found = calculators.open_ended_due(
        service_start_on=values["service_start_on"], terms=terms, on=timezone.localdate()
    )
    lines = [
        ("连续工作满十年", str(found.ten_years_on)),
        ("连续订立固定期限合同", f"{found.terms_counted} 次"),
    ]
    return Answer(f"{found.due_on} 起", lines, found.steps)


def _medical(values: Values) -> Answer:
    found = medical_leave(
        service_start_on=values["service_start_on"],
        sick_on=values["sick_on"],
        first_work_on=values["first_work_on"],
    )
    lines = [
        ("累计病休时间的周期", f"{found.period.window_months} 个月"),
        ("连续病休的届满日", str(found.earliest_end)),
    ]
    return Answer(f"{found.period.months} 个月", lines, found.steps)


def _deadline(values: Values) -> Answer:
    found = calculators.working_day_deadline(start_on=values["start_on"], days=values["days"])
    skipped = [("跳过的休息日", f"{found.days_off} 天")]
    caution = f"{found.caution}。" if found.caution else ""
    return Answer(str(found.due_on), skipped, found.steps, caution)


CALCULATORS: dict[str, Calculator] = {
    item.name: item
    for item in (
        Calculator(
            "severance",
            "经济补偿计算",
            "解除、终止劳动合同时应否支付经济补偿，支付多少",
            _form(
                "severance",
                "经济补偿计算",
                Field(
                    name="ground",
                    label="解除（终止）原因",
                    type=FieldType.CHOICE,
                    table="end_reason",
                    codes=_REASONS,
                    required=True,
                    width=12,
                ),
                _day("service_start_on", "用工之日", "在本单位工作的第一天"),
                _day("ended_on", "解除（终止）日期"),
                _money("average_pay", "前十二个月平均工资", "应得工资，含奖金、津贴和补贴"),
                _money(
                    "local_average_pay",
                    "当地上年度职工月平均工资",
                    "由人民政府公布，用于三倍封顶",
                    required=False,
                ),
                _money("minimum_monthly_wage", "当地月最低工资标准", required=False),
            ),
            _severance,
        ),
        Calculator(
            "probation",
            "试用期上限",
            "按合同期限计算最长可以约定的试用期",
            _form(
                "probation",
                "试用期上限",
                Field(
                    name="term_type",
                    label="合同期限类型",
                    type=FieldType.CHOICE,
                    table="contract_type",
                    required=True,
                ),
                _day("start_on", "合同起始日期"),
                Field(
                    name="end_on",
                    label="合同结束日期",
                    type=FieldType.DATE,
                    required=When("term_type", equals="1"),
                    show_when=When("term_type", equals="1"),
                ),
                Field(
                    name="part_time", label="非全日制用工", type=FieldType.BOOLEAN, default=False
                ),
                Field(
                    name="had_probation",
                    label="在本单位已约定过试用期",
                    type=FieldType.BOOLEAN,
                    default=False,
                ),
            ),
            _probation,
        ),
        Calculator(
            "retirement",
            "法定退休日期",
            "按渐进式延迟法定退休年龄的规定计算",
            _form(
                "retirement",
                "法定退休日期",
                _day("birth_on", "出生日期"),
                Field(
                    name="sex",
                    label="性别",
                    type=FieldType.CHOICE,
                    table="sex",
                    codes=("1", "2"),
                    required=True,
                ),
                Field(
                    name="post",
                    label="女职工岗位",
                    type=FieldType.CHOICE,
                    table="post_category",
                    required=When("sex", equals="2"),
                    show_when=When("sex", equals="2"),
                ),
            ),
            _retirement,
        ),
        Calculator(
            "open-ended",
            "无固定期限合同应订日期",
            "连续工作满十年，或者连续订立两次固定期限合同",
            _form(
                "open-ended",
                "无固定期限合同应订日期",
                _day("service_start_on", "用工之日"),
                _day("start_1", "第一次合同起始", required=False),
                _day("end_1", "第一次合同结束", required=False),
                _day("start_2", "第二次合同起始", required=False),
                _day("end_2", "第二次合同结束", required=False),
                _day("start_3", "第三次合同起始", required=False),
                _day("end_3", "第三次合同结束", required=False),
            ),
            _open_ended,
        ),
        Calculator(
            "medical-period",
            "医疗期",
            "患病或者非因工负伤停止工作、不得解除劳动合同的期限",
            _form(
                "medical-period",
                "医疗期",
                _day("service_start_on", "用工之日", "在本单位工作的第一天"),
                _day("sick_on", "病休开始日期"),
                _day("first_work_on", "参加工作日期", "在各单位中最早的一天", required=False),
            ),
            _medical,
        ),
        Calculator(
            "working-days",
            "工作日期限",
            "从某日起若干个工作日的最后一天",
            _form(
                "working-days",
                "工作日期限",
                _day("start_on", "起算日期", "当日不计入"),
                Field(
                    name="days",
                    label="工作日数",
                    type=FieldType.INTEGER,
                    required=True,
                    min_value=1,
                    max_value=2500,
                    unit="个工作日",
                ),
            ),
            _deadline,
        ),
    )
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All calculators."""
    context = {"calculators": CALCULATORS.values(), "shell": shell_of(request)}
    return render(request, "portals/public/calculators.html", context)


@require_http_methods(["GET", "POST"])
def calculator(request: HttpRequest, name: str) -> HttpResponse:
    """One calculator."""
    found = CALCULATORS.get(name)
    if found is None:
        raise Http404
    return answered(request, found, "portals/public/calculator.html", {})


def answered(
    request: HttpRequest, found: Calculator, template: str, beside: Mapping[str, Any]
) -> HttpResponse:
    """The page of a calculator; what was asked stands in the address, so that it can be passed on."""
    if request.method == "POST":
        asked = {
            key: request.POST[key] for key in found.form.fields_by_name if request.POST.get(key)
        }
        # Nothing filled in is asked too: the page then says what is missing.
        said = placed(request) | (asked or {"ask": "reckon"})
        return redirect(f"{request.path}?{urlencode(said)}")
    problems: list[Any] = []
    answer = None
    asks = bool(request.GET.keys() - placed(request).keys())
    if asks:
        cleaned = found.form.clean(request.GET)
        problems = list(cleaned.problems)
        if not problems:
            try:
                answer = found.reckon(cleaned.values)
            except ValueError as error:
                fields = found.form.fields
                first = fields[0].name if fields else ""
                problems = [found.form.problem(first, "not_reckoned", str(error), "")]
    page = FormPage(
        found.form,
        raw=request.GET if asks else None,
        values=None if asks else found.form.initial(),
        problems=problems,
        actions=(Action(label="计算", name="ask", value="reckon", primary=True),),
    )
    context = {
        "calculator": found,
        "page": page,
        "answer": answer,
        "shell": shell_of(request),
        **beside,
    }
    return render(request, template, context, status=422 if problems else 200)
