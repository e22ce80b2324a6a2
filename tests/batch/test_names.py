"""One person has one name, whatever the workbook, the page or the search wrote it with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.batch.workbooks import as_csv, rows
from tests.contracts.making import Hall
from yonggong.cases import listings as case_listings
from yonggong.cases.models import Case
from yonggong.contracts import listings as contract_listings
from yonggong.contracts.models import Filing
from yonggong.registry.models import Worker

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张\u2f29丽", "张小丽"),  # a radical in place of the character, as PDFs give it
        ("金\uf914丽", "金樂丽"),
        ("张\ue81e", "张\u9fb4"),
        ("\u202a阿依古丽•买买提\u202c", "阿依古丽·买买提"),
        ("ｊｏｈｎ  smith", "JOHN SMITH"),
    ],
)
def test_a_workbook_stores_the_one_form_of_a_name(
    send: Any, hall: Hall, written: str, name: str
) -> None:
    [row] = rows(1, today=hall.today)
    assert send([{**row, "name": written}]).filed_rows == 1
    [case] = Case.objects.filter(kind="contract.new")
    assert case.values["name"] == case.subject_name == name
    assert Worker.objects.get().name == Filing.objects.get().name == name


def test_csv_of_an_old_system_gives_the_characters_of_today(send: Any, hall: Hall) -> None:
    """0xFE59 and 0xFE9F were private code points in GBK; the codec still reads the first so."""
    [row] = rows(1, today=hall.today)
    content = as_csv([{**row, "name": "张\ue81e䶮", "job": "\ue863山装配工"}], encoding="gb18030")
    assert b"\xfe\x59\xfe\x9f" in content
    assert send([], content=content).filed_rows == 1
    [case] = Case.objects.filter(kind="contract.new")
    assert (case.values["name"], case.values["job"]) == ("张\u9fb4䶮", "䶮山装配工")


def test_a_second_writing_is_no_other_name(send: Any, hall: Hall) -> None:
    """Known from a workbook with a radical and a full stop, filed again by workbook and page."""
    [row] = rows(1, today=hall.today)
    send([{**row, "name": "阿\u2f29古丽.买买提"}])
    hall.approve(Case.objects.get(kind="contract.new"))
    again = send([{**row, "name": "阿小古丽 · 买买提"}])
    codes = {problem[2] for bad in again.bad.all() for problem in bad.problems}
    assert codes == {"contract_in_force"}
    other = send([{**row, "name": "阿大古丽·买买提"}])
    assert "name_differs" in {p[2] for bad in other.bad.all() for p in bad.problems}


@pytest.mark.parametrize("typed", ["金樂", "金\uf914", "\u200b金 樂", "金樂天"])
def test_a_list_finds_a_name_however_it_is_typed(send: Any, hall: Hall, typed: str) -> None:
    first, second = rows(2, today=hall.today)
    send([{**first, "name": "金\uf914天"}, {**second, "name": "张三"}])
    by_name = contract_listings.CONDITIONS["name"].read({"name": [typed]}, hall.operator)
    by_subject = case_listings.CONDITIONS["subject"].read({"subject": [typed]}, hall.operator)
    assert [filing.name for filing in Filing.objects.filter(by_name.q)] == ["金樂天"]
    assert [case.subject_name for case in Case.objects.filter(by_subject.q)] == ["金樂天"]


@pytest.mark.parametrize("typed", ["长春(东岭)", "长春（东岭", "长春 （东岭）", "91220101"])
def test_a_list_finds_an_employer_whatever_its_brackets(hall: Hall, typed: str) -> None:
    hall.employer.name, hall.employer.credit_code = "长春（东岭）有限公司", "91220101YG00000001"
    hall.employer.save()
    hall.filed()
    by_employer = contract_listings.CONDITIONS["employer"].read(
        {"employer": [typed]}, hall.operator
    )
    assert Filing.objects.filter(by_employer.q).count() == 1
