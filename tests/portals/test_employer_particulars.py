"""单位基本信息: initial filing, its materials, changes, cancellation (JL-1, NMG-6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.contracts.making import Hall
from tests.contracts.making import shown as shown_version
from tests.employers.particulars import particulars as typed
from tests.files import OTHER, PNG
from yonggong.cases import actions as case_actions
from yonggong.cases.models import Case
from yonggong.registry.models import Agency, Employer

pytestmark = pytest.mark.django_db

MATERIALS = (
    "licence",
    "operator_id_front",
    "operator_id_back",
    "legal_rep_id_front",
    "legal_rep_id_back",
)

TOMORROW = "tomorrow"  # of the day on which the test runs, not of that on which it was collected


@pytest.fixture
def hall(hall: Hall) -> Hall:
    """An employer that has only registered."""
    hall.employer.state, hall.employer.filed_on = Employer.State.UNFILED, None
    hall.employer.agency = None
    hall.employer.save()
    return hall


@pytest.fixture
def particulars(hall: Hall, agency: Agency) -> dict[str, str]:
    """What an operator types."""
    return typed(hall.employer, agency=agency, today=hall.today)


def begin(screen: Client) -> str:
    return str(screen.post(reverse("employer:particulars-begin"))["Location"])


def upload(screen: Client, case: Case, name: str, content: bytes = PNG) -> Any:
    place = reverse("employer:material", args=[case.pk, name])
    return screen.post(place, {"file": SimpleUploadedFile("照片.png", content)}, follow=True)


def send(screen: Client, address: str, raw: dict[str, str], ask: str = "submit") -> Any:
    return screen.post(address, {"ask": ask, "idempotency_key": str(uuid4())} | raw)


@pytest.fixture
def submitted(screen: Client, particulars: dict[str, str]) -> Case:
    """The initial filing, waiting for its reviewer."""
    address = begin(screen)
    case = Case.objects.get()
    for name in MATERIALS:
        upload(screen, case, name)
    assert send(screen, address, particulars).status_code == 302
    case.refresh_from_db()
    return case


def approve(hall: Hall, case: Case, opinion: str = "") -> Case:
    return case_actions.approve(
        case=case,
        seen=shown_version(case),
        opinion=opinion,
        by=hall.reviewer,
        now=timezone.now(),
        address=None,
    )


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_form_begins_with_what_is_known_since_registration(screen: Client, hall: Hall) -> None:
    shown = text_of(screen.get(begin(screen)))
    assert hall.employer.name in shown and hall.employer.credit_code in shown


def test_beginning_again_goes_on_with_the_one_begun(screen: Client) -> None:
    assert begin(screen) == begin(screen)
    assert screen.get(reverse("employer:particulars"))["Location"] == begin(screen)


def test_saving_keeps_it_and_leads_to_the_materials(
    screen: Client, particulars: dict[str, str]
) -> None:
    answer = send(screen, begin(screen), particulars, ask="save")
    case = Case.objects.get()
    assert answer["Location"] == reverse("employer:particulars-materials", args=[case.pk])
    assert case.state == "draft"
    shown = text_of(screen.get(answer["Location"]))
    for heading in ("材料名称", "是否必填", "是否已上传"):
        assert heading in shown
    assert "还有 5 项必需材料未上传" in shown


def test_saving_half_keeps_it_and_says_what_is_missing(
    screen: Client, particulars: dict[str, str]
) -> None:
    address = begin(screen)
    answer = send(screen, address, particulars | {"address": ""}, ask="save")
    shown = text_of(screen.get(answer["Location"]))
    assert "已保存，尚未提交" in shown and "不能为空，请填写通讯地址" in shown
    assert "试景行" in shown and "不能为空" not in text_of(screen.get(address))


def test_the_first_look_names_the_agency_and_the_materials_and_leads_to_them(
    screen: Client, particulars: dict[str, str]
) -> None:
    """Before anything is submitted, whatever else is wrong."""
    address = begin(screen)
    case = Case.objects.get()
    raw = particulars | {"agency": "", "address": ""}
    place = reverse("employer:particulars-materials", args=[case.pk])
    checked = text_of(screen.post(f"{address}check/", raw))
    saved = text_of(screen.get(send(screen, address, raw, ask="save")["Location"]))
    for shown in (checked, saved):
        assert 'href="#f-agency" data-go="agency"' in shown
        assert f'href="{place}#material-licence"' in shown
    assert 'id="material-licence"' in text_of(screen.get(place))


def test_without_all_materials_it_is_not_taken(screen: Client, particulars: dict[str, str]) -> None:
    address = begin(screen)
    for name in MATERIALS[:4]:
        upload(screen, Case.objects.get(), name)
    answer = send(screen, address, particulars)
    assert answer.status_code == 422 and "缺少材料：法人身份证反面" in text_of(answer)


def test_a_material_is_replaced_and_deleted(screen: Client) -> None:
    begin(screen)
    case = Case.objects.get()
    assert "营业执照已上传" in text_of(upload(screen, case, "licence"))
    upload(screen, case, "licence", OTHER)
    assert case.materials.count() == 1
    place = reverse("employer:material", args=[case.pk, "licence"])
    assert screen.get(place).content == OTHER
    answer = screen.post(f"{place}remove/", follow=True)
    assert "营业执照已删除" in text_of(answer) and not case.materials.exists()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n cut off"])
def test_a_file_that_cannot_be_taken_is_refused_in_words(screen: Client, content: bytes) -> None:
    begin(screen)
    case = Case.objects.get()
    shown = text_of(upload(screen, case, "licence", content))
    assert "营业执照：" in shown and not case.materials.exists()


def test_the_materials_page_submits_what_is_kept(
    screen: Client, particulars: dict[str, str]
) -> None:
    address = begin(screen)
    send(screen, address, particulars, ask="save")
    for name in MATERIALS:
        upload(screen, Case.objects.get(), name)
    answer = send(screen, address, {"kept": "1"})
    assert answer["Location"] == reverse("employer:particulars")
    assert Case.objects.get().state == "pending"


def test_status_opinion_and_time_of_review_are_shown(
    screen: Client, submitted: Case, hall: Hall
) -> None:
    address = reverse("employer:particulars")
    assert "未审核" in text_of(screen.get(address))
    approve(hall, submitted, "材料齐全")
    shown = text_of(screen.get(address))
    submitted.refresh_from_db()
    assert submitted.decided_at is not None
    moment = timezone.localtime(submitted.decided_at).strftime("%Y-%m-%d %H:%M")
    assert "审核通过" in shown and "材料齐全" in shown and moment in shown


def test_a_returned_filing_is_mended_and_sent_again(
    screen: Client, submitted: Case, hall: Hall, particulars: dict[str, str]
) -> None:
    case_actions.return_case(
        case=submitted,
        seen=submitted.filed_at,
        opinion="执照不清晰",
        by=hall.reviewer,
        now=timezone.now(),
        address=None,
    )
    address = screen.get(reverse("employer:particulars"))["Location"]
    assert "执照不清晰" in text_of(screen.get(address))
    upload(screen, submitted, "licence", OTHER)
    assert send(screen, address, particulars).status_code == 302
    submitted.refresh_from_db()
    assert submitted.state == "pending"


def test_after_approval_labour_pages_open(screen: Client, submitted: Case, hall: Hall) -> None:
    approve(hall, submitted)
    assert screen.get(reverse("employer:contracts")).status_code == 200


def test_a_change_begins_with_what_was_approved_and_its_materials(
    screen: Client, submitted: Case, hall: Hall, particulars: dict[str, str]
) -> None:
    approve(hall, submitted)
    address = begin(screen)
    change = Case.objects.get(kind="employer.change")
    assert "长春市朝阳区学林路 1 号" in text_of(screen.get(address))
    assert change.materials.count() == 5
    moved = particulars | {"address": "长春市朝阳区朗月路 9 号", "change_kind": "9"}
    assert send(screen, address, moved).status_code == 302
    hall.employer.refresh_from_db()
    assert hall.employer.address == "长春市朝阳区学林路 1 号"
    shown = text_of(screen.get(reverse("employer:case", args=[change.pk])))
    assert "朗月路 9 号" in shown and "变更前" in shown
    approve(hall, change)
    hall.employer.refresh_from_db()
    assert hall.employer.address == "长春市朝阳区朗月路 9 号"


def _change(screen: Client, hall: Hall, submitted: Case, raw: dict[str, str]) -> Any:
    """Send a change of the particulars once the initial filing is approved."""
    approve(hall, submitted)
    return send(screen, begin(screen), raw)


@pytest.mark.parametrize("days", [0, 20, 40, 400])
def test_a_change_is_filed_within_thirty_days(
    screen: Client, submitted: Case, hall: Hall, particulars: dict[str, str], days: int
) -> None:
    """NMG-6: of a merger, a split, a change of name, legal representative, economic type, code."""
    on = hall.today - timedelta(days=days)
    renamed = {"name": "长春云桥商贸有限公司", "change_kind": "3", "changed_on": on.isoformat()}
    assert _change(screen, hall, submitted, particulars | renamed).status_code == 302
    change = Case.objects.get(kind="employer.change")
    due = on + timedelta(days=30)  # or the working day after it
    assert change.statutory_due_on is not None
    assert due <= change.statutory_due_on <= due + timedelta(days=9)
    assert change.late_days == max(0, (hall.today - change.statutory_due_on).days)


def test_other_changes_have_no_time_limit(
    screen: Client, submitted: Case, hall: Hall, particulars: dict[str, str]
) -> None:
    moved = {"address": "长春市朝阳区朗月路 9 号", "change_kind": "9"}
    assert _change(screen, hall, submitted, particulars | moved).status_code == 302
    change = Case.objects.get(kind="employer.change")
    assert (change.statutory_due_on, change.late_days) == (None, 0)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (
            {"name": "长春云桥商贸有限公司", "change_kind": "9"},
            "单位名称已改动，不属于其他信息变更",
        ),
        ({"legal_representative": "试望舒", "change_kind": "9"}, "法定代表人已改动"),
        ({"change_kind": "1"}, "变更日期"),
        ({"change_kind": "2", "changed_on": TOMORROW}, "变更日期晚于今天"),
        ({}, "变更事项"),
    ],
)
def test_a_change_says_what_changed_and_when(
    screen: Client,
    submitted: Case,
    hall: Hall,
    particulars: dict[str, str],
    raw: dict[str, str],
    said: str,
) -> None:
    tomorrow = (hall.today + timedelta(days=1)).isoformat()
    raw = {name: tomorrow if given == TOMORROW else given for name, given in raw.items()}
    answer = _change(screen, hall, submitted, particulars | raw)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Case.objects.get(kind="employer.change").state == "draft"


def test_its_people_are_masked_until_the_filing_is_asked_for_whole(
    screen: Client, submitted: Case, hall: Hall, particulars: dict[str, str]
) -> None:
    approve(hall, submitted)
    page = text_of(screen.get("/employer/particulars/"))
    whole = reverse("employer:case-whole", args=[submitted.pk])
    assert whole in page
    for name in ("operator_document", "operator_mobile"):
        assert particulars[name] not in page
        assert particulars[name] in text_of(screen.post(whole))


def test_a_migrated_employer_changes_from_its_row(screen: Client, hall: Hall) -> None:
    hall.employer.state, hall.employer.filed_on = Employer.State.FILED, hall.today
    hall.employer.legal_representative = "试迁移"
    hall.employer.save()
    assert "试迁移" in text_of(screen.get(reverse("employer:particulars")))
    assert "试迁移" in text_of(screen.get(begin(screen)))


def test_another_units_code_is_refused(
    screen: Client, particulars: dict[str, str], make_employer: Callable[..., Any]
) -> None:
    other = particulars | {"credit_code": make_employer().credit_code}
    answer = send(screen, begin(screen), other, "save")
    assert "与本账号的单位不一致" in text_of(screen.get(answer["Location"]))


def test_agencies_follow_the_region(screen: Client, agency: Agency) -> None:
    elsewhere = Agency.objects.create(
        name="小店区劳动关系股", level=Agency.Level.COUNTY, region_code="140105"
    )
    address = reverse("employer:particulars-agencies")
    here = text_of(screen.get(address, {"region": "220104"}))
    assert agency.name in here and elsewhere.name not in here
    assert elsewhere.name in text_of(screen.get(address, {"region": "140105"}))
    assert '<option value="">' in text_of(screen.get(address, {"region": "x"}))


def test_a_filing_can_be_withdrawn_before_review(screen: Client, submitted: Case) -> None:
    screen.post(reverse("employer:case-withdraw", args=[submitted.pk]))
    submitted.refresh_from_db()
    assert submitted.state == "voided"
    draft = Case.objects.get(state="draft")
    assert begin(screen) == reverse("employer:particulars-form", args=[draft.pk])
    # Nothing is typed or uploaded a second time.
    assert draft.materials.count() == len(MATERIALS)
    sent = {"ask": "submit", "kept": "1", "idempotency_key": str(uuid4())}
    assert screen.post(begin(screen), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.values) == ("pending", submitted.values)


def test_a_voided_filing_is_filed_again_from_its_content(screen: Client, submitted: Case) -> None:
    screen.post(reverse("employer:case-withdraw", args=[submitted.pk]))
    screen.post(f"{begin(screen)}discard/")
    address = reverse("employer:case", args=[submitted.pk])
    assert "按原内容重新填报" in text_of(screen.get(address))
    key = {"idempotency_key": str(uuid4())}
    again = reverse("employer:case-again", args=[submitted.pk])
    assert screen.post(again, key)["Location"] == screen.post(again, key)["Location"]
    draft = Case.objects.get(state="draft")
    assert draft.materials.count() == len(MATERIALS)
    # One at a time of this kind: pressed once more it is refused in words.
    refused = screen.post(again, {"idempotency_key": str(uuid4())})
    assert refused.status_code == 403 and "已有一件正在办理" in text_of(refused)


def test_cancellation_closes_the_employer_once_approved(
    screen: Client, submitted: Case, hall: Hall
) -> None:
    approve(hall, submitted)
    address = screen.post(reverse("employer:particulars-cancel"))["Location"]
    case = Case.objects.get(kind="employer.cancel")
    upload(screen, case, "cancel_proof")
    raw = {"closed_on": hall.today.isoformat(), "reason": "经营期限届满"}
    assert send(screen, str(address), raw).status_code == 302
    case.refresh_from_db()
    approve(hall, case)
    hall.employer.refresh_from_db()
    assert hall.employer.state == Employer.State.CANCELLED
    assert "注销备案" in text_of(screen.get(reverse("employer:particulars")))
