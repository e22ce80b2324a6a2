"""The token of a form, with what the page carries: `{% csrf_token %}` in every template."""

from __future__ import annotations

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from yonggong.portals.carried import carried

register = template.Library()


class Carried(CsrfTokenNode):
    """Django's token field, and a hidden field for each thing the page carries."""

    def render(self, context: template.Context) -> SafeString:
        request = context.get("request")
        fields = carried(request).items() if request is not None else ()
        hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)
        return SafeString(super().render(context)) + hidden


@register.tag
def csrf_token(parser: template.base.Parser, token: template.base.Token) -> Carried:
    """In the place of Django's own."""
    return Carried()
