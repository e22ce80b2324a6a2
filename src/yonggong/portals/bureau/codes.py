"""信用代码核实: codes whose check character does not hold, confirmed or found wrong by the bureau."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.forms.reading import read_line
from yonggong.portals.access import address_of, needs, user_of
from yonggong.registry import doubtful
from yonggong.registry.models import DoubtfulCode

_SHOWN = 100
_MOST = 200  # characters of the evidence


@needs(Power.SEE_REGION)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What waits, and what was decided."""
    user = user_of(request)
    codes = doubtful.visible_to(user).order_by("-pk")
    context = {
        "waiting": codes.filter(state=DoubtfulCode.State.STATED)[:_SHOWN],
        "decided": codes.exclude(state=DoubtfulCode.State.STATED)[:_SHOWN],
        "decidable": set(doubtful.visible_to(user, Power.REVIEW).values_list("pk", flat=True)),
    }
    return render(request, "portals/bureau/codes.html", context)


@needs(Power.REVIEW)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a code, or find it wrong, on the evidence typed."""
    opinion = read_line(request.POST.get("opinion", ""))
    verdict = request.POST.get("verdict")
    if verdict not in ("confirm", "refuse"):
        messages.error(request, "请选择“核实无误”或者“核实有误”。")
    elif not opinion or len(opinion) > _MOST:
        messages.error(request, f"请填写核实依据，不超过 {_MOST} 个字。")
    else:
        _decide(request, pk, confirmed=verdict == "confirm", opinion=opinion)
    return redirect("bureau:codes")


def _decide(request: HttpRequest, pk: int, *, confirmed: bool, opinion: str) -> None:
    try:
        code = doubtful.decide_code(
            pk=pk,
            confirmed=confirmed,
            opinion=opinion,
            by=user_of(request),
            at=timezone.now(),
            address=address_of(request),
        )
    except DoubtfulCode.DoesNotExist:
        raise Http404 from None
    except doubtful.AlreadyDecided:
        messages.warning(request, "该代码已经核实过，您本次的操作没有生效。")
    else:
        messages.success(request, f"{code.credit_code}（{code.name}）{code.get_state_display()}。")
