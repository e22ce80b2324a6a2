"""Two tabs, two employers: what was opened for one is never done for another, and says so by name."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import drafting
from yonggong.cases import queries as case_queries
from yonggong.cases.models import Case
from yonggong.forms.reading import read_key
from yonggong.portals.carried import OPENED_FOR, sent
from yonggong.portals.pages import keeping
from yonggong.portals.pages.site import EMPLOYER
from yonggong.portals.typed import in_part, typed_in
from yonggong.registry.models import Employer
from yonggong.registry.queries import within

_CHOICE = ("employer:choose",)


def refusal(request: HttpRequest, pk: int | None) -> HttpResponse | None:
    """Why a form is not taken that was opened for another employer than is chosen now; None where
    it was opened for that. `pk`: the case it is about, if any: what was typed is kept with it."""
    user, match = request.user, request.resolver_match
    if request.method != "POST" or not isinstance(user, User) or match is None:
        return None
    present = getattr(request, OPENED_FOR, None)
    named = sent(request, OPENED_FOR)
    unnamed_is_fine = not (_held(request) or _at_counter(request))
    if match.view_name in _CHOICE or named == str(present or "") or (not named and unnamed_is_fine):
        return None
    whole = User.objects.get(pk=user.pk)
    opened = _reached(request, whole, named)
    case = _case(whole, opened, pk) if opened else None
    kept = case is not None and _keep(request, whole, case)
    return _told(request, opened, _name(present), case=case, kept=kept)


def at_another(request: HttpRequest) -> HttpResponse | None:
    """Where a page is about a case of another employer that the person may file for: ask to change
    over."""
    user, match = request.user, request.resolver_match
    if match is None or not isinstance(user, User):
        return None
    if not match.view_name.endswith((":case", "-form")) or not (
        _held(request) or _at_counter(request)
    ):
        return None
    whole = User.objects.get(pk=user.pk)
    case = case_queries.visible_to(whole).filter(pk=match.kwargs["pk"]).first()
    opened = _reached(request, whole, str(case.applicant_id)) if case else None
    present = getattr(request, OPENED_FOR, None)
    if opened is None or opened.pk == present:
        return None
    return _told(request, opened, _name(present), case=case, kept=False)


def _held(request: HttpRequest) -> frozenset[int]:
    return getattr(request, "employers_held", frozenset())


def _at_counter(request: HttpRequest) -> Employer | None:
    return getattr(request, "files_for", None)


def _name(pk: int | None) -> str:
    found = Employer.objects.filter(pk=pk).values_list("name", flat=True).first() if pk else None
    return found or ""


def _reached(request: HttpRequest, whole: User, named: str) -> Employer | None:
    """The employer that a page names, where this person may file for it: nobody learns of others."""
    own = Employer.objects.filter(pk=read_key(named) or 0)
    if _held(request):
        return own.filter(pk__in=_held(request)).first()
    served = whole.scope.regions(Power.FILE_FOR_OTHERS, department=None)
    return own.filter(within(served)).first() if served else None


def _case(whole: User, opened: Employer, pk: int | None) -> Case | None:
    case = case_queries.visible_to(whole).filter(pk=pk, applicant=opened.pk).first() if pk else None
    return case if case is not None and case_queries.may_file(whole, case) else None


def _keep(request: HttpRequest, whole: User, case: Case) -> bool:
    """Keep what was typed into the case's form with the case: it is that employer's."""
    match = request.resolver_match
    typed = match is not None and match.view_name.endswith(("-form", "-draft"))
    if not typed or "kept" in request.POST:
        return False
    drafting.keep_refused(
        kind=case.definition,
        applicant=case.applicant,
        raw=request.POST,
        case=case,
        seen=keeping.seen_by(request),
        tab=keeping.page_of(request),
        by=whole,
        now=timezone.now(),
    )
    return True


def _told(
    request: HttpRequest, opened: Employer | None, present: str, *, case: Case | None, kept: bool
) -> HttpResponse:
    asked = request.method == "GET"
    if opened is None:
        said = "本页面不是为现在选择的单位打开的，本次操作没有办理。"
    elif asked:
        said = f"要打开的内容属于{opened.name}，切换到该单位后才能查看。"
    else:
        said = f"本页面是为{opened.name}打开的，本次操作没有办理。"
    said += f"现在办理的单位是{present}。" if present else "现在没有选择办理的单位。"
    if kept and opened is not None:
        said += f"刚才填写的内容已存为{opened.name}的草稿。"
    way = _way(request, opened, case)
    if in_part(request):
        answer: HttpResponse = JsonResponse({"message": said, **way}, status=409)
        if case is not None:
            fresh = Case.objects.select_related("current").get(pk=case.pk)
            answer.headers[keeping.REVISION_HEADER] = case_queries.revision_of(fresh)
        return answer
    typed = None if kept or asked else typed_in(request)
    if typed is not None and opened is not None:
        said += "切换后可以继续提交刚才填写的内容。"
    context = {"said": said, "opened": opened, "present": present, "typed": typed, **way}
    status = 404 if asked else 409
    return render(request, "portals/employer/elsewhere.html", context, status=status)


def _way(request: HttpRequest, opened: Employer | None, case: Case | None) -> dict[str, str]:
    """Where the person changes over: `way` a page that asks to, `act` what does it at once, and the
    page to go on to after."""
    going_on = EMPLOYER.form_url(case) if case is not None else reverse("employer:home")
    if request.method == "GET":
        going_on = request.get_full_path()
    if _held(request):
        choose = reverse("employer:choose")
        asked = {"employer": opened.pk, "next": going_on} if opened else {}
        return {"way": f"{choose}?{urlencode(asked)}", "act": choose, "going_on": going_on}
    act = reverse("bureau:counter-begin", args=[opened.pk]) if opened else ""
    return {"way": reverse("bureau:counter"), "act": act, "going_on": going_on}
