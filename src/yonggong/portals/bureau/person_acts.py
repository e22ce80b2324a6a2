"""What a bureau does about a person: corrects them, joins two registrations, ends what nobody ended.
Each with a reason and a file that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.actions import Refused
from yonggong.contracts import corrections, people
from yonggong.contracts.corrections import Ground
from yonggong.contracts.models import Contract
from yonggong.forms import Form, Problem
from yonggong.forms.page import Action, FormPage
from yonggong.forms.reading import read_key
from yonggong.portals.access import address_of, needs, submission_key, user_of
from yonggong.portals.bureau.forms import (
    CORRECTION,
    ENDING,
    JOINING,
    JOINING_KNOWN,
)
from yonggong.portals.bureau.people import person_of
from yonggong.portals.navigation import stand_under
from yonggong.portals.pages import evidence
from yonggong.portals.uploading import takes_files
from yonggong.registry.actions import document_digest
from yonggong.registry.models import Worker
from yonggong.registry.people import Particulars

Values = Mapping[str, Any]
Act = Callable[[Values, Ground], str]


@needs(Power.CORRECT_PEOPLE)
@require_http_methods(["GET", "POST"])
@takes_files(corrections.MOST_MEGABYTES + 1)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正: the form with what is registered, and the act."""
    user = user_of(request)
    person = _to_correct(user, pk)
    now = Particulars.of(person)
    raw: dict[str, Any] = {
        "document_type": now.document_type,
        "name": now.name,
        "sex": now.sex,
        "birth_on": now.birth_on.isoformat() if now.birth_on else "",
    }

    def act(values: Values, ground: Ground) -> str:
        if values["document_type"] != now.document_type and not values["document_number"]:
            said = ("required", "更正证件类型的，请填写证件号码", "请对照证件填写")
            raise Refused([CORRECTION.problem("document_number", *said)])
        corrections.correct(
            person=person,
            corrected=Particulars(
                document_type=values["document_type"],
                number=values["document_number"] or now.number,
                name=values["name"],
                sex=values["sex"],
                birth_on=values["birth_on"],
            ),
            ground=ground,
            key=submission_key(request),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
        return "已更正，名单和查询按更正后的内容显示，原备案和已生成的名册不变。"

    return _form(request, person, CORRECTION, act, raw=raw, button="更正")


@needs(Power.CORRECT_PEOPLE)
@require_http_methods(["GET", "POST"])
@takes_files(corrections.MOST_MEGABYTES + 1)
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """并档: with a registration that looks like the same person's, or one named by its number."""
    user = user_of(request)
    person = _to_correct(user, pk)
    other = _other(user, request.GET.get("other", ""))

    def act(values: Values, ground: Ground) -> str:
        corrections.join(
            person=person,
            other=other or _registered(values),
            ground=ground,
            key=submission_key(request),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
        return "已并档，两份登记的合同现为一人所有。"

    form = JOINING_KNOWN if other else JOINING
    return _form(request, person, form, act, raw=None, button="并档", other=other)


@needs(Power.CORRECT_PEOPLE)
@require_http_methods(["GET", "POST"])
@takes_files(corrections.MOST_MEGABYTES + 1)
def end(request: HttpRequest, pk: int, contract: int) -> HttpResponse:
    """登记终止: of a contract that its employer has not ended."""
    user = user_of(request)
    person = _to_correct(user, pk)
    found = people.contracts_of(user, person).filter(pk=contract).first()
    if found is None or not people.may_end(user, found):
        raise Http404
    over = found.end_on if found.has_run_out(timezone.localdate()) else None
    raw = {"ended_on": over.isoformat()} if over else None

    def act(values: Values, ground: Ground) -> str:
        corrections.record_ending(
            contract=found,
            ended_on=values["ended_on"],
            ground=ground,
            key=submission_key(request),
            by=user,
            now=timezone.now(),
            address=address_of(request),
        )
        return f"已登记终止，{found.employer.name}可以在该合同的沿革中看到。"

    return _form(request, person, ENDING, act, raw=raw, button="登记终止", contract=found)


def _to_correct(user: User, pk: int) -> Worker:
    person = person_of(user, pk)
    if not people.may_correct(user, person):
        raise Http404
    return person


def _other(user: User, text: str) -> Worker | None:
    if not text:
        return None
    pk = read_key(text)
    if pk is None:
        raise Http404
    return person_of(user, pk)


def _registered(values: Values) -> Worker:
    """The registration with the document typed, wherever it was filed: who knows the whole number
    has the document before them."""
    digest = document_digest(values["document_type"], values["document_number"])
    found = Worker.objects.filter(document_digest=digest).first()
    if found is None:
        said = ("unknown", "没有查到该证件的登记", "请核对证件类型和号码")
        raise Refused([JOINING.problem("document_number", *said)])
    return found


def _form(
    request: HttpRequest,
    person: Worker,
    form: Form,
    act: Act,
    *,
    raw: dict[str, Any] | None,
    button: str,
    other: Worker | None = None,
    contract: Contract | None = None,
) -> HttpResponse:
    """GET: the form. POST: the act, then the person's page; or what is wrong."""
    stand_under(request, "bureau:people")
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        cleaned = form.clean(request.POST)
        problems = cleaned.problems
        if "evidence" not in request.FILES:
            problems = [*problems, evidence.missing()]
        if not problems:
            try:
                messages.success(request, act(cleaned.values, _ground(request, cleaned.values)))
                return redirect("bureau:person", person.pk)
            except Refused as refused:
                problems = [_labelled(form, problem) for problem in refused.problems]
    page = FormPage(
        form,
        raw=request.POST if request.method == "POST" else raw,
        problems=problems,
        uploads=(evidence.slot(_EVIDENCE, problems),),
        actions=(Action(label=button, name="ask", value="save", primary=True),),
        cancel_url=reverse("bureau:person", args=[person.pk]),
        idempotency_key=request.POST.get("idempotency_key") or str(uuid4()),
    )
    context = {"page": page, "person": person, "other": other, "contract": contract}
    status = 422 if problems else 200
    return render(request, "portals/bureau/person_act.html", context, status=status)


_EVIDENCE = "证件、户籍证明、解除（终止）证明、裁决书等，多页的合为一个文件"


def _ground(request: HttpRequest, values: Values) -> Ground:
    file = request.FILES.get("evidence")
    most = corrections.MOST_MEGABYTES * 1024 * 1024 + 1
    return Ground(
        reason=str(values["reason"] or ""),
        file_name=(file.name or "") if file else "",
        content=file.read(most) if file else b"",
    )


def _labelled(form: Form, problem: Problem) -> Problem:
    known = form.fields_by_name.get(problem.field)
    label = known.label if known else ("证据材料" if problem.field == "evidence" else "")
    return replace(problem, label=label)
