"""人员档案: people found by number or name, what is registered and was changed, and the acts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.contracts.correcting import corrected, ended_by_office
from tests.contracts.making import Hall, answers, part_time_answers
from tests.files import PDF
from yonggong.accounts.models import AccessEntry
from yonggong.contracts.models import Contract
from yonggong.registry.models import PersonHistory, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(hall: Hall, at_screen: Callable[[Any], Client]) -> Client:
    return at_screen(hall.reviewer)


def evidence() -> SimpleUploadedFile:
    return SimpleUploadedFile("身份证.pdf", PDF, content_type="application/pdf")


def particulars(worker: Worker, **changed: Any) -> dict[str, Any]:
    """The correction's form as the page would send it."""
    assert worker.birth_on is not None
    return {
        "document_type": worker.document_type,
        "document_number": "",
        "name": worker.name,
        "sex": worker.sex,
        "birth_on": worker.birth_on.isoformat(),
        "reason": "身份证上的姓名为试正名",
        "evidence": evidence(),
    } | changed


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_person_is_found_by_the_whole_number_or_by_the_name(hall: Hall, client: Client) -> None:
    worker = hall.approved(name="试寻人").filing.worker
    for asked in ({"number": worker.document_number}, {"name": "试寻"}):
        page = text(client.get(reverse("bureau:people"), asked))
        assert "试寻人" in page and worker.masked_document in page
        assert f'href="{reverse("bureau:person", args=[worker.pk])}"' in page
    asked = {"number": worker.document_number[:10]}
    assert worker.masked_document not in text(client.get(reverse("bureau:people"), asked))


def test_a_number_sought_stands_in_no_address(hall: Hall, client: Client) -> None:
    worker = hall.approved(name="试寻人").filing.worker
    number = worker.document_number
    for name, field in (("people", "number"), ("records", "number"), ("contracts", "document")):
        page = reverse(f"bureau:{name}")
        assert 'method="post"' in text(client.get(page))
        answer = client.post(page, {"ask": "find", field: number, "name": ""})
        address = answer["Location"]
        assert answer.status_code == 302 and f"{field}=" in address and number not in address
        found = text(client.get(address))
        assert f'value="{number}"' in found
        assert name == "records" or "试寻人" in found
        assert not re.search(f'(href|action|hx-get)="[^"]*{number}', found)


def test_who_has_no_filing_in_the_region_is_not_found(
    hall: Hall, make_user: Any, at_screen: Any
) -> None:
    worker = hall.approved(name="试寻人").filing.worker
    far = at_screen(make_user("reviewer", region_code="150102"))
    for asked in ({"number": worker.document_number}, {"name": "试寻"}):
        assert "没有找到" in text(far.get(reverse("bureau:people"), asked))
    for name, more in (("person", ()), ("person-correct", ()), ("person-join", ())):
        address = reverse(f"bureau:{name}", args=[worker.pk, *more])
        assert far.get(address).status_code == 404
    assert far.post(reverse("bureau:person-whole", args=[worker.pk])).status_code == 404


def test_numbers_are_masked_and_a_look_at_them_is_recorded(hall: Hall, client: Client) -> None:
    worker, _ = corrected(hall, hall.approved().filing.worker)
    page = text(client.get(reverse("bureau:person", args=[worker.pk])))
    assert worker.document_number not in page and worker.masked_document in page
    assert not AccessEntry.objects.filter(kind="personal").exists()
    page = text(
        client.post(reverse("bureau:person-whole", args=[worker.pk]), {"purpose": "监督检查"})
    )
    assert worker.document_number in page
    look = AccessEntry.objects.get(kind="personal")
    assert (look.user, look.purpose) == (hall.reviewer, "监督检查")


@pytest.mark.parametrize("said", ["", "好奇"])
def test_who_names_no_purpose_of_the_list_sees_nothing(
    hall: Hall, client: Client, said: str
) -> None:
    worker = hall.approved().filing.worker
    address = reverse("bureau:person-whole", args=[worker.pk])
    page = text(client.post(address, {"purpose": said}, follow=True))
    assert "请先选择查看目的" in page and worker.document_number not in page
    assert not AccessEntry.objects.filter(kind="personal").exists()


def test_evidence_is_shown_and_the_look_recorded(hall: Hall, client: Client) -> None:
    worker, line = corrected(hall, hall.approved().filing.worker)
    ended = ended_by_office(hall)
    for address in (
        reverse("bureau:person-evidence", args=[worker.pk, line.pk]),
        reverse("bureau:person-end-evidence", args=[ended.contract.worker_id, ended.contract_id]),
    ):
        assert client.get(address).content == PDF
    assert AccessEntry.objects.filter(kind="personal", user=hall.reviewer).count() == 2
    another = hall.approved().filing.worker
    stray = reverse("bureau:person-evidence", args=[another.pk, line.pk])
    assert client.get(stray).status_code == 404


def test_a_name_is_corrected_on_the_page(hall: Hall, client: Client) -> None:
    case = hall.approved(name="试错名")
    worker = case.filing.worker
    address = reverse("bureau:person-correct", args=[worker.pk])
    assert 'value="试错名"' in text(client.get(address))
    answer = client.post(address, particulars(worker, name="试正名"), follow=True)
    page = text(answer)
    assert "已更正" in page and "<del>试错名</del> → <ins>试正名</ins>" in page
    assert "身份证.pdf" in page
    assert "试正名" in text(client.get(reverse("bureau:cases")))
    assert "试错名" in text(client.get(reverse("bureau:case", args=[case.pk])))


def test_the_same_form_sent_twice_corrects_once(hall: Hall, client: Client) -> None:
    worker = hall.approved(name="试错名").filing.worker
    key = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
    for _ in range(2):
        sent = particulars(worker, name="试正名", idempotency_key=key)
        answer = client.post(reverse("bureau:person-correct", args=[worker.pk]), sent)
        assert answer.status_code == 302
    assert PersonHistory.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "试正名", "evidence": ""}, "尚未选择文件"),
        ({"name": "试正名", "reason": ""}, "原因和依据"),
        ({"name": "试正名", "reason": "", "evidence": ""}, "尚未选择文件"),
        ({}, "没有改动任何登记内容"),
        ({"birth_on": "1970-01-01"}, "出生日期与证件号码不一致"),
        ({"document_type": "08"}, "更正证件类型的，请填写证件号码"),
        ({"name": ""}, "姓名"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changed(
    hall: Hall, client: Client, given: dict[str, Any], said: str
) -> None:
    worker = hall.approved().filing.worker
    address = reverse("bureau:person-correct", args=[worker.pk])
    answer = client.post(address, particulars(worker, **given))
    assert answer.status_code == 422 and said in text(answer)
    assert not PersonHistory.objects.exists()


def test_the_reviewer_is_offered_to_join_what_looks_like_one_person(
    hall: Hall, client: Client
) -> None:
    person = {"name": "ANNA STEIN", "sex": "2", "birth_on": "1990-05-06"}
    passport = {"document_type": "08", "document_number": "E12345678"}
    permit = {"document_type": "04", "document_number": "H12345678"}
    first = hall.approve(
        hall.file(
            "new",
            part_time_answers(
                today=hall.today, work_permit_until="2031-12-31", **passport, **person
            ),
        )
    )
    second = hall.file("new", part_time_answers(today=hall.today, **permit, **person))
    page = text(client.get(reverse("bureau:case", args=[second.pk])))
    kept, other = second.filing.worker, first.filing.worker
    address = f"{reverse('bureau:person-join', args=[kept.pk])}?other={other.pk}"
    assert "可能是同一人" in page and address in page
    assert "E12*****8" in text(client.get(address)) or "要并入的登记" in text(client.get(address))
    answer = client.post(address, {"reason": "护照与通行证为同一人", "evidence": evidence()})
    assert answer.status_code == 302
    other.refresh_from_db()
    assert other.joined_into == kept
    page = text(client.get(reverse("bureau:person", args=[kept.pk])))
    assert "并入登记" in page and "其他证件" in page
    assert client.get(reverse("bureau:person", args=[other.pk])).status_code == 404


def test_a_registration_elsewhere_is_joined_by_its_whole_number(
    hall: Hall, client: Client, make_employer: Any, make_user: Any
) -> None:
    far = make_employer(region_code="150102")
    case = hall.file(
        "new",
        part_time_answers(today=hall.today, document_type="04", document_number="H12345678"),
        employer=far,
        by=make_user("employer_operator", employer=far),
    )
    kept = hall.approve(hall.file("new", part_time_answers(today=hall.today))).filing.worker
    address = reverse("bureau:person-join", args=[kept.pk])
    sent = {"document_type": "04", "reason": "两证为同一人", "evidence": evidence()}
    answer = client.post(address, sent | {"document_number": "H99999999"})
    assert answer.status_code == 422 and "没有查到该证件的登记" in text(answer)
    sent["evidence"] = evidence()
    assert client.post(address, sent | {"document_number": "H12345678"}).status_code == 302
    case.filing.worker.refresh_from_db()
    assert Worker.objects.get(pk=case.filing.worker_id).joined_into == kept


def test_an_ending_is_recorded_and_the_employer_sees_it(
    hall: Hall, client: Client, at_screen: Any
) -> None:
    contract = hall.old()
    worker = contract.worker
    address = reverse("bureau:person-end", args=[worker.pk, contract.pk])
    assert str(contract.end_on) in text(client.get(address))
    sent = {
        "ended_on": str(contract.end_on),
        "reason": "劳动者持有终止证明，单位已停业",
        "evidence": evidence(),
    }
    page = text(client.post(address, sent, follow=True))
    assert "已登记终止" in page and "劳动者持有终止证明" in page
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDED
    case = contract.filings.get()
    own = text(at_screen(hall.operator).get(reverse("employer:case", args=[case.pk])))
    assert "人社部门登记终止" in own and "劳动者持有终止证明" in own


@pytest.mark.parametrize("sent", ["\x00", "9" * 30, "中" * 3000, "-1", "٣", ""])
def test_whatever_is_sent_is_answered(hall: Hall, client: Client, sent: str) -> None:
    case = hall.approved()
    worker = case.filing.worker
    names = (
        "document_type", "document_number", "name", "sex", "birth_on", "ended_on", "reason",
        "idempotency_key",
    )  # fmt: skip
    pages = (
        reverse("bureau:person-correct", args=[worker.pk]),
        reverse("bureau:person-join", args=[worker.pk]),
        reverse("bureau:person-end", args=[worker.pk, case.filing.contract_id]),
    )
    for page in pages:
        assert client.post(page, dict.fromkeys(names, sent)).status_code == 422
        asked = {"number": sent, "name": sent, "other": sent}
        assert client.get(page, asked).status_code in (200, 404)
    assert client.get(reverse("bureau:people"), {"number": sent, "name": sent}).status_code == 200


@pytest.mark.parametrize("role", ["bureau_supervisor", "counter_clerk"])
def test_only_reviewers_act(
    hall: Hall, make_user: Any, agency: Any, at_screen: Any, role: str
) -> None:
    case = hall.approved()
    worker = case.filing.worker
    at_agency = agency if role == "counter_clerk" else None
    client = at_screen(make_user(role, agency=at_agency, region_code="220104"))
    page = text(client.get(reverse("bureau:person", args=[worker.pk])))
    assert worker.name in page and "更正</a>" not in page and "登记终止</a>" not in page
    for address in (
        reverse("bureau:person-correct", args=[worker.pk]),
        reverse("bureau:person-join", args=[worker.pk]),
        reverse("bureau:person-end", args=[worker.pk, case.filing.contract_id]),
    ):
        assert client.post(address, particulars(worker, name="试正名")).status_code == 404
    assert not PersonHistory.objects.exists()


def test_whose_filing_was_never_approved_is_shown_as_such(hall: Hall, client: Client) -> None:
    worker = hall.file("new", answers(today=hall.today)).filing.worker
    page = text(client.get(reverse("bureau:person", args=[worker.pk])))
    assert "登记内容未经审核" in page
