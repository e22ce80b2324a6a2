"""窗口代录 for persons: found in full or not at all; what is typed keeps counter, clerk and time; of the
person nothing is reached but what the clerk typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases import allotment, lesson
from tests.contracts.making import Hall
from tests.files import PNG
from yonggong.accounts.limits import SERVING_PERSONS
from yonggong.accounts.models import AccessEntry, Grant, LimitedAct, User
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.registry import actions as registry
from yonggong.registry.models import Agency, Worker
from yonggong.registry.parties import Party

pytestmark = pytest.mark.django_db
FIND = "/bureau/counter/person/"
HOME = "/person/"


@pytest.fixture
def clerk(make_user: Callable[..., Any], agency: Any) -> User:
    user: User = make_user("counter_clerk", agency=agency, region_code="220104")
    return user


@pytest.fixture
def counter(at_screen: Callable[[Any], Client], clerk: User) -> Client:
    return at_screen(clerk)


@pytest.fixture
def office() -> Agency:
    return Agency.objects.create(
        name="公积金管理部", level="county", region_code="220104", department="公积金"
    )


@pytest.fixture
def fund_counter(
    make_user: Callable[..., Any], at_screen: Callable[[Any], Client], office: Agency
) -> Client:
    """At the window of 公积金 in the same county."""
    return at_screen(make_user("counter_clerk", agency=office, region_code="220104"))


def named(person: Party, **changed: str) -> dict[str, str]:
    worker = Worker.objects.get(pk=person.pk)
    return {
        "document_type": "01",
        "document_number": worker.document_number,
        "name": worker.name,
    } | changed


def begin(counter: Client, person: Party) -> Any:
    return counter.post(FIND, named(person), follow=True)


def add(counter: Client, person: Party, kind: str = lesson.LESSON.name) -> Case:
    counter.post(reverse("person:begin", args=[person.pk, kind]))
    return Case.objects.latest("pk")


def send(counter: Client, case: Case, **answers: str) -> Any:
    given = {"ask": "submit", "idempotency_key": str(uuid4())} | answers
    return counter.post(reverse("person:item-form", args=[case.pk]), given, follow=True)


def by_the_person(pupil: User, hall: Hall) -> Case:
    """What the person filed at home."""
    return case_actions.submit(
        kind=lesson.LESSON,
        raw={"course": "高级"},
        applicant=pupil.person,
        case=None,
        key=uuid4(),
        by=pupil,
        now=hall.now,
        address=None,
    )


def send_back(case: Case, hall: Hall) -> None:
    case_actions.return_case(
        case=case,
        opinion="写明期数",
        seen=case.filed_at,
        by=hall.reviewer,
        now=hall.now,
        address=None,
    )


def test_a_person_is_found_and_the_case_keeps_counter_clerk_and_time(
    counter: Client, clerk: User, agency: Any, person: Party
) -> None:
    assert FIND in counter.get(reverse("bureau:counter")).content.decode()
    shown = begin(counter, person)
    assert shown.redirect_chain[-1][0] == HOME
    assert "正在为试一办理" in shown.content.decode()
    asked = AccessEntry.objects.get(kind="people")
    assert (asked.user, asked.key, asked.detail) == (clerk, str(person.pk), "窗口代录：试一")
    case = add(counter, person)
    assert (case.state, case.filed_by, case.counter) == ("draft", clerk, agency)
    assert "已提交" in send(counter, case, course="初级").content.decode()
    case.refresh_from_db()
    assert (case.state, case.applicant, case.filed_by) == ("pending", person, clerk)
    assert case.counter == agency and case.filed_at is not None
    assert case.version.counter == agency and case.version.by == clerk
    assert case.number in counter.get(HOME).content.decode()
    assert (
        "朝阳区劳动关系科代录"
        in counter.get(reverse("person:case", args=[case.pk])).content.decode()
    )


def test_the_clerk_who_typed_it_mends_it_and_takes_it_back(
    counter: Client, person: Party, hall: Hall
) -> None:
    begin(counter, person)
    case = add(counter, person)
    send(counter, case, course="初级")
    case.refresh_from_db()
    send_back(case, hall)
    # The next morning the person stands in the list of those still to be typed for.
    counter.post(reverse("bureau:counter-end"))
    again = reverse("bureau:counter-person-begin", args=[person.pk])
    assert again in counter.get(reverse("bureau:counter")).content.decode()
    assert counter.post(again)["Location"] == HOME
    counter.get(HOME)
    send(counter, case, course="初级第二期")
    case.refresh_from_db()
    assert (case.state, case.version.number) == ("pending", 2)
    counter.post(reverse("person:case-withdraw", args=[case.pk]))
    case.refresh_from_db()
    assert case.state == "voided"


@pytest.mark.parametrize("wrong", [{"name": "试三"}, {"document_number": "110101199003070134"}])
def test_nobody_is_found_but_by_document_and_name(
    counter: Client, person: Party, wrong: dict[str, str]
) -> None:
    answer = counter.post(FIND, named(person, **wrong))
    assert answer.status_code == 422
    assert counter.get(HOME).status_code == 404
    assert not AccessEntry.objects.filter(kind="people", key=str(person.pk)).exists()


def test_asking_is_limited(counter: Client, person: Party) -> None:
    for _ in range(SERVING_PERSONS.of_account):
        counter.post(FIND, named(person, name="试三"))
    assert "操作过于频繁" in counter.post(FIND, named(person)).content.decode()
    assert counter.get(HOME).status_code == 404
    LimitedAct.objects.update(at=timezone.now() - timedelta(hours=1))
    assert begin(counter, person).redirect_chain[-1][0] == HOME


def test_what_the_person_filed_themselves_is_not_reached(
    counter: Client, person: Party, pupil: User, hall: Hall
) -> None:
    own = by_the_person(pupil, hall)
    send_back(own, hall)
    shown = begin(counter, person).content.decode()
    assert own.number not in shown and "yg-count" not in shown
    for page in ("case", "item-form", "case-whole", "case-withdraw", "item-draft", "item-check"):
        address = reverse(f"person:{page}", args=[own.pk])
        assert counter.post(address, {"course": "别的"}).status_code in (404, 405), page
    assert counter.get(reverse("person:case", args=[own.pk])).status_code == 404
    own.refresh_from_db()
    assert own.state == "returned"


def test_a_colleague_reaches_nothing_of_it_in_the_persons_portal(
    counter: Client,
    person: Party,
    agency: Any,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
) -> None:
    begin(counter, person)
    case = add(counter, person)
    other = at_screen(make_user("counter_clerk", agency=agency, region_code="220104"))
    again = reverse("bureau:counter-person-begin", args=[person.pk])
    assert other.post(again).status_code == 404
    begin(other, person)
    assert other.get(reverse("person:item-form", args=[case.pk])).status_code == 404
    assert case.number not in other.get(HOME).content.decode()


def test_the_counter_speaks_for_nobody(counter: Client, person: Party) -> None:
    shown = begin(counter, person).content.decode()
    assert "委托代理" not in shown
    for page in ("authorities", "authorities-give"):
        assert counter.get(reverse(f"person:{page}")).status_code == 404


def test_elsewhere_the_clerk_stays_what_they_are(counter: Client, person: Party) -> None:
    begin(counter, person)
    for address in ("/bureau/", "/messages/", "/account/", "/guide/bureau/"):
        assert "正在为试一办理" not in counter.get(address, follow=True).content.decode(), address
    assert counter.get("/employer/").status_code == 404
    assert counter.get("/guide/person/").status_code == 404


def test_it_is_done_on_the_bureaus_network_too(
    counter: Client, person: Party, settings: Any
) -> None:
    settings.NETWORK = "office"
    assert counter.get(HOME).status_code == 404
    begin(counter, person)
    case = add(counter, person)
    assert "已提交" in send(counter, case, course="初级").content.decode()


def test_ending_it_ends_it_and_so_does_an_employer(
    counter: Client, person: Party, hall: Hall
) -> None:
    begin(counter, person)
    counter.post(reverse("bureau:counter-end"))
    assert counter.get(HOME).status_code == 404
    begin(counter, person)
    counter.post(reverse("bureau:counter-begin", args=[hall.employer.pk]))
    assert counter.get(HOME).status_code == 404
    begin(counter, person)
    assert counter.get("/employer/").status_code == 404


def test_who_is_no_clerk_any_more_reaches_nothing(
    counter: Client, clerk: User, person: Party
) -> None:
    begin(counter, person)
    Grant.objects.filter(user=clerk).delete()
    assert counter.get(HOME).status_code == 404
    assert counter.get(FIND).status_code == 404


def test_a_form_opened_for_one_person_is_not_taken_for_the_next(
    counter: Client, person: Party, agency: Any
) -> None:
    begin(counter, person)
    case = add(counter, person)
    form = reverse("person:item-form", args=[case.pk])
    page = counter.get(form).content.decode()
    assert f'name="opened_for" value="{person.pk}"' in page
    other = registry.enter_person(
        worker=registry.get_or_add_worker(
            document_type="01", number="110101199003070134", name="试二", sex="1", birth_on=None
        ),
        region_code="220104",
    )
    begin(counter, other)
    sent = {"course": "初级", "ask": "submit", "opened_for": str(person.pk)}
    for address in (form, reverse("person:begin", args=[other.pk, lesson.LESSON.name])):
        answer = counter.post(address, sent)
        assert answer.status_code == 409 and "代录的人已更换" in answer.content.decode()
        assert 'name="course" value="初级"' in answer.content.decode()  # to be sent on
    typing = counter.post(f"{form}draft/", sent, headers={"X-Part": "1"})
    assert typing.status_code == 409 and "不是为现在代录的人" in typing.json()["message"]
    counter.post(reverse("bureau:counter-end"))
    assert counter.post(form, sent).status_code == 409
    case.refresh_from_db()
    assert case.state == "draft" and Case.objects.count() == 1


def test_nobody_serves_themselves(counter: Client, clerk: User, person: Party) -> None:
    User.objects.filter(pk=clerk.pk).update(person=person)
    answer = counter.post(FIND, named(person))
    assert answer.status_code == 422 and "不能为本人代录" in answer.content.decode()


def test_beside_the_person_served_the_clerk_is_nobody(
    counter: Client, clerk: User, person: Party
) -> None:
    own = Party.objects.create(kind="person", name="试三", region_code="220104")
    User.objects.filter(pk=clerk.pk).update(person=own)
    assert counter.get(HOME).status_code == 200
    begin(counter, person)
    begun = reverse("person:begin", args=[own.pk, lesson.LESSON.name])
    assert counter.post(begun).status_code == 404
    counter.post(reverse("bureau:counter-end"))
    counter.get(HOME)
    assert counter.post(begun).status_code == 302


def test_a_person_of_another_region_is_sent_to_their_own_counter(
    counter: Client, person: Party
) -> None:
    Party.objects.filter(pk=person.pk).update(region_code="150302")
    answer = counter.post(FIND, named(person))
    assert answer.status_code == 422 and "其他辖区" in answer.content.decode()
    assert counter.get(HOME).status_code == 404


def test_the_clerk_who_typed_it_does_not_decide_it(
    counter: Client, clerk: User, agency: Any, person: Party
) -> None:
    Grant.objects.create(user=clerk, role="reviewer", agency=agency, region_code="220104")
    begin(counter, person)
    case = add(counter, person)
    send(counter, case, course="初级")
    case.refresh_from_db()
    seen = case.filed_at.isoformat() if case.filed_at else ""
    counter.post(reverse("bureau:case-decide", args=[case.pk]), {"ask": "approve", "seen": seen})
    case.refresh_from_db()
    assert case.state == "pending"


def test_another_departments_clerk_files_what_is_its_own_with_its_papers(
    fund_counter: Client, office: Agency, person: Party
) -> None:
    page = begin(fund_counter, person).content.decode()
    assert reverse("person:begin", args=[person.pk, allotment.OWN.name]) in page
    assert reverse("person:begin", args=[person.pk, lesson.LESSON.name]) not in page
    asked = fund_counter.post(reverse("person:begin", args=[person.pk, lesson.LESSON.name]))
    assert asked.status_code == 404
    case = add(fund_counter, person, allotment.OWN.name)
    assert send(fund_counter, case, plot="三号").status_code == 422
    fund_counter.post(
        reverse("person:case-material", args=[case.pk, "photo"]),
        {"file": SimpleUploadedFile("照片.png", PNG)},
    )
    fund_counter.get(reverse("person:item-form", args=[case.pk]))
    send(fund_counter, case, plot="三号")
    case.refresh_from_db()
    assert (case.state, case.agency, case.counter) == ("pending", office, office)


def test_a_clerk_of_labour_is_offered_nothing_of_another_department(
    counter: Client, person: Party
) -> None:
    page = begin(counter, person).content.decode()
    assert reverse("person:begin", args=[person.pk, lesson.LESSON.name]) in page
    theirs = reverse("person:begin", args=[person.pk, allotment.OWN.name])
    assert theirs not in page and counter.post(theirs).status_code == 404


@pytest.mark.parametrize(
    "role",
    ["reviewer", "bureau_supervisor", "employer_operator", "system_administrator", "auditor"],
)
def test_for_everybody_else_the_page_does_not_exist(
    role: str,
    make_user: Callable[..., Any],
    at_screen: Callable[[Any], Client],
    employer: Any,
    person: Party,
) -> None:
    place = {"employer": employer} if role == "employer_operator" else {"region_code": "220104"}
    window = at_screen(make_user(role, **place))
    assert window.get(FIND).status_code == 404
    assert window.post(FIND, named(person)).status_code == 404
    again = reverse("bureau:counter-person-begin", args=[person.pk])
    assert window.post(again).status_code == 404
    assert not AccessEntry.objects.filter(kind="people").exists()
