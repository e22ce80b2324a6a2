"""核对认领: whoever claims an employer brought its papers to the counter; the clerk writes down which, and a
reviewer decides (`claims`)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yonggong.accounts.limits import ASKING_CODES, TooOften
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.normalise import plain
from yonggong.employers import proving
from yonggong.employers.claims import ClaimProblem
from yonggong.forms import Field, FieldType, Form, Problem, Section
from yonggong.forms.page import Action, FormPage
from yonggong.portals.access import address_of, needs, user_of
from yonggong.portals.bureau.counter import counter_of, no_counter
from yonggong.registry.lookups import note_asked

SEEN = Form(
    name="claim_at_counter",
    title="核对认领",
    sections=(
        Section(
            name="claim",
            title="认领申请",
            hint="申请人已在“单位认领”中提出，持营业执照和单位证明到窗口的，核对本人和原件后填写。",
            fields=(
                # As text: a code whose check character does not hold may be registered all the same.
                Field(
                    name="credit_code",
                    label="统一社会信用代码",
                    required=True,
                    max_length=40,
                    width=5,
                ),
                Field(name="username", label="申请人账号", required=True, max_length=60, width=4),
                Field(name="name", label="申请人姓名", type=FieldType.PERSON_NAME, required=True),
                Field(
                    name="seen",
                    label="核对的原件",
                    required=True,
                    max_length=120,
                    hint="如：营业执照副本、加盖公章的经办人证明、本人身份证",
                    width=12,
                ),
            ),
        ),
    ),
)


@needs(Power.FILE_FOR_OTHERS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: note what was seen."""
    user = user_of(request)
    if counter_of(user) is None:
        return no_counter(request)
    problems = _noted(request, user) if request.method == "POST" else []
    if request.method == "POST" and not problems:
        messages.success(request, "已记录，由审核员认定，结果以站内提醒告知申请人。")
        return redirect("bureau:counter")
    shown = FormPage(
        SEEN,
        raw=request.POST if problems else SEEN.dump(SEEN.initial()),
        problems=problems,
        actions=(Action(label="记录并提交认定", name="ask", value="note", primary=True),),
        cancel_url=reverse("bureau:counter"),
    )
    status = 422 if problems else 200
    return render(request, "portals/bureau/counter_claim.html", {"page": shown}, status=status)


def _noted(request: HttpRequest, user: User) -> list[Problem]:
    cleaned = SEEN.clean(request.POST)
    if cleaned.problems:
        return list(cleaned.problems)
    said, now = {name: str(value) for name, value in cleaned.values.items()}, timezone.now()
    code = plain(said.pop("credit_code"))
    noted = f"窗口核对认领，申请人账号 {said['username']}"
    try:
        note_asked(ASKING_CODES, code, noted, by=user, address=address_of(request), now=now)
        proving.at_counter(credit_code=code, **said, by=user, now=now)
    except (TooOften, ClaimProblem) as refused:
        return [SEEN.problem("credit_code", "refused", str(refused).rstrip("。"), "")]
    return []
