"""Evidence: with the answer and beside it, looked into, there for all who take part and the office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.disputes.making import Court, joined
from tests.files import PDF, PNG
from yonggong.accounts.models import AccessEntry
from yonggong.cases.models import Blob, Case, Material
from yonggong.cases.queries import required_materials
from yonggong.disputes import hearings, papers
from yonggong.disputes.models import Dispute, Exhibit
from yonggong.reminders.models import Message

pytestmark = pytest.mark.django_db


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _opened(screen: Any, portal: str, exhibit: Exhibit) -> int:
    at = reverse(f"{portal}:dispute-exhibit", args=[exhibit.dispute_id, exhibit.pk])
    return int(screen.get(at).status_code)


def test_an_answer_brings_its_evidence_and_all_of_them_open_it(
    court: Court, at_screen: Any, make_user: Any, make_employer: Any
) -> None:
    hall, case = court.hall, court.served(court.asked())
    employer = at_screen(hall.operator)
    files = [_file("工资表.pdf", PDF), _file("考勤.png", PNG)]
    at = reverse("employer:dispute-answer", args=[case.pk])
    assert employer.post(at, {"text": "工资已经支付。", "files": files}).status_code == 302

    kept = list(Exhibit.objects.order_by("pk"))
    assert [(one.name, one.role, one.with_answer) for one in kept] == [
        ("工资表", "other", True),
        ("考勤", "other", True),
    ]
    person, office = at_screen(court.account), at_screen(hall.reviewer)
    for screen, portal in ((employer, "employer"), (person, "person"), (office, "bureau")):
        assert "工资表" in screen.get(reverse(f"{portal}:dispute", args=[case.pk])).text
        assert [_opened(screen, portal, one) for one in kept] == [200, 200]
    stranger = at_screen(make_user("employer_operator", employer=make_employer()))
    assert _opened(stranger, "employer", kept[0]) == 404
    answer = next(one for one in papers.of_case(case) if one.kind == papers.ANSWER.name)
    assert answer.title == "答辩书"


def _applied_with(case: Case, by: Any) -> dict[str, Material]:
    """Each material that is asked for, as if uploaded before it was sent; by its label."""
    return {
        one.label: Material.objects.create(
            case=case,
            name=one.name,
            file_name="流水.png",
            content_type="image/png",
            blob=Blob.keep(PNG),
            uploaded_by=by,
        )
        for one in required_materials(case)
    }


def test_evidence_of_the_application_opens_to_all_once_its_copy_was_served(
    court: Court,
    at_screen: Any,
    make_user: Any,
    make_employer: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall, case = court.hall, court.accepted(court.asked())
    monkeypatch.undo()  # materials are asked for again
    brought = _applied_with(case, court.account)
    evidence, card = brought["与案件相关的证据材料"], brought["身份证复印件"]

    def opened(screen: Any, one: Material = evidence, portal: str = "employer") -> int:
        at = reverse(f"{portal}:dispute-material", args=[case.pk, one.name])
        return int(screen.get(at).status_code)

    employer, person = at_screen(hall.operator), at_screen(court.account)
    assert (opened(employer), opened(person, portal="person")) == (404, 404)
    court.serve(case)
    host = make_employer(name="乌海用工有限公司", region_code="150302")
    joined(court, case, host)
    third = at_screen(make_user("employer_operator", employer=host))
    assert (opened(employer), opened(third), opened(person, portal="person")) == (200, 200, 200)
    looks = AccessEntry.objects.filter(subject=case.reference, detail="证据 与案件相关的证据材料")
    assert {look.user for look in looks} >= {hall.operator, court.account}
    for screen, portal in ((employer, "employer"), (third, "employer"), (person, "person")):
        page = screen.get(reverse(f"{portal}:dispute", args=[case.pk])).text
        assert reverse(f"{portal}:dispute-material", args=[case.pk, evidence.name]) in page
        assert "身份证复印件" not in page and "还没有提交证据" not in page
        assert opened(screen, card, portal) == 404
    stranger = at_screen(make_user("employer_operator", employer=make_employer()))
    assert opened(stranger) == 404


def test_a_file_that_is_none_is_refused_and_what_was_typed_stays(
    court: Court, at_screen: Any
) -> None:
    case = court.served(court.asked())
    screen = at_screen(court.hall.operator)
    sent = {"text": "工资已经支付。", "files": [_file("工资表.pdf", b"MZ\x90 no paper")]}
    told = screen.post(reverse("employer:dispute-answer", args=[case.pk]), sent)
    assert told.status_code == 422
    assert "“工资表.pdf”没有提交" in told.text and "工资已经支付。</textarea>" in told.text
    assert not Exhibit.objects.exists() and Dispute.objects.get().answered_on is None


def test_either_side_brings_evidence_and_the_other_is_told(court: Court, at_screen: Any) -> None:
    case = court.served(court.asked())
    for user, portal, role in (
        (court.account, "person", "applicant"),
        (court.hall.operator, "employer", "other"),
    ):
        sent = {"name": "工资流水", "proves": "欠付两个月", "files": [_file("a.png", PNG)]}
        at = reverse(f"{portal}:dispute-bring", args=[case.pk])
        assert at_screen(user).post(at, sent).status_code == 302
        assert Exhibit.objects.filter(role=role, proves="欠付两个月").exists()
    for user in (court.account, court.hall.operator):
        assert Message.objects.filter(user=user, title__startswith="提交了证据").count() == 2


def test_nothing_is_brought_before_acceptance_nor_after_the_end(
    court: Court, at_screen: Any
) -> None:
    screen = at_screen(court.account)
    sent = {"name": "工资流水", "files": [_file("a.png", PNG)]}

    def bring(case: Case) -> int:
        return int(screen.post(reverse("person:dispute-bring", args=[case.pk]), sent).status_code)

    case = court.asked()
    assert bring(case) == 422
    court.ended(court.served(case))
    assert bring(case) == 422
    assert not Exhibit.objects.exists()


def test_once_a_hearing_began_it_is_said_why_only_now(court: Court, at_screen: Any) -> None:
    hall, case = court.hall, court.served(court.asked())
    hearing = hearings.set_hearing(
        dispute=case.pk,
        at=hall.now + timedelta(days=6),
        place="第一仲裁庭",
        arbitrators="试仲裁",
        by=hall.reviewer,
        now=hall.now,
    )
    type(hearing).objects.update(set_at=hall.now - timedelta(days=9), at=hall.now)
    screen, at = at_screen(court.account), reverse("person:dispute-bring", args=[case.pk])

    def bring(**more: str) -> int:
        sent = {"name": "工资流水", "files": [_file("a.png", PNG)]} | more
        return int(screen.post(at, sent).status_code)

    assert bring() == 422
    assert bring(late_reason="银行刚刚出具") == 302
    assert "理由：银行刚刚出具" in screen.get(reverse("person:dispute", args=[case.pk])).text


def test_no_more_than_five_at_once(court: Court, at_screen: Any) -> None:
    case = court.served(court.asked())
    files = [_file(f"{place}.png", PNG) for place in range(6)]
    at = reverse("employer:dispute-answer", args=[case.pk])
    told = at_screen(court.hall.operator).post(at, {"text": "不同意。", "files": files})
    assert told.status_code == 422 and "一次最多提交 5 个文件" in told.text


def test_a_third_party_brings_evidence_too(
    court: Court, at_screen: Any, make_employer: Any, make_user: Any
) -> None:
    case = court.served(court.asked())
    host = make_employer(name="乌海用工有限公司", region_code="150302")
    screen = at_screen(make_user("employer_operator", employer=host))
    joined(court, case, host)
    sent = {"name": "派工单", "files": [_file("a.png", PNG)]}
    assert screen.post(reverse("employer:dispute-bring", args=[case.pk]), sent).status_code == 302
    assert Exhibit.objects.get().role == Exhibit.Role.THIRD
