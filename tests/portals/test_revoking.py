"""撤销审核 on the pages: asked on one person's, decided on another's, told on the applicant's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contracts.making import Hall, ending_answers, revoke
from tests.files import PDF
from yonggong.accounts.models import AccessEntry
from yonggong.cases import revoking
from yonggong.cases.models import Case, Revocation
from yonggong.contracts.models import Filing
from yonggong.reminders import digests
from yonggong.reminders.models import Message
from yonggong.reminders.todos import todos_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(make_user: Callable[..., Any], agency: Any) -> Any:
    return make_user("reviewer", agency=agency, region_code="220104")


def ask(desk: Client, case: Case, **sent: Any) -> Any:
    address = reverse("bureau:case-revoke", args=[case.pk])
    return desk.post(address, {"reason": "劳动合同系伪造"} | sent, follow=True)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_one_asks_another_decides_and_the_applicant_reads_why_and_what_to_do(
    desk: Client, hall: Hall, at_screen: Any, second: Any
) -> None:
    case = hall.approved()
    own = reverse("bureau:case", args=[case.pk])
    assert reverse("bureau:case-revoke", args=[case.pk]) in text(desk.get(own))
    file = SimpleUploadedFile("核查函.pdf", PDF)
    assert "由另一名审核员或者业务主管决定" in text(ask(desk, case, evidence=file))
    asked = Revocation.objects.get()
    page = reverse("bureau:revocations-one", args=[asked.pk])
    decide = reverse("bureau:revocations-decide", args=[asked.pk])
    mine = text(desk.get(page))
    assert "须由第二人决定" in mine and decide not in mine
    theirs = at_screen(second)
    assert case.subject_name in text(theirs.get(reverse("bureau:revocations")))
    shown = text(theirs.get(page))
    assert decide in shown and "劳动合同系伪造" in shown and "行政复议" in shown and "待核" in shown
    proof = theirs.get(reverse("bureau:revocations-proof", args=[asked.pk]))
    assert proof["Content-Type"] == "application/pdf"
    assert AccessEntry.objects.filter(detail__contains="核查函.pdf").exists()
    said = text(theirs.post(decide, {"verdict": "revoke", "opinion": "经核对属实"}, follow=True))
    assert "已撤销审核" in said
    employer = at_screen(hall.operator)
    told = text(employer.get(reverse("employer:case", args=[case.pk])))
    for words in ("已撤销", "劳动合同系伪造", "经核对属实", "行政复议", "行政诉讼", "重新填报"):
        assert words in told
    assert "已撤销" in text(employer.get(reverse("employer:contracts"), {"state": "revoked"}))


def test_declined_the_applicant_hears_nothing(
    desk: Client, hall: Hall, at_screen: Any, second: Any
) -> None:
    case = hall.approved()
    ask(desk, case, reason="不能外传的怀疑")
    decide = reverse("bureau:revocations-decide", args=[Revocation.objects.get().pk])
    at_screen(second).post(decide, {"verdict": "keep", "opinion": "材料属实"})
    told = text(at_screen(hall.operator).get(reverse("employer:case", args=[case.pk])))
    assert "不能外传的怀疑" not in told and "撤销" not in told
    office = text(desk.get(reverse("bureau:case", args=[case.pk])))
    assert "不予撤销审核" in office and "不能外传的怀疑" in office


def test_what_is_wrong_is_said_on_the_form_and_nothing_is_kept(desk: Client, hall: Hall) -> None:
    case = hall.approved()
    assert "不能为空" in text(ask(desk, case, reason=""))
    bad = SimpleUploadedFile("函.pdf", b"no pdf")
    assert ask(desk, case, evidence=bad).status_code == 422
    contract = Filing.objects.get(case=case).contract
    hall.roster(case)
    ending = hall.approve(hall.file("ending", ending_answers(on=hall.today), contract=contract))
    assert "解除" in text(answer := ask(desk, case)) and ending.number in text(answer)
    assert not Revocation.objects.exists()


def test_without_the_power_or_the_place_none_of_it_exists(
    desk: Client, hall: Hall, at_screen: Any, make_user: Any, agency: Any
) -> None:
    case = hall.approved()
    ask(desk, case)
    asked = Revocation.objects.get()
    people = [
        hall.operator,
        make_user("counter_clerk", agency=agency, region_code="220104"),
        make_user("bureau_supervisor", region_code="220200"),
        make_user("system_administrator", region_code="220000"),
        make_user("business_administrator", region_code="220000"),
        make_user("auditor", region_code="220000"),
    ]
    for person in people:
        screen = at_screen(person)
        assert screen.get(reverse("bureau:case-revoke", args=[case.pk])).status_code == 404
        for name in ("revocations-one", "revocations-proof"):
            assert screen.get(reverse(f"bureau:{name}", args=[asked.pk])).status_code == 404
        decide = reverse("bureau:revocations-decide", args=[asked.pk])
        sent = {"verdict": "revoke", "opinion": "属实"}
        assert screen.post(decide, sent).status_code == 404
    case.refresh_from_db()
    assert case.state == "approved"


def test_pages_that_name_the_evidence_do_not_read_it(desk: Client, hall: Hall) -> None:
    case = hall.approved()
    ask(desk, case, evidence=SimpleUploadedFile("核查函.pdf", PDF))
    with CaptureQueriesContext(connection) as queries:
        assert "已申请撤销" in text(desk.get(reverse("bureau:case", args=[case.pk])))
        page = reverse("bureau:revocations-one", args=[Revocation.objects.get().pk])
        assert "核查函.pdf" in text(desk.get(page))
    assert not any('."content"' in query["sql"] for query in queries)


def test_who_asked_cannot_decide_by_sending_it_anyway(desk: Client, hall: Hall) -> None:
    case = hall.approved()
    ask(desk, case)
    decide = reverse("bureau:revocations-decide", args=[Revocation.objects.get().pk])
    said = text(desk.post(decide, {"verdict": "revoke", "opinion": "属实"}, follow=True))
    assert "须由第二人决定" in said
    case.refresh_from_db()
    assert case.state == "approved"


def test_a_paper_says_which_of_it_no_longer_holds(
    desk: Client, hall: Hall, at_screen: Any, second: Any
) -> None:
    case = hall.approved()
    paper = hall.roster(case)
    revoke(case, by=hall.reviewer, second=second, now=hall.now)
    pages = (
        desk.get(reverse("bureau:document", args=[paper.pk])),
        at_screen(hall.operator).get(reverse("employer:rosters-paper", args=[paper.pk])),
    )
    for page in pages:
        assert "本文书不再作为凭据" in text(page) and case.number in text(page)


def test_it_waits_for_a_second_person_and_the_applicant_gets_a_message(
    hall: Hall, second: Any
) -> None:
    case = hall.approved()
    asked = revoking.ask(case=case, reason="不实", by=hall.reviewer, now=hall.now, address=None)

    def waits(person: Any) -> bool:
        return any(todo.topic == "revocations" for todo in todos_of(person, today=hall.today))

    assert (waits(hall.reviewer), waits(second)) == (False, True)
    revoking.decide(
        request=asked, agreed=True, opinion="属实", by=second, now=hall.now, address=None
    )
    assert not waits(second)
    digests.run(today=hall.today + timedelta(days=1))
    message = Message.objects.get(user=hall.operator, topic="revoked")
    assert case.number in message.body and "行政复议" in message.body
