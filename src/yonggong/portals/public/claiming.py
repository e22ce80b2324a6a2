"""单位认领: what an account claims that acts for no employer yet, or for others; its licence, and what
became of it. Nothing of the employer itself is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts import one_time_codes
from yonggong.accounts.actions import AccountProblem, record_access
from yonggong.accounts.limits import CLAIMING, LICENCES, TooOften, count_act
from yonggong.accounts.models import User
from yonggong.employers import charge, claims, proving
from yonggong.employers.actions import add_employer
from yonggong.employers.claims import ClaimProblem
from yonggong.employers.models import Claim
from yonggong.forms import Form, Problem
from yonggong.forms.page import Action, FormPage
from yonggong.portals import newcomer
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.files import file_response
from yonggong.portals.uploading import takes_files
from yonggong.proofs import trust
from yonggong.registry.lookups import note_asked
from yonggong.registry.models import Evidence
from yonggong.registry.people import content_of
from yonggong.uploads import UploadRefused

_FORM = Form(name="claim", title="登记或者认领单位", sections=(newcomer.EMPLOYER,))
_ACTIONS = (Action(label="提交", name="ask", value="claim", primary=True),)


def claimant(request: HttpRequest) -> User:
    """Whoever is signed in and may claim. Raises 404."""
    user = user_of(request)
    if not claims.may_claim(user):
        raise Http404
    return user


def claimed(request: HttpRequest) -> HttpResponse:
    """Lead to the claims, after one was made."""
    messages.warning(
        request,
        "该单位已有登记，或者须先证明由您经办。请按页面列出的方式办理；上传营业执照的，"
        "人社部门核对后以站内提醒告知结果。",
    )
    return redirect("claims")


@signed_in
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """One's own claims."""
    user = claimant(request)
    now = timezone.now()
    found = list(claims.own(user).select_related("employer"))
    context = {
        "claims": [(claim, _ways(claim, now)) for claim in found],
        "invitations": charge.invited(user),
        "most_megabytes": claims.MOST_MEGABYTES,
        "state": Claim.State,
    }
    return render(request, "portals/public/claims.html", context)


def _ways(claim: Claim, now: datetime) -> list[str]:
    """What may prove it, as the province allows and the installation can tell."""
    if claim.state != Claim.State.WAITING:
        return []
    here = {
        "certificate": trust.is_configured(),
        "feed": one_time_codes.offered(),
        "licence": True,
        "counter": True,
    }
    # What stands with it already is not asked for again.
    done = str(claim.way) if claim.reason else ""
    allowed = proving.ways_of(claim.employer.region_code, now)
    return [way for way in allowed if here.get(way) and way != done]


@signed_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponseBase:
    """Another employer, for an account that is there: registered, or claimed where it is known."""
    user = claimant(request)
    if request.method == "GET":
        return _form(request, _FORM)
    form, cleaned, evidence = newcomer.clean(_FORM, request.POST)
    problems = list(cleaned.problems)
    claim: Claim | None = None
    if not problems:
        try:
            claim = _add(request, user, cleaned.values, evidence)
        except (TooOften, AccountProblem, ClaimProblem) as refused:
            problems.append(_FORM.problem("credit_code", "refused", str(refused).rstrip("。"), ""))
    if problems:
        return _form(request, form, problems)
    if claim:
        return claimed(request)
    messages.success(request, "登记成功。请在“单位办事”中填写单位基本信息，办理初次备案。")
    return redirect("employer:home")


def _add(
    request: HttpRequest, user: User, values: dict[str, object], evidence: str
) -> Claim | None:
    now, address = timezone.now(), address_of(request)
    code = str(values["credit_code"])
    note_asked(CLAIMING, code, "登记或者认领单位", by=user, address=address, now=now)
    _, claim = add_employer(
        credit_code=code,
        name=str(values["name"]),
        region_code=str(values["region_code"]),
        by=user,
        now=now,
        address=address,
        code_evidence=evidence,
    )
    return claim


def _form(request: HttpRequest, form: Form, problems: Sequence[Problem] = ()) -> HttpResponse:
    page = FormPage(
        form,
        raw=request.POST if problems else None,
        problems=problems,
        actions=_ACTIONS,
        cancel_url=reverse("claims"),
    )
    status = 422 if problems else 200
    return render(request, "portals/public/claim.html", {"page": page}, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
@takes_files(claims.MOST_MEGABYTES + 1)
def licence(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the licence that one brought. POST `licence`: bring it, or another in its place."""
    user = claimant(request)
    claim = own_claim(user, pk)
    if request.method == "GET":
        return _file(request, user, claim, claim.licence, "营业执照")
    file = request.FILES.get("licence")
    try:
        if file is None:
            raise ClaimProblem("没有选择文件，请选择后再上传。")
        count_act(LICENCES, user=user, address=address_of(request), now=timezone.now())
        claims.take_licence(
            claim=claim,
            file_name=file.name or "",
            content=file.read(claims.MOST_MEGABYTES * 1024 * 1024 + 1),
            by=user,
        )
        messages.success(request, "营业执照已上传，申请等待人社部门核对。")
    except (TooOften, UploadRefused, ClaimProblem) as refused:
        messages.error(request, str(refused))
    return redirect("claims")


@signed_in
@require_GET
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """What one had typed for an employer before another account was chosen."""
    user = claimant(request)
    claim = own_claim(user, pk)
    return _file(request, user, claim, claim.kept, "原填写内容")


def _file(
    request: HttpRequest, user: User, claim: Claim, found: Evidence | None, what: str
) -> HttpResponse:
    if found is None:
        raise Http404
    record_access(f"单位认领 {claim.pk}", what, by=user, address=address_of(request))
    kind = found.content_type + ("; charset=utf-8" if found.content_type == "text/plain" else "")
    return file_response(content_of(found), kind, found.file_name, download=False)


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a claim up."""
    user = claimant(request)
    try:
        claims.withdraw(claim=own_claim(user, pk), by=user)
        messages.success(request, "已撤回。")
    except ClaimProblem as refused:
        messages.error(request, str(refused))
    return redirect("claims")


def own_claim(user: User, pk: int) -> Claim:
    """A claim of their own. Raises 404."""
    found: Claim = get_object_or_404(claims.own(user), pk=pk)
    return found
