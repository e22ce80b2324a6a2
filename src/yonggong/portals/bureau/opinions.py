"""常用意见: a reviewer's own, added, worded anew, ordered, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yonggong.accounts.roles import Power
from yonggong.cases import opinions
from yonggong.cases.errors import Refused
from yonggong.forms.reading import read_key
from yonggong.portals.access import needs, user_of
from yonggong.portals.bureau import refusals
from yonggong.portals.navigation import stand_under


@needs(Power.REVIEW)
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The reviewer's own, or the built-in ones that are offered as long as there are none."""
    return _page(request)


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    stand_under(request, "bureau:queue")
    context = {
        "kept": opinions.kept_by(user_of(request)),
        "built_in": opinions.BUILT_IN,
        "typed": request.POST if status != 200 and "key" not in request.POST else {},
        "longest_word": opinions.LONGEST_WORD,
        "longest_text": opinions.LONGEST_TEXT,
        "most": opinions.MOST,
    }
    return render(request, "portals/bureau/opinions.html", context, status=status)


@needs(Power.REVIEW)
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """`ask`: keep, raise, forget."""
    user, ask, sent = user_of(request), request.POST.get("ask"), request.POST.get("key", "")
    key = read_key(sent)
    if sent and key is None:
        raise Http404
    try:
        if ask == "raise" and key is not None:
            opinions.raise_(key=key, by=user)
        elif ask == "forget" and key is not None:
            opinions.forget(key=key, by=user)
            messages.success(request, "常用意见已删除。")
        elif ask == "keep":
            opinions.keep(
                word=request.POST.get("word", ""),
                text=request.POST.get("text", ""),
                key=key,
                by=user,
            )
            messages.success(request, "常用意见已保存。")
        else:
            raise Http404
    except Refused as refused:
        refusals.tell(request, refused)
        return _page(request, status=422)
    return redirect("bureau:opinions")
