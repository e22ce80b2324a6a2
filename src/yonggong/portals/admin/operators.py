"""单位经办人: who acts for an employer, appointed and removed by a recorded act with its reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.actions import AccountProblem
from yonggong.accounts.limits import ASKING_CODES, TooOften
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import Power
from yonggong.codes import regions
from yonggong.codes.normalise import plain
from yonggong.employers import operators
from yonggong.forms.reading import read_line
from yonggong.portals.access import address_of, needs, user_of
from yonggong.registry.lookups import note_asked
from yonggong.registry.models import Employer

_SHOWN = 100
_LONGEST_CODE = 18


@needs(Power.GRANT_RIGHTS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET: where to name the employer. POST `credit_code`: to its page, if it is of the
    administrator's regions; the same words for one of elsewhere and one that nobody registered."""
    user = user_of(request)
    code = plain(request.POST.get("credit_code", ""))[:_LONGEST_CODE]
    if request.method == "POST":
        try:
            note_asked(
                ASKING_CODES,
                code,
                "查找单位经办人",
                by=user,
                address=address_of(request),
                now=timezone.now(),
            )
        except TooOften as refused:
            messages.error(request, str(refused))
        else:
            found = operators.employers_administered(user).filter(credit_code=code).first()
            if found is not None:
                return redirect("admin:operators-show", found.pk)
            messages.warning(request, "本辖区没有该统一社会信用代码的单位，请核对代码。")
    return render(request, "portals/admin/operators.html", {"code": code})


@needs(Power.GRANT_RIGHTS)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The employer's operators, and how it came about; nothing else of it."""
    employer = _employer(user_of(request), pk)
    context = {
        "employer": employer,
        "region": regions.full_name(employer.region_code),
        "operators": operators.operators_of(employer),
        "changes": operators.changes_of(employer)[:_SHOWN],
        "most": operators.MOST,
    }
    return render(request, "portals/admin/operators_show.html", context)


@needs(Power.GRANT_RIGHTS)
@require_POST
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an account act for the employer."""
    user = user_of(request)
    employer = _employer(user, pk)
    try:
        granted = operators.appoint(
            employer=employer,
            username=read_line(request.POST.get("username", ""))[:40],
            reason=read_line(request.POST.get("reason", "")),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
        messages.success(request, f"已指定{granted.user.name}为{employer.name}的经办人。")
    except AccountProblem as refused:
        messages.error(request, str(refused))
    return redirect("admin:operators-show", pk)


@needs(Power.GRANT_RIGHTS)
@require_POST
def remove(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """Take an operator away; that nobody is left is said."""
    user = user_of(request)
    employer = _employer(user, pk)
    try:
        left = operators.remove(
            employer=employer,
            grant=grant,
            reason=read_line(request.POST.get("reason", "")),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except Grant.DoesNotExist:
        raise Http404 from None
    except AccountProblem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已撤销。")
        if not left:
            messages.warning(
                request,
                f"{employer.name}已没有经办人，不能再办理业务，直至指定经办人，或者有账号凭营业执照认领。",
            )
    return redirect("admin:operators-show", pk)


def _employer(user: User, pk: int) -> Employer:
    found: Employer = get_object_or_404(operators.employers_administered(user), pk=pk)
    return found
