"""A fourth province, which is only a file, at work in pages, checks and workbooks (ALL-2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import Send
from tests.batch.workbooks import HEADINGS, NAMES, as_xlsx, rows
from tests.contracts.making import Hall, answers, renewal_answers
from yonggong.batch.reading import FileRefused
from yonggong.cases.actions import Refused
from yonggong.cases.drafting import save_draft
from yonggong.contracts.new.kind import KIND as NEW
from yonggong.policy.book import EXTRA_FOLDERS, book_of_files

pytestmark = pytest.mark.django_db

INVENTED = Path(__file__).parents[1] / "policy" / "invented"
XINING = "630102"


@pytest.fixture
def hall(
    make_employer: Callable[..., Any],
    make_user: Callable[..., Any],
    reviewer: Any,
    now: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Hall]:
    """An employer in an installation that has been given the invented province."""
    monkeypatch.setenv(EXTRA_FOLDERS, str(INVENTED))
    book_of_files.cache_clear()
    employer = make_employer()
    operator = make_user("employer_operator", employer=employer)
    yield Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)
    book_of_files.cache_clear()


def moved(hall: Hall) -> Hall:
    """The employer now belongs to the invented province."""
    hall.employer.region_code = XINING
    hall.employer.save()
    return hall


def test_what_it_does_not_take_is_refused_in_words(hall: Hall, send: Send) -> None:
    contract = hall.old()
    moved(hall)
    with pytest.raises(Refused) as refused:
        hall.file("renewal", renewal_answers(contract), contract=contract)
    assert "本地区不受理劳动合同续订备案" in str(refused.value)
    with pytest.raises(FileRefused, match="本地区不受理劳动合同续订备案"):
        send(1, kind="contract.renewal")


def test_its_choices_are_those_of_the_form_and_of_the_workbook(hall: Hall, send: Send) -> None:
    with pytest.raises(Refused) as refused:
        moved(hall).file("new", answers(today=hall.today, post_kind="2"))
    assert "post_kind" in {problem.field for problem in refused.value.problems}
    first, second = rows(2, today=hall.today)
    found = [first | {"post_kind": "专业技术人员"}, second | {"post_kind": "其他人员"}]
    batch = send(2, content=as_xlsx(found, names=(*NAMES, "post_kind"), headings=HEADINGS))
    said = {row.number: {item[0] for item in row.problems} for row in batch.bad.all()}
    assert "post_kind" in said[2] - said[3]


def test_a_missing_material_stops_a_row_as_it_stops_the_page(hall: Hall, send: Send) -> None:
    moved(hall)
    batch = send(rows(2, today=hall.today))
    assert (batch.filed_rows, batch.bad_rows) == (0, 2)
    for row in batch.bad.all():
        [(field, _label, code, message, remedy)] = row.problems
        assert (field, code, message) == ("", "material_missing", "缺少材料：劳动者照片")
        assert "逐人办理" in remedy


def test_its_time_limits_materials_and_name_hold(hall: Hall, at_screen: Any) -> None:
    begun = dict.fromkeys(("signed_on", "start_on", "work_start_on"), "2026-11-09")
    raw = answers(today=hall.today, **begun)
    with pytest.raises(Refused, match="缺少材料：劳动者照片"):
        moved(hall).file("new", raw)
    case = save_draft(
        kind=NEW, applicant=hall.employer.party, raw=raw, case=None, by=hall.operator, now=hall.now
    )
    assert str(case.statutory_due_on) == "2026-11-30"  # fifteen working days
    page = at_screen(hall.operator).get(f"/employer/new/{case.pk}/").content.decode()
    assert "虚构省网上大厅" in page
    assert "其他人员" in page and "专业技术人员" not in page
