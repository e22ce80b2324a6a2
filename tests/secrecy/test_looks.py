"""Who looked at whose data: found by person and by employer, told to them without officials' names."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong.accounts.actions import create_user, identify, record_access
from yonggong.accounts.models import AccessEntry, User
from yonggong.registry.actions import enter_person
from yonggong.registry.models import Agency, Worker
from yonggong.secrecy.looks import at_employers, at_persons, looks
from yonggong.supervision.acting import Hand
from yonggong.supervision.looking import open_record, record_case
from yonggong.supervision.models import Look

pytestmark = pytest.mark.django_db


def look(what: str, by: User, purpose: str = "") -> AccessEntry:
    record_access(what, "试某", by=by, purpose=purpose, address=None)
    return AccessEntry.objects.latest("pk")


def of_person(worker: Worker) -> set[int]:
    """Without the export by which a roster came to be."""
    found = looks(at_persons([worker.pk])).filter(kind="personal")
    return set(found.values_list("pk", flat=True))


def test_looks_at_filings_papers_and_the_file_are_looks_at_the_person(hall: Hall) -> None:
    contract = hall.in_force()
    worker, case = contract.worker, contract.filings.get().case
    paper = case.papers.get().document
    wanted = {
        look(said, hall.reviewer).pk
        for said in (case.reference, paper.reference, f"人员档案 {worker.pk}")
    }
    other = hall.in_force()
    look(other.filings.get().case.reference, hall.reviewer)
    look(f"单位认领 {worker.pk}", hall.reviewer)
    look(f"人员档案 {other.worker_id}", hall.reviewer)
    assert of_person(worker) == wanted


def test_a_mended_case_keeps_its_number_for_the_log(hall: Hall, now: Any) -> None:
    """A case is quoted by the day of its first filing; so is it found."""
    case = hall.filed()
    type(case).objects.filter(pk=case.pk).update(first_filed_on=now.date())
    case.refresh_from_db()
    line = look(case.reference, hall.reviewer)
    assert of_person(case.filing.worker) == {line.pk}


def test_looks_under_a_joined_document_are_the_person_s(hall: Hall) -> None:
    kept, joined = (hall.approved().filing.worker for _ in range(2))
    line = look(f"人员档案 {joined.pk}", hall.reviewer)
    Worker.objects.filter(pk=joined.pk).update(joined_into=kept)
    assert line.pk in of_person(kept)


@pytest.mark.parametrize("few", [5000, 1])
def test_looks_at_an_employer_are_those_at_its_filings(
    hall: Hall, make_employer: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Sought by name where they are few, by a join where they are many."""
    monkeypatch.setattr("yonggong.secrecy.looks._FEW", few)
    contract = hall.in_force()
    case = contract.filings.get().case
    wanted = {
        look(case.reference, hall.reviewer).pk,
        look(f"单位 {hall.employer.name}", hall.reviewer).pk,
    }
    look("劳动合同新订备案 2026112000000000", hall.reviewer)
    found = looks(at_employers([hall.employer.pk])).filter(kind="personal")
    assert set(found.values_list("pk", flat=True)) == wanted
    assert not looks(at_employers([make_employer().pk])).exists()


def test_what_an_inspector_looks_up_is_told_to_whose_record_it_is(
    hall: Hall, make_user: Callable[..., Any]
) -> None:
    contract = hall.in_force()
    worker, case = contract.worker, contract.filings.get().case
    hand = Hand(by=make_user("inspector", region_code="220104"), now=hall.now, address=None)
    for of, whose in ((hall.employer, at_employers), (worker, at_persons)):
        open_record(of=of, reason="核查投诉", hand=hand)
        [line] = looks(whose([of.pk])).filter(user=hand.by)
        assert (line.purpose, "核查投诉" in line.detail) == ("监督检查", True)
    record_case(look=Look.objects.latest("pk"), case=case, whole=True, hand=hand)
    read = looks(at_persons([worker.pk])).filter(user=hand.by).latest("pk")
    assert (read.subject, read.purpose) == (case.reference, "监督检查")


def screen_of(worker: Worker, at_screen: Any) -> Client:
    account = create_user(
        username="self", name="试一", password="Yonggong-2026", must_change_password=False, by=None
    )
    enter_person(worker=worker, region_code="220104")
    identify(user=account, person=worker.pk, by=None)
    return at_screen(account)


def test_a_person_is_told_the_office_the_duty_and_the_purpose_and_no_name(
    hall: Hall, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    case = hall.approved()
    User.objects.filter(pk=hall.reviewer.pk).update(name="试审核人")
    look(case.reference, hall.reviewer, "监督检查")
    page = unescape(
        screen_of(case.filing.worker, at_screen).get(reverse("person:looks")).content.decode()
    )
    for said in ("朝阳区劳动关系科", "审核员", "监督检查", case.reference):
        assert said in page
    assert "试审核人" not in page and hall.reviewer.username not in page


def test_nobody_else_is_told(
    hall: Hall, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    case, other = hall.approved(), hall.approved()
    look(case.reference, hall.reviewer, "监督检查")
    stranger = screen_of(other.filing.worker, at_screen)
    assert case.reference not in unescape(stranger.get(reverse("person:looks")).content.decode())
    for user in (hall.operator, hall.reviewer):
        assert at_screen(user).get(reverse("person:looks")).status_code == 404


def test_an_employer_sees_who_looked_at_its_filings(
    hall: Hall, screen: Client, make_user: Any, make_employer: Any, at_screen: Any
) -> None:
    case = hall.filed()
    look(case.reference, hall.reviewer)
    page = unescape(screen.get(reverse("employer:looks")).content.decode())
    assert case.reference in page and "办理业务" in page and hall.reviewer.name not in page
    another = at_screen(make_user("employer_operator", employer=make_employer()))
    assert case.reference not in unescape(another.get(reverse("employer:looks")).content.decode())
    clerk = at_screen(make_user("counter_clerk", agency=hall.reviewer.grants.get().agency))
    clerk.post(reverse("bureau:counter-begin", args=[hall.employer.pk]))
    assert clerk.get(reverse("employer:looks")).status_code == 404


def test_an_auditor_finds_looks_by_whose_data_it_was(
    hall: Hall, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    case = hall.approved()
    look(case.reference, hall.reviewer, "监督检查")
    look("劳动合同新订备案 2026112000000000", hall.reviewer)
    auditor = at_screen(make_user("auditor", region_code="220000"))
    number = case.filing.worker.document_number

    def found(**asked: str) -> str:
        return unescape(auditor.get(reverse("admin:log"), asked).content.decode())

    for asked in ({"person": number}, {"employer": hall.employer.credit_code}):
        page = found(**asked)
        assert case.reference in page and "2026112000000000" not in page and "监督检查" in page
    assert "身份证号码" in found(person=number[:17] + "0") or "校验" in found(
        person=number[:17] + "0"
    )
    assert case.reference not in found(employer="91220101MA0000000X")


def test_outside_one_s_agency_a_purpose_is_asked_and_recorded(
    hall: Hall, make_user: Any, at_screen: Callable[[Any], Client]
) -> None:
    above_it = Agency.objects.create(
        name="长春市劳动关系处", level=Agency.Level.PREFECTURE, region_code="220100"
    )
    case = hall.filed()
    own = at_screen(hall.reviewer)
    whole = reverse("bureau:case-whole", args=[case.pk])
    assert "查看目的" not in own.get(reverse("bureau:case", args=[case.pk])).content.decode()
    own.post(whole)
    assert AccessEntry.objects.get(kind="personal").purpose == "办理该办件"
    above = at_screen(make_user("reviewer", agency=above_it, region_code="220100"))
    page = above.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert "查看目的" in page and "核查举报投诉" in page
    assert "请先选择查看目的" in above.post(whole, follow=True).content.decode()
    above.post(whole, {"purpose": "核查举报投诉"})
    assert AccessEntry.objects.filter(kind="personal").latest("pk").purpose == "核查举报投诉"
