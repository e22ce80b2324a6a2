"""签章表单: a form that others sign is offered filled in where it is asked for; one that nobody but the
applicant signs is not asked back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.documents.papers import page_texts
from yonggong.accounts.models import AccessEntry, User
from yonggong.cases import drafting, items
from yonggong.cases import queries as case_queries
from yonggong.cases.kinds import CaseKind, applicants_of, other_signers
from yonggong.cases.models import Case
from yonggong.catalogue import book
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party
from yonggong.services.registering import register_person

pytestmark = pytest.mark.django_db

REGION, NUMBER = "150302", "220104199003072134"
CLAIM, TREATMENT = "work-injury-medical-expense-claim", "work-injury-medical-transfer"
ENROLLING = "resident-pension-registration"
SUSPENDING = "government-institution-pension-benefit-suspension"


@pytest.fixture
def county() -> Agency:
    return Agency.objects.create(level="county", region_code=REGION, name="海勃湾区人社局")


@pytest.fixture
def clerk(make_user: Any, county: Agency) -> User:
    user: User = make_user("counter_clerk", agency=county, region_code=REGION)
    return user


@pytest.fixture
def person(county: Agency, clerk: User) -> Party:
    return register_person(
        name="试一", number=NUMBER, mobile="13812345678", agency=county, by=clerk, address=None
    )[0]


@pytest.fixture
def account(person: Party) -> User:
    user = User.objects.get(person=person)
    user.set_password("Yonggong-2026")
    user.save()
    return user


@pytest.fixture
def operator(make_user: Any, make_employer: Any, county: Agency) -> User:
    employer = make_employer(name="乌海试验制造有限公司", region_code=REGION, agency=county)
    user: User = make_user("employer_operator", employer=employer)
    return user


def kind_of(key: str) -> CaseKind:
    return items.holding(items.kind_called(key), region=REGION, on=timezone.localdate())


def draft(key: str, applicant: Party, by: User, **typed: str) -> Case:
    return drafting.save_draft(
        kind=kind_of(key), applicant=applicant, raw=typed, case=None, by=by, now=timezone.now()
    )


def asked(case: Case) -> list[str]:
    return [one.label for one in case_queries.required_materials(case)]


def test_what_a_unit_signs_comes_filled_in_where_it_is_asked_for(
    at_screen: Callable[[Any], Client], person: Party, account: User
) -> None:
    case = draft(CLAIM, person, account, name="试一")
    window = at_screen(account)
    shown = window.get(reverse("person:item-form", args=[case.pk])).content.decode()
    address = reverse("person:case-material-sign", args=[case.pk, "m1"])
    assert f'href="{address}"' in shown
    assert "由所在单位签字或者盖章后" in shown
    assert "单位意见" not in shown
    paper = window.get(address)
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Content-Disposition"].startswith("attachment")
    printed = "".join(page_texts(paper.content))
    assert "工伤保险待遇申请表" in printed and "试一" in printed
    assert "单位意见（单位盖章）" in printed and "（签字或者盖章）" not in printed
    kept = AccessEntry.objects.latest("pk")
    assert (kept.user, kept.kind) == (account, AccessEntry.Kind.DOWNLOAD)


def test_a_form_without_lines_for_who_signs_has_some(
    at_screen: Callable[[Any], Client], person: Party, account: User
) -> None:
    case = draft(SUSPENDING, person, account)
    paper = at_screen(account).get(reverse("person:case-material-sign", args=[case.pk, "m1"]))
    assert "所在单位（签字或者盖章）" in "".join(page_texts(paper.content))


def test_a_person_promises_as_a_person(
    at_screen: Callable[[Any], Client], person: Party, account: User
) -> None:
    case = draft(CLAIM, person, account)
    shown = at_screen(account).get(reverse("person:item-form", args=[case.pk])).content.decode()
    assert "本人承诺" in shown and "本单位承诺" not in shown


def test_a_unit_has_the_worker_and_the_hospital_sign(
    at_screen: Callable[[Any], Client], operator: User
) -> None:
    party = Party.objects.get(kind="employer", name="乌海试验制造有限公司")
    window = at_screen(operator)
    claim = draft(CLAIM, party, operator)
    shown = window.get(reverse("employer:item-form", args=[claim.pk])).content.decode()
    assert "由职工本人签字或者盖章后" in shown
    case = draft(TREATMENT, party, operator)
    shown = window.get(reverse("employer:item-form", args=[case.pk])).content.decode()
    assert "由医疗机构签字或者盖章后" in shown and "医疗机构意见" not in shown
    paper = window.get(reverse("employer:material-sign", args=[case.pk, "m1"]))
    assert "医疗机构意见" in "".join(page_texts(paper.content))


def test_what_only_the_applicant_signs_is_asked_for_at_counters_alone(
    person: Party, account: User, county: Agency
) -> None:
    label = "内蒙古城乡居民基本养老保险参保登记表"
    case = draft(ENROLLING, person, account)
    assert label not in asked(case)
    case.counter = county
    assert label in asked(case)


def test_of_what_is_no_form_of_the_item_there_is_no_print(
    at_screen: Callable[[Any], Client], person: Party, account: User
) -> None:
    case = draft(CLAIM, person, account)
    window = at_screen(account)
    assert window.get(reverse("person:case-material-sign", args=[case.pk, "m2"])).status_code == 404
    assert window.get(reverse("person:case-material-sign", args=[case.pk, "x"])).status_code == 404


def test_what_is_written_by_hand_stands_on_forms_that_are_always_printed() -> None:
    """Who applies for themselves would else be asked for it nowhere."""
    for item in book():
        hand = {
            form.name for form in item.forms if any(field.by == "signer" for field in form.fields)
        }
        printed = {one.prints: one for one in item.materials if one.prints in hand}
        assert hand == set(printed), item.key
        for one in printed.values():
            for kind in applicants_of(item.audience):
                assert other_signers(one, kind), (item.key, one.name, kind)


def test_forms_signed_are_forms_of_their_items() -> None:
    for item in book():
        names = {form.name for form in item.forms}
        assert {one.prints for one in item.materials if one.prints} <= names, item.key
