"""Days and moments as every page writes them: `{{ on|day }}`, `{{ at|moment }}` in every template.

Django's own `date` reads its format letter by letter each time, ten times the work of all else that a line of a
list or a case's history asks for; and the format would stand in three hundred places.
"""

from __future__ import annotations

from datetime import date, datetime

from django import template

register = template.Library()


@register.filter(expects_localtime=True, is_safe=True)
def day(value: date | None) -> str:
    """2026-11-29, of a day or a moment; nothing of None."""
    return value.isoformat()[:10] if value else ""


@register.filter(expects_localtime=True, is_safe=True)
def moment(value: datetime | None) -> str:
    """2026-11-29 08:05, local time; nothing of None."""
    return value.isoformat(" ", "minutes")[:16] if value else ""
