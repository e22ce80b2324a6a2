"""年度备案: an employer's years, and the tables of what it fills in of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong import policy
from yonggong.accounts.actions import record_access
from yonggong.annual import actions, queries, standing, surveying
from yonggong.annual.models import Return
from yonggong.annual.rows import Sheet
from yonggong.annual.tables import SHORT
from yonggong.cases import queries as case_queries
from yonggong.cases.errors import Forbidden, Overtaken
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.life import OPEN, NotAllowed, State
from yonggong.cases.models import Case
from yonggong.forms import Form
from yonggong.forms.page import Action, FormPage
from yonggong.portals.employer.desk import Desk, closed, labour
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import annual as shared
from yonggong.portals.pages import keeping
from yonggong.portals.pages.form import is_open
from yonggong.portals.pages.refusing import refusing
from yonggong.portals.pages.site import EMPLOYER

_ELSEWHERE = "草稿在另一窗口有改动，没有填入。请核对后再操作。"
_SAVE = (Action(label="保存", name="ask", value="save", primary=True),)


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be begun: of which year, and by when it is due."""

    kind: CaseKind
    year: int
    due_on: date | None
    case: Case | None

    @property
    def may_begin(self) -> bool:
        """Whether there is nothing of that year yet."""
        return self.case is None

    @property
    def stands(self) -> str:
        """How what there is of that year stands."""
        return self.case.state_title if self.case else "未填报"


def offered(desk: Desk, own: list[Case]) -> list[Offer]:
    """What the employer files once a year where it is, and between two years; `own`: its annual
    filings."""
    offers = []
    for name in standing.YEARLY:
        told = _told(desk, name)
        if told is None:
            continue
        year, due_on = told
        there = (
            case
            for case in own
            if case.kind == name
            and (case.state in OPEN if name == standing.ALONE else _is_of(case, year))
        )
        offers.append(Offer(get_kind(name), year, due_on, next(there, None)))
    return offers


def _told(desk: Desk, name: str) -> tuple[int, date | None] | None:
    """Of which year the employer files a kind, and by when where a day is set; None where it does not."""
    rules = policy.of(desk.employer.region_code, desk.today)
    if not rules.accepts(name):
        return None
    if name == standing.SURVEY:
        asked = surveying.to_file(desk.employer)
        return (asked.year, asked.due_on) if asked else None
    duty = standing.duty_of(rules, name)
    if duty is not None and not duty.binds(desk.employer.nature):
        return None
    year = desk.today.year - (name != standing.ALONE)
    return year, duty.due_on(desk.today.year) if duty else None


def _is_of(case: Case, year: int) -> bool:
    """Whether it was filed of a year and still stands; a draft is of any."""
    filed: Return | None = getattr(case, "annual_return", None)
    if filed is None:
        return case.state == State.DRAFT
    return filed.year == year and case.state not in (State.VOIDED, State.REVOKED)


def _filings(desk: Desk) -> list[Case]:
    return list(queries.of_employer(desk.user, desk.employer))


@labour
@require_GET
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The years: what is owed, what was filed. Where the survey is all there is, that."""
    offers, cases = _shown(desk, survey=False)
    if not offers and not cases:
        if not _takes_survey(desk):
            raise Http404
        return redirect("employer:survey")
    return _home(request, desk, offers, cases)


@labour
@require_GET
def pay_survey(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The survey of pay: for which years the employer was asked, what it filed."""
    offers, cases = _shown(desk, survey=True)
    if not cases and not _takes_survey(desk):
        raise Http404
    return _home(request, desk, offers, cases, survey=True)


def _takes_survey(desk: Desk) -> bool:
    return policy.of(desk.employer.region_code, desk.today).accepts(standing.SURVEY)


def _shown(desk: Desk, *, survey: bool) -> tuple[list[Offer], list[Case]]:
    """What may be begun and what was filed: of the survey, or of all else."""
    cases = _filings(desk)
    offers = [
        offer for offer in offered(desk, cases) if (offer.kind.name == standing.SURVEY) == survey
    ]
    return offers, [case for case in cases if (case.kind == standing.SURVEY) == survey]


def _home(
    request: HttpRequest,
    desk: Desk,
    offers: list[Offer],
    cases: list[Case],
    survey: bool = False,
) -> HttpResponse:
    context = {
        "survey": survey,
        "offers": [
            (offer, EMPLOYER.form_url(offer.case) if offer.case and is_open(offer.case) else
             EMPLOYER.case_url(offer.case) if offer.case else "")
            for offer in offers
        ],
        "cases": [
            (case, EMPLOYER.form_url(case) if case.state == State.DRAFT else EMPLOYER.case_url(case))
            for case in cases
        ],
        "today": desk.today,
    }  # fmt: skip
    return render(request, "portals/employer/annual.html", context)


@labour
@require_POST
def begin(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Begin one, filled in from the contracts filed."""
    offer = next((one for one in offered(desk, _filings(desk)) if one.kind.name == kind), None)
    if offer is None:
        raise Http404
    if answer := closed(request, desk, offer.kind):
        return answer
    try:
        case = actions.begin(
            kind=kind, employer=desk.employer, year=offer.year, by=desk.user, now=desk.now
        )
    except Forbidden as refused:
        messages.error(request, str(refused))
        return redirect("employer:annual")
    return redirect(EMPLOYER.form_url(case) if is_open(case) else EMPLOYER.case_url(case))


def _own(desk: Desk, pk: int, *, to_change: bool = False) -> Case:
    """One of the employer's annual filings. Raises `Http404`."""
    case = desk.case(pk)
    if case.kind not in standing.YEARLY:
        raise Http404
    if to_change and not (is_open(case) and case_queries.may_see_personal(desk.user, case)):
        raise Http404
    return case


def _reader(request: HttpRequest, desk: Desk, case: Case) -> shared.Reader:
    stand_under(request, EMPLOYER.list_name(case))
    edits = is_open(case) and case_queries.may_file(desk.user, case)
    return shared.reader_of(case, desk.user, EMPLOYER, edits=edits)


def _typed(request: HttpRequest, desk: Desk, case: Case) -> Case:
    """The case with what the page sent along kept first, so that nothing typed is lost or comes after.
    Raises `Overtaken`, `Forbidden`, `NotAllowed`."""
    if keeping.seen_by(request) is None:
        return case
    keeping.save(request, case, by=desk.user, now=desk.now)
    return desk.case(case.pk)


@labour
@require_POST
def fill(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Fill in all tables anew from the contracts filed."""
    case = _own(desk, pk, to_change=True)
    try:
        actions.fill(case=_typed(request, desk, case), by=desk.user, now=desk.now)
    except Overtaken:
        messages.error(request, _ELSEWHERE)
    except (Forbidden, NotAllowed) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已按审核通过的劳动合同备案填入，请核对后补充合同中没有的内容。")
    return redirect(EMPLOYER.form_url(case))


@labour
@require_POST
def tally(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Fill in Table 1 as Table 2 comes to it."""
    case = _own(desk, pk, to_change=True)
    if case.kind != standing.WHOLE:
        raise Http404
    try:
        actions.tally(case=_typed(request, desk, case), by=desk.user, now=desk.now)
    except Overtaken:
        messages.error(request, _ELSEWHERE)
    except (Forbidden, NotAllowed) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "表一的各项人数已按表二重新计算。")
    return redirect(EMPLOYER.form_url(case))


@labour
@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, desk: Desk, pk: int, table: str) -> HttpResponse:
    """Table 2 or 3."""
    case = _own(desk, pk)
    return shared.rows_page(request, case, table, _reader(request, desk, case))


@labour
@require_GET
def differences(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """How its tables differ from what is filed."""
    case = _own(desk, pk)
    return shared.differences_page(request, case, _reader(request, desk, case))


@labour
@require_http_methods(["GET", "POST"])
def printed(request: HttpRequest, desk: Desk, pk: int, table: str) -> HttpResponse:
    """One of the tables as a PDF."""
    case = _own(desk, pk)
    return shared.printed(request, case, table, site=EMPLOYER, user=desk.user, address=desk.address)


@labour
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, desk: Desk, pk: int, table: str, number: int) -> HttpResponse:
    """One row (from 1; 0: a new one): shown whole, which is recorded; written, or taken out."""
    case = _own(desk, pk, to_change=True)
    sheet = shared.table_of(case, table)
    if not 0 <= number <= sheet.size:
        raise Http404
    form = for_province(sheet.form, policy.of(desk.employer.region_code, desk.today))
    if request.method == "GET":
        stands = sheet.between(number - 1, number)[0] if number else None
        if stands is not None:
            said = f"{SHORT[table]}第 {number} 行"
            record_access(case.reference, said, by=desk.user, address=desk.address)
        return _row_page(request, case, sheet, form, number, stands)
    return _written(request, desk, case, sheet, form, number)


def _written(
    request: HttpRequest, desk: Desk, case: Case, sheet: Sheet, form: Form, number: int
) -> HttpResponse:
    asked, table = request.POST.get("ask"), sheet.table
    cleaned = form.clean(request.POST)
    if asked != "remove" and not cleaned.ok:
        return _row_page(
            request, case, sheet, form, number, None, sent=request.POST, problems=cleaned.problems
        )
    with refusing(request):
        actions.keep_row(
            case=case,
            table=table,
            place=number - 1 if number else None,
            seen=request.POST.get("seen", ""),
            row=None if asked == "remove" else form.dump(cleaned.values),
            by=desk.user,
            now=desk.now,
        )
        done = "已删除" if asked == "remove" else "已保存"
        messages.success(
            request, f"{SHORT[table]}{f'第 {number} 行' if number else '新增一行'}{done}。"
        )
    page = (number - 1) // shared.ROWS_A_PAGE + 1 if number else -1
    return redirect(f"{EMPLOYER.url('annual-rows', case.pk, table)}?page={page}")


def _row_page(
    request: HttpRequest,
    case: Case,
    sheet: Sheet,
    form: Form,
    number: int,
    stands: Mapping[str, Any] | None,
    *,
    sent: Mapping[str, Any] | None = None,
    problems: Any = (),
) -> HttpResponse:
    back = reverse("employer:annual-rows", args=[case.pk, sheet.table])
    said = {name: value for name, value in (stands or {}).items() if value is not None}
    seen = request.POST.get("seen", "") if sent is not None else actions.fingerprint(stands)
    page = FormPage(
        form,
        raw=sent if sent is not None else said or form.dump(form.initial()),
        problems=problems,
        actions=_SAVE,
        action_url=reverse("employer:annual-row", args=[case.pk, sheet.table, number]),
        cancel_url=back,
        carried={"seen": seen},
        unmasked=True,
    )
    stand_under(request, "employer:annual")
    context = {
        "case": case,
        "page": page,
        "back": back,
        "short": SHORT[sheet.table],
        "number": number,
        "seen": seen,
    }
    return render(
        request, "portals/employer/annual_row.html", context, status=422 if problems else 200
    )
