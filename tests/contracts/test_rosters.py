"""Rosters and certificates: JL-9, JL-10."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tests.contracts.making import Hall
from yonggong.accounts.models import AccessEntry
from yonggong.cases.actions import Forbidden
from yonggong.contracts import rosters
from yonggong.contracts.ending import papers as ending_papers
from yonggong.contracts.models import Filing
from yonggong.contracts.new import papers as new_papers
from yonggong.contracts.papers import FilingPaper
from yonggong.contracts.renewal import papers as renewal_papers
from yonggong.contracts.rosters import CannotList
from yonggong.documents.models import Document
from yonggong.documents.queries import pdf_of

pytestmark = pytest.mark.django_db


def make(hall: Hall, paper: FilingPaper, *cases: Any, key: Any = None, **more: Any) -> Document:
    given: dict[str, Any] = {
        "employer": hall.employer,
        "paper": paper,
        "filing_ids": [case.pk for case in cases],
        "key": key,
        "by": hall.operator,
        "now": hall.now,
        "address": "127.0.0.1",
    } | more
    return rosters.make_roster(**given)


def text_of(pdf: bytes, folder: Path) -> str:
    """What a reader finds in a PDF."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    shown = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True
    )
    return shown.stdout


def test_every_filing_shows_its_rosters_number(hall: Hall) -> None:
    cases = [hall.approved() for _ in range(3)]
    document = make(hall, new_papers.ROSTER, *cases)
    assert {filing.roster for filing in Filing.objects.all()} == {document}
    assert [entry.case_id for entry in document.entries.order_by("position")] == [
        case.pk for case in cases
    ]


def test_the_paper_says_who_and_carries_its_number(hall: Hall, tmp_path: Path) -> None:
    case = hall.approved()
    document = make(hall, new_papers.ROSTER, case)
    text = text_of(pdf_of(document), tmp_path)
    filing = Filing.objects.select_related("worker").get(case=case)
    for words in (
        document.number,
        hall.employer.name,
        hall.employer.credit_code,
        filing.name,
        filing.worker.document_number,
        filing.start_on.isoformat(),
        "新订劳动合同备案名册",
        "合计：1人",
    ):
        assert words in text


def test_a_preview_has_no_number_and_writes_nothing(hall: Hall, tmp_path: Path) -> None:
    case = hall.approved()
    pdf = rosters.preview(
        employer=hall.employer,
        paper=new_papers.ROSTER,
        filing_ids=[case.pk],
        now=hall.now,
    )
    assert "预览" in text_of(pdf, tmp_path)
    assert not Document.objects.exists()
    assert Filing.objects.get(case=case).roster is None


def test_endings_go_onto_a_roster_and_get_certificates(hall: Hall, tmp_path: Path) -> None:
    case = hall.ended()
    make(hall, ending_papers.ROSTER, case)
    certificates = make(hall, ending_papers.CERTIFICATES, case)
    filing = Filing.objects.get(case=case)
    assert filing.roster is not None and filing.certificate == certificates
    text = text_of(pdf_of(certificates), tmp_path).replace(" ", "")
    assert "解除（终止）劳动合同证明书" in text
    assert "《中华人民共和国劳动合同法》第三十七条" in text.replace("\n", "")


@pytest.mark.parametrize(
    "paper", [renewal_papers.ROSTER, ending_papers.ROSTER, ending_papers.CERTIFICATES]
)
def test_a_filing_stands_only_on_a_paper_of_its_kind(hall: Hall, paper: FilingPaper) -> None:
    with pytest.raises(CannotList, match="合同状态为“新订”"):
        make(hall, paper, hall.approved())


def test_what_is_not_approved_stands_on_no_roster(hall: Hall) -> None:
    with pytest.raises(CannotList, match="未审核"):
        make(hall, new_papers.ROSTER, hall.approved(), hall.filed())
    assert not Document.objects.exists()


def test_a_filing_stands_on_one_roster_only(hall: Hall) -> None:
    case = hall.approved()
    make(hall, new_papers.ROSTER, case)
    with pytest.raises(CannotList, match="不能重复生成"):
        make(hall, new_papers.ROSTER, case)


def test_the_database_too_lets_a_filing_onto_one_roster_only(hall: Hall) -> None:
    case = hall.approved()
    make(hall, new_papers.ROSTER, case)
    Filing.objects.filter(case=case).update(roster=None)
    with pytest.raises(CannotList, match="已生成"):
        make(hall, new_papers.ROSTER, case)
    assert Document.objects.count() == 1


def test_choosing_nothing_makes_nothing(hall: Hall) -> None:
    with pytest.raises(CannotList, match="没有选择"):
        make(hall, new_papers.ROSTER)


def test_another_employers_filing_does_not_exist(
    hall: Hall, make_employer: Any, make_user: Any
) -> None:
    case, other = hall.approved(), make_employer()
    operator = make_user("employer_operator", employer=other)
    with pytest.raises(CannotList, match="不存在"):
        make(hall, new_papers.ROSTER, case, employer=other, by=operator)
    with pytest.raises(Forbidden):
        make(hall, new_papers.ROSTER, case, by=operator)


def test_the_same_key_makes_one_roster(hall: Hall) -> None:
    case, key = hall.approved(), uuid4()
    first = make(hall, new_papers.ROSTER, case, key=key)
    assert make(hall, new_papers.ROSTER, case, key=key) == first
    assert Document.objects.count() == 1


def test_a_saved_roster_never_changes(hall: Hall) -> None:
    document = make(hall, new_papers.ROSTER, hall.approved())
    before = pdf_of(document)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE yonggong_app")
    for attempt in (
        lambda: Document.objects.filter(pk=document.pk).update(number="XD0"),
        lambda: Document.objects.filter(pk=document.pk).update(pdf_sealed=b"other"),
        lambda: document.entries.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            attempt()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert pdf_of(Document.objects.get(pk=document.pk)) == before


def test_a_roster_stays_as_it_was_when_the_contract_goes_on(hall: Hall, tmp_path: Path) -> None:
    case = hall.approved()
    document = make(hall, new_papers.ROSTER, case)
    before = pdf_of(document)
    hall.employer.name = "更名后的单位"
    hall.employer.save()
    assert pdf_of(Document.objects.get(pk=document.pk)) == before


def test_making_a_roster_is_recorded(hall: Hall) -> None:
    document = make(hall, new_papers.ROSTER, hall.approved())
    entry = AccessEntry.objects.get(kind=AccessEntry.Kind.EXPORT)
    assert document.number in entry.subject and entry.user == hall.operator
