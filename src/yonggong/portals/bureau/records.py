"""登记与参保: the records that items made of a person or an employer, looked up for a purpose."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.contracts.people import document_digests
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.bureau import purposes, seeking
from yonggong.portals.navigation import stand_under
from yonggong.registry.models import Employer, Worker
from yonggong.registry.parties import Party
from yonggong.services import record_queries

_MOST_TEXT = 60


@needs(Power.SEE_REGION)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponseBase:
    """Persons by their whole number, employers by their code, both by the beginning of their name, as
    far as there are records of them in the asker's region. POST: to the address of that."""
    user = user_of(request)
    if request.method == "POST":
        return redirect(seeking.address(request))
    name = request.GET.get("name", "").replace("\x00", "").strip()[:_MOST_TEXT]
    context: dict[str, object] = {"name": name}
    try:
        number = seeking.number_in(request)
        context |= {"number": number, "asked": bool(number or name)}
        context["parties"] = _found(user, number, name)
    except ValueError as error:
        context["problem"] = str(error)
    context["purposes"] = _purposes(user)
    return render(request, "portals/bureau/records.html", context)


@needs(Power.SEE_REGION, within="bureau")
@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One of them: what is in force, and what was done; the look is recorded."""
    user = user_of(request)
    stand_under(request, "bureau:records")
    party = Party.objects.filter(pk=pk).first()
    if party is None or not record_queries.visible_to(user).filter(subject=pk).exists():
        raise Http404
    purpose = purposes.chosen(request, _purposes(user))
    if not purpose:
        return redirect("bureau:records")
    is_person = party.kind == Party.Kind.PERSON
    reference = f"人员档案 {party.pk}" if is_person else f"单位登记 {party.name}"
    record_access(
        reference,
        f"{party.name}，登记与参保",
        purpose=purpose,
        by=user,
        address=address_of(request),
    )
    return _page(request, user, party)


def _page(request: HttpRequest, user: User, party: Party) -> HttpResponse:
    context = {
        "party": party,
        "standings": record_queries.in_force(user, party.pk),
        "history": record_queries.history_of(user, party.pk)[: record_queries.MOST],
        "people": record_queries.through(user, party.pk)[: record_queries.MOST],
        "site_cases": "bureau:case",
    }
    return render(request, "portals/bureau/record_of.html", context)


def _found(user: User, number: str, name: str) -> list[Party]:
    if not number:
        return record_queries.find(user, name=name) if name else []
    employer = Employer.objects.filter(credit_code=number).values_list("pk", flat=True).first()
    if employer is not None:
        keys = [employer]
    else:
        digests = document_digests(number)
        keys = list(Worker.objects.filter(document_digest__in=digests).values_list("pk", flat=True))
    seen = record_queries.visible_to(user).filter(subject__in=keys).values("subject")
    return list(Party.objects.filter(pk__in=seen))


def _purposes(user: User) -> tuple[str, ...]:
    """By the policy of where they work."""
    region = next(iter(sorted(user.scope.regions(Power.SEE_REGION))), "000000")
    return purposes.offered(region)
