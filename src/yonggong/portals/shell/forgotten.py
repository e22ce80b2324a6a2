"""A forgotten password, set anew through a code sent to the account's mobile number."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yonggong.accounts import one_time_codes


@require_GET
def shown_messages(request: HttpRequest) -> HttpResponse:
    """What a demonstration would send to mobiles; on any other installation there is no such page."""
    if not settings.DEMONSTRATION:
        raise Http404
    shown = one_time_codes.shown(now=timezone.now())
    return render(request, "portals/sign_in/shown_messages.html", {"shown": shown})
