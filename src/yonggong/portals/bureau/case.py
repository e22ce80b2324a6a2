"""One case as its reviewer sees it, and what the reviewer does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import actions as case_actions
from yonggong.cases import (
    held_back,
    looking,
    notes,
    opinions,
    queues,
    revoking,
    standing_in,
)
from yonggong.cases import queries as case_queries
from yonggong.cases.life import Action, NotAllowed, State
from yonggong.cases.listings import waited_days
from yonggong.cases.models import Case
from yonggong.counters.queries import found_wrong_in
from yonggong.forms.reading import read_key
from yonggong.portals.access import address_of, moment_of, needs, user_of
from yonggong.portals.bureau import purposes, refusals
from yonggong.portals.bureau.marked import marked, refuse_marked
from yonggong.portals.bureau.undoing import held_of
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import case as case_page
from yonggong.portals.pages import materials as material_pages
from yonggong.portals.pages import steps, versions
from yonggong.portals.pages.site import BUREAU
from yonggong.registry import doubtful

# Fields that name another employer by its credit code.
_CODES = ("dispatcher_code", "user_unit_code")


@needs(Power.SEE_REGION)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The case with personal data masked."""
    user = user_of(request)
    return _page(request, user, filed(user, pk), unmasked=False)


@needs(Power.SEE_REGION)
@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The case with personal data whole; the look is recorded."""
    user = user_of(request)
    case = filed(user, pk)
    among = purposes.asked_of(user, case)
    if among and case_queries.may_see_personal(user, case):
        purpose = purposes.chosen(request, among)
        if not purpose:
            return redirect("bureau:case", pk)
    else:
        purpose = purposes.HANDLING
    case_page.look_whole(case, user=user, purpose=purpose, address=address_of(request))
    return _page(request, user, case, unmasked=True)


def filed(user: User, pk: int) -> Case:
    """The case; a draft is nobody's but its author's, who finds it where it is typed."""
    case = case_queries.get_case(user, pk)
    if case.state == State.DRAFT:
        raise Http404
    return case


def _case_with_personal_data(user: User, pk: int) -> Case:
    case = filed(user, pk)
    if not case_queries.may_see_personal(user, case):
        raise Http404
    return case


def _page(request: HttpRequest, user: User, case: Case, *, unmasked: bool) -> HttpResponse:
    # Decided already, for as long as that can be taken back: the bar above the page says so.
    held = held_of(request, case)
    may_decide = held is None and case_queries.may_decide(user, case)
    look = case_page.look_at(case, user=user, site=BUREAU, unmasked=unmasked)
    panel = None if held else steps.panel_of(look)
    stand_under(request, "bureau:queue" if may_decide or panel else "bureau:cases")
    beside: dict[str, Any] = {
        "purposes": purposes.asked_of(user, case),
        "doubts": doubtful.among(_credit_codes(case)),
        "panel": panel,
        "found_wrong": found_wrong_in(case),
        "waited": waited_days(case),
        "notes": notes.notes_of(user, case),
        "may_decide": may_decide,
        "may_mark": may_decide or (panel is not None and panel.returns),
        "held_by_other": may_decide and _is_anothers(user, case),
        "own": case.state == "pending"
        and not (may_decide or panel or held)
        and case_queries.has_filed(user, case),
        "quick_opinions": opinions.offered(user) if may_decide or panel else (),
        "agencies": case_queries.other_agencies(case)
        if case_queries.may_transfer(user, case)
        else (),
        "next": queues.more_to_hand_out(user, case),
        "may_revoke": revoking.may_ask(user, case),
        "revocation_asked": case.state == State.APPROVED and revoking.open_request(case),
    }
    return case_page.page(request, look, BUREAU, beside)


def _is_anothers(user: User, case: Case) -> bool:
    """Whether a colleague has the case for whom the reviewer does not stand in."""
    assigned = case.assigned_to_id
    if assigned in (None, user.pk) or assigned is None:
        return False
    today = timezone.localdate()
    return standing_in.stands_for(user, assigned, case.acting_agency_id, today) is None


def _credit_codes(case: Case) -> list[Any]:
    """Those of the units that the case names, None where it names none."""
    unit = case.applicant.employer
    return [unit and unit.credit_code, *map(case.values.get, _CODES)]


@needs(Power.SEE_REGION)
@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version of the case, compared with another."""
    user = user_of(request)
    stand_under(request, "bureau:cases")
    return versions.page(request, filed(user, pk), number, user=user, site=BUREAU)


@needs(Power.SEE_REGION)
@require_http_methods(["GET", "POST"])
def print_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as a PDF. GET: personal data masked. POST: whole, the look recorded."""
    user = user_of(request)
    whole = request.method == "POST"
    return versions.printed(request, filed(user, pk), number, user=user, unmasked=whole)


@needs(Power.REVIEW)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """受理, 审核通过 or 审核不通过, then on to the next case."""
    user = user_of(request)
    case = filed(user, pk)
    now, address = timezone.now(), address_of(request)
    opinion, seen = request.POST.get("opinion", ""), moment_of(request, "seen")
    try:
        match request.POST.get("ask"):
            case "assign":
                case_actions.assign(
                    case=case,
                    reason=request.POST.get("reason", ""),
                    by=user,
                    now=now,
                    address=address,
                )
                messages.success(request, "已受理。")
                return redirect("bureau:case", pk)
            case "give-back":
                case_actions.give_back(case=case, by=user, now=now, address=address)
                messages.success(request, "已退回待办，其他审核员可以受理。")
                return redirect("bureau:queue")
            case "approve":
                refuse_marked(request)
                looking.check(
                    case,
                    looked=request.POST.getlist("looked"),
                    acknowledged=request.POST.getlist("acknowledged"),
                )
                decision, said = Action.APPROVE, "审核通过"
            case "return":
                decision, said = Action.RETURN, "审核不通过，已退回"
            case _:
                raise Http404
        held = held_back.decide(
            case=case,
            decision=decision,
            opinion=opinion,
            marked=marked(request, case),
            seen=seen,
            by=user,
            now=now,
            address=address,
        )
    except case_actions.Refused as refused:
        refusals.tell(request, refused)
        return redirect("bureau:case", pk)
    except case_actions.Forbidden as refused:
        messages.error(request, str(refused))
        return redirect("bureau:case", pk)
    except NotAllowed:
        return _too_late(request, user, pk)
    if held is None:  # else the bar says it, as long as it can be taken back
        messages.success(request, f"{case.subject_name}：{said}。")
    return _onward(request, user, behind=case)


@needs(Power.REVIEW)
@require_POST
def hand_out(request: HttpRequest) -> HttpResponse:
    """下一件: the next case of the queue, assigned at once; `behind` is the one just looked at."""
    user, behind = user_of(request), read_key(request.POST.get("behind"))
    case = filed(user, behind) if behind is not None else None
    return _onward(request, user, behind=case)


def _too_late(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """A colleague was quicker, or the employer withdrew the case: what happened, and where to go
    on. Nothing of what was sent has been done."""
    case = filed(user, pk)
    context = {"case": case, "last": case_queries.history(case).last()}
    return render(request, "portals/bureau/too_late.html", context, status=409)


def _onward(request: HttpRequest, user: User, *, behind: Case | None) -> HttpResponse:
    following = case_actions.assign_next(
        behind=behind, by=user, now=timezone.now(), address=address_of(request)
    )
    if following is None:
        messages.info(request, "待审核的办件已全部办完。")
        return redirect("bureau:queue")
    return redirect("bureau:case", following.pk)


@needs(Power.REVIEW, Power.SUPERVISE)
@require_POST
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """转交 to another agency of the same region's line."""
    user = user_of(request)
    case = filed(user, pk)
    wanted = request.POST.get("agency", "")
    agency = next(
        (item for item in case_queries.other_agencies(case) if str(item.pk) == wanted), None
    )
    if agency is None:
        messages.error(request, "请选择转交的机构。")
        return redirect("bureau:case", pk)
    try:
        case_actions.transfer(
            case=case,
            agency=agency,
            reason=request.POST.get("reason", ""),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
    except case_actions.Forbidden as refused:
        messages.error(request, str(refused))
        return redirect("bureau:case", pk)
    messages.success(request, f"已转交{agency.name}。")
    return redirect("bureau:queue" if user.may(Power.REVIEW) else "bureau:cases")


@needs(Power.SEE_REGION)
@require_GET
def material(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A material in place, or saved. It shows whole documents: only for those who may see personal
    data, and every look is recorded."""
    user = user_of(request)
    case = _case_with_personal_data(user, pk)
    found = case.materials.select_related("blob").filter(name=name).first()
    if found is None:
        raise Http404
    said = looking.look_of(found.file_name)
    return material_pages.served(request, found, reference=case.reference, said=said, by=user)
