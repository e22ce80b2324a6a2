"""Tables of an annual filing as others than its employer read them: what was filed alone, by an inspector
within a look, each opening recorded with the reason (NMG-10)."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.annual.test_filing import WHY, begun, change, send
from tests.contracts.making import Hall, approve, return_
from yonggong.accounts.models import AccessEntry
from yonggong.annual import rows, standing
from yonggong.cases.models import Case
from yonggong.supervision.models import Look

pytestmark = pytest.mark.django_db
REASON = "核查年度备案"


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def opened(office: Client, hall: Hall) -> str:
    """The employer's record, opened by an inspector."""
    office.get(reverse("bureau:look-up"))
    sent = {"of": "employer", "key": hall.employer.pk, "reason": REASON}
    return office.post(reverse("bureau:look-up-begin"), sent, follow=True).content.decode()


def told(case: Case) -> list[str]:
    return list(
        AccessEntry.objects.filter(subject=case.reference, detail__contains=REASON)
        .order_by("pk")
        .values_list("detail", flat=True)
    )


@pytest.fixture
def inspector(make_user: Any) -> Any:
    return make_user("inspector", region_code="140105")


def with_table_3(hall: Hall) -> Case:
    """The year after the first, filed with all three tables."""
    first = approve(send(hall, begun(hall, year=2024)), by=hall.reviewer, now=hall.now)
    assert standing.tables_of(first) == ("persons",)
    return approve(send(hall, begun(hall), **WHY), by=hall.reviewer, now=hall.now)


def test_every_table_opens_from_the_record_masked_and_whole_with_a_trace(
    staffed: Hall, inspector: Any, at_screen: Any
) -> None:
    case, office = with_table_3(staffed), at_screen(inspector)
    record = opened(office, staffed)
    look = Look.objects.get()
    assert look.by == inspector
    for table, short in (("persons", "表二"), ("endings", "表三")):
        person = rows.sheet_of(case, table).between(0, 1)[0]
        place = reverse("bureau:look-up-rows", args=[look.pk, case.pk, table])
        assert f'<a href="{place}">{short}</a>' in record
        page = office.get(place).content.decode()
        assert person["name"] in page and person["document_number"] not in page
        assert reverse("bureau:look-up-show", args=[look.pk]) in page
        paper = reverse("bureau:look-up-table", args=[look.pk, case.pk, table])
        assert paper in page
        assert person["document_number"] not in text_of(office.get(paper).content)
        assert person["document_number"] in text_of(office.post(paper).content)
    figures = reverse("bureau:look-up-table", args=[look.pk, case.pk, "figures"])
    assert f'<a href="{figures}">表一</a>' in record
    assert "签订率" in text_of(office.get(figures).content)
    assert told(case) == [
        f"监察查阅{what}，事由：{REASON}"
        for what in (
            "表二第 1 页", "表二第 1 分册", "完整表二第 1 分册",
            "表三第 1 页", "表三第 1 分册", "完整表三第 1 分册", "表一",
        )
    ]  # fmt: skip


def test_they_open_within_ones_own_look_only(
    staffed: Hall, inspector: Any, make_user: Any, make_employer: Any, at_screen: Any
) -> None:
    case, office = with_table_3(staffed), at_screen(inspector)
    opened(office, staffed)
    look, neighbour = Look.objects.get(), at_screen(make_user("inspector", region_code="140106"))
    for name in ("bureau:look-up-rows", "bureau:look-up-table"):
        place = reverse(name, args=[look.pk, case.pk, "persons"])
        assert office.get(place).status_code == 200
        assert neighbour.get(place).status_code == 404
        assert office.get(place.replace("persons", "nothing")).status_code == 404
        # Cases of another record are not in this one.
        assert office.get(reverse(name, args=[look.pk, 999_999, "persons"])).status_code == 404
    assert not told(case)[2:]


def test_a_number_is_found_in_a_look_only_by_all_of_it(
    staffed: Hall, inspector: Any, at_screen: Any
) -> None:
    case, office = with_table_3(staffed), at_screen(inspector)
    opened(office, staffed)
    place = reverse("bureau:look-up-rows", args=[Look.objects.get().pk, case.pk, "persons"])
    person = rows.sheet_of(case, "persons").between(0, 1)[0]

    def found(asked: str) -> bool:
        return person["name"] in office.post(place, {"q": asked}, follow=True).content.decode()

    assert found(person["document_number"]) and not found(person["document_number"][:17])


def test_what_is_typed_and_not_sent_is_the_employers_alone(
    staffed: Hall, inspector: Any, at_screen: Any
) -> None:
    case = send(staffed, begun(staffed), **WHY)
    return_(case, by=staffed.reviewer, now=staffed.now, opinion="第 1 行的工资请核对。")
    change(staffed, case, 0, pay=5432)
    office = at_screen(inspector)
    opened(office, staffed)
    look, reviewing = Look.objects.get(), at_screen(staffed.reviewer)
    about = [case.pk, "persons"]
    for reader, names, args, own in (
        (
            at_screen(staffed.operator),
            ("employer:annual-rows", "employer:annual-print"),
            about,
            True,
        ),
        (reviewing, ("bureau:annual-rows", "bureau:annual-print"), about, False),
        (office, ("bureau:look-up-rows", "bureau:look-up-table"), [look.pk, *about], False),
    ):
        page, paper = (reader.get(reverse(name, args=args)).content for name in names)
        assert ("5,432" in page.decode()) is own and ("5,432" in text_of(paper)) is own
    page = reviewing.get(reverse("bureau:annual-differences", args=[case.pk])).content.decode()
    assert "工资" not in page
