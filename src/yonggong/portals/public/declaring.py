"""Wages and insurance declared by an employer's own program: JSON in, JSON out, with the employer's key."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from yonggong.entitlements import queries
from yonggong.entitlements.declaring import SORTS, Sort
from yonggong.entitlements.interface import MOST_LINES, InterfaceProblem, declare_sent, shown
from yonggong.forms.schema import json_schema
from yonggong.portals.access import address_of

_SCHEME = "Bearer "


@require_safe
def schema(request: HttpRequest, what: str) -> JsonResponse:
    """What one line holds, as JSON Schema."""
    answer = _answer(json_schema(_sort(what).form))
    answer["Content-Type"] = "application/schema+json"
    return answer


@csrf_exempt
@require_POST
def declare(request: HttpRequest, what: str) -> JsonResponse:
    """Declare `{"lines": [...]}`, each as the schema says. No session is looked at: whoever shows the
    employer's key (`Authorization: Bearer …`) declares for it, and learns nothing but what became of
    the lines."""
    sort, now = _sort(what), timezone.now()
    said = request.headers.get("Authorization", "")
    key = shown(said.removeprefix(_SCHEME).strip()) if said.startswith(_SCHEME) else None
    if key is None:
        refused = _refused("接口密钥无效或者已停用", 401)
        refused["WWW-Authenticate"] = "Bearer"
        return refused
    if not key.employer.is_filed:
        return _refused("本单位没有完成初次备案，或者已注销备案，不能申报", 403)
    if not queries.is_asked(what, key.employer, timezone.localdate(now)):
        return _refused("本单位所在地区不要求申报", 403)
    try:
        lines = _lines(request, sort)
    except InterfaceProblem as problem:
        return _refused(str(problem), 400)
    outcome = declare_sent(key=key, sort=sort, lines=lines, now=now, address=address_of(request))
    return _answer(
        {
            "added": outcome.added,
            "replaced": outcome.replaced,
            "same": outcome.same,
            "refused": [
                {"line": number, "field": one.field, "label": one.label, "code": one.code,
                 "message": one.message, "remedy": one.remedy}
                for number, problems in sorted(outcome.problems.items())
                for one in problems
            ],
        }
    )  # fmt: skip


def _sort(what: str) -> Sort:
    if what not in SORTS:
        raise Http404
    return SORTS[what]


def _lines(request: HttpRequest, sort: Sort) -> list[dict[str, Any]]:
    """The lines sent. Raises `InterfaceProblem`."""
    try:
        # An amount stays as it is written.
        sent = json.loads(request.body, parse_float=str)
    except (ValueError, RecursionError):
        raise InterfaceProblem("不是有效的 JSON") from None
    lines = sent.get("lines") if isinstance(sent, dict) else None
    if not isinstance(lines, list) or not lines or not all(isinstance(one, dict) for one in lines):
        raise InterfaceProblem('应为 {"lines": [{…}, …]}，每一行一个对象')
    if len(lines) > MOST_LINES:
        raise InterfaceProblem(f"一次最多 {MOST_LINES} 行，请分次申报")
    if unknown := {name for one in lines for name in one} - set(sort.form.fields_by_name):
        raise InterfaceProblem(f"没有这些项目：{'、'.join(sorted(unknown))[:200]}")
    return lines


def _refused(message: str, status: int) -> JsonResponse:
    answer = _answer({"message": message})
    answer.status_code = status
    return answer


def _answer(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
