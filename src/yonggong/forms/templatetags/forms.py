"""Template tags of forms: `{% form_page page %}`, `{% form_view sections %}`, `{% form_diff changes %}`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django import template
from django.template import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from yonggong.codes.pinyin import spellings
from yonggong.forms.diff import Change
from yonggong.forms.page import FormPage
from yonggong.forms.view import ViewSection

register = template.Library()


@register.inclusion_tag("forms/page.html", takes_context=True)
def form_page(context: Context, page: FormPage) -> dict[str, object]:
    """The whole form with its own `<form>` element, CSRF token and buttons."""
    return {
        "page": page,
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }


@register.inclusion_tag("forms/view.html")
def form_view(sections: Sequence[ViewSection]) -> dict[str, object]:
    """The read-only view made by `forms.view.sections`."""
    return {"sections": sections}


@register.inclusion_tag("forms/diff.html")
def form_diff(changes: Sequence[Change]) -> dict[str, object]:
    """Old and new side by side, made by `forms.diff.diff`."""
    return {"changes": changes, "before": "变更前", "after": "变更后"}


@register.inclusion_tag("forms/diff.html")
def form_comparison(changes: Sequence[Change], before: str, after: str) -> dict[str, object]:
    """Two sets of answers side by side, each column under its own word."""
    return {"changes": changes, "before": before, "after": after}


@register.filter
def html_attributes(attributes: Mapping[str, str]) -> SafeString:
    """A mapping as HTML attributes, escaped; an empty value is a bare attribute."""
    return format_html_join("", ' {}="{}"', ((name, value) for name, value in attributes.items()))


@register.filter
def as_json(answers: Mapping[str, str]) -> str:
    """A mapping as the text of an attribute that a script reads."""
    return json.dumps(dict(answers), ensure_ascii=False)


@register.filter
def spelled(name: str) -> str:
    """How a name is spelled in pinyin and initials, for a list that is searched on the page."""
    return " ".join(spellings(name))
