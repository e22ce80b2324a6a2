"""Many decided at once from the lists, over all pages, and the lane of what can be judged at a glance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, answers
from tests.counters.sampling import sampled_by
from tests.portals.deciding import choose, confirmed
from yonggong.batch import deciding
from yonggong.batch.models import BulkDecision
from yonggong.cases import queues
from yonggong.cases.models import Case, Version
from yonggong.counters import actions as counters
from yonggong.portals.bureau import lists

pytestmark = pytest.mark.django_db
WARNED = {
    "rule": "probation-length", "severity": "warn", "message": "试用期过长", "remedy": "请核对",
    "field": "", "articles": [], "explanation": "协商",
}  # fmt: skip


def text(desk: Client, name: str, **asked: str) -> str:
    return str(desk.get(reverse(name), asked).content.decode())


def test_several_are_approved_after_a_page_that_lists_them(desk: Client, hall: Hall) -> None:
    cases = [hall.filed(), hall.filed(), hall.filed()]
    bulk = choose(desk, cases)
    page = desk.get(reverse("bureau:bulk", args=[bulk.pk])).content.decode()
    assert "以下 3 件将审核通过" in page
    # Lateness, dates and pay are what one judges by.
    assert "基本工资" in page or "工资" in page
    assert all(case.subject_name in page for case in cases)
    assert not Case.objects.filter(state="approved").exists()
    assert "已完成" in confirmed(desk, bulk)
    assert Case.objects.filter(state="approved").count() == 3


def test_what_has_left_the_queue_meanwhile_is_said(desk: Client, hall: Hall) -> None:
    case, gone = hall.filed(), hall.approved()
    answer = desk.get(reverse("bureau:bulk", args=[choose(desk, [case, gone]).pk]))
    assert "所选办件中有 1 件已不在待审核中" in answer.content.decode()


def test_what_became_of_each_is_listed(desk: Client, hall: Hall) -> None:
    good, gone = hall.filed(name="试成"), hall.filed(name="试否")
    bulk = choose(desk, [good, gone])
    hall.return_(gone)
    page = confirmed(desk, bulk)
    assert "审核通过" in page and "未办理" in page
    left = desk.get(reverse("bureau:bulk", args=[bulk.pk]), {"left": "1"}).content.decode()
    assert "试否" in left and "试成" not in left


def test_a_warning_is_compared_on_that_page(desk: Client, hall: Hall) -> None:
    case = hall.filed()
    Version.objects.filter(case=case).update(findings=[WARNED])
    bulk = choose(desk, [case])
    assert "已核对：试用期过长" in desk.get(reverse("bureau:bulk", args=[bulk.pk])).content.decode()
    assert "尚未核对：试用期过长" in confirmed(desk, bulk)
    confirmed(desk, bulk, acknowledged=[WARNED["rule"]])
    case.refresh_from_db()
    assert case.state == "approved"


def test_all_pages_of_a_list_are_chosen_by_its_conditions(desk: Client, hall: Hall) -> None:
    wanted = [hall.filed(name=f"试整批{letter}") for letter in "甲乙丙"]
    hall.filed(name="试别人")
    shown = f"{reverse('bureau:queue')}?subject=试整批&size=20"
    bulk = choose(desk, all="1", next=shown, act="return")
    assert bulk.total == 3
    assert "必须填写审核意见" in confirmed(desk, bulk, opinion="")
    assert "3 件" in confirmed(desk, bulk, opinion="请补正合同期限")
    for case in wanted:
        case.refresh_from_db()
        assert (case.state, case.opinion) == ("returned", "请补正合同期限")
    assert Case.objects.get(subject_name="试别人").state == "pending"


def test_the_list_offers_all_pages_where_there_are_more(desk: Client, hall: Hall) -> None:
    cases = [hall.filed() for _ in range(2)]
    assert "含其他页" not in text(desk, "bureau:queue")
    Case.objects.bulk_create(
        Case(
            kind=one.kind, state="pending", applicant_id=one.applicant_id, region_code="220104",
            agency_id=one.agency_id, acting_agency_id=one.agency_id, filed_by=one.filed_by,
            filed_at=one.filed_at, due_on=one.due_on, subject_name=f"试多{n}", current=one.current,
        )
        for n, one in ((n, cases[0]) for n in range(19))
    )  # fmt: skip
    assert "全部 21 条（含其他页）" in text(desk, "bureau:queue")


@pytest.mark.parametrize("shown", ["", "/bureau/cases/", "/employer/", "//x/bureau/queue/x"])
def test_all_of_no_list_is_nothing(desk: Client, hall: Hall, shown: str) -> None:
    hall.filed()
    answer = desk.post(reverse("bureau:approve-many"), {"all": "1", "next": shown})
    assert answer.status_code == 404
    assert not BulkDecision.objects.exists()


def test_conditions_that_cannot_be_read_choose_nothing(desk: Client, hall: Hall) -> None:
    hall.filed()
    shown = f"{reverse('bureau:queue')}?due_from=昨天"
    desk.post(reverse("bureau:approve-many"), {"all": "1", "next": shown})
    assert not BulkDecision.objects.exists()


def test_many_are_a_job_s_and_show_how_far_it_is(
    desk: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "CHUNK", 1)
    bulk = choose(desk, [hall.filed(), hall.filed()])
    assert "正在审核" in confirmed(desk, bulk)
    progress = reverse("bureau:bulk-progress", args=[bulk.pk])
    assert "HX-Refresh" not in desk.get(progress).headers
    deciding.work(bulk.pk, clock=lambda: hall.now)
    assert desk.get(progress).headers["HX-Refresh"] == "true"
    assert Case.objects.filter(state="approved").count() == 2


def test_what_is_under_way_is_stopped(
    desk: Client, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "CHUNK", 1)
    bulk = choose(desk, [hall.filed(), hall.filed()])
    confirmed(desk, bulk)
    desk.post(reverse("bureau:bulk-stop", args=[bulk.pk]))
    deciding.work(bulk.pk, clock=lambda: hall.now)
    assert not Case.objects.filter(state="approved").exists()


def test_another_reviewer_s_is_not_there(
    desk: Client, hall: Hall, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    bulk = choose(desk, [hall.filed()])
    other = at_screen(make_user("reviewer", agency=hall.employer.agency, region_code="220104"))
    for name in ("bulk", "bulk-progress"):
        assert other.get(reverse(f"bureau:{name}", args=[bulk.pk])).status_code == 404
    for name in ("bulk-confirm", "bulk-stop"):
        assert other.post(reverse(f"bureau:{name}", args=[bulk.pk])).status_code == 404
    bulk.refresh_from_db()
    assert bulk.state == "asked"


def test_cases_of_another_agency_are_not_chosen(
    hall: Hall, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    case = hall.filed()
    far = at_screen(make_user("reviewer", region_code="150000"))
    answer = far.post(reverse("bureau:approve-many"), {"ids": [case.pk]}, follow=True)
    assert "没有选择等待审核的办件" in answer.content.decode()


# --- the lane ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "stays"),
    [
        ({}, True),
        ({"finding_count": 1}, False),
        ({"late_days": 3}, False),
        ({"phase": "review"}, False),
    ],
)
def test_the_lane_holds_what_nothing_is_to_be_looked_into(
    desk: Client, hall: Hall, changed: dict[str, Any], stays: bool
) -> None:
    case = hall.filed(name="试无提示")
    Case.objects.filter(pk=case.pk).update(**changed)
    found = queues.clean_queue_of(hall.reviewer)
    assert found.exists() == stays
    assert ("试无提示" in text(desk, "bureau:clean")) == stays


def test_what_was_sent_back_once_is_looked_at_by_itself(desk: Client, hall: Hall) -> None:
    case = hall.return_(hall.filed(name="试重报"))
    hall.file("new", answers(today=hall.today, name="试重报"), case=case)
    assert "试重报" not in text(desk, "bureau:clean") and "试重报" in text(desk, "bureau:queue")


def test_the_lane_shows_the_key_facts_masked_and_is_approved_from(desk: Client, hall: Hall) -> None:
    case = hall.filed(name="试一眼")
    page = text(desk, "bureau:clean")
    assert case.values["document_number"] not in page and "合同期限" in page
    bulk = choose(desk, all="1", next=reverse("bureau:clean"))
    assert bulk.total == 1
    confirmed(desk, bulk)
    case.refresh_from_db()
    assert case.state == "approved"


def test_what_a_check_of_counter_work_found_wrong_is_looked_at_by_itself(
    desk: Client, hall: Hall, make_user: Any
) -> None:
    supervisor = make_user("bureau_supervisor", region_code="220100")
    row, fine = sampled_by(supervisor, hall).cases.get(), hall.filed(name="试无误")
    found = {"sampled": row.pk, "by": supervisor, "now": hall.now}
    counters.check(**found, finding="wrong", remark="合同起始日期不符")
    assert list(lists.CLEAN.rows(hall.reviewer)) == [fine]
    bulk = choose(desk, [row.case, fine])
    assert [one.case for one in bulk.chosen.all()] == [fine]
    page = desk.get(reverse("bureau:bulk", args=[bulk.pk])).content.decode()
    assert "有 1 件经窗口抽查录入有误" in page and "已不在待审核中" not in page
    counters.check(**found, finding="right", remark="")
    assert lists.CLEAN.rows(hall.reviewer).count() == 2
