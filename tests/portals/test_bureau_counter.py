"""窗口代录: a clerk files for an employer that came in person, and for no other."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases import allotment, regatta
from tests.contracts.making import Hall, answers
from yonggong.accounts.models import User
from yonggong.cases import queries as case_queries
from yonggong.cases.actions import Forbidden
from yonggong.cases.models import Case, Draft
from yonggong.codes.invent import invent_credit_code
from yonggong.portals.employer.urls import urlpatterns
from yonggong.registry.models import Agency, Employer

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("counter_clerk", agency=agency, region_code="220104")


@pytest.fixture
def counter(at_screen: Callable[[Any], Client], clerk: Any) -> Client:
    return at_screen(clerk)


@pytest.fixture
def far(make_employer: Callable[..., Any]) -> Employer:
    return make_employer(region_code="150302", name="乌海试验有限公司")


def begin(counter: Client, employer: Employer) -> Any:
    return counter.post(
        reverse("bureau:counter"), {"credit_code": employer.credit_code}, follow=True
    )


def file_new(counter: Client, hall: Hall) -> Case:
    """A new contract, typed in at the counter."""
    begun = counter.post(reverse("employer:new-add"), follow=True)
    counter.post(begun.redirect_chain[-1][0], answers(today=hall.today) | {"ask": "submit"})
    return Case.objects.latest("pk")


def test_the_clerk_works_in_the_employers_portal_and_every_page_says_for_whom(
    counter: Client, hall: Hall
) -> None:
    answer = begin(counter, hall.employer)
    assert answer.redirect_chain[-1][0] == reverse("employer:home")
    for name in ("home", "contracts", "new", "particulars"):
        page = counter.get(reverse(f"employer:{name}"), follow=True).content.decode()
        assert f"正在为{hall.employer.name}办理" in page, name


def test_a_case_filed_at_the_counter_keeps_counter_clerk_and_time(
    counter: Client, clerk: Any, agency: Any, hall: Hall
) -> None:
    begin(counter, hall.employer)
    case = file_new(counter, hall)
    assert (case.state, case.applicant.employer, case.filed_by) == ("pending", hall.employer, clerk)
    assert case.counter == agency and case.filed_at is not None
    event = case.events.get()
    assert (event.action, event.by) == ("submit", clerk)
    assert case.subject_name in counter.get(reverse("bureau:counter")).content.decode()


def test_a_form_at_the_counter_starts_from_what_the_employer_last_filed(
    counter: Client, hall: Hall
) -> None:
    hall.filed(workplace="长春市南关区人民大街 9 号")
    begin(counter, hall.employer)
    shown = counter.post(reverse("employer:new-add"), follow=True).content.decode()
    assert "长春市南关区人民大街 9 号" in shown and "沿用上次填写" in shown


def test_a_draft_begun_at_the_counter_is_no_case_of_the_bureau_yet(
    counter: Client, hall: Hall
) -> None:
    begin(counter, hall.employer)
    counter.post(reverse("employer:new-add"))
    draft = Case.objects.get(state="draft")
    # What is typed so far need not even be dates.
    Draft.objects.filter(case=draft).update(data={"start_on": "下周"})
    assert counter.get(reverse("bureau:case", args=[draft.pk])).status_code == 404
    for name in ("cases", "counter", "home"):
        page = counter.get(reverse(f"bureau:{name}")).content.decode()
        assert reverse("bureau:case", args=[draft.pk]) not in page, name


def test_what_the_employer_files_itself_has_no_counter(hall: Hall) -> None:
    assert hall.filed().counter is None


def test_a_case_mended_by_the_employer_itself_no_longer_has_the_counter(
    counter: Client, hall: Hall
) -> None:
    begin(counter, hall.employer)
    case = hall.return_(file_new(counter, hall))
    case = hall.file("new", answers(today=hall.today), case=case)
    assert case.counter is None and case.filed_by == hall.operator


def test_the_clerk_who_filed_it_does_not_review_it(
    counter: Client, clerk: Any, agency: Any, hall: Hall
) -> None:
    begin(counter, hall.employer)
    case = file_new(counter, hall)
    clerk.grants.create(role="reviewer", agency=agency, region_code="220104")
    both = User.objects.get(pk=clerk.pk)
    assert not case_queries.may_decide(both, case)
    hall.reviewer = both
    with pytest.raises(Forbidden, match="本人填报"):
        hall.approve(case)


def test_until_an_employer_is_chosen_the_employers_portal_does_not_exist(
    counter: Client, hall: Hall
) -> None:
    assert counter.get(reverse("employer:home")).status_code == 404


def test_ending_it_ends_it(counter: Client, hall: Hall) -> None:
    begin(counter, hall.employer)
    answer = counter.post(reverse("bureau:counter-end"), follow=True)
    assert "已结束代录" in answer.content.decode()
    assert counter.get(reverse("employer:home")).status_code == 404


def test_the_next_employer_takes_the_place_of_the_last(
    counter: Client, hall: Hall, make_employer: Callable[..., Any]
) -> None:
    first = hall.filed()
    begin(counter, hall.employer)
    begin(counter, make_employer())
    assert counter.get(reverse("employer:case", args=[first.pk])).status_code == 404


def test_an_employer_of_another_region_is_sent_to_its_own_counter(
    counter: Client, far: Employer
) -> None:
    said = begin(counter, far).content.decode()
    assert "请到其登记地的窗口办理" in said and far.name not in said
    assert counter.post(reverse("bureau:counter-begin", args=[far.pk])).status_code == 404
    assert counter.get(reverse("employer:home")).status_code == 404


def test_who_is_no_clerk_any_more_reaches_nothing(counter: Client, clerk: Any, hall: Hall) -> None:
    begin(counter, hall.employer)
    clerk.grants.all().delete()
    assert counter.get(reverse("employer:home")).status_code == 404


def test_a_clerk_without_an_agency_is_told_why_not(
    at_screen: Callable[[Any], Client], make_user: Callable[..., Any], hall: Hall
) -> None:
    lost = at_screen(make_user("counter_clerk", region_code="220104"))
    assert "没有指定窗口机构" in begin(lost, hall.employer).content.decode()


def test_in_the_bureaus_portal_the_clerk_stays_what_they_are(counter: Client, hall: Hall) -> None:
    begin(counter, hall.employer)
    page = counter.get(reverse("bureau:counter")).content.decode()
    assert f"正在为{hall.employer.name}代录" in page
    assert counter.get(reverse("bureau:queue")).status_code == 404


def test_an_unknown_employer_is_entered_and_its_initial_filing_begun(
    counter: Client, clerk: Any, chance: random.Random
) -> None:
    code = invent_credit_code(chance, region="220104")
    missing = counter.post(reverse("bureau:counter"), {"credit_code": code}, follow=True)
    assert "没有查到该统一社会信用代码的单位" in missing.content.decode()
    sent = {"credit_code": code, "name": "长春试验新单位", "region_code": "220104"}
    counter.post(reverse("bureau:counter-register"), sent)
    employer = Employer.objects.get(credit_code=code)
    assert (employer.state, employer.name) == ("unfiled", "长春试验新单位")
    page = counter.get(reverse("employer:particulars"), follow=True).content.decode()
    assert "正在为长春试验新单位办理" in page
    # The operator is the employer's own person, whom the clerk asks for.
    counter.post(reverse("employer:particulars-begin"))
    draft = Case.objects.get(applicant=employer.pk)
    assert "operator" not in draft.draft.data and draft.counter is not None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"region_code": "150302"}, "不在本窗口的辖区"),
        ({"credit_code": "91220104"}, "统一社会信用代码"),
        ({"name": ""}, "单位名称"),
    ],
)
def test_what_is_wrong_with_a_new_employer_is_said(
    counter: Client, chance: random.Random, changed: dict[str, str], said: str
) -> None:
    sent = {
        "credit_code": invent_credit_code(chance, region="220104"),
        "name": "长春试验新单位",
        "region_code": "220104",
    } | changed
    answer = counter.post(reverse("bureau:counter-register"), sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Employer.objects.exists()


def test_a_known_employer_is_not_entered_twice(counter: Client, hall: Hall) -> None:
    answer = counter.post(
        reverse("bureau:counter-register"),
        {"credit_code": hall.employer.credit_code, "name": "另一名称", "region_code": "220104"},
    )
    assert answer.status_code == 422 and "已有登记，不能再次登记" in answer.content.decode()


# --- the counter of another department -------------------------------------------------------


@pytest.fixture
def fund_counter(make_user: Callable[..., Any], at_screen: Callable[[Any], Client]) -> Client:
    """At the window of 公积金 in the same county."""
    office = Agency.objects.create(
        name="公积金管理部", level="county", region_code="220104", department="公积金"
    )
    return at_screen(make_user("counter_clerk", agency=office, region_code="220104"))


def test_another_departments_clerk_files_what_is_its_own(fund_counter: Client, hall: Hall) -> None:
    answer = begin(fund_counter, hall.employer)
    assert answer.redirect_chain[-1][0] == reverse("employer:item")
    page = answer.content.decode()
    assert reverse("employer:item-begin", args=[allotment.LEASE.name]) in page
    assert reverse("employer:item-begin", args=[regatta.ENTRY.name]) not in page
    begun = fund_counter.post(
        reverse("employer:item-begin", args=[allotment.LEASE.name]), follow=True
    )
    fund_counter.post(begun.redirect_chain[-1][0], {"plot": "三号", "ask": "submit"})
    case = Case.objects.get()
    assert (case.state, case.agency.department) == ("pending", "公积金")
    assert fund_counter.get(reverse("employer:case", args=[case.pk])).status_code == 200


@pytest.mark.parametrize(
    "name", ["contracts", "new", "particulars", "codes", "batch-new", "void", "rosters"]
)
def test_another_departments_clerk_finds_no_page_of_labour(
    fund_counter: Client, hall: Hall, name: str
) -> None:
    menu = begin(fund_counter, hall.employer).content.decode()
    assert f'href="{reverse(f"employer:{name}")}"' not in menu
    assert fund_counter.get(reverse(f"employer:{name}")).status_code == 404


def test_another_departments_clerk_sees_no_case_of_labour(fund_counter: Client, hall: Hall) -> None:
    case = hall.filed()
    begin(fund_counter, hall.employer)
    assert fund_counter.get(reverse("employer:case", args=[case.pk])).status_code == 404
    begun = fund_counter.post(reverse("employer:item-begin", args=[regatta.ENTRY.name]))
    assert begun.status_code == 404


# --- everything an employer does (NMG-7) -----------------------------------------------------

# The employer's own: who speaks for it, and who looked at its data.
OWN = {
    "authorities", "authorities-give", "looks", "operators", "operators-invite", "operators-leave",
}  # fmt: skip
KEYLESS = [path.name for path in urlpatterns if not path.pattern.converters]


def test_every_page_of_the_employer_answers_at_the_counter_as_it_answers_the_employer(
    counter: Client, screen: Client, hall: Hall
) -> None:
    begin(counter, hall.employer)
    answers = {
        name: [
            getattr(desk, method)(reverse(f"employer:{name}")).status_code
            for method in ("get", "post")
            for desk in (screen, counter)
        ]
        for name in KEYLESS
        if name not in OWN
    }
    differing = {name: found for name, found in answers.items() if found[0::2] != found[1::2]}
    assert not differing
    assert {counter.get(reverse(f"employer:{name}")).status_code for name in OWN} <= {404, 405}
