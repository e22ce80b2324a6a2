"""窗口代录: a counter clerk files for an employer, or for a person, that came in person.

The clerk chooses an employer and then works in the employer's portal as its operator would; or finds
a person (`counter_persons`) and works in the persons' portal, where they reach only what they typed.
That lasts until it is ended, in this session and in that portal only; every case filed meanwhile
keeps the counter, the clerk and the time.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts.limits import ASKING_CODES, TooOften
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import listings as cases
from yonggong.cases import queries as case_queries
from yonggong.cases.life import State
from yonggong.codes.normalise import plain
from yonggong.counters.queries import found_wrong_of
from yonggong.employers.queries import of_acts
from yonggong.forms import Form, Problem
from yonggong.forms.page import Action, FormPage
from yonggong.portals import newcomer, stale
from yonggong.portals.access import address_of, needs, page_under, user_of
from yonggong.portals.bureau.forms import NEWCOMER
from yonggong.portals.carried import OPENED_FOR
from yonggong.portals.typed import held_by
from yonggong.registry import actions as registry
from yonggong.registry import doubtful
from yonggong.registry.lookups import note_asked
from yonggong.registry.models import Agency, Employer
from yonggong.registry.parties import Party
from yonggong.registry.queries import find_employer, within

Handler = Callable[[HttpRequest], HttpResponse]

# In the session; at most one of the two.
_EMPLOYER, _PERSON = "counter_employer", "counter_person"
# What still has to be typed: begun, or returned.
_WITH_APPLICANT = (State.DRAFT, State.RETURNED)
_SHOWN = 10
_DRAFTS = 200


def at_counter(get_response: Handler) -> Handler:
    """In the employer's portal, let the clerk reach the employer chosen at the counter, in that of
    persons the person found; pages find them as `request.files_for`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            if request.path.startswith(reverse("employer:home")):
                _step_up(request, request.user)
            elif request.path.startswith(reverse("person:home")):
                _step_up_for_person(request, request.user)
        return get_response(request)

    return middleware


def _step_up(request: HttpRequest, user: User) -> None:
    if _EMPLOYER not in request.session:
        return
    employer, agency = chosen(request, user), counter_of(user)
    # Looked at anew on every request: rights may have been taken away meanwhile.
    if employer is None or agency is None:
        del request.session[_EMPLOYER]
        return
    user.__dict__["scope"] = user.scope.at_counter(
        party=employer.pk, agency=agency.pk, department=agency.department
    )
    request.files_for = employer  # type: ignore[attr-defined]


def _step_up_for_person(request: HttpRequest, user: User) -> None:
    if _PERSON not in request.session:
        return
    person, agency = person_found(request, user), counter_of(user)
    if person is None or agency is None:
        del request.session[_PERSON]
        return
    user.__dict__["scope"] = user.scope.at_counter_for_person(
        person=person.pk, agency=agency.pk, department=agency.department
    )
    request.files_for = person  # type: ignore[attr-defined]
    setattr(request, OPENED_FOR, person.pk)


def chosen(request: HttpRequest, user: User) -> Employer | None:
    """The employer that the clerk files for in this session, if any."""
    pk = request.session.get(_EMPLOYER)
    if pk is None or not user.may(Power.FILE_FOR_OTHERS):
        return None
    return Employer.objects.filter(served_by(user), pk=pk).first()


def person_found(request: HttpRequest, user: User) -> Party | None:
    """The person that the clerk files for in this session, if any."""
    pk = request.session.get(_PERSON)
    if pk is None or not user.may(Power.FILE_FOR_OTHERS):
        return None
    return Party.objects.filter(served_by(user), kind=Party.Kind.PERSON, pk=pk).first()


def serve_person(request: HttpRequest, person: Party) -> None:
    """File for the person from now on, and for no employer."""
    request.session.pop(_EMPLOYER, None)
    request.session[_PERSON] = person.pk


def counter_of(user: User) -> Agency | None:
    """The agency at whose counter the clerk sits."""
    held = user.scope.agencies(Power.FILE_FOR_OTHERS)
    return Agency.objects.filter(pk__in=held).order_by("pk").first()


def served_by(user: User) -> Q:
    """Employers and persons of the clerk's regions: others go to their own counter."""
    return within(user.scope.regions(Power.FILE_FOR_OTHERS, department=None))


@needs(Power.FILE_FOR_OTHERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponseBase:
    """GET: who is filed for now, and what this clerk filed last. POST: find the employer by its
    credit code, and begin; one that is not known yet is entered first."""
    user = user_of(request)
    code = plain(request.POST.get("credit_code", ""))
    if request.method == "POST":
        found = find_employer(code)
        if found is not None and Employer.objects.filter(served_by(user), pk=found.pk).exists():
            return _begin(request, user, found)
        _say_not_here(request, user, code)
    context = {
        "code": code,
        "files_for": chosen(request, user),
        "person_found": person_found(request, user),
        "counter": counter_of(user),
        "cases": cases.counted(
            case_queries.filed_visible_to(user).filter(filed_by=user, counter__isnull=False)
        ).order_by("-pk")[:_SHOWN],
        "found_wrong": found_wrong_of(user)[:_SHOWN],
        "drafts": case_queries.visible_to(user)
        .filter(
            of_acts("initial"),
            filed_by=user,
            state=State.DRAFT,
            counter__isnull=False,
        )
        .select_related("applicant")
        .order_by("-pk")[:_DRAFTS],
        "persons": Party.objects.filter(
            pk__in=case_queries.visible_to(user)
            .filter(filed_by=user, state__in=_WITH_APPLICANT, counter__isnull=False)
            .filter(applicant__kind=Party.Kind.PERSON)
            .values("applicant")
        ).order_by("name")[:_DRAFTS],
    }
    return render(request, "portals/bureau/counter.html", context)


def _say_not_here(request: HttpRequest, user: User, code: str) -> None:
    """The same of a code that nobody registered and of one registered elsewhere."""
    try:
        note_asked(
            ASKING_CODES,
            code,
            "窗口代录查找，不在本辖区",
            by=user,
            address=address_of(request),
            now=timezone.now(),
        )
    except TooOften as refused:
        messages.error(request, str(refused))
        return
    messages.warning(
        request,
        "本窗口的辖区内没有查到该统一社会信用代码的单位。请核对代码；首次办理的，请先登记单位；"
        "已在其他辖区登记的，请到其登记地的窗口办理。",
    )


@needs(Power.FILE_FOR_OTHERS)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """File for the employer from now on."""
    user = user_of(request)
    return _begin(request, user, get_object_or_404(Employer, served_by(user), pk=pk))


def _begin(request: HttpRequest, user: User, employer: Employer) -> HttpResponse:
    if counter_of(user) is None:
        return no_counter(request)
    request.session.pop(_PERSON, None)
    request.session[_EMPLOYER] = employer.pk
    if typed := held_by(request):
        return stale.again(request, user, typed)
    home = reverse("employer:home")
    return redirect(page_under(request, request.POST.get("next", ""), home) or home)


def no_counter(request: HttpRequest) -> HttpResponse:
    """What a clerk is told whom no agency's counter was given."""
    messages.error(request, "您的账号没有指定窗口机构，不能代录。请联系业务管理员授权。")
    return redirect("bureau:counter")


@needs(Power.FILE_FOR_OTHERS)
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """File for nobody any more."""
    if any([request.session.pop(key, None) is not None for key in (_EMPLOYER, _PERSON)]):
        messages.success(request, "已结束代录。")
    return redirect("bureau:counter")


@needs(Power.FILE_FOR_OTHERS)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """登记单位: make an employer known that has never filed, and begin its initial filing."""
    user = user_of(request)
    if request.method == "GET":
        return _form(request, user)
    form, cleaned, evidence = newcomer.clean(NEWCOMER, request.POST)
    problems = list(cleaned.problems)
    region = str(cleaned.values.get("region_code") or "")
    if region and not user.scope.covers(region, Power.FILE_FOR_OTHERS):
        problems.append(
            NEWCOMER.problem("region_code", "elsewhere", "该行政区划不在本窗口的辖区", "请重新选择")
        )
    if problems:
        return _form(request, user, problems, form)
    try:
        note_asked(
            ASKING_CODES,
            str(cleaned.values["credit_code"]),
            "窗口登记单位",
            by=user,
            address=address_of(request),
            now=timezone.now(),
        )
        employer = _enter(user, cleaned.values, evidence)
    except TooOften as refused:
        return _form(
            request,
            user,
            [NEWCOMER.problem("credit_code", "too_often", str(refused).rstrip("。"), "")],
            form,
        )
    except doubtful.AlreadyDecided as refused:
        wrong = NEWCOMER.problem(
            "credit_code", "refused", f"该代码经核实有误{refused}", "请核对证照"
        )
        return _form(request, user, [wrong], form)
    except registry.AlreadyRegistered:
        known = NEWCOMER.problem(
            "credit_code",
            "known",
            "该统一社会信用代码已有登记，不能再次登记",
            "请核对证照；本辖区的单位请返回“窗口代录”按代码查找，其他辖区的请到其登记地的窗口办理",
        )
        return _form(request, user, [known])
    return _begin(request, user, employer)


@transaction.atomic
def _enter(user: User, values: dict[str, object], evidence: str) -> Employer:
    """Make the employer known, on `evidence` where its code's check character does not hold."""
    name, region = str(values["name"]), str(values["region_code"])
    code = str(values["credit_code"])
    employer = registry.register_employer(credit_code=code, name=name, region_code=region)
    if evidence:
        doubtful.state_code(
            credit_code=code,
            name=name,
            region_code=region,
            evidence=evidence,
            by=user,
            at=timezone.now(),
        )
    return employer


def _form(
    request: HttpRequest,
    user: User,
    problems: list[Problem] | None = None,
    form: Form = NEWCOMER,
) -> HttpResponse:
    region = next(iter(user.scope.regions(Power.FILE_FOR_OTHERS)), "")
    page = FormPage(
        form,
        raw=request.POST if problems else {"region_code": region},
        problems=problems or (),
        actions=(Action(label="登记并开始代录", name="ask", value="register", primary=True),),
        cancel_url=reverse("bureau:counter"),
    )
    context = {"page": page}
    return render(
        request, "portals/bureau/counter_register.html", context, status=422 if problems else 200
    )
