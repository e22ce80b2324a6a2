"""What stands around a public page."""

from __future__ import annotations

from django.http import HttpRequest


def shell_of(request: HttpRequest) -> str:
    """The template that it extends: whoever is signed in keeps menu and name."""
    return "portals/base.html" if request.user.is_authenticated else "portals/bare.html"
