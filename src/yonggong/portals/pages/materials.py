"""Materials of a case as pages show them: what is wanted, what is there, and who may look at it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.materials import content_of
from yonggong.cases.models import Case, Material
from yonggong.policy import Material as Wanted
from yonggong.portals.access import address_of
from yonggong.portals.files import file_response
from yonggong.portals.pages.site import Site

_EXTENSIONS = {"pdf": ".pdf", "jpg": ".jpg,.jpeg,.heic,.heif", "png": ".png"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the materials table: what is wanted, and what is there. `may_view`: whether the
    person who asks may look at it, for a picture of a document shows whole numbers. `provider`:
    who shares it, where it is left to sharing."""

    wanted: Wanted
    material: Material | None
    url: str
    may_view: bool
    provider: str = ""

    @property
    def accept(self) -> str:
        return ",".join(_EXTENSIONS[kind] for kind in self.wanted.types)

    @property
    def limits(self) -> str:
        kinds = "、".join(kind.upper() for kind in self.wanted.types)
        return f"{kinds}，不超过 {self.wanted.max_megabytes} MB"

    @property
    def is_picture(self) -> bool:
        return self.material is not None and self.material.content_type.startswith("image/")


def lines_of(case: Case, *, user: User, site: Site) -> list[Line]:
    """Every material that the case asks for, with the file that is there."""
    there = {
        material.name: material
        for material in case.materials.select_related("blob")
        .defer("blob__content")
        .prefetch_related("taken_from__applicant")
    }
    asked = case_queries.required_materials(case)
    shares = any(wanted.shared_by for wanted in asked)
    left = dict(case.shared_materials.values_list("name", "provider")) if shares else {}
    may_view = case_queries.may_see_personal(user, case)
    return [
        Line(
            wanted,
            there.get(wanted.name),
            site.url("case-material", case.pk, wanted.name),
            may_view,
            left.get(wanted.name, ""),
        )
        for wanted in asked
    ]


def served(
    request: HttpRequest, found: Material, *, reference: str, said: str, by: User
) -> HttpResponse:
    """The file in place or, with `download`, to be saved. The look is recorded under `reference`, with what
    `said` tells of it."""
    download = "download" in request.GET
    record_access(reference, said, download=download, by=by, address=address_of(request))
    return file_response(content_of(found), found.content_type, found.file_name, download=download)
