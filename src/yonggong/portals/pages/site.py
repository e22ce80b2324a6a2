"""Where a portal's pages stand and what they are called, for the pages that all portals share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Site:
    """A portal as shared pages see it.

    namespace    of its url names
    names        its own names of pages that shared ones lead to, where they differ
    explanation  what an explanation given with a finding is called to its readers
    changes      heading of what a filing changes in what now holds
    """

    namespace: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    explanation: str = "情况说明"
    changes: str = "与原备案的不同"

    def url(self, name: str, *args: object) -> str:
        """The address of one of the portal's pages."""
        return reverse(f"{self.namespace}:{self.names.get(name, name)}", args=args)


BUREAU = Site("bureau", explanation="单位说明", changes="变更对照")
PERSON = Site("person", names={"document": "document-pdf"}, explanation="本人说明")
EMPLOYER = Site(
    "employer",
    names={
        "document": "rosters-paper",
        "document-pdf": "rosters-pdf",
        "case-material": "material",
    },
)
