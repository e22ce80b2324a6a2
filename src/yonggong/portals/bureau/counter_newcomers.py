"""登记个人: somebody at the counter of whom nothing is known yet; the clerk has their identity card before
them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yonggong.accounts.actions import AccountProblem, record
from yonggong.accounts.limits import SERVING_PERSONS, TooOften, count_act
from yonggong.accounts.models import AccessEntry, User
from yonggong.accounts.roles import Power
from yonggong.forms import Form, Problem, Section
from yonggong.forms.page import Action
from yonggong.portals.access import address_of, needs
from yonggong.portals.bureau.counter_persons import serving
from yonggong.portals.contacts import BY_CARD
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party
from yonggong.services.registering import register_person

NEWCOMER = Form(
    name="newcomer_person",
    title="登记个人",
    sections=(
        Section(
            name="person",
            title="本人",
            hint="核对本人和身份证原件后填写；手机号由本人确认，今后凭该手机号的验证码登录。",
            fields=BY_CARD,
        ),
    ),
)


@needs(Power.FILE_FOR_OTHERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: enter the person, and file for them from now on."""
    ask = Action(label="登记并开始代录", name="ask", value="enter", primary=True)
    cancel = "bureau:counter-person"
    return serving(request, NEWCOMER, _entered, ask, template="counter_newcomer", cancel=cancel)


def _entered(
    request: HttpRequest, user: User, agency: Agency
) -> tuple[Party | None, list[Problem]]:
    cleaned = NEWCOMER.clean(request.POST)
    if cleaned.problems:
        return None, list(cleaned.problems)
    address = address_of(request)
    try:
        count_act(SERVING_PERSONS, user=user, address=address, now=timezone.now())
        person, made = register_person(
            name=str(cleaned.values["name"]),
            number=str(cleaned.values["number"]),
            mobile=str(cleaned.values["mobile"]),
            agency=agency,
            by=user,
            address=address,
        )
    except TooOften as refused:
        return None, [NEWCOMER.problem("number", "too_often", str(refused).rstrip("。"), "")]
    except AccountProblem as refused:
        record(AccessEntry.Kind.PEOPLE, "登记个人", f"未登记：{refused}", by=user, address=address)
        place = refused.about or "name"
        return None, [NEWCOMER.problem(place, "refused", str(refused).rstrip("。"), "")]
    subject, said = f"人员档案 {person.pk}", "窗口核对身份证登记"
    record(AccessEntry.Kind.PEOPLE, subject, said, by=user, address=address)
    if made:
        messages.success(request, "已建立个人账号，本人可以凭该手机号的验证码登录。")
    else:
        messages.info(request, "该人员已有账号，登记的手机号没有改变。")
    return person, []
