"""监督线索: looked into on their page; the figures of who insures whom come by a workbook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.batch.workbooks import as_xlsx
from tests.contracts.making import Hall
from tests.supervision.making import clue_about
from yonggong.supervision.models import Clue, InsuredFigure

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(make_user: Callable[..., Any], at_screen: Callable[[Any], Client]) -> Client:
    return at_screen(make_user("inspector", region_code="220104"))


def test_a_clue_shows_its_reason_and_the_filings_behind_it(office: Client, hall: Hall) -> None:
    case = hall.approved(name="试线索")
    clue = clue_about(hall.employer, rows=[case.pk])
    page = office.get(f"/bureau/clues/{clue.pk}/").content.decode()
    assert clue.reason in page and "试线索" in page
    assert case.filing.worker.document_number not in page


def test_it_is_dismissed_with_a_reason(office: Client, hall: Hall) -> None:
    clue = clue_about(hall.employer)
    address = f"/bureau/clues/{clue.pk}/decide/"
    office.get(f"/bureau/clues/{clue.pk}/")
    refused = office.post(address, {"verdict": "dismiss", "opinion": ""}, follow=True)
    assert "请填写排除的理由" in refused.content.decode()
    done = office.post(address, {"verdict": "dismiss", "opinion": "已电话核实"}, follow=True)
    assert "已电话核实" in done.content.decode()
    clue.refresh_from_db()
    assert clue.state == Clue.State.DISMISSED


def test_what_no_eye_sees_is_not_kept(office: Client, hall: Hall) -> None:
    clue = clue_about(hall.employer)
    office.get(f"/bureau/clues/{clue.pk}/")
    office.post(f"/bureau/clues/{clue.pk}/decide/", {"opinion": "已\x00处置"})
    clue.refresh_from_db()
    assert (clue.state, clue.opinion) == (Clue.State.TAKEN_UP, "已处置")


def _book(rows: list[dict[str, Any]], above: Sequence[Sequence[str]] = ()) -> bytes:
    names = ("credit_code", "name", "region_code", "people", "as_of")
    labels = ("统一社会信用代码", "单位名称", "行政区划", "参保人数", "截至日期")
    headings = dict(zip(names, labels, strict=True))
    return as_xlsx(rows, names=names, headings=headings, above=above)


def _sent(office: Client, content: bytes, **further: str) -> Any:
    office.get("/bureau/clues/insured/")
    sent = {"file": SimpleUploadedFile("参保.xlsx", content), **further}
    return office.post("/bureau/clues/insured/", sent, follow=True)


def _row(hall: Hall, **changed: Any) -> dict[str, Any]:
    return {
        "credit_code": hall.employer.credit_code,
        "name": hall.employer.name,
        "region_code": "220104",
        "people": 12,
        "as_of": "2026-10-31",
    } | changed


def test_figures_come_by_a_workbook_once(office: Client, hall: Hall) -> None:
    content = _book([_row(hall)])
    assert "已载入 1 户" in _sent(office, content).content.decode()
    assert "已载入 0 户的参保人数，1 户此前已载入" in _sent(office, content).content.decode()
    assert InsuredFigure.objects.get().people == 12


def test_with_one_wrong_row_nothing_is_kept(office: Client, hall: Hall) -> None:
    answer = _sent(office, _book([_row(hall), _row(hall, region_code="150302")]))
    assert answer.status_code == 422 and "不在您的辖区" in answer.content.decode()
    assert not InsuredFigure.objects.exists()


def test_what_of_the_workbook_is_not_read_is_told_before_it_is_taken(
    office: Client, hall: Hall
) -> None:
    content = _book([_row(hall)], above=[["某局", "2026 年", "10 月", "合计", "12"]])
    answer = _sent(office, content)
    assert answer.status_code == 422 and "载入前请确认" in answer.content.decode()
    assert not InsuredFigure.objects.exists()
    answer = _sent(office, content, seen=answer.context["seen"])
    assert "已载入 1 户" in answer.content.decode()


def test_an_inspectors_first_page_counts_what_waits(office: Client, hall: Hall) -> None:
    clue_about(hall.employer)
    figures = office.get("/bureau/").context["figures"]
    assert {one["title"]: one["count"] for one in figures}["待核查线索"] == 1
