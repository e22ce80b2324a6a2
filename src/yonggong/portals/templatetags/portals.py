"""Tags that every portal's pages use: icons, state badges, the idempotency key."""

from __future__ import annotations

from datetime import date
from functools import cache
from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yonggong.cases.life import State, title_of
from yonggong.cases.models import Case, Version
from yonggong.codes import calendar
from yonggong.forms.reading import as_sentence
from yonggong.portals.pages.site import Site

register = template.Library()
register.filter("sentence", as_sentence)

# tone and icon of every state, so that a state is never told by colour alone
_STATE_LOOKS: dict[str, tuple[str, str]] = {
    State.DRAFT: ("muted", "pencil"),
    State.PENDING: ("wait", "hourglass"),
    State.APPROVED: ("good", "circle-check"),
    State.RETURNED: ("bad", "arrow-back-up"),
    State.REFUSED: ("bad", "circle-x"),
    State.VOIDED: ("muted", "ban"),
    State.REVOKED: ("bad", "gavel"),
}


@register.simple_tag
@cache
def icon(name: str, title: str = "") -> SafeString:
    """A Tabler icon; hidden from screen readers unless a title says what it means."""
    if title:
        return format_html('<i class="ti ti-{}" role="img" aria-label="{}"></i>', name, title)
    return format_html('<i class="ti ti-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def badge(text: str, tone: str = "muted", icon: str = "point") -> SafeString:
    """A badge with text and icon. Tones: good, wait, bad, warn, note, muted."""
    return format_html(
        '<span class="yg-badge yg-{}"><i class="ti ti-{}" aria-hidden="true"></i>{}</span>',
        tone,
        icon,
        text,
    )


@register.simple_tag
def state_badge(state: str, phase: str = "") -> SafeString:
    """The badge of a case's state, by the state's key; in the phase's word where it has one."""
    tone, name = _STATE_LOOKS[state]
    return badge(title_of(state, phase), tone, name)


@register.simple_tag
def calendar_caution(*days: date | None) -> SafeString:
    """Beside due dates: that the days off of their year are not announced yet, or nothing."""
    known = [day for day in days if day]
    said = calendar.caution(*known) if known else ""
    return format_html('<span class="ye-quiet">（{}）</span>', said) if said else SafeString("")


@register.simple_tag
def submission_key() -> SafeString:
    """A hidden field that makes sending the same form twice file once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid4())


@register.simple_tag
def version_url(site: Site, case: Case, version: Version) -> str:
    """The page of one version of a case, in the portal that `site` is."""
    return site.url("case-version", case.pk, version.number)


@register.simple_tag
def page_url(site: Site, name: str, key: int) -> str:
    """The page of this name of what has this key, in the portal that `site` is."""
    return site.url(name, key)
