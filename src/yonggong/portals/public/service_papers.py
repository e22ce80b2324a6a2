"""What of an item is printed or filled in elsewhere: its guide, blank and filled-in form, workbook."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yonggong.batch.case_template import case_template
from yonggong.cases.item_forms import printed_forms
from yonggong.cases.kinds import CaseKind
from yonggong.documents.blank import print_blank
from yonggong.documents.samples import print_sample
from yonggong.portals.files import file_response, workbook
from yonggong.portals.public.here import Here, here
from yonggong.services import places
from yonggong.services.guides import print_guide

_PDF = "application/pdf"


@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """The guide on paper, as it holds here today."""
    at = here(request)
    item = at.item(key)
    made = print_guide(item, at.name, places.handled_by(item, at.region), at.on)
    return _shown(made, f"{item.title}办事指南")


@require_safe
def blank(request: HttpRequest, key: str) -> HttpResponse:
    """A form to be filled in by hand: the whole application, or one printed form (`form`) of it."""
    at = here(request)
    kind = _narrowed(at, key, request.GET.get("form", ""))
    return _shown(print_blank(kind, at.on), f"{kind.title}空白样表")


@require_safe
def sample(request: HttpRequest, key: str) -> HttpResponse:
    """The same, filled in with invented answers."""
    at = here(request)
    kind = _narrowed(at, key, request.GET.get("form", ""))
    made = print_sample(kind, at.on)
    if made is None:
        raise Http404
    return _shown(made, f"{kind.title}填写示例")


def _narrowed(at: Here, key: str, form: str) -> CaseKind:
    kind = at.kind(key)
    if not form:
        return kind
    printed = printed_forms(at.item(key)).get(form)
    if printed is None:
        raise Http404
    return replace(kind, form=printed, title=printed.title)


def _shown(made: bytes, title: str) -> HttpResponse:
    return file_response(made, _PDF, f"{title}.pdf", download=False)


@require_safe
def template(request: HttpRequest, key: str) -> HttpResponse:
    """The form as a workbook, which is read into an application once that is begun."""
    at = here(request)
    kind = at.kind(key)
    return workbook(case_template(kind.form), f"{kind.title}填报表.xlsx")
