"""按原内容重新填报: of the employer's cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from yonggong.portals.employer.desk import Desk, at_desk, closed
from yonggong.portals.pages import again


@at_desk
@require_POST
def begin_again(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """File what was voided or refused again from its content; a cancelled employer files only what
    ends what it left."""
    kind = desk.case(pk).definition
    return closed(request, desk, kind) or again.begin_again(request, desk, pk)
