"""Days and moments as every page writes them: `{{ on|day }}`, `{{ at|moment }}` in every template.

Django's own `date` reads its format letter by letter each time, 66 µs for a moment and 38 for a day where these take
18 and 8 (29 November 2026); and the format would stand in three hundred places.
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
