"""Where a portal's pages stand and what they are called, for the pages that all portals share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from yonggong.cases.models import Case


@dataclass(frozen=True, slots=True)
class Site:
    """A portal as shared pages see it.

    namespace    of its url names
    names        its own names of pages that shared ones lead to, where they differ
    explanation  what an explanation given with a finding is called to its readers
    changes      heading of what a filing changes in what now holds
    items        title of the list of what has no pages of its own
    submit       what the button of a form is called that files
    chooses      whether materials of earlier cases can be taken there
    prints       whether forms that others sign are offered there filled in, to be printed
    before       what stands in all of its addresses before what a page is about
    """

    namespace: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    explanation: str = "情况说明"
    changes: str = "与原备案的不同"
    items: str = "其他事项"
    submit: str = "保存并提交审核"
    chooses: bool = False
    prints: bool = False
    before: tuple[object, ...] = ()

    def url(self, name: str, *args: object) -> str:
        """The address of one of the portal's pages."""
        return reverse(f"{self.namespace}:{self.names.get(name, name)}", args=(*self.before, *args))

    def case_url(self, case: Case) -> str:
        """The page that shows the case."""
        return self.url("case", case.pk)

    def form_url(self, case: Case) -> str:
        """The page on which the case is filled in or mended."""
        return self.url(f"{case.definition.pages.word}-form", case.pk)

    def materials_url(self, case: Case) -> str:
        """The page on which its materials are uploaded where the form has no slots for them."""
        return self.url(f"{case.definition.pages.word}-materials", case.pk)

    def list_name(self, case: Case) -> str:
        """The url name of the list, or page, to which the case belongs."""
        word = case.definition.pages.word
        return f"{self.namespace}:{self.names.get(word, word)}"

    def list_url(self, case: Case) -> str:
        """Its address."""
        return reverse(self.list_name(case))


BUREAU = Site("bureau", explanation="单位说明", changes="变更对照")
PERSON = Site(
    "person",
    names={"document": "document-pdf", "item": "home", "item-materials": "item-form"},
    explanation="本人说明",
    items="我的办件",
    submit="提交申请",
    chooses=True,
    prints=True,
)
EMPLOYER = Site(
    "employer",
    names={
        "document": "rosters-paper",
        "document-pdf": "rosters-pdf",
        "case-material": "material",
        "case-material-choose": "material-choose",
        "case-material-sign": "material-sign",
    },
    chooses=True,
    prints=True,
)
# Where agencies apply for their people's accounts, within the bureau's portal.
APPLYING = Site(
    "bureau",
    names={
        "item": "applications",
        "item-form": "applications-form",
        "item-materials": "applications-form",
        "item-workbook": "applications-workbook",
        "item-workbook-blank": "applications-workbook-blank",
        "item-workbook-filled": "applications-workbook-filled",
    },
    explanation="情况说明",
    items="账号申请",
    submit="提交申请",
)
