"""窗口代录 for persons: somebody at the counter is found by their whole document and their name, and what
they apply for is typed in the persons' portal."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yonggong.accounts.limits import SERVING_PERSONS
from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases import queries as case_queries
from yonggong.forms import Form, Problem, Section
from yonggong.forms.page import Action, FormPage
from yonggong.portals.access import address_of, needs, page_under, user_of
from yonggong.portals.bureau.counter import counter_of, no_counter, serve_person, served_by
from yonggong.portals.pages import naming
from yonggong.registry.actions import enter_person
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party

# Who came to the counter, or what is wrong.
Whom = Callable[[HttpRequest, User, Agency], tuple[Party | None, list[Problem]]]

FOUND = Form(
    name="person_at_counter",
    title="为个人代录",
    sections=(
        Section(
            name="person",
            title="申请人",
            hint="照申请人出示的证件填写，证件和姓名都一致才能开始代录。",
            fields=naming.person_fields(),
        ),
    ),
)


@needs(Power.FILE_FOR_OTHERS)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: find the person, and file for them from now on."""
    ask = Action(label="开始代录", name="ask", value="find", primary=True)
    return serving(request, FOUND, _found, ask, template="counter_person", cancel="bureau:counter")


def serving(
    request: HttpRequest, form: Form, whom: Whom, ask: Action, *, template: str, cancel: str
) -> HttpResponse:
    """The page of a form that gives `whom` to file for from now on: `template` of the bureau's, and the
    page to leave it for."""
    user = user_of(request)
    agency = counter_of(user)
    if agency is None:
        return no_counter(request)
    problems: list[Problem] = []
    if request.method == "POST":
        person, problems = whom(request, user, agency)
        if person is not None:
            serve_person(request, person)
            return redirect("person:home")
    page = FormPage(
        form,
        raw=request.POST if problems else form.dump(form.initial()),
        problems=problems,
        actions=(ask,),
        cancel_url=reverse(cancel),
    )
    status = 422 if problems else 200
    return render(request, f"portals/bureau/{template}.html", {"page": page}, status=status)


def _found(request: HttpRequest, user: User, agency: Agency) -> tuple[Party | None, list[Problem]]:
    cleaned = FOUND.clean(request.POST)
    if cleaned.problems:
        return None, list(cleaned.problems)
    named, problems = naming.person_of(
        FOUND,
        cleaned.values,
        limit=SERVING_PERSONS,
        said="窗口代录",
        by=user,
        address=address_of(request),
        now=timezone.now(),
    )
    if named is None:
        return None, problems
    if named.pk == user.person_id:
        said = ("oneself", "不能为本人代录", "请选择“个人办事”，以本人身份办理")
        return None, [FOUND.problem("document_number", *said)]
    person = enter_person(worker=named, region_code=agency.region_code)
    if not Party.objects.filter(served_by(user), pk=person.pk).exists():
        said = ("elsewhere", "申请人登记在其他辖区", "请到其登记地的窗口办理")
        return None, [FOUND.problem("document_number", *said)]
    return person, []


@needs(Power.FILE_FOR_OTHERS)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """File again for somebody for whom this clerk typed before."""
    user = user_of(request)
    typed = case_queries.visible_to(user).filter(
        filed_by=user, counter__isnull=False, applicant=pk, applicant__kind=Party.Kind.PERSON
    )
    if counter_of(user) is None or pk == user.person_id or not typed.exists():
        raise Http404
    serve_person(request, get_object_or_404(Party, served_by(user), pk=pk))
    home = reverse("person:home")
    return redirect(page_under(request, request.POST.get("next", ""), home) or home)
