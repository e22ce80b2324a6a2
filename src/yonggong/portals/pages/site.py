"""Where a portal's pages stand, for the pages that all portals share."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Site:
    """A portal as shared pages see it. `namespace` is that of its url names."""

    namespace: str

    def url(self, name: str, *args: object) -> str:
        """The address of one of the portal's pages."""
        return reverse(f"{self.namespace}:{name}", args=args)


BUREAU = Site("bureau")
EMPLOYER = Site("employer")
