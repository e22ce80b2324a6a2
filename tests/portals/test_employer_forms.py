"""The form of every kind of contract filing: begin, draft, check, submit, mend (JL-3 to JL-5)."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contracts.making import Hall, answers, contract_of, ending_answers, renewal_answers
from tests.files import PNG
from yonggong.cases.models import Blob, Case, Draft, Material
from yonggong.contracts.models import Filing
from yonggong.forms import Form

pytestmark = pytest.mark.django_db


def begin(screen: Client, word: str = "new", **sent: Any) -> str:
    """Press the button that begins a filing; the address of its form."""
    name = "employer:new-add" if word == "new" else f"employer:{word}-start"
    answer = screen.post(reverse(name), sent)
    assert answer.status_code == 302
    return str(answer["Location"])


def submit(screen: Client, address: str, raw: dict[str, Any], **more: Any) -> Any:
    return screen.post(address, {"ask": "submit", "idempotency_key": str(uuid4())} | raw | more)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_saving_files_it_and_leads_to_the_list(screen: Client, hall: Hall) -> None:
    address = begin(screen)
    answer = submit(screen, address, answers(today=hall.today))
    assert answer["Location"] == "/employer/new/?kind=new&state=pending"
    shown = text_of(screen.get(answer["Location"]))
    assert "保存成功" in shown and "未审核" in shown
    assert Filing.objects.get().state == "pending"


def test_filing_costs_few_statements(
    screen: Client, hall: Hall, django_assert_max_num_queries: Any
) -> None:
    """Each costs more than what it asks; two more are the savepoint that the test itself makes."""
    address = begin(screen)
    with django_assert_max_num_queries(10 + 2):
        assert submit(screen, address, answers(today=hall.today)).status_code == 302


def test_what_is_wrong_is_said_and_what_was_typed_stays(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today, pay_day="四号", job="行政专员乙")
    answer = submit(screen, begin(screen), raw)
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "发工资日期" in shown and "四号" in shown and "行政专员乙" in shown
    assert not Filing.objects.exists()


def test_the_same_key_files_once(screen: Client, hall: Hall) -> None:
    address, raw = begin(screen), answers(today=hall.today)
    key = str(uuid4())
    first = submit(screen, address, raw, idempotency_key=key)
    again = submit(screen, address, raw, idempotency_key=key)
    assert first.status_code == again.status_code == 302
    assert Filing.objects.count() == Case.objects.count() == 1


def test_a_half_filled_form_is_kept_by_itself(screen: Client, hall: Hall) -> None:
    address = begin(screen)
    assert screen.post(f"{address}draft/", {"name": "试草稿", "pay_day": "四"}).status_code == 204
    shown = text_of(screen.get(address))
    assert "试草稿" in shown and "四" in shown
    assert "试草稿" in text_of(screen.get(reverse("employer:home")))
    assert Case.objects.get().state == "draft" and not Filing.objects.exists()


def test_a_draft_is_thrown_away(screen: Client) -> None:
    address = begin(screen)
    screen.post(f"{address}discard/")
    assert not Case.objects.exists()
    assert screen.get(address).status_code == 404


def test_the_law_speaks_while_people_type(screen: Client, hall: Hall) -> None:
    address = begin(screen)
    raw = answers(today=hall.today, end_on=hall.today.isoformat(), probation_pay="4200")
    raw["probation_end_on"] = hall.today.isoformat()
    shown = text_of(screen.post(f"{address}check/", raw))
    assert "试用期" in shown and "第十九条" in shown
    assert Case.objects.get().draft.data == {}


def test_what_is_not_answered_yet_is_no_finding(screen: Client) -> None:
    """Nor is it "nothing found": the panel says what is open, with links."""
    shown = text_of(screen.post(f"{begin(screen)}check/", {"term_type": "1"}))
    assert 'class="yf-finding' not in shown and "没有发现问题" not in shown
    assert "项没有填写，填齐后作完整检查" in shown
    assert '<a href="#f-name" data-go="name">' in shown


def test_nothing_found_is_said_of_a_form_that_was_checked_whole(screen: Client, hall: Hall) -> None:
    address = begin(screen)
    assert "没有发现问题" not in text_of(screen.get(address))
    shown = text_of(screen.post(f"{address}check/", answers(today=hall.today)))
    assert "目前没有发现问题" in shown and "data-unchecked" not in shown
    spoiled = answers(today=hall.today, pay_day="四号")
    shown = text_of(screen.post(f"{address}check/", spoiled))
    assert "没有发现问题" not in shown and "改正后作完整检查" in shown


def test_a_finding_is_said_once(screen: Client, hall: Hall) -> None:
    """In the panel, with its articles; the summary and the field lead there."""
    late = hall.today.isoformat()
    raw = answers(today=hall.today, end_on=late, probation_end_on=late, probation_pay="4200")
    refused = screen.post(begin(screen), raw | {"ask": "submit", "idempotency_key": str(uuid4())})
    assert refused.status_code == 422
    shown = text_of(refused)
    messages = re.findall(r'yf-finding-message"><span class="yf-word">[^<]*</span>(.*?)</p>', shown)
    assert messages and all(shown.count(message) == 1 for message in messages)
    assert re.search(r'data-code="findings"><a href="#f-explain-[^"]+"', shown)
    assert "项须处理" in shown and "见“合规检查”" in shown


def test_a_warning_is_filed_with_its_explanation(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today, weekly_hours="48")
    address = begin(screen)
    refused = submit(screen, address, raw)
    assert refused.status_code == 422
    explained = {
        finding.explanation_name: "经双方协商安排" for finding in refused.context["page"].findings
    }
    assert explained
    assert submit(screen, address, raw | explained).status_code == 302
    case = Case.objects.get()
    assert {item["explanation"] for item in case.version.findings} == {"经双方协商安排"}
    assert "经双方协商安排" in text_of(screen.get(reverse("employer:case", args=[case.pk])))


def test_a_material_goes_up_looks_right_and_comes_off(screen: Client) -> None:
    address = begin(screen)
    place = reverse("employer:material", args=[Case.objects.get().pk, "contract_text"])
    sent = screen.post(f"{place}?slot=1", {"file": SimpleUploadedFile("合同.png", PNG)})
    assert sent.status_code == 200 and "合同.png" in text_of(sent)
    assert "合同.png" in text_of(screen.get(address))
    shown = screen.get(place)
    assert shown.content == PNG and shown["Content-Type"] == "image/png"
    assert shown["Content-Disposition"].startswith("inline")
    assert screen.get(f"{place}?download=1")["Content-Disposition"].startswith("attachment")
    screen.post(f"{place}remove/?slot=1")
    assert not Material.objects.exists()


def test_a_file_of_another_kind_is_refused_in_words(screen: Client) -> None:
    begin(screen)
    place = reverse("employer:material", args=[Case.objects.get().pk, "contract_text"])
    sent = screen.post(f"{place}?slot=1", {"file": SimpleUploadedFile("a.pdf", b"MZ program")})
    assert sent.status_code == 422 and "文件内容不是" in text_of(sent)
    assert sent["Content-Type"].startswith("text/plain")


def test_without_scripts_a_file_comes_with_the_form(screen: Client, hall: Hall) -> None:
    address = begin(screen)
    raw = answers(today=hall.today)
    raw["material-contract_text"] = SimpleUploadedFile("合同.png", PNG)
    assert submit(screen, address, raw).status_code == 302
    assert Material.objects.get().case.state == "pending"


def test_a_file_that_came_with_a_refused_form_is_kept(screen: Client, hall: Hall) -> None:
    """Nobody can be shown it to send again."""
    raw = answers(today=hall.today, pay_day="四号")
    raw["material-contract_text"] = SimpleUploadedFile("合同.png", PNG)
    refused = submit(screen, begin(screen), raw)
    assert refused.status_code == 422 and "合同.png" in text_of(refused)
    assert Material.objects.get().case.state == "draft"


def test_a_form_with_a_file_nobody_asked_for_leaves_no_file(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today)
    raw["material-contract_text"] = SimpleUploadedFile("合同.png", PNG)
    raw["material-invented"] = SimpleUploadedFile("其他.png", PNG)
    assert submit(screen, begin(screen), raw).status_code == 404
    assert not Material.objects.exists() and not Blob.objects.exists()


def test_a_form_of_another_employer_leaves_no_file(
    screen: Client, hall: Hall, at_screen: Any, make_employer: Any, make_user: Any
) -> None:
    address = begin(screen)
    stranger = at_screen(make_user("employer_operator", employer=make_employer()))
    raw = answers(today=hall.today)
    raw["material-contract_text"] = SimpleUploadedFile("合同.png", PNG)
    assert submit(stranger, address, raw).status_code == 404
    assert not Material.objects.exists() and not Blob.objects.exists()


@pytest.mark.parametrize("page", ["submit", "check"])
def test_a_form_is_cleaned_once(
    screen: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    address = begin(screen)
    real, cleaned = Form.clean, []

    def counted(form: Form, *args: Any, **kwargs: Any) -> Any:
        cleaned.append(form.name)
        return real(form, *args, **kwargs)

    monkeypatch.setattr(Form, "clean", counted)
    raw = answers(today=hall.today, pay_day="四号")
    answer = (
        submit(screen, address, raw) if page == "submit" else screen.post(f"{address}check/", raw)
    )
    assert "改正" in text_of(answer) and len(cleaned) == 1


def test_only_what_was_returned_can_be_mended(screen: Client, hall: Hall) -> None:
    pending = hall.filed()
    answer = screen.get(reverse("employer:new-form", args=[pending.pk]))
    assert answer["Location"] == reverse("employer:case", args=[pending.pk])
    returned = hall.return_(hall.filed())
    shown = text_of(screen.get(reverse("employer:new-form", args=[returned.pk])))
    assert "请补正合同起始日期" in shown and "重新提交审核" in shown


@pytest.mark.parametrize(("state", "led_to"), [("pending", "list"), ("returned", "form")])
def test_amend_on_the_list_takes_returned_filings_only(
    screen: Client, hall: Hall, state: str, led_to: str
) -> None:
    case = hall.filed()
    if state == "returned":
        hall.return_(case)
    answer = screen.post(reverse("employer:new-amend"), {"ids": [case.pk]})
    form = reverse("employer:new-form", args=[case.pk])
    assert (answer["Location"] == form) is (led_to == "form")


def test_half_a_mending_is_kept_beside_what_was_filed(
    screen: Client, hall: Hall, at_screen: Any, reviewer: Any
) -> None:
    returned = hall.return_(hall.filed(job="收银员"))
    address = reverse("employer:new-form", args=[returned.pk])
    assert f'data-autosave-url="{address}draft/"' in text_of(screen.get(address))
    raw = answers(today=hall.today, job="理货员", pay_day="四")
    assert screen.post(f"{address}draft/", raw).status_code == 204
    shown = text_of(screen.get(address))
    assert "理货员" in shown and "尚未提交的修改" in shown and "放弃修改" in shown
    filed = reverse("employer:case", args=[returned.pk])
    assert "收银员" in text_of(screen.get(filed)) and "理货员" not in text_of(screen.get(filed))
    office = text_of(at_screen(reviewer).get(reverse("bureau:case", args=[returned.pk])))
    assert "收银员" in office and "理货员" not in office


def test_a_mending_sent_is_the_filing_and_nothing_else_is_kept(screen: Client, hall: Hall) -> None:
    returned = hall.return_(hall.filed(job="收银员"))
    address = reverse("employer:new-form", args=[returned.pk])
    raw = answers(today=hall.today, job="理货员")
    saved = screen.post(address, {"ask": "save"} | raw)
    assert saved["Location"] == reverse("employer:case", args=[returned.pk])
    assert Case.objects.get().state == "returned" and Draft.objects.exists()
    assert submit(screen, address, raw).status_code == 302
    assert Case.objects.get().values["job"] == "理货员" and not Draft.objects.exists()


def test_a_mending_is_thrown_away_and_the_filing_stays(screen: Client, hall: Hall) -> None:
    returned = hall.return_(hall.filed(job="收银员"))
    address = reverse("employer:new-form", args=[returned.pk])
    screen.post(f"{address}draft/", answers(today=hall.today, job="理货员"))
    screen.post(f"{address}discard/")
    assert "收银员" in text_of(screen.get(address)) and not Draft.objects.exists()
    assert Case.objects.get().state == "returned"


def test_what_waits_for_review_is_not_mended_by_itself(screen: Client, hall: Hall) -> None:
    address = reverse("employer:new-form", args=[hall.filed().pk])
    assert screen.post(f"{address}draft/", answers(today=hall.today)).status_code == 409
    assert screen.post(f"{address}discard/").status_code == 409
    assert not Draft.objects.exists()


def test_a_mended_filing_waits_again_and_its_changes_are_history(
    screen: Client, hall: Hall
) -> None:
    raw = answers(today=hall.today)
    case = hall.return_(hall.file("new", raw))
    address = reverse("employer:new-form", args=[case.pk])
    assert submit(screen, address, raw | {"job": "行政主管"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "pending"
    shown = text_of(screen.get(reverse("employer:case", args=[case.pk])))
    assert "<del>行政专员</del>" in shown and "<ins>行政主管</ins>" in shown


def row_of(hall: Hall, contract: Any) -> Filing:
    return Filing.objects.get(contract=contract, in_post=True)


def test_a_renewal_begins_with_what_holds(screen: Client, hall: Hall) -> None:
    contract = hall.old(job="质量检验员")
    address = begin(screen, "renewal", ids=[row_of(hall, contract).pk])
    shown = text_of(screen.get(address))
    assert "质量检验员" in shown and contract.worker.masked_document in shown
    assert f'value="{hall.today.isoformat()}"' in shown
    assert submit(screen, address, renewal_answers(contract)).status_code == 302
    assert Filing.objects.filter(kind="renewal", state="pending").count() == 1


def test_an_ending_is_filed_on_the_contract_that_was_ticked(screen: Client, hall: Hall) -> None:
    contract = hall.in_force()
    address = begin(screen, "ending", ids=[row_of(hall, contract).pk])
    answer = submit(screen, address, ending_answers(on=hall.today))
    assert answer["Location"] == "/employer/ending/?kind=ending&state=pending"
    assert contract_of(Case.objects.get(kind="contract.ending")) == contract


def test_a_change_is_filed_with_its_reason(screen: Client, hall: Hall) -> None:
    contract = hall.in_force()
    address = begin(screen, "change", ids=[row_of(hall, contract).pk])
    raw = answers(today=hall.today) | {
        "changed_on": hall.today.isoformat(),
        "change_reason": "岗位调整",
        "job": "行政主管",
    }
    assert submit(screen, address, raw).status_code == 302
    case = Case.objects.get(kind="contract.change")
    shown = text_of(screen.get(reverse("employer:case", args=[case.pk])))
    assert "与原备案的不同" in shown and "行政主管" in shown


@pytest.mark.parametrize("word", ["renewal", "ending"])
def test_without_a_roster_nothing_begins(screen: Client, hall: Hall, word: str) -> None:
    case = hall.approved()
    answer = screen.post(reverse(f"employer:{word}-start"), {"ids": [case.pk]}, follow=True)
    assert "现在不能办理" in text_of(answer)
    assert not Case.objects.filter(state="draft").exists()


@pytest.mark.parametrize("ids", [[], ["1", "2"], ["x"]])
def test_one_contract_at_a_time(screen: Client, ids: list[str]) -> None:
    answer = screen.post(reverse("employer:ending-start"), {"ids": ids}, follow=True)
    assert "请勾选一份合同" in text_of(answer)


def test_another_employers_contract_cannot_be_ticked(
    screen: Client, make_employer: Any, make_user: Any, hall: Hall
) -> None:
    other = make_employer()
    theirs = Hall(
        employer=other,
        operator=make_user("employer_operator", employer=other),
        reviewer=hall.reviewer,
        now=hall.now,
    )
    row = row_of(theirs, theirs.in_force())
    assert screen.post(reverse("employer:ending-start"), {"ids": [row.pk]}).status_code == 404


def test_what_waits_to_be_mended_is_counted_in_the_menu(screen: Client, hall: Hall) -> None:
    counted = 'aria-label="1 件">1</b>'
    case = hall.filed()
    assert counted not in text_of(screen.get(reverse("employer:home")))
    hall.return_(case)
    assert counted in text_of(screen.get(reverse("employer:contracts")))


OVERTIME = {"weekly_hours": "44"}
REASON = "每周六上午轮班，已申请批准。"


def asked(screen: Client, address: str, raw: dict[str, Any]) -> str:
    return text_of(screen.post(f"{address}check/", raw))


def test_an_explanation_is_kept_with_the_draft(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today, **OVERTIME)
    address = begin(screen)
    screen.post(f"{address}draft/", raw | {"explain-standard-hours": REASON})
    # The page asks with what it has: on loading there is no place for the explanation yet.
    assert REASON in asked(screen, address, raw)
    assert REASON not in asked(screen, address, raw | {"explain-standard-hours": ""})


def test_an_explanation_filed_is_there_when_it_is_mended(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today, **OVERTIME)
    case = hall.return_(hall.file("new", raw, explanations={"standard-hours": REASON}))
    address = reverse("employer:new-form", args=[case.pk])
    assert REASON in asked(screen, address, raw)
    screen.post(f"{address}draft/", raw | {"explain-standard-hours": "改为每月两个周六。"})
    assert "改为每月两个周六。" in asked(screen, address, raw)
    assert submit(screen, address, raw | {"explain-standard-hours": REASON}).status_code == 302
    case.refresh_from_db()
    assert [item["explanation"] for item in case.version.findings] == [REASON]
    assert "explain-standard-hours" not in case.version.data


def test_what_was_typed_to_mend_is_asked_for_once(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today)
    case = hall.return_(hall.file("new", raw))
    address = reverse("employer:new-form", args=[case.pk])
    screen.post(f"{address}draft/", raw | {"name": "改名"})
    with CaptureQueriesContext(connection) as captured:
        assert "改名" in screen.get(address).content.decode()
    assert len([query for query in captured if 'FROM "cases_draft"' in query["sql"]]) == 1
