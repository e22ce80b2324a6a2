"""账号信息: who one is here, where one's roles hold, and how one is reached."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yonggong.accounts.actions import change_contacts
from yonggong.accounts.models import User
from yonggong.accounts.roles import ROLES
from yonggong.employers import claims
from yonggong.forms.page import Action, FormPage
from yonggong.portals.access import address_of, signed_in, user_of
from yonggong.portals.contacts import CONTACTS
from yonggong.portals.shell.security import confirm_page, is_proved
from yonggong.portals.typed import typed_in
from yonggong.reminders import channels

_SAVE = (Action(label="保存", name="ask", value="save", primary=True),)


@signed_in
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """GET: one's own account. POST: one's mobile number and e-mail address; another number is taken from
    whoever proved lately who they are."""
    user = user_of(request)
    if request.method == "GET":
        held = {"mobile": user.mobile, "email": user.email}
        return _page(request, user, FormPage(CONTACTS, values=held, actions=_SAVE))
    cleaned = CONTACTS.clean(request.POST)
    if cleaned.problems:
        page = FormPage(CONTACTS, raw=request.POST, problems=cleaned.problems, actions=_SAVE)
        return _page(request, user, page)
    mobile = str(cleaned.values["mobile"])
    if mobile != user.mobile and not is_proved(request):
        # A forgotten password is set anew by a code to this number.
        return confirm_page(request, typed=typed_in(request))
    change_contacts(
        user=user,
        mobile=mobile,
        email=str(cleaned.values["email"] or ""),
        address=address_of(request),
    )
    messages.success(request, "联系方式已保存。")
    return redirect("account")


def _page(request: HttpRequest, user: User, page: FormPage) -> HttpResponse:
    context = {
        "page": page,
        "grants": [
            (ROLES[grant.role], grant.where)
            for grant in user.grants.select_related("agency", "party").order_by("pk")
        ],
        "may_claim": claims.may_claim(user),
        "ways": [channel.title for channel in channels.configured() if channel.reaches(user)],
    }
    status = 422 if page.problems else 200
    return render(request, "portals/account.html", context, status=status)
