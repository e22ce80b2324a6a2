"""信用代码核实: the code of another employer, which its certificate bears though its check character
does not hold, stated so that filings take it; a bureau looks into it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yonggong.accounts.limits import ASKING_CODES, TooOften
from yonggong.codes.errors import CodeError
from yonggong.codes.organisations import parse_credit_code
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.page import Action, FormPage
from yonggong.portals.employer.desk import Desk, of_labour
from yonggong.registry import doubtful
from yonggong.registry.lookups import note_asked


def _code_is_doubtful(values: Mapping[str, object]) -> Iterable[Problem]:
    """Everything about the code is right but its check character."""
    typed = values.get("credit_code")
    if not isinstance(typed, str):
        return
    try:
        parse_credit_code(typed)
    except CodeError as error:
        if error.code == "credit_code.checksum":
            return
        message, remedy = error.message_zh, error.remedy_zh
    else:
        message, remedy = "该代码校验位正确，不需要核实", "请在备案中直接填写"
    yield Problem(
        field="credit_code", code="not_doubtful", message=message, remedy=remedy, value=typed
    )


STATEMENT = Form(
    name="doubtful-code",
    title="说明信用代码",
    sections=(
        Section(
            name="code",
            title="校验位不符的统一社会信用代码",
            fields=(
                Field(
                    name="credit_code",
                    label="统一社会信用代码",
                    required=True,
                    max_length=40,
                    width=5,
                ),
                Field(
                    name="name",
                    label="单位名称",
                    type=FieldType.EMPLOYER_NAME,
                    required=True,
                    width=7,
                ),
                Field(
                    name="evidence",
                    label="证照上确为此代码的依据",
                    required=True,
                    max_length=200,
                    hint="写明证照名称、登记机关和核发日期",
                    width=12,
                ),
            ),
        ),
    ),
    checks=(_code_is_doubtful,),
)


@of_labour
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET: the form, and what was stated before. POST: state a code."""
    if request.method == "GET":
        return _show(request, desk, FormPage(STATEMENT, actions=_ACTIONS, cancel_url=_back()))
    cleaned = STATEMENT.clean(request.POST)
    problems = list(cleaned.problems)
    if not problems:
        problems = _state(request, desk, cleaned.values)
    if not problems:
        return redirect("employer:codes")
    page = FormPage(
        STATEMENT, raw=request.POST, problems=problems, actions=_ACTIONS, cancel_url=_back()
    )
    return _show(request, desk, page)


def _state(request: HttpRequest, desk: Desk, values: Mapping[str, object]) -> list[Problem]:
    number = parse_credit_code(str(values["credit_code"]), check=False).number
    try:
        note_asked(
            ASKING_CODES,
            number,
            "说明信用代码",
            by=desk.user,
            address=desk.address,
            now=desk.now,
        )
    except TooOften as refused:
        return [STATEMENT.problem("credit_code", "too_often", str(refused).rstrip("。"), "")]
    try:
        code = doubtful.state_code(
            credit_code=number,
            name=str(values["name"]),
            region_code=desk.employer.region_code,
            evidence=str(values["evidence"]),
            by=desk.user,
            at=desk.now,
        )
    except doubtful.AlreadyDecided as refused:
        said = f"该代码经人社部门核实有误{refused}"
        return [STATEMENT.problem("credit_code", "refused", said, "请核对证照")]
    messages.success(
        request, f"{code.credit_code} {code.get_state_display()}，备案中可以填写，由人社部门核实。"
    )
    return []


_ACTIONS = (Action(label="提交", name="ask", value="state", primary=True),)


def _back() -> str:
    return reverse("employer:home")


def _show(request: HttpRequest, desk: Desk, page: FormPage) -> HttpResponse:
    context = {"page": page, "codes": doubtful.stated_by(desk.user)}
    return render(
        request, "portals/employer/codes.html", context, status=422 if page.problems else 200
    )
