"""注销备案 on the pages: what is open is shown before it is sent and reviewed; afterwards the employer
reads, prints and ends what it left, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.batch.workbooks import as_xlsx, rows
from tests.contracts.making import Hall, answers, ending_answers
from tests.employers.closing import begun, cancellation, closed, left_behind, sent, submitted
from yonggong.accounts.models import User
from yonggong.batch.models import Batch
from yonggong.cases.drafting import save_draft
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.catalogue.items import HUMAN_RESOURCES
from yonggong.contracts.models import Contract, Filing
from yonggong.registry.models import Agency, Employer

pytestmark = pytest.mark.django_db

SAID = "本单位已注销备案，不能再办理"


def text_of(answer: Any) -> str:
    return " ".join(str(answer.content.decode()).split())


def test_the_form_shows_what_goes_with_it_before_it_is_sent(screen: Client, hall: Hall) -> None:
    hall.in_force()
    waiting, returned = hall.filed(), hall.return_(hall.filed())
    case = begun(hall)
    page = text_of(screen.get(reverse("employer:particulars-form", args=[case.pk])))
    assert "审核通过后一并办结的业务" in page
    assert "<strong>1</strong> 份履行中的劳动合同" in page
    assert "<strong>1</strong> 件未审核的备案和申请" in page
    assert "<strong>1</strong> 件审核不通过、未重报的备案和申请" in page
    for open_ in (waiting, returned):
        assert reverse("employer:case", args=[open_.pk]) in page
    listed = reverse("employer:contracts") + "?in_post=1"
    assert listed in page


def test_with_nothing_open_it_says_nothing_of_it(screen: Client, hall: Hall) -> None:
    page = text_of(screen.get(reverse("employer:particulars-form", args=[begun(hall).pk])))
    assert "审核通过后一并办结的业务" not in page


def test_severance_is_asked_about_on_the_form(screen: Client, hall: Hall) -> None:
    hall.in_force()
    case = begun(hall)
    address = reverse("employer:particulars-form", args=[case.pk])
    raw = {name: said for name, said in sent(hall).items() if name in ("closed_on", "reason")}
    refused = screen.post(address, raw | {"ask": "submit", "idempotency_key": str(uuid4())})
    assert refused.status_code == 422
    assert "应当支付经济补偿" in text_of(refused) and "第四十六条" in text_of(refused)
    taken = screen.post(address, sent(hall) | {"ask": "submit", "idempotency_key": str(uuid4())})
    assert taken.status_code == 302


def test_the_reviewer_sees_it_as_it_stands_now(at_screen: Any, hall: Hall) -> None:
    hall.in_force()
    case = cancellation(hall)
    desk = at_screen(hall.reviewer)
    address = reverse("bureau:case", args=[case.pk])
    assert "<strong>1</strong> 份履行中的劳动合同" in text_of(desk.get(address))
    hall.approved()
    waiting = hall.filed()
    page = text_of(desk.get(address))
    assert "<strong>2</strong> 份履行中的劳动合同" in page
    assert reverse("bureau:case", args=[waiting.pk]) in page
    listed = f"{reverse('bureau:contracts')}?employer={hall.employer.credit_code}&amp;in_post=1"
    assert listed in page
    rows = text_of(desk.get(listed.replace("&amp;", "&")))
    assert all(filing.name in rows for filing in Filing.objects.filter(in_post=True))


def test_both_sides_read_afterwards_what_it_ended(
    screen: Client, at_screen: Any, hall: Hall
) -> None:
    contract, waiting = hall.in_force(), hall.filed()
    case = closed(hall)
    for browser, portal in ((screen, "employer"), (at_screen(hall.reviewer), "bureau")):
        page = text_of(browser.get(reverse(f"{portal}:case", args=[case.pk])))
        assert "随本次注销办结的业务" in page
        assert "<strong>1</strong> 份劳动合同终止" in page
        assert "<strong>1</strong> 件未办结的备案和申请作废" in page
        ending = contract.filings.get(kind="ending")
        assert "随单位注销备案" in text_of(browser.get(reverse(f"{portal}:case", args=[ending.pk])))
    assert "一并作废" in text_of(screen.get(reverse("employer:case", args=[waiting.pk])))


def test_another_employer_hires_the_people_through_its_page(
    at_screen: Any, hall: Hall, make_employer: Any, make_user: Any
) -> None:
    raw = answers(today=hall.today)
    hall.approve(hall.file("new", raw))
    other = make_employer()
    browser = at_screen(make_user("employer_operator", employer=other))
    address = browser.post(reverse("employer:new-add"))["Location"]

    def send() -> Any:
        return browser.post(address, raw | {"ask": "submit", "idempotency_key": str(uuid4())})

    assert "已存在全日制劳动合同" in text_of(send())
    closed(hall)
    assert send().status_code == 302
    case = hall.approve(Case.objects.get(applicant=other.pk))
    assert Contract.objects.get(pk=case.subject).state == "active"


# --- who has closed --------------------------------------------------------------------------


def test_nothing_is_offered_that_cannot_be_done(screen: Client, hall: Hall) -> None:
    hall.filed()
    closed(hall)
    for word in ("new", "renewal", "change"):
        page = text_of(screen.get(reverse(f"employer:{word}"), follow=True))
        assert "添加</button>" not in page and 'class="yl-actions"' not in page, word
        assert f"employer/{word}/start" not in page and f"employer/{word}/add" not in page
        assert "本单位已注销备案" in page, word
    home = text_of(screen.get(reverse("employer:home")))
    assert "新订备案</button>" not in home and "本单位已注销备案" in home
    batch = text_of(screen.get(reverse("employer:batch-new")))
    assert 'type="file"' not in batch and "本单位已注销备案" in batch
    assert "办理变更备案" not in text_of(screen.get(reverse("employer:particulars")))
    items = screen.get(reverse("employer:item"))
    assert "本单位已注销备案" in text_of(items)
    # What it may still begin is another department's.
    begun = [get_kind(kind) for kind in re.findall(r"/item/([\w.]+)/begin/", text_of(items))]
    assert all(kind.matter.department != HUMAN_RESOURCES for kind in begun)


def test_what_it_left_is_ended_by_page_and_by_workbook(screen: Client, hall: Hall) -> None:
    closed(hall)
    first, second = left_behind(hall), left_behind(hall)
    page = text_of(screen.get(reverse("employer:ending"), follow=True))
    assert reverse("employer:ending-start") in page
    row = first.filings.get(in_post=True)
    shown = text_of(screen.get(reverse("employer:case", args=[row.pk])))
    assert reverse("employer:ending-start") in shown
    assert reverse("employer:renewal-start") not in shown
    address = screen.post(reverse("employer:ending-start"), {"ids": [row.pk]})["Location"]
    raw = ending_answers(on=hall.today) | {"ask": "submit", "idempotency_key": str(uuid4())}
    assert screen.post(address, raw).status_code == 302
    hall.approve(Case.objects.get(kind="contract.ending", state="pending"))
    first.refresh_from_db()
    assert first.state == "ended"
    assert 'type="file"' in text_of(screen.get(reverse("employer:batch-ending")))
    assert second.state == "active"


@pytest.mark.parametrize("kind", ["contract.new", "contract.renewal", "contract.change"])
def test_a_workbook_of_another_kind_is_refused_in_right_words(
    screen: Client, hall: Hall, kind: str
) -> None:
    closed(hall)
    content = as_xlsx(rows(2, today=hall.today))
    page = get_kind(kind).workbook.page
    answer = screen.post(
        reverse(f"employer:batch-{page}"),
        {
            "kind": kind,
            "idempotency_key": str(uuid4()),
            "file": SimpleUploadedFile("名单.xlsx", content),
        },
        follow=True,
    )
    assert SAID in text_of(answer) and "尚未完成初次备案" not in text_of(answer)
    assert not Batch.objects.exists()


def test_a_draft_is_neither_opened_nor_sent_any_more(screen: Client, hall: Hall) -> None:
    raw = answers(today=hall.today)
    draft = save_draft(
        kind=get_kind("contract.new"),
        applicant=hall.employer.party,
        raw=raw,
        case=None,
        by=hall.operator,
        now=hall.now,
    )
    assert draft.draft.data["name"] in text_of(screen.get(reverse("employer:home")))
    closed(hall)
    assert f"new/{draft.pk}/" not in text_of(screen.get(reverse("employer:home")))
    address = reverse("employer:new-form", args=[draft.pk])
    assert SAID in text_of(screen.get(address, follow=True))
    refused = screen.post(address, raw | {"ask": "submit", "idempotency_key": str(uuid4())})
    assert refused.status_code == 422 and SAID in text_of(refused)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_was_voided_is_not_begun_again(screen: Client, hall: Hall) -> None:
    waiting = hall.filed()
    closed(hall)
    page = text_of(screen.get(reverse("employer:case", args=[waiting.pk])))
    assert "按原内容重新填报" not in page
    answer = screen.post(
        reverse("employer:case-again", args=[waiting.pk]),
        {"idempotency_key": str(uuid4())},
        follow=True,
    )
    assert "本单位已注销备案" in text_of(answer)
    assert not Case.objects.filter(state="draft").exists()


def test_it_reads_prints_and_makes_its_rosters_and_certificates(screen: Client, hall: Hall) -> None:
    contract = hall.in_force()
    closed(hall)
    ending = contract.filings.get(kind="ending")
    assert hall.roster(ending.case).row_count == 1
    assert hall.certificate(ending.case).row_count == 1
    for name in ("contracts", "rosters", "roster-print", "particulars", "void", "codes"):
        assert screen.get(reverse(f"employer:{name}"), follow=True).status_code == 200, name


def test_a_clerk_files_no_more_for_it_than_its_operator(
    at_screen: Any, hall: Hall, make_user: Any, agency: Any
) -> None:
    closed(hall)
    clerk = at_screen(make_user("counter_clerk", agency=agency, region_code="220104"))
    clerk.post(reverse("bureau:counter"), {"credit_code": hall.employer.credit_code})
    clerk.get(reverse("employer:new"), follow=True)
    answer = clerk.post(reverse("employer:new-add"), follow=True)
    assert "本单位已注销备案" in text_of(answer)
    assert not Filing.objects.exists()
    assert Employer.objects.get(pk=hall.employer.pk).state == "cancelled"


# --- whoever attacks its approval ------------------------------------------------------------


def decision(case: Case, **changed: Any) -> dict[str, Any]:
    """What the reviewer's page sends, all materials looked at and all findings acknowledged."""
    findings = case.version.findings
    sent = {
        "ask": "approve",
        "seen": case.filed_at.isoformat(),
        "looked": list(case.materials.values_list("name", flat=True)),
        "acknowledged": [item["rule"] for item in findings],
    } | changed
    return {name: value for name, value in sent.items() if value is not None}


def nothing_happened(hall: Hall, case: Case) -> bool:
    case.refresh_from_db()
    employer = Employer.objects.get(pk=hall.employer.pk)
    return (case.state, employer.state) == ("pending", "filed") and not Filing.objects.filter(
        kind="ending"
    ).exists()


@pytest.mark.parametrize("seen", [None, "", "gestern", "2020-01-01T00:00:00+08:00"])
def test_without_the_version_seen_nobody_is_closed(at_screen: Any, hall: Hall, seen: Any) -> None:
    hall.in_force()
    case = cancellation(hall)
    browser = at_screen(hall.reviewer)
    browser.post(reverse("bureau:case-decide", args=[case.pk]), decision(case, seen=seen))
    assert nothing_happened(hall, case)


def test_nobody_else_closes_an_employer(
    at_screen: Any, hall: Hall, make_user: Any, agency: Any
) -> None:
    """Another county's reviewer, the employer itself, a clerk, an account frozen meanwhile."""
    hall.in_force()
    case = cancellation(hall)
    elsewhere = Agency.objects.create(name="南关区劳动关系科", level="county", region_code="220102")
    frozen = make_user("reviewer", agency=agency, region_code="220104")
    people = {
        make_user("reviewer", agency=elsewhere, region_code="220102"): 404,
        hall.operator: 404,
        make_user("counter_clerk", agency=agency, region_code="220104"): 404,
        frozen: 401,
    }
    browsers = {user: at_screen(user) for user in people}
    User.objects.filter(pk=frozen.pk).update(state="frozen")
    for user, status in people.items():
        answer = browsers[user].post(reverse("bureau:case-decide", args=[case.pk]), decision(case))
        assert answer.status_code == status, user
        assert nothing_happened(hall, case), user


def test_an_approval_sent_again_ends_nothing_a_second_time(at_screen: Any, hall: Hall) -> None:
    hall.in_force()
    case = cancellation(hall)
    browser, sent = at_screen(hall.reviewer), decision(case)
    address = reverse("bureau:case-decide", args=[case.pk])
    assert browser.post(address, sent).status_code == 302
    assert browser.post(address, sent).status_code == 409
    assert Filing.objects.filter(kind="ending").count() == 1


def test_a_cancellation_mended_meanwhile_is_not_approved_unseen(at_screen: Any, hall: Hall) -> None:
    case = cancellation(hall)
    sent = decision(case)
    hall.return_(case)
    hall.now += timedelta(minutes=1)
    submitted(hall, Case.objects.get(pk=case.pk))
    at_screen(hall.reviewer).post(reverse("bureau:case-decide", args=[case.pk]), sent)
    assert nothing_happened(hall, case)
