"""How the guide says limits and materials."""

from __future__ import annotations

from django import template

from yonggong.catalogue.items import Limit
from yonggong.services import guides

register = template.Library()
register.filter("need_words", guides.need_words)
register.filter("material_words", guides.material_words)


@register.filter
def limit_words(limit: Limit | None, left_open: str) -> str:
    """A limit with its own remark; `left_open` where there is none."""
    return guides.limit_words(limit) if limit else left_open
