"""What a filing of each kind holds, for programs: JSON Schema, read-only, nobody's data."""

from __future__ import annotations

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from yonggong.cases.items import kind_called, kinds_in_use
from yonggong.forms.schema import json_schema

_SCHEMA = "application/schema+json"


@require_safe
def kinds(request: HttpRequest) -> JsonResponse:
    """Every kind of case: its name, title, the version of its form, where its schema is."""
    listed = [
        {
            "name": kind.name,
            "title": kind.title,
            "version": kind.form.version,
            "schema": request.build_absolute_uri(reverse("kind-schema", args=[kind.name])),
        }
        for kind in kinds_in_use()
    ]
    return _answer({"kinds": listed})


@require_safe
def schema(request: HttpRequest, name: str) -> JsonResponse:
    """The JSON Schema of what a filing of one kind holds."""
    try:
        kind = kind_called(name)
    except KeyError:
        raise Http404 from None
    answer = _answer(json_schema(kind.form))
    answer["Content-Type"] = _SCHEMA
    return answer


def _answer(data: dict[str, object]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
