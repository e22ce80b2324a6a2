"""实时名册打印 and 已办业务名册查询 on the page: JL-9, JL-10."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong.accounts.models import AccessEntry
from yonggong.contracts.models import Filing
from yonggong.documents.models import Document

pytestmark = pytest.mark.django_db


def choose(screen: Client, word: str, *cases: Any, **sent: Any) -> str:
    """Press a button over the list; the preview's address."""
    answer = screen.post(
        reverse(f"employer:roster-print-{word}"), {"ids": [case.pk for case in cases]} | sent
    )
    return str(answer["Location"])


def save(screen: Client, preview: str, key: str = "") -> Any:
    return screen.post(f"{preview}save/", {"idempotency_key": key or str(uuid4())})


def test_the_preview_is_shown_and_nothing_is_open_yet(screen: Client, hall: Hall) -> None:
    preview = choose(screen, "new", hall.approved())
    shown = screen.get(preview).content.decode()
    for button in ("打印", "下载"):
        assert re.search(rf"<button[^>]* disabled[^>]*>.*{button}</button>", shown)
    pdf = screen.get(f"{preview}pdf/")
    assert pdf.content.startswith(b"%PDF-") and pdf["Content-Type"] == "application/pdf"
    assert pdf["X-Frame-Options"] == "SAMEORIGIN"
    assert not Document.objects.exists()


def test_saving_gives_the_number_and_opens_print_and_download(screen: Client, hall: Hall) -> None:
    case = hall.approved()
    answer = save(screen, choose(screen, "new", case))
    document = Document.objects.get()
    assert answer["Location"] == reverse("employer:rosters-paper", args=[document.pk])
    shown = screen.get(answer["Location"]).content.decode()
    assert f"保存成功，编号 {document.number}" in shown and "disabled" not in shown
    assert document.number in screen.get(reverse("employer:case", args=[case.pk])).content.decode()


def test_saving_twice_makes_one_roster(screen: Client, hall: Hall) -> None:
    preview, key = choose(screen, "new", hall.approved()), str(uuid4())
    assert save(screen, preview, key)["Location"] == save(screen, preview, key)["Location"]
    assert Document.objects.count() == 1


def test_everything_that_waits_is_made_at_once(screen: Client, hall: Hall) -> None:
    for _ in range(3):
        hall.approved()
    hall.ended()
    save(screen, choose(screen, "new", all="1"))
    assert Document.objects.get(kind="roster.new", row_count=3)
    assert Filing.objects.filter(kind="new", roster=None).count() == 0


@pytest.mark.parametrize("word", ["renewal", "ending", "certificates"])
def test_the_wrong_button_says_what_is_wrong(screen: Client, hall: Hall, word: str) -> None:
    address = choose(screen, word, hall.approved())
    assert "请只勾选合同状态为" in screen.get(address, follow=True).content.decode()


def test_only_approved_filings_stand_on_the_list(screen: Client, hall: Hall) -> None:
    hall.filed(name="试未审核")
    hall.approved(name="试通过")
    page = screen.get(reverse("employer:roster-print"), {"kind": "new"}).context["page"]
    assert {row.cells[0].text for row in page.rows} == {"试通过"}


def test_a_preview_is_its_makers_alone(
    screen: Client, hall: Hall, at_screen: Any, others: dict[str, Any]
) -> None:
    preview = choose(screen, "new", hall.approved())
    stranger = at_screen(others["another employer"])
    assert stranger.get(preview).status_code == 404
    assert stranger.get(f"{preview}pdf/").status_code == 404


def test_saved_rosters_are_found_viewed_and_downloaded(screen: Client, hall: Hall) -> None:
    case = hall.approved()
    document = hall.roster(case)
    hall.roster(hall.approved())
    number = Filing.objects.select_related("worker").get(case=case).worker.document_number
    address = reverse("employer:rosters")
    for asked, count in (
        ({}, 2),
        ({"kind": "roster.new"}, 2),
        ({"kind": "certificates"}, 0),
        ({"number": document.number}, 1),
        ({"document": number}, 1),
    ):
        assert screen.get(address, asked).context["page"].total == count, asked
    pdf = reverse("employer:rosters-pdf", args=[document.pk])
    assert screen.get(pdf)["Content-Disposition"].startswith("inline")
    assert screen.get(f"{pdf}?download=1")["Content-Disposition"].startswith("attachment")
    assert AccessEntry.objects.filter(kind=AccessEntry.Kind.DOWNLOAD).count() == 1


def test_a_downloaded_roster_is_the_one_that_was_saved(screen: Client, hall: Hall) -> None:
    document = hall.roster(hall.approved())
    pdf = reverse("employer:rosters-pdf", args=[document.pk])
    before = screen.get(pdf).content
    hall.employer.name = "更名后的单位"
    hall.employer.save()
    assert screen.get(pdf).content == before
