"""Tags of the list template."""

from __future__ import annotations

from django import template

from yonggong.listings.listing import Column
from yonggong.listings.pages import Page

register = template.Library()


@register.simple_tag
def page_address(page: Page, number: int) -> str:
    """The query string of another page of the same list."""
    return page.address(page=number if number > 1 else "")


@register.simple_tag
def sort_address(page: Page, column: Column) -> str:
    """The query string that sorts by `column`: upwards first, downwards the second time, and the
    third time in the default order again."""
    asked = page.asked
    if asked.sort is not column or not page.ordered:
        return page.address(sort=column.name)
    return page.address(sort="" if asked.descending else f"-{column.name}")


@register.simple_tag
def sorted_by(page: Page, column: Column) -> str:
    """ "ascending", "descending" or "none", as aria-sort has it."""
    if page.asked.sort is not column or not page.ordered:
        return "none"
    return "descending" if page.asked.descending else "ascending"
