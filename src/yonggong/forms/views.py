"""What the scripts of a form ask for: choices of long lists and facts about an identifier."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_GET

from yonggong.forms.choices import (
    Choices,
    registered_choices,
    registered_lookup,
    table_choices,
)
from yonggong.forms.fields import Option

_MOST = 50
_LONGEST_QUERY = 60


@require_GET
def search(request: HttpRequest, source: str, name: str) -> HttpResponse:
    """Choices that match `q`, each with the words above it: `{"options": [{code, label, above}]}`.

    Without `q`, the first of the top level.
    """
    choices = _choices(request, source, name)
    query = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    found = choices.search(query, _MOST) if query else list(choices.children(None))[:_MOST]
    return _answer(request, source, choices, found, with_path=True)


@require_GET
def children(request: HttpRequest, source: str, name: str) -> HttpResponse:
    """Choices right below `parent` (top level without it): `{"options": [{code, label, more}]}`."""
    choices = _choices(request, source, name)
    found = choices.children(request.GET.get("parent") or None)
    return _answer(request, source, choices, found, with_path=False)


@require_GET
def lookup(request: HttpRequest, name: str) -> HttpResponse:
    """Facts of `value` from the look-up `name`: `{"found": bool, "facts": {...}}`."""
    if not _signed_in(request):
        raise Http404
    try:
        ask = registered_lookup(name)
    except KeyError:
        raise Http404 from None
    value = request.GET.get("value", "").strip()[:_LONGEST_QUERY]
    facts = ask(request, value) if value else None
    response = JsonResponse({"found": facts is not None, "facts": dict(facts or {})})
    response["Cache-Control"] = "private, no-store"
    return response


def _signed_in(request: HttpRequest) -> bool:
    return bool(getattr(getattr(request, "user", None), "is_authenticated", False))


def _choices(request: HttpRequest, source: str, name: str) -> Choices:
    """Code tables are public; what rooms register is for those signed in."""
    try:
        if source == "table":
            return table_choices(name)
        if source == "options" and _signed_in(request):
            return registered_choices(name)
    except KeyError:
        pass
    raise Http404


def _answer(
    request: HttpRequest,
    source: str,
    choices: Choices,
    found: Sequence[Option],
    *,
    with_path: bool,
) -> HttpResponse:
    options = [
        {
            "code": option.code,
            "label": option.label,
            "more": option.has_children,
            **({"above": _above(choices, option)} if with_path else {}),
        }
        for option in found
    ]
    body = json.dumps({"options": options}, ensure_ascii=False).encode()
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response) or response
    if source == "table":
        patch_cache_control(answer, public=True, max_age=86400)
    else:
        patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _above(choices: Choices, option: Option) -> str:
    return " ".join(step.label for step in list(choices.path(option.code))[:-1])
