"""What contracts on file offer: begun with one click, the form filled in beforehand (ST-4)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yonggong.cases.life import State
from yonggong.contracts.models import Filing
from yonggong.forms.reading import read_key
from yonggong.portals.employer.desk import Desk, at_filed_desk
from yonggong.portals.pages import beginning, items
from yonggong.portals.pages.site import EMPLOYER
from yonggong.services import offers
from yonggong.services.offers import Offer


def waiting(desk: Desk) -> list[Offer]:
    """What waits for the employer on its first page."""
    kinds = items.offered(desk.user, desk.employer.party, desk.today)
    return offers.waiting(desk.employer, kinds, desk.today)


def on_case(desk: Desk, filing: Filing | None) -> list[tuple[str, str, int]]:
    """What a filing offers, as its page's next steps: (address, title, key of the filing)."""
    if filing is None or filing.state != State.APPROVED:
        return []
    kinds = items.offered(desk.user, desk.employer.party, desk.today)
    found = offers.offered_after([filing], employer=desk.employer, kinds=kinds, on=desk.today)
    return [
        (reverse("employer:offers-begin", args=[one.kind.name]), one.kind.title, filing.pk)
        for one in found
    ]


@at_filed_desk
@require_POST
def begin(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Begin the item for a filing's worker: a draft with what the contract tells, and its form."""
    key = read_key(request.POST.get("ids", ""))
    own = Filing.objects.filter(employer=desk.employer, state=State.APPROVED)
    filing = own.select_related("contract", "worker", "employer").filter(pk=key).first()
    if filing is None:
        raise Http404
    kinds = items.offered(desk.user, desk.employer.party, desk.today)
    found = offers.offered_after([filing], employer=desk.employer, kinds=kinds, on=desk.today)
    wanted = next((one for one in found if one.kind.name == kind), None)
    if wanted is None:
        raise Http404
    case = beginning.begun_about(
        desk,
        desk.employer.party,
        wanted.kind,
        offers.answers(wanted.kind, filing, by=desk.user, today=desk.today),
        filing.contract_id,
    )
    return redirect(EMPLOYER.form_url(case))
