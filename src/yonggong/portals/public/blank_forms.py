"""空白样表: every kind's form on paper, for anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yonggong.cases.items import kind_called, kinds_in_use
from yonggong.documents.blank import print_blank
from yonggong.portals.files import file_response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All of them."""
    kinds = sorted(kinds_in_use(), key=lambda kind: (not kind.frequent, kind.title))
    shell = "portals/base.html" if request.user.is_authenticated else "portals/bare.html"
    return render(request, "portals/public/blank_forms.html", {"kinds": kinds, "shell": shell})


@require_safe
def pdf(request: HttpRequest, name: str) -> HttpResponse:
    """One, to be printed."""
    try:
        kind = kind_called(name)
    except KeyError:
        raise Http404 from None
    content = print_blank(kind, timezone.localdate())
    return file_response(content, "application/pdf", f"{kind.title}空白样表.pdf", download=False)
