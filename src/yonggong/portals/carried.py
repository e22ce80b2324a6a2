"""What every form of a page carries beside its token: who opened it, and the employer it was opened
for. A form sent by somebody else, or for another employer, is refused in words.

Wherever a template says `{% csrf_token %}` it is carried along, so no form can go without.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from yonggong.accounts.models import User
from yonggong.portals import errors, stale
from yonggong.portals.typed import in_part, typed_in

OPENED_BY, OPENED_FOR = "opened_by", "opened_for"


def carried(request: HttpRequest) -> dict[str, str]:
    """What a page drawn for this request carries, by name; only what there is."""
    user = getattr(request, "user", None)
    found = {
        OPENED_BY: user.pk if isinstance(user, User) else None,
        OPENED_FOR: getattr(request, OPENED_FOR, None),
    }
    return {name: str(key) for name, key in found.items() if key}


def sent(request: HttpRequest, name: str) -> str:
    """What a form carried, or a script's request in its place; "" where it carried nothing."""
    header = f"X-{name.replace('_', '-').title()}"
    return request.POST.get(name) or request.headers.get(header, "")


def opened_by_another(request: HttpRequest) -> HttpResponse | None:
    """Why a form that somebody else opened is not taken, whoever is signed in now."""
    user = request.user
    if request.method != "POST" or not isinstance(user, User):
        return None
    if sent(request, OPENED_BY) in ("", str(user.pk)):
        return None
    said = stale.of_another(user)
    if in_part(request):
        return JsonResponse({"message": said}, status=409)
    if typed := typed_in(request):
        return stale.sign_in_page(request, problem=said, typed=typed, status=409)
    return errors.page(
        request,
        status=409,
        title="登录账号已更换",
        message=said,
        remedy="请由原账号登录后在原页面继续；以现在的账号办理的，请返回首页重新进入。",
    )
