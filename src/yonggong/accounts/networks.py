"""Two networks (SX-6): employers and persons come from the internet, bureaus and administrators from
their own network. A process group serves both, or one of them alone (`settings.NETWORK`)."""

from __future__ import annotations

from django.conf import settings

from yonggong.accounts.roles import Portal

PUBLIC, OFFICE = "public", "office"
TITLES = {PUBLIC: "互联网", OFFICE: "人社业务专网"}
_OF: dict[Portal, str] = {
    "employer": PUBLIC,
    "person": PUBLIC,
    "bureau": OFFICE,
    "admin": OFFICE,
}


def is_served(portal: Portal) -> bool:
    """Whether the portal's people are served here. At a counter the employer's pages are the
    bureau's too."""
    return settings.NETWORK in ("", _OF[portal])


def other() -> str:
    """Title of the network that is not served here, "" where both are."""
    return next((title for name, title in TITLES.items() if settings.NETWORK not in ("", name)), "")
