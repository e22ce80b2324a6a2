"""The further ways of signing in that this installation offers."""

from __future__ import annotations

from django import template

from yonggong.accounts.networks import is_served
from yonggong.proofs import provider, trust

register = template.Library()


@register.inclusion_tag("portals/components/ways.html")
def sign_in_ways(next: str = "") -> dict[str, object]:
    """Links to them; `next`: where they lead on to."""
    return {
        "certificate": trust.is_configured(),
        "person": is_served("person"),
        "provider": provider.title() if provider.is_configured() else "",
        "next": next,
    }
