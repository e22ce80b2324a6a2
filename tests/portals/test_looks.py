"""Personal data in the employer's portal: masked until asked for, and each look recorded (NMG-10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, contract_of
from tests.files import PNG
from tests.portals.test_bureau_counter import file_new
from yonggong.accounts.models import AccessEntry
from yonggong.cases.models import Case
from yonggong.contracts.models import Filing

pytestmark = pytest.mark.django_db


def looks(user: Any) -> list[tuple[str, str, str]]:
    """(kind, subject, detail) of every look at personal data, and of everything taken along."""
    kinds = (AccessEntry.Kind.PERSONAL, AccessEntry.Kind.DOWNLOAD)
    entries = AccessEntry.objects.filter(user=user, kind__in=kinds).order_by("pk")
    return [(entry.kind, entry.subject, entry.detail) for entry in entries]


def address_of(case: Case, name: str = "case") -> str:
    return reverse(f"employer:{name}", args=[case.pk])


def text(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("later", [False, True], ids=["new contract", "ending"])
def test_a_case_is_masked_until_it_is_asked_for_whole(
    screen: Client, hall: Hall, later: bool
) -> None:
    case = hall.ended() if later else hall.filed()
    worker = contract_of(case).worker
    shown = text(screen.get(address_of(case)))
    assert worker.masked_document in shown and worker.document_number not in shown
    assert looks(hall.operator) == []
    whole = text(screen.post(address_of(case, "case-whole")))
    assert worker.document_number in whole and "本次查看已记录" in whole
    assert looks(hall.operator) == [("personal", case.reference, case.subject_name)]


def test_looking_is_an_act(screen: Client, hall: Hall) -> None:
    assert screen.get(address_of(hall.filed(), "case-whole")).status_code == 405


def test_a_renewal_is_begun_without_showing_the_number(screen: Client, hall: Hall) -> None:
    contract = hall.old()
    row = Filing.objects.get(contract=contract, in_post=True)
    page = text(screen.post(reverse("employer:renewal-start"), {"ids": [row.pk]}, follow=True))
    assert contract.worker.masked_document in page
    assert contract.worker.document_number not in page


def test_a_form_with_a_number_in_it_is_shown_whole_and_recorded(screen: Client, hall: Hall) -> None:
    empty = screen.post(reverse("employer:new-add"), follow=True)
    assert empty.status_code == 200 and looks(hall.operator) == []
    case = hall.return_(hall.filed())
    page = text(screen.get(reverse("employer:new-form", args=[case.pk])))
    assert contract_of(case).worker.document_number in page
    assert looks(hall.operator) == [("personal", case.reference, "打开填报表单")]


def test_a_material_that_is_looked_at_is_recorded(screen: Client, hall: Hall) -> None:
    case = hall.return_(hall.filed())
    place = reverse("employer:material", args=[case.pk, "contract_text"])
    screen.post(place, {"file": SimpleUploadedFile("合同.png", PNG)})
    screen.get(place)
    screen.get(f"{place}?download=1")
    assert [(kind, subject) for kind, subject, _ in looks(hall.operator)] == [
        ("personal", case.reference),
        ("download", case.reference),
    ]


def test_a_roster_that_is_looked_at_is_recorded(screen: Client, hall: Hall) -> None:
    case = hall.approved()
    chosen = screen.post(
        reverse("employer:roster-print-new"), {"ids": [Filing.objects.get(case=case).pk]}
    )
    screen.get(f"{chosen['Location']}pdf/")
    paper = hall.roster(case)
    pdf = reverse("employer:rosters-pdf", args=[paper.pk])
    screen.get(pdf)
    screen.get(f"{pdf}?download=1")
    title = f"{paper.title} {paper.number}"
    found = looks(hall.operator)
    assert found[0][0] == "personal" and found[0][1].endswith("（预览）")
    assert [(kind, subject) for kind, subject, _ in found[1:]] == [
        ("personal", title),
        ("download", title),
    ]


@pytest.fixture
def counter(
    make_user: Callable[..., Any], agency: Any, at_screen: Callable[[Any], Client], hall: Hall
) -> Client:
    """A clerk at the counter who files for the employer of the hall."""
    clerk = make_user("counter_clerk", agency=agency, region_code="220104")
    client = at_screen(clerk)
    found = {"credit_code": hall.employer.credit_code}
    client.post(reverse("bureau:counter"), found, follow=True)
    return client


def test_what_the_employer_filed_itself_a_clerk_at_the_counter_sees_masked(
    counter: Client, screen: Client, hall: Hall
) -> None:
    case = hall.return_(hall.filed())
    place = reverse("employer:material", args=[case.pk, "contract_text"])
    screen.post(place, {"file": SimpleUploadedFile("合同.png", PNG)})
    page = text(counter.get(address_of(case)))
    assert "查看完整信息" not in page
    assert contract_of(case).worker.document_number not in page
    assert "合同.png" in page and place not in page
    assert counter.post(address_of(case, "case-whole")).status_code == 404
    assert counter.get(place).status_code == 404


def test_what_they_typed_themselves_they_see_whole(counter: Client, hall: Hall) -> None:
    case = file_new(counter, hall)
    number = contract_of(case).worker.document_number
    assert number not in text(counter.get(address_of(case)))
    assert number in text(counter.post(address_of(case, "case-whole")))
