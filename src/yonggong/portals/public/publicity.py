"""公示: what is publicised now, for anybody; objections by whoever is signed in, or at a counter."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yonggong.accounts.models import User
from yonggong.cases.models import Step
from yonggong.portals.public.shell import shell_of
from yonggong.services import publicity
from yonggong.services.errors import Unfit

_SHOWN = 50


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All that is publicised."""
    found = publicity.publicised(timezone.localdate())
    page = Paginator(found, _SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, "steps": publicity.shown(page), "shell": shell_of(request)}
    return render(request, "portals/public/publicity.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, and where one objects to it."""
    step = publicity.find(pk, timezone.localdate())
    if step is None:
        raise Http404
    user = request.user
    if request.method == "POST":
        if not isinstance(user, User):
            return HttpResponseRedirect(f"{reverse('sign-in')}?next={request.path}")
        try:
            publicity.object_(
                step=pk,
                text=request.POST.get("text", ""),
                name=request.POST.get("name", ""),
                phone=request.POST.get("phone", ""),
                by=user,
                now=timezone.now(),
            )
        except Step.DoesNotExist:
            raise Http404 from None
        except Unfit as unfit:
            messages.error(request, str(unfit))
        else:
            messages.success(request, "异议已登记，由办理机构核实。")
        return redirect("publicity-one", pk)
    context = {
        "step": step,
        "case": step.case,
        "shell": shell_of(request),
        "may_take": isinstance(user, User) and publicity.may_take(user, step),
    }
    return render(request, "portals/public/publicity_one.html", context)
