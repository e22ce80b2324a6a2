"""签章表单: a form of an item that others sign or seal, filled in with what was typed so far, to be printed,
signed and uploaded again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yonggong.accounts.actions import record_access
from yonggong.documents.filings import print_form
from yonggong.portals.files import file_response
from yonggong.portals.pages import form as case_form
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.uploads import line_of, prints_form


@require_GET
def pdf(request: HttpRequest, desk: Desk, pk: int, name: str) -> HttpResponse:
    """The form that the material `name` is, as a PDF to be saved. It holds personal data whole, so it
    leaves a line in the access log; 404 for what is no form of the item, or who may not see that."""
    case = desk.case(pk)
    wanted = line_of(desk, case, name).wanted
    item = case.definition.item
    if item is None or not prints_form(desk, case, wanted) or not case_form.is_open(case):
        raise Http404
    values = case_form.typed(desk, case)
    content = print_form(item, wanted.prints, wanted.signed_by, values, desk.today)
    said = f"已填写的{wanted.label}"
    record_access(case.reference, said, download=True, by=desk.user, address=desk.address)
    return file_response(content, "application/pdf", f"{wanted.prints}.pdf", download=True)
