"""Pages of handling beside the steps: for whom they exist, and what they do, on an invented item."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.files import PNG
from tests.services import conftest
from tests.services.handling import Office
from yonggong.cases import handling
from yonggong.cases.models import Case, Step
from yonggong.registry.models import Evidence
from yonggong.reminders.todos import todos_of
from yonggong.services import evaluations, extensions, payments, publicity
from yonggong.services.models import Evaluation, Extension, Payment, Photo

pytestmark = pytest.mark.django_db
item, filed, office = conftest.item, conftest.filed, conftest.office


@pytest.fixture
def now() -> datetime:
    """Pages act today."""
    return timezone.localtime()


@pytest.fixture
def others(make_user: Callable[..., Any], office: Office, agency: Any) -> dict[str, Any]:
    """People of the bureau for whom nothing of it exists."""
    return {
        "a clerk": make_user("counter_clerk", agency=agency, region_code="220104"),
        "an inspector": make_user("inspector", region_code="220104"),
        "a reviewer of elsewhere": make_user("reviewer", region_code="150102"),
    }


def refused(at_screen: Any, others: dict[str, Any], name: str, *args: int, post: bool) -> None:
    for who, user in others.items():
        screen = at_screen(user)
        send = screen.post if post else screen.get
        assert send(reverse(f"bureau:{name}", args=args)).status_code == 404, (who, name)


def test_the_record_of_a_step_is_kept_returned_and_told(
    filed: Case, office: Office, at_screen: Any
) -> None:
    desk: Client = at_screen(office.people[0])
    address = str(
        desk.get(reverse("bureau:case-record", args=[filed.pk])).context["page"].action_url
    )
    wrong = {"check_a1": "right", "check_a2": "wrong", "check_a2_said": "线轴开裂"}
    assert desk.post(address, wrong | {"outcome": "keep"}).status_code == 302
    step = filed.steps.get()
    assert step.acted_at is None and step.data == wrong
    again = desk.get(reverse("bureau:case-record", args=[filed.pk])).content.decode()
    assert "线轴开裂" in again and "暂存" in again and "退回补正" in again
    assert desk.post(address, wrong | {"outcome": "next"}).status_code == 422
    assert desk.post(address, wrong | {"outcome": "return"}).status_code == 302
    assert Case.objects.get(pk=filed.pk).opinion == "核验不符合：线轴牢固（线轴开裂）。"


def test_more_time_is_asked_for_and_agreed_to(
    filed: Case, office: Office, at_screen: Any, others: dict[str, Any]
) -> None:
    refused(at_screen, others, "case-extend", filed.pk, post=True)
    desk: Client = at_screen(office.people[0])
    desk.post(
        reverse("bureau:case-extend", args=[filed.pk]), {"days": "5", "reason": "等待外地复函"}
    )
    asked = Extension.objects.get()
    refused(at_screen, others, "extensions-decide", asked.pk, post=True)
    boss: Client = at_screen(office.supervisor)
    page = boss.get(reverse("bureau:extensions")).content.decode()
    assert "等待外地复函" in page and "本事项的上限待核" in page
    boss.post(reverse("bureau:extensions-decide", args=[asked.pk]), {"agreed": "1"})
    shown = at_screen(filed.filed_by).get(reverse("employer:case", args=[filed.pk]))
    assert "延期办理通知书" in shown.content.decode()
    assert list(extensions.of_case(filed)) == [asked]


def test_a_photo_is_uploaded_and_looked_at(
    filed: Case, office: Office, at_screen: Any, others: dict[str, Any]
) -> None:
    case = office.bring(filed, "survey")
    desk: Client = at_screen(office.people[0])
    sent = {"photo": SimpleUploadedFile("现场.png", PNG, "image/png"), "said": "正门"}
    desk.post(reverse("bureau:case-photos", args=[case.pk]), sent)
    photo = Photo.objects.get()
    answer = desk.get(reverse("bureau:case-photo", args=[case.pk, photo.pk]))
    assert answer["Content-Type"] == "image/png"
    refused(at_screen, others, "case-photos", case.pk, post=True)
    refused(at_screen, others, "case-photo", case.pk, photo.pk, post=False)


def test_what_was_taken_back_shows_its_open_step_as_stopped(
    filed: Case, office: Office, at_screen: Any, now: datetime
) -> None:
    case = office.bring(filed, "survey")
    office.photograph(case)
    handling.withdraw(case=case, by=filed.filed_by, now=now, address=None)
    for user, portal in ((filed.filed_by, "employer"), (office.people[0], "bureau")):
        shown = at_screen(user).get(reverse(f"{portal}:case", args=[case.pk]))
        line = shown.context["step_lines"][-1]
        assert (line.title, line.outcome, line.standing) == ("现场核查", "终止", "done")


def test_a_photo_that_is_refused_is_not_kept(filed: Case, office: Office, at_screen: Any) -> None:
    sent = {"photo": SimpleUploadedFile("现场.png", PNG, "image/png")}
    desk: Client = at_screen(office.people[0])
    answer = desk.post(reverse("bureau:case-photos", args=[filed.pk]), sent, follow=True)
    assert "只有正在办理现场核查的人员" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_person_s_name_is_masked_for_anybody_and_the_number_of_the_case_is_not(
    filed: Case, office: Office, person: Any, client: Client
) -> None:
    case = office.bring(filed, "publicity")
    Case.objects.filter(pk=case.pk).update(applicant=person)
    one = reverse("publicity-one", args=[case.steps.get(acted_at__isnull=True).pk])
    for address in (reverse("publicity"), one):
        page = client.get(address).content.decode()
        assert "试*" in page and case.number in page and person.name not in page


def test_anybody_reads_what_is_publicised_and_who_is_signed_in_objects(
    filed: Case, office: Office, at_screen: Any, others: dict[str, Any], client: Client
) -> None:
    case = office.bring(filed, "publicity")
    address = reverse("publicity-one", args=[case.steps.get(acted_at__isnull=True).pk])
    page = client.get(reverse("publicity")).content.decode()
    assert case.applicant.name in page and address in page
    assert case.applicant.employer.credit_code not in page and case.number in page
    assert "登录后提出异议" in client.get(address).content.decode()
    assert client.post(address, {"text": "不符"})["Location"].startswith("/sign-in/")
    at_screen(others["an inspector"]).post(address, {"text": "该户已领取"})
    (objection,) = publicity.objections_of(case)
    refused(at_screen, others, "case-objection", case.pk, objection.pk, post=True)
    desk: Client = at_screen(office.people[0])
    assert "该户已领取" in desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    desk.post(
        reverse("bureau:case-objection", args=[case.pk, objection.pk]),
        {"founded": "0", "said": "已核实"},
    )
    assert publicity.objections_of(case).get().founded is False
    shown = at_screen(filed.filed_by).get(reverse("employer:case", args=[case.pk]))
    assert "该户已领取" not in shown.content.decode()


def test_a_list_is_made_handed_over_and_read_back(
    filed: Case,
    office: Office,
    at_screen: Any,
    others: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = office.bring(filed, "pay")
    step = Step.objects.get(case=case, acted_at=None)
    desk: Client = at_screen(office.people[0])
    entry = reverse("bureau:payments-enter", args=[step.pk])
    assert desk.get(entry).status_code == 200
    desk.post(entry, {"payee": "试一", "account": "6222000000000000", "amount": "500"})
    payment = payments.open_payment(step)
    assert payment is not None
    desk.post(reverse("bureau:payments-hand-over"), {"ids": [payment.pk]})
    (found,) = payments.lists_visible_to(office.people[0])
    refused(at_screen, others, "payments-list", found.pk, post=False)
    refused(at_screen, others, "payments-workbook", found.pk, post=False)
    refused(at_screen, others, "payments-enter", step.pk, post=False)
    address = reverse("bureau:payments-list", args=[found.pk])
    assert case.number in (whole := desk.get(address).content.decode())
    monkeypatch.setattr("yonggong.portals.bureau.payments._ROWS_SHOWN", 0)
    part = desk.get(address).content.decode()
    assert case.number not in part and "只列出前 0 件" in part
    assert all("1 件，合计 500.00 元" in page for page in (whole, part))
    content = desk.get(reverse("bureau:payments-workbook", args=[found.pk])).content
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    heads = {str(cell.value).strip("*"): cell.column for cell in sheet[1]}
    # The last one is where wrong rows are told of: no column of the list is called the same.
    assert len(heads) == sheet.max_column and list(heads)[-2:] == ["支付失败原因", "失败原因"]
    today = f"{timezone.localdate()}"
    for head, said in (("支付结果", "已支付"), ("支付日期", today)):
        sheet.cell(row=2, column=heads[head], value=said)
    kept = BytesIO()
    book.save(kept)
    file = SimpleUploadedFile("清单.xlsx", kept.getvalue())
    answer = desk.post(reverse("bureau:payments-list", args=[found.pk]), {"file": file})
    assert answer.status_code == 302
    assert case.steps.get(acted_at=None).key == "deliver"


def test_what_was_paid_and_could_not_go_on_is_taken_up(
    filed: Case, office: Office, at_screen: Any, others: dict[str, Any]
) -> None:
    step = Step.objects.get(case=office.bring(filed, "pay"), acted_at=None)
    told = {"payee": "试一", "bank": "", "account": "", "amount": Decimal("500")}
    reviewer = office.people[0]
    payment = payments.enter(step=step, by=reviewer, now=office.now, **told)  # type: ignore[arg-type]
    found = payments.hand_over(payments=[payment.pk], by=reviewer, now=office.now)
    going = {"state": "paid", "paid_on": timezone.localdate(), "settled_by": reviewer}
    Payment.objects.update(going_on=True, **going)
    desk: Client = at_screen(reviewer)
    progress = reverse("bureau:payments-progress", args=[found.pk])
    assert (
        "还有 1 件" in desk.get(reverse("bureau:payments-list", args=[found.pk])).content.decode()
    )
    assert "HX-Refresh" not in desk.get(progress)
    refused(at_screen, others, "payments-progress", found.pk, post=False)
    Payment.objects.update(going_on=False, held_up="系统故障，请重试")
    assert desk.get(progress)["HX-Refresh"] == "true"
    assert "系统故障" in desk.get(reverse("bureau:payments")).content.decode()
    desk.post(reverse("bureau:payments-go-on"), {"ids": [payment.pk]})
    assert filed.steps.get(acted_at=None).key == "deliver"


def test_what_waits_beside_the_steps_is_counted(
    filed: Case, office: Office, at_screen: Any, make_user: Any, make_employer: Any
) -> None:
    def told(user: Any) -> dict[str, int]:
        return {todo.topic: todo.count for todo in todos_of(user, today=timezone.localdate())}

    reviewer, boss = office.people[0], office.supervisor
    case = office.bring(filed, "publicity")
    stranger = make_user("employer_operator", employer=make_employer())
    step = case.steps.get(acted_at__isnull=True)
    objection = publicity.object_(step=step.pk, text="不符", by=stranger, now=office.now)
    extension = extensions.ask(case=case, days=5, reason="等待", by=reviewer, now=office.now)
    assert told(reviewer)["objections"] == 1 and told(boss)["extensions"] == 1
    queue = at_screen(reviewer).get(reverse("bureau:queue"), {"objected": "1"})
    assert [row.key for row in queue.context["page"].rows] == [str(case.pk)]
    menu = at_screen(boss).get(reverse("bureau:extensions")).content.decode()
    assert re.search(r'延期审批</span>\s*<b class="yg-count" aria-label="1 件">', menu)
    for unanswered in (objection, extension):
        unanswered.refresh_from_db()
    publicity.answer(objection=objection, founded=False, said="已核实", by=reviewer, now=office.now)
    unfounded = {
        "publicity_where": "本平台",
        "publicity_result": "unfounded",
        "publicity_said": "已核实，不成立",
    }
    office.now += timedelta(days=10)
    case = office.finish(office.end(case, answers=unfounded))
    assert "objections" not in told(reviewer) and "extensions" not in told(boss)
    said = evaluations.evaluate(case=case, level=1, text="慢", by=filed.filed_by, now=office.now)
    assert told(reviewer)["complaints"] == 1
    answers = at_screen(reviewer).get(reverse("bureau:evaluations"), {"state": "open"})
    assert [row.key for row in answers.context["page"].rows] == [str(said.pk)]
    evaluations.reply(evaluation=said, text="已整改", by=office.people[1], now=office.now)
    assert "complaints" not in told(reviewer)


def test_it_is_evaluated_and_answered(
    filed: Case, office: Office, at_screen: Any, others: dict[str, Any]
) -> None:
    case = office.finish(filed)
    screen: Client = at_screen(filed.filed_by)
    page = screen.get(reverse("employer:case", args=[case.pk])).content.decode()
    assert "非常满意" in page and "期限待核" in page
    screen.post(
        reverse("employer:case-evaluate", args=[case.pk]), {"level": "1", "text": "等了很久"}
    )
    said = Evaluation.objects.get()
    refused(at_screen, others, "evaluations-show", said.pk, post=False)
    refused(at_screen, others, "evaluations-reply", said.pk, post=True)
    boss: Client = at_screen(office.supervisor)
    assert "等了很久" in boss.get(reverse("bureau:evaluations")).content.decode()
    assert boss.post(reverse("bureau:evaluations-reply", args=[said.pk])).status_code == 404
    desk: Client = at_screen(office.people[1])
    desk.post(reverse("bureau:evaluations-reply", args=[said.pk]), {"reply": "已整改"})
    assert "已整改" in screen.get(reverse("employer:case", args=[case.pk])).content.decode()
    assert evaluations.of_case(case) == said
