"""单位批量登记: a clerk enters employers by the workbook; materials follow, nothing is doubled."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from yonggong.accounts.limits import ENTERING_MANY
from yonggong.accounts.models import AccessEntry
from yonggong.cases.models import Case
from yonggong.codes.invent import invent_credit_code, invent_id_number, invent_mobile
from yonggong.employers.importing import IMPORT_FORM
from yonggong.forms.columns import columns
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db
PAGE = "/bureau/counter/import/"
HEADINGS = {column.name: column.heading for column in columns(IMPORT_FORM)}


@pytest.fixture
def counter(
    at_screen: Callable[[Any], Client], make_user: Callable[..., Any], agency: Any
) -> Client:
    return at_screen(make_user("counter_clerk", agency=agency, region_code="220104"))


def shop(chance: random.Random, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "name": f"长春试验{chance.randrange(10**6)}号小吃店",
        "credit_code": invent_credit_code(chance, region="220104"),
        "nature": "企业",
        "affiliation": "其他",
        "economic_type": "个体经营",
        "legal_representative": "试安澜",
        "licence_on": (today - timedelta(days=9)).isoformat(),
        "industry": "62",
        "region_code": "220104",
        "address": "长春市朝阳区学林路 2 号",
        "contact": "试柏舟",
        "contact_mobile": invent_mobile(chance),
        "operator": "试晨岱",
        "operator_mobile": invent_mobile(chance),
        "operator_document": invent_id_number(
            chance, region="220104", birth_date=today.replace(year=1988, day=1), sex="1"
        ),
    } | changed


def send(counter: Client, shops: list[dict[str, Any]]) -> Any:
    book = openpyxl.Workbook()
    names = list(shops[0])
    book.active.append([HEADINGS[name] for name in names])
    for row in shops:
        book.active.append([row[name] for name in names])
    output = io.BytesIO()
    book.save(output)
    return counter.post(PAGE, {"file": SimpleUploadedFile("单位.xlsx", output.getvalue())})


def test_good_rows_become_employers_with_a_draft_that_keeps_the_counter(
    counter: Client, chance: random.Random, agency: Any
) -> None:
    shops = [shop(chance) for _ in range(3)]
    answer = send(counter, shops)
    assert answer.status_code == 200, answer.content.decode()
    drafts = list(Case.objects.order_by("pk"))
    assert [draft.applicant.employer.credit_code for draft in drafts] == [
        row["credit_code"] for row in shops
    ]
    assert {(draft.state, draft.counter, draft.kind) for draft in drafts} == {
        ("draft", agency, "employer.initial")
    }
    assert [draft.applicant.employer.state for draft in drafts] == ["unfiled"] * 3
    page = counter.get("/bureau/counter/").content.decode()
    assert all(row["name"] in page for row in shops) and "待补传材料" in page


def test_the_draft_lacks_nothing_but_its_materials(counter: Client, chance: random.Random) -> None:
    send(counter, [shop(chance)])
    draft = Case.objects.get()
    counter.post(f"/bureau/counter/{draft.applicant_id}/")
    sent = {"kept": "1", "ask": "submit", "opened_for": str(draft.applicant_id)}
    page = counter.post(f"/employer/particulars/{draft.pk}/", sent)
    problems = {item.code for item in page.context["page"].problems}
    assert problems == {"material_missing"}


def test_bad_rows_are_named_and_the_others_are_entered(
    counter: Client, chance: random.Random, make_employer: Callable[..., Any]
) -> None:
    filed = make_employer()
    good = shop(chance)
    rows = [
        good,
        shop(chance, credit_code="91220104000000000X"),
        shop(chance, legal_representative=""),
        shop(chance, region_code="150302"),
        shop(chance, credit_code=filed.credit_code),
        shop(chance, credit_code=good["credit_code"]),
    ]
    answer = send(counter, rows)
    assert answer.status_code == 422
    said = {
        item.number: {(problem.field, problem.code.partition(".")[0]) for problem in item.problems}
        for item in answer.context["bad"]
    }
    assert said == {
        3: {("credit_code", "credit_code")},
        4: {("legal_representative", "required")},
        5: {("region_code", "elsewhere")},
        6: {("credit_code", "already_filed")},
        7: {("credit_code", "repeated")},
    }
    assert Case.objects.count() == 1
    assert Employer.objects.count() == 2


def test_an_employer_of_elsewhere_is_not_named_and_workbooks_are_counted(
    counter: Client, chance: random.Random, make_employer: Callable[..., Any]
) -> None:
    far = make_employer(region_code="150302", name="乌海试用化工有限公司")
    row = shop(chance, credit_code=far.credit_code)
    answer = send(counter, [row])
    (bad,) = answer.context["bad"]
    assert {problem.code for problem in bad.problems} == {"elsewhere"}
    assert far.name not in answer.content.decode()
    assert AccessEntry.objects.get(kind="codes").detail == "窗口批量登记单位，1 行"
    for _ in range(ENTERING_MANY.of_account - 1):
        send(counter, [row])
    assert "操作过于频繁" in send(counter, [row]).content.decode()


def test_the_same_workbook_again_doubles_nothing(counter: Client, chance: random.Random) -> None:
    shops = [shop(chance), shop(chance)]
    send(counter, shops)
    again = send(counter, shops)
    assert [item.again for item in again.context["done"]] == [True, True]
    assert (Employer.objects.count(), Case.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "没有选择文件"), (b"%PDF-1.7", "PDF 文件"), ("名单\n无".encode(), "没有找到标题行")],
)
def test_what_is_no_workbook_of_employers_is_refused(
    counter: Client, content: bytes, said: str
) -> None:
    data = {"file": SimpleUploadedFile("x.xlsx", content)} if content else {}
    answer = counter.post(PAGE, data)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not Employer.objects.exists()


@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("employers", {"单位名称", "统一社会信用代码", "所属行业", "单位经办人身份证号"}),
        ("workers", {"证件号码", "姓名", "民族", "学历", "合同期限类型", "基本工资"}),
    ],
)
def test_the_templates_ask_for_what_the_pages_ask_for(
    counter: Client, word: str, asked: set[str]
) -> None:
    content = counter.get(f"/bureau/counter/template/{word}/").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert asked <= {str(cell.value).lstrip("*") for cell in book["填报"][1]}


def test_there_is_no_other_template(counter: Client) -> None:
    assert counter.get("/bureau/counter/template/anything/").status_code == 404


def test_what_of_the_workbook_is_not_read_is_told_before_anybody_is_entered(
    counter: Client, chance: random.Random
) -> None:
    book = openpyxl.Workbook()
    names = list(shop(chance))
    for sheet in (book.active, book.create_sheet("二季度")):
        sheet.append([HEADINGS[name] for name in names])
        sheet.append(list(shop(chance).values()))
    output = io.BytesIO()
    book.save(output)

    def upload(**further: str) -> Any:
        return counter.post(
            PAGE, {"file": SimpleUploadedFile("单位.xlsx", output.getvalue()), **further}
        )

    answer = upload()
    assert (answer.status_code, Employer.objects.count()) == (422, 0)
    assert "工作表“二季度”没有读取" in answer.content.decode()
    answer = upload(seen=answer.context["seen"])
    assert (answer.status_code, Employer.objects.count()) == (200, 1)
