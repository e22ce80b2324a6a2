"""核实本人: which person signs in with an account, found by document and name in full; and undone."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts import administering, holders
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import IDENTIFYING
from yonggong.accounts.models import User
from yonggong.accounts.queries import users_visible_to
from yonggong.accounts.roles import Power
from yonggong.forms import Form, Problem, Section
from yonggong.forms.page import Action, FormPage
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.admin.forms import HOLDER_FORM
from yonggong.portals.navigation import stand_under
from yonggong.portals.newcomer import EMPLOYER
from yonggong.portals.pages import naming
from yonggong.registry.actions import enter_person, id_card_digest
from yonggong.registry.models import Worker

_REGION = next(field for field in EMPLOYER.fields if field.name == "region_code")

IDENTIFIED = Form(
    name="identified",
    title="核实本人",
    sections=(
        Section(
            name="person",
            title="账号使用人的证件",
            hint="照本人出示的证件填写，证件和姓名与登记一致、姓名与账号使用人一致才能核实。",
            fields=(
                *naming.person_fields(),
                replace(
                    _REGION,
                    label="办理个人事项的地区",
                    hint="本人经常居住的县（市、区、旗）；以前办理过个人事项的，仍在原来的地区",
                ),
            ),
        ),
    ),
)


@needs(Power.MANAGE_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def identify(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the form. POST: note who signs in with the account."""
    me = user_of(request)
    account = get_object_or_404(users_visible_to(me), pk=pk)
    stand_under(request, "admin:users")
    problems: list[Problem] = []
    if request.method == "POST":
        problems = _identified(request, me, account)
        if not problems:
            messages.success(request, f"已核实，{account.name}登录后可以办理个人事项。")
            return redirect("admin:users-show", pk)
    page = FormPage(
        IDENTIFIED,
        raw=request.POST
        if problems
        else IDENTIFIED.dump(IDENTIFIED.initial()) | {"region_code": account.region_code},
        problems=problems,
        actions=(Action(label="核实", name="ask", value="identify", primary=True),),
        cancel_url=reverse("admin:users-show", args=[pk]),
    )
    context = {"page": page, "account": account}
    status = 422 if problems else 200
    return render(request, "portals/admin/identify.html", context, status=status)


def _identified(request: HttpRequest, me: User, account: User) -> list[Problem]:
    """Do it; or what is wrong."""
    cleaned = IDENTIFIED.clean(request.POST)
    if cleaned.problems:
        return list(cleaned.problems)
    region = str(cleaned.values["region_code"])
    if not me.scope.covers(region, Power.MANAGE_ACCOUNTS, department=None):
        said = ("outside", "该区划不在您的管辖范围内", "请重新选择")
        return [IDENTIFIED.problem("region_code", *said)]
    person, problems = naming.person_of(
        IDENTIFIED,
        cleaned.values,
        limit=IDENTIFYING,
        said=f"核实本人，账号 {account.username}",
        by=me,
        address=address_of(request),
        now=timezone.now(),
    )
    return problems if person is None else _noted(request, me, account, person, region)


def _noted(
    request: HttpRequest, me: User, account: User, person: Worker, region: str
) -> list[Problem]:
    try:
        with transaction.atomic():
            party = enter_person(worker=person, region_code=region)
            administering.identify_person(
                account=account,
                person=party.pk,
                name=person.name,
                by=me,
                address=address_of(request),
            )
    except AccountProblem as refused:
        field = refused.about or "document_number"
        return [IDENTIFIED.problem(field, "refused", str(refused).rstrip("。"), "")]
    return []


@needs(Power.MANAGE_ACCOUNTS)
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Note whose account it is, by the number of their document, where no application did."""
    me = user_of(request)
    account = get_object_or_404(users_visible_to(me), pk=pk)
    cleaned = HOLDER_FORM.clean(request.POST)
    if cleaned.problems:
        messages.error(request, cleaned.problems[0].text)
        return redirect("admin:users-show", pk)
    digest = id_card_digest(str(cleaned.values["id_number"]))
    try:
        if holders.is_own(me, account):
            raise AccountProblem("不能登记本人的账号，请由其他管理员办理。")
        holders.issue(account=account, digest=digest, by=me, address=address_of(request))
    except AccountProblem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已登记使用人。")
    return redirect("admin:users-show", pk)


@needs(Power.MANAGE_ACCOUNTS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The account is no person's any more."""
    me = user_of(request)
    account = get_object_or_404(users_visible_to(me), pk=pk)
    try:
        administering.undo_identification(
            account=account,
            reason=request.POST.get("reason", ""),
            by=me,
            address=address_of(request),
        )
    except AccountProblem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已撤销，该账号不能再办理个人事项。")
    return redirect("admin:users-show", pk)
