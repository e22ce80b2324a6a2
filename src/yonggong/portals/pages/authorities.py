"""委托代理: who acts for whom; given with evidence and until a day by the principal, ended by either.

The pages are those of the party itself (`Desk.own`): whoever acts for it passes nothing on, and at a
counter there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yonggong.accounts.limits import NAMING_AGENTS
from yonggong.accounts.models import User
from yonggong.forms import Field, FieldType, Form, Problem, Section, When
from yonggong.forms.fields import Option
from yonggong.forms.page import Action, FormPage
from yonggong.listings import Badge, ChoiceCondition, Column, Listing
from yonggong.listings.conditions import RelatedTextCondition
from yonggong.listings.views import listing_view
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import evidence, naming
from yonggong.portals.pages.desk import Desk
from yonggong.portals.pages.site import EMPLOYER, PERSON, Site
from yonggong.portals.uploading import takes_files
from yonggong.registry.actions import enter_person
from yonggong.registry.authority import AuthorityProblem, end_authority, give_authority
from yonggong.registry.models import Employer, Evidence, Worker
from yonggong.registry.parties import Authority, Party

State = Authority.State
Values = Mapping[str, Any]
Page = Callable[..., HttpResponseBase]
_TONES = {
    State.HOLDS: Badge("good", "circle-check"),
    State.RUN_OUT: Badge("warn", "clock-exclamation"),
    State.ENDED: Badge("muted", "circle-x"),
}
_PAPER, _PAPER_HINT = "授权委托书", "委托人签名或者盖章的授权委托书，多页的合为一个文件"
_EMPLOYER = When("agent_kind", equals="employer")
_PERSON = When("agent_kind", equals="person")

GIVING = Form(
    name="authority",
    title="办理委托",
    sections=(
        Section(
            name="agent",
            title="代理人",
            fields=(
                Field(
                    name="agent_kind",
                    label="代理人是",
                    type=FieldType.CHOICE,
                    choices=(
                        Option(code="employer", label="单位"),
                        Option(code="person", label="个人"),
                    ),
                    required=True,
                    default="employer",
                    width=12,
                ),
                *naming.employer_fields(_EMPLOYER),
                *naming.person_fields(_PERSON),
            ),
        ),
        Section(
            name="term",
            title="委托期限",
            fields=(
                # 《民法典》第一百六十五条: a written authority states its term.
                Field(
                    name="until",
                    label="有效期至",
                    type=FieldType.DATE,
                    required=True,
                    hint="与授权委托书一致；到期后代理人不能再办理，可以提前终止",
                ),
            ),
        ),
    ),
)


def of(*parties: int) -> QuerySet[Authority]:
    """What these parties (keys) gave and were given."""
    found = Authority.objects.filter(Q(agent__in=parties) | Q(principal__in=parties))
    return found.select_related("agent", "principal")


def _state(authority: Authority) -> State:
    return authority.state_on(timezone.localdate())


def _listing(site: Site, rows: Callable[[User], QuerySet[Authority]]) -> Listing:
    """The list of what one's own parties gave and were given."""
    return Listing(
        name=f"{site.namespace}-authorities",
        title="委托代理",
        columns=(
            Column(
                name="principal", label="委托人", value=lambda row: row.principal.name, width=24
            ),
            Column(name="agent", label="代理人", value=lambda row: row.agent.name, width=24),
            Column(
                name="until", label="有效期至", value=lambda row: row.until, order_by=("until",)
            ),
            Column(
                name="state",
                label="状态",
                value=lambda row: _state(row).label,
                badge=lambda row: _TONES[_state(row)],
            ),
            Column(
                name="given_at", label="委托时间", value=lambda row: row.given_at, order_by=("pk",)
            ),
            Column(name="ended_at", label="终止时间", value=lambda row: row.ended_at, shown=False),
        ),
        conditions=(
            ChoiceCondition(
                name="state",
                label="状态",
                choices=tuple(State.choices),
                q=lambda code: Authority.in_state(code, timezone.localdate()),
            ),
            *(
                RelatedTextCondition(
                    name=side,
                    label=label,
                    field="name",
                    to=side,
                    related=lambda user, side=side: Party.objects.filter(  # type: ignore[misc]
                        pk__in=rows(user).order_by().values(side)
                    ),
                )
                for side, label in (("principal", "委托人"), ("agent", "代理人"))
            ),
        ),
        one_owner=True,
        rows=rows,
        row_link=lambda row: site.url("authorities-one", row.pk),
        empty="没有委托代理。",
    )


def _themselves(user: User) -> tuple[int, ...]:
    return () if user.scope.person is None else (user.scope.person,)


# By the portal.
LISTINGS = {
    EMPLOYER.namespace: _listing(EMPLOYER, lambda user: of(*user.scope.own_employers)),
    PERSON.namespace: _listing(PERSON, lambda user: of(*_themselves(user))),
}


def _own(view: Page) -> Page:
    """Give the view the desk's own party as its third argument; 404 at any other desk."""

    @wraps(view)
    def opened(
        request: HttpRequest, desk: Desk, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        if desk.own is None:
            raise Http404
        return view(request, desk, desk.own, *args, **kwargs)

    return opened


@_own
def listing(request: HttpRequest, desk: Desk, own: Party) -> HttpResponseBase:
    """Who acts for the party, and for whom it acts."""
    shown = LISTINGS[desk.site.namespace]
    extra = {"give_url": desk.site.url("authorities-give")}
    return listing_view(request, shown, template="portals/pages/authorities.html", extra=extra)


@_own
@require_http_methods(["GET", "POST"])
@takes_files(evidence.MOST_MEGABYTES + 1)
def give(request: HttpRequest, desk: Desk, own: Party) -> HttpResponse:
    """GET: the form. POST: let somebody act for the party, and on to the page of that; or what is
    wrong."""
    site = desk.site
    stand_under(request, f"{site.namespace}:authorities")
    problems: list[Problem] = []
    if request.method == "POST":
        given, problems = _given(request, desk, own)
        if given is not None:
            messages.success(request, f"已委托{given.agent.name}代理，有效期至 {given.until}。")
            return redirect(site.url("authorities-one", given.pk))
    page = FormPage(
        GIVING,
        raw=request.POST if request.method == "POST" else GIVING.dump(GIVING.initial()),
        problems=problems,
        uploads=(evidence.slot(_PAPER_HINT, problems, label=_PAPER),),
        actions=(Action(label="提交委托", name="ask", value="give", primary=True),),
        cancel_url=site.url("authorities"),
        idempotency_key=str(uuid4()),
    )
    context = {"page": page, "principal": own, "list_url": site.url("authorities")}
    status = 422 if problems else 200
    return render(request, "portals/pages/authority_give.html", context, status=status)


def _given(
    request: HttpRequest, desk: Desk, principal: Party
) -> tuple[Authority | None, list[Problem]]:
    cleaned = GIVING.clean(request.POST)
    values: Values = cleaned.values
    file, wrong = evidence.take(request, label=_PAPER)
    problems = [*cleaned.problems, *wrong]
    if problems or file is None:
        return None, problems
    named, problems = _named(values, desk)
    if named is None:
        return None, problems
    try:
        with transaction.atomic():
            given = give_authority(
                agent=_party(named, principal),
                principal=principal,
                until=values["until"],
                evidence=evidence.keep(request, file),
                by=desk.user,
                now=desk.now,
                address=desk.address,
            )
    except AuthorityProblem as refused:
        return None, [_refusal(refused, values)]
    return given, []


def _refusal(refused: AuthorityProblem, values: Values) -> Problem:
    named = "credit_code" if values["agent_kind"] == "employer" else "document_number"
    field = "until" if refused.about == "until" else named
    return GIVING.problem(field, "refused", str(refused).rstrip("。"), "请核对后修改")


def _named(values: Values, desk: Desk) -> tuple[Employer | Worker | None, list[Problem]]:
    """Whom the form names as agent. Recorded also where nothing comes of it."""
    find = naming.employer_of if values["agent_kind"] == "employer" else naming.person_of
    return find(
        GIVING,
        values,
        limit=NAMING_AGENTS,
        said="委托代理",
        by=desk.user,
        address=desk.address,
        now=desk.now,
    )


def _party(named: Employer | Worker, principal: Party) -> Party:
    if isinstance(named, Worker):
        return enter_person(worker=named, region_code=principal.region_code)
    return named.party


def _one(own: Party, key: int) -> Authority:
    """An authority that the party gave or was given. Raises 404."""
    rows = of(own.pk).select_related("agent", "principal", "evidence", "given_by", "ended_by")
    return get_object_or_404(rows.defer("evidence__content"), pk=key)


@_own
@require_GET
def show(request: HttpRequest, desk: Desk, own: Party, authority: int) -> HttpResponse:
    """One authority: whose, until when, on what paper, and the way to end it."""
    site = desk.site
    stand_under(request, f"{site.namespace}:authorities")
    found = _one(own, authority)
    state = _state(found)
    context = {
        "authority": found,
        "state": state.label,
        "may_end": state != State.ENDED,
        "given": found.principal_id == own.pk,
        "list_url": site.url("authorities"),
        "end_url": site.url("authorities-end", found.pk),
        "evidence_url": site.url("authorities-evidence", found.pk),
    }
    return render(request, "portals/pages/authority.html", context)


@_own
@require_POST
def end(request: HttpRequest, desk: Desk, own: Party, authority: int) -> HttpResponse:
    """End it, as principal or as agent, and back to the list."""
    found = _one(own, authority)
    try:
        end_authority(authority=found, by=desk.user, now=desk.now, address=desk.address)
    except AuthorityProblem as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已终止{found.principal.name}对{found.agent.name}的委托。")
    return redirect(desk.site.url("authorities"))


@_own
@require_GET
def paper(request: HttpRequest, desk: Desk, own: Party, authority: int) -> HttpResponse:
    """The paper that it rests on; the look is recorded."""
    return paper_of(request, _one(own, authority), by=desk.user)


def paper_of(request: HttpRequest, authority: Authority, *, by: User) -> HttpResponse:
    """The same, of an authority that was found already."""
    found: Evidence = authority.evidence
    reference = f"委托代理 {authority.pk}"
    return evidence.shown(request, found, reference=reference, said=found.file_name, by=by)
