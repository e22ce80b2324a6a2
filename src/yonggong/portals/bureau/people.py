"""人员档案: a person found by number or name, what is registered and what was changed.

Only whoever has a filing in the asker's region exists here. Numbers are masked; a look at them
whole, and at a piece of evidence, is recorded.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.actions import record_access
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes import tables
from yonggong.codes.names import person_name
from yonggong.contracts import people
from yonggong.contracts.models import Contract, OfficeEnding
from yonggong.entitlements import queries as entitlements
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.bureau import purposes, seeking
from yonggong.portals.bureau.authorities import of_party
from yonggong.portals.pages.evidence import shown
from yonggong.registry.models import Evidence, PersonHistory, Worker
from yonggong.vault import mask

_MOST_TEXT = 50
_SHOWN = 30


@needs(Power.SEE_REGION)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponseBase:
    """The persons with a whole number, or whose name begins as typed. POST: to the address of that."""
    user = user_of(request)
    if request.method == "POST":
        return redirect(seeking.address(request))
    name = person_name(request.GET.get("name", "").replace("\x00", ""))[:_MOST_TEXT]
    found: list[Worker] = []
    number = problem = ""
    try:
        number = seeking.number_in(request)
        found = people.find_people(user, number=number, name=name)
    except ValueError as error:
        problem = str(error)
    context = {
        "number": number,
        "name": name,
        "asked": bool(number or name),
        "people": found,
        "most": people.MOST_FOUND,
        "problem": problem,
    }
    return render(request, "portals/bureau/people.html", context)


@needs(Power.SEE_REGION)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One person, the numbers masked."""
    user = user_of(request)
    return _page(request, user, person_of(user, pk), unmasked=False)


@needs(Power.SEE_PERSONAL, within="bureau")
@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The person with numbers whole; the look is recorded."""
    user = user_of(request)
    person = _person_seen_whole(user, pk)
    purpose = purposes.chosen(request, _purposes(user))
    if not purpose:
        return redirect("bureau:person", pk)
    record_access(
        f"人员档案 {person.pk}",
        person.name,
        purpose=purpose,
        by=user,
        address=address_of(request),
    )
    return _page(request, user, person, unmasked=True)


def _purposes(user: User) -> tuple[str, ...]:
    """A person's file is no case: why somebody looks is always asked. By the policy of where they
    work."""
    region = next(iter(sorted(user.scope.regions(Power.SEE_REGION))), "000000")
    return purposes.offered(region)


def person_of(user: User, pk: int) -> Worker:
    try:
        return people.get_person(user, pk)
    except Worker.DoesNotExist:
        raise Http404 from None


def _person_seen_whole(user: User, pk: int) -> Worker:
    person = person_of(user, pk)
    if not people.may_see_whole(user, person):
        raise Http404
    return person


def _page(request: HttpRequest, user: User, person: Worker, *, unmasked: bool) -> HttpResponse:
    may_correct = people.may_correct(user, person)
    contracts = list(people.contracts_of(user, person)[:_SHOWN])
    context = {
        "person": person,
        "sex": _sex_label(person.sex),
        "documents": [_document(item, unmasked) for item in (person, *people.documents_of(person))],
        "wages": entitlements.wages_of(user, person)[:_SHOWN],
        "insurance": entitlements.insurance_of(user, person)[:_SHOWN],
        "contracts": [
            (contract, may_correct and _open(contract) and people.may_end(user, contract))
            for contract in contracts
        ],
        "filings": people.filings_of(user, person)[:_SHOWN],
        "history": [_change(line, unmasked) for line in people.history_of(person)],
        "authorities": of_party(user, person.pk),
        "may_correct": may_correct,
        "may_see_personal": people.may_see_whole(user, person),
        "unmasked": unmasked,
        "purposes": _purposes(user),
        "whole_url": reverse("bureau:person-whole", args=[person.pk]),
    }
    return render(request, "portals/bureau/person.html", context)


def _open(contract: Contract) -> bool:
    return contract.state == Contract.State.ACTIVE


def _document(worker: Worker, unmasked: bool) -> tuple[str, str]:
    number = worker.document_number
    return _type_label(worker.document_type), number if unmasked else mask(number, "document")


def _sex_label(code: str) -> str:
    return tables.table("sex").label(code) if code else ""


def _type_label(code: str) -> str:
    return tables.table("document_type").label(code)


# The columns of a history's particulars, in the order in which they are shown.
_LABELS = (
    ("name", "姓名"),
    ("document_type", "证件类型"),
    ("number", "证件号码"),
    ("sex", "性别"),
    ("birth_on", "出生日期"),
)


def _change(line: PersonHistory, unmasked: bool) -> dict[str, Any]:
    """One line of the history: what was changed, before and after in words."""
    was, now = line.opened("before"), line.opened("after")
    before, after = _in_words(was, unmasked), _in_words(now, unmasked)
    changed = [
        (label, before[name], after[name])
        for name, label in _LABELS
        if (was.get(name) or "") != (now.get(name) or "")
    ]
    return {"line": line, "before": before, "after": after, "changed": changed}


def _in_words(particulars: dict[str, Any], unmasked: bool) -> dict[str, str]:
    words = {name: str(particulars.get(name) or "") for name, _ in _LABELS}
    words["document_type"] = _type_label(words["document_type"])
    words["sex"] = _sex_label(words["sex"])
    if not unmasked:
        words["number"] = mask(words["number"], "document")
    return words


# --- evidence ------------------------------------------------------------------------------------


@needs(Power.SEE_PERSONAL, within="bureau")
@require_GET
def evidence(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """The file that a change of the person rests on; the look is recorded."""
    user = user_of(request)
    person = _person_seen_whole(user, pk)
    found = people.history_of(person).filter(pk=line, evidence__isnull=False).first()
    if found is None or found.evidence is None:
        raise Http404
    return _shown(request, user, person, found.evidence)


@needs(Power.SEE_PERSONAL, within="bureau")
@require_GET
def ending_evidence(request: HttpRequest, pk: int, contract: int) -> HttpResponse:
    """The file that a recorded ending rests on; the look is recorded."""
    user = user_of(request)
    person = _person_seen_whole(user, pk)
    among = people.contracts_of(user, person)
    found = OfficeEnding.objects.filter(contract=contract, contract__in=among).first()
    if found is None:
        raise Http404
    return _shown(request, user, person, found.evidence)


def _shown(request: HttpRequest, user: User, person: Worker, found: Evidence) -> HttpResponse:
    said = f"{person.name}，证据材料 {found.file_name}"
    return shown(request, found, reference=f"人员档案 {person.pk}", said=said, by=user)
