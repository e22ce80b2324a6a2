"""公共服务事项测算: amounts, periods and time limits that the service standard states, open to anyone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yonggong.benefits.functions import FUNCTIONS
from yonggong.benefits.rules import mapped, of_function
from yonggong.cases.items import latest_of
from yonggong.catalogue.items import Item
from yonggong.forms import Form
from yonggong.law.steps import Step
from yonggong.portals.public.calculators import Answer, Calculator, answered
from yonggong.portals.public.here import here, placed
from yonggong.portals.public.shell import shell_of
from yonggong.services.reckoning import Computable, computable, computable_rule

# Of what depends on nothing, nothing is asked.
_NOTHING = Form(name="benefit", title="", sections=())


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All functions, with how many rules each computes."""
    held = _held(request, {item for item, _ in mapped()})
    rules = Counter(one.mapped.function for item in held.values() for one in computable(item))
    functions = [
        {"name": name, "title": function.title, "rules": rules[function]}
        for name, function in FUNCTIONS.items()
    ]
    context = {"functions": functions, "shell": shell_of(request)}
    return render(request, "portals/public/benefits.html", context)


@require_GET
def function(request: HttpRequest, name: str) -> HttpResponse:
    """The rules that a function computes, by item; where there is one, its page."""
    if name not in FUNCTIONS:
        raise Http404
    wanted = dict.fromkeys(one.item for one in of_function(name))
    rules = [
        one
        for item in _held(request, wanted).values()
        for one in computable(item)
        if one.mapped.function is FUNCTIONS[name]
    ]
    if len(rules) == 1:
        only = reverse("benefit", args=[rules[0].item.key, rules[0].mapped.rule])
        return redirect(f"{only}{_asked(request)}")
    context = {
        "title": FUNCTIONS[name].title,
        "rules": rules,
        "asked": _asked(request),
        "shell": shell_of(request),
    }
    return render(request, "portals/public/benefit_rules.html", context)


@require_http_methods(["GET", "POST"])
def benefit(request: HttpRequest, item: str, rule: int) -> HttpResponse:
    """One rule of an item: what it asks, and what comes out, step by step."""
    held = _held(request, {item}).get(item)
    found = computable_rule(held, rule) if held else None
    if found is None:
        raise Http404
    calculator = _calculator(found)
    if found.mapped.inputs:
        return answered(request, calculator, "portals/public/benefit.html", {"rule": found})
    context = {
        "calculator": calculator,
        "rule": found,
        "answer": calculator.reckon({}),
        "shell": shell_of(request),
    }
    return render(request, "portals/public/benefit.html", context)


def _held(request: HttpRequest, keys: Collection[str]) -> dict[str, Item]:
    """The items as they hold where the visitor is; of one that nobody looks up there its newest version,
    wherever that holds."""
    there = here(request).shelf
    found = {key: item for key in keys if (item := there.find(key)) is not None}
    return found | latest_of(key for key in keys if key not in found)


def _asked(request: HttpRequest) -> str:
    return f"?{urlencode(places)}" if (places := placed(request)) else ""


def _calculator(found: Computable) -> Calculator:
    def reckon(values: Any) -> Answer:
        result = found.reckon(dict(values), timezone.localdate())
        steps = [Step(text) for text in result.steps]
        return Answer(result.said, result.lines, steps, found.caution)

    name = f"{found.item.key}-{found.mapped.rule}"
    form = found.form() if found.mapped.inputs else _NOTHING
    return Calculator(name, found.title, found.rule.says, form, reckon)
