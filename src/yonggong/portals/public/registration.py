"""单位注册: an employer registers itself and is led to its initial filing."""

from __future__ import annotations

import time
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yonggong.accounts import devices
from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import REGISTERING, TooOften
from yonggong.accounts.middleware import start_session
from yonggong.accounts.models import User
from yonggong.employers import drafts
from yonggong.employers.actions import register_employer
from yonggong.employers.models import Claim
from yonggong.forms import Problem
from yonggong.forms.page import FormPage
from yonggong.portals import newcomer
from yonggong.portals.access import address_of
from yonggong.portals.public.claiming import claimed
from yonggong.portals.public.forms import REGISTRATION
from yonggong.registry.lookups import note_asked
from yonggong.registry.models import Employer


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: the employer and its operator's account, and the first session."""
    if isinstance(request.user, User):
        return redirect("home")
    if request.method == "GET":
        return _show(request, FormPage(REGISTRATION))
    form, cleaned, evidence = newcomer.clean(REGISTRATION, request.POST)
    problems = [*cleaned.problems, *_password_problems(request)]
    if not problems:
        registered = _register(request, cleaned.values, evidence, problems)
        if registered is not None:
            employer, user, claim = registered
            _start(request, user)
            return claimed(request) if claim else _welcome(request, employer, user)
    links = {name: f"#{name}" for name in ("password", "again")}
    return _show(request, FormPage(form, raw=request.POST, problems=problems, links=links))


def _password_problems(request: HttpRequest) -> list[Problem]:
    password, again = (request.POST.get(name, "") for name in ("password", "again"))
    if not password:
        return [_problem("password", "请填写密码", "按下方要求设置")]
    if password != again:
        return [_problem("again", "两次输入的密码不一致", "请重新输入")]
    return []


def _problem(field: str, message: str, remedy: str) -> Problem:
    return Problem(field=field, code=f"{field}_refused", message=message, remedy=remedy)


def _register(
    request: HttpRequest, values: dict[str, object], evidence: str, problems: list[Problem]
) -> tuple[Employer, User, Claim | None] | None:
    """The employer, the account, and its claim where the employer was known; None, with the reason
    among `problems`, where refused."""
    try:
        note_asked(
            REGISTERING,
            str(values["credit_code"]),
            "单位注册",
            by=None,
            address=address_of(request),
            now=timezone.now(),
        )
        return register_employer(
            credit_code=str(values["credit_code"]),
            name=str(values["name"]),
            region_code=str(values["region_code"]),
            username=str(values["username"]),
            operator=str(values["operator"]),
            mobile=str(values["mobile"]),
            email=str(values["email"] or ""),
            password=request.POST["password"],
            now=timezone.now(),
            address=address_of(request),
            code_evidence=evidence,
        )
    except TooOften as refused:
        problems.append(_problem("credit_code", str(refused).rstrip("。"), ""))
    except AccountProblem as refused:
        problems.append(_problem(refused.about, str(refused).rstrip("。"), ""))
    except ValidationError as weak:
        problems.extend(_problem("password", message.rstrip("。"), "") for message in weak.messages)
    return None


def _welcome(request: HttpRequest, employer: Employer, user: User) -> HttpResponse:
    """The form of the initial filing, begun."""
    drafts.begin(employer=employer, by=user, now=timezone.now())
    messages.success(request, "注册成功。请填写单位基本信息，办理初次备案。")
    return redirect("employer:particulars")


def _start(request: HttpRequest, user: User) -> None:
    """The first session of a new account."""
    login(request, user, backend="yonggong.accounts.backends.PasswordBackend")
    start_session(request, now=time.time())
    devices.note(request, user, way="注册", address=address_of(request), now=timezone.now())


def _show(request: HttpRequest, page: FormPage) -> HttpResponse:
    wrong: dict[str, list[str]] = {}
    for problem in page.problems:
        wrong.setdefault(problem.field, []).append(replace(problem, label="").text)
    context = {"page": page, "wrong": wrong}
    return render(
        request, "portals/public/register.html", context, status=422 if page.problems else 200
    )
