"""账号申请 on the pages: from the agency that applies to the new reviewer's first sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.staff.conftest import ANSWERS, Town, found_town
from yonggong.accounts.models import User
from yonggong.cases import sharing
from yonggong.cases.models import Case
from yonggong.cases.queues import queue_of
from yonggong.staff.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(make_user: Callable[..., Any]) -> Town:
    """The town as pages see it: today."""
    from django.utils import timezone

    return found_town(make_user, timezone.now())


@pytest.fixture
def desk(town: Town, at_screen: Callable[[Any], Client]) -> Client:
    return at_screen(town.applicant)


def begin(desk: Client, town: Town) -> Case:
    place = reverse("bureau:applications-begin", args=[town.county.pk, "account.request"])
    answer = desk.post(place)
    draft = Case.objects.get()
    assert answer["Location"] == reverse("bureau:applications-form", args=[draft.pk])
    return draft


def opine(screen: Client, case: Case) -> None:
    case.refresh_from_db()
    assert case.filed_at is not None
    sent = {
        "outcome": "next",
        "seen": case.filed_at.isoformat(),
        "step": case.steps.get(acted_at__isnull=True).pk,
    }
    screen.post(reverse("bureau:case-complete", args=[case.pk]), sent)
    _carry_out()


def _carry_out() -> None:
    """What is held back for some seconds, at once."""
    from datetime import timedelta

    from django.utils import timezone

    from yonggong.cases import held_back

    held_back.carry_out_due(now=timezone.now() + timedelta(minutes=1))


def test_what_is_typed_is_kept_by_itself(town: Town, desk: Client) -> None:
    draft = begin(desk, town)
    kept = desk.post(reverse("bureau:applications-draft", args=[draft.pk]), ANSWERS)
    assert kept.status_code == 204
    page = desk.get(reverse("bureau:applications-form", args=[draft.pk])).content.decode()
    assert ANSWERS["rights"] in page


def test_the_whole_way(town: Town, desk: Client, at_screen: Callable[[Any], Client]) -> None:
    assert "账号申请（变更）" in desk.get(reverse("bureau:applications")).content.decode()
    draft = begin(desk, town)
    form = reverse("bureau:applications-form", args=[draft.pk])
    assert "账号使用人" in desk.get(form).content.decode()
    filed = desk.post(form, ANSWERS | {"ask": "submit"})
    assert filed["Location"] == reverse("bureau:case", args=[draft.pk])
    page = desk.get(filed["Location"]).content.decode()
    assert "撤回申请" in page and ANSWERS["id_number"] not in page

    head = at_screen(town.head)
    assert "待我签署意见" in head.get(reverse("bureau:applications")).content.decode()
    assert "申请单位负责人意见" in head.get(filed["Location"]).content.decode()
    for person in (town.head, town.business, town.information):
        opine(at_screen(person), draft)
    order = Order.objects.get()

    system, granter = at_screen(town.system), at_screen(town.granter)
    assert "创建账号" in system.get(reverse("admin:orders")).content.decode()
    create = reverse("admin:orders-create", args=[order.pk])
    assert "账号只能用字母" in system.post(create, {"username": "试"}, follow=True).content.decode()
    once = system.post(create, {"username": "xiaodian1"}).content.decode()
    assert "xiaodian1" in once
    grant = reverse("admin:orders-grant", args=[order.pk])
    assert (
        "已为试一分配权限"
        in granter.post(grant, {"role": "reviewer"}, follow=True).content.decode()
    )
    new = User.objects.get(username="xiaodian1")
    new.set_password("Yonggong-2026")
    new.must_change_password = False
    new.save()
    assert at_screen(new).get(reverse("bureau:queue")).status_code == 200


def test_what_waits_for_the_head_is_in_no_reviewer_s_queue(
    town: Town, make_user: Callable[..., Any]
) -> None:
    colleague = make_user("reviewer", agency=town.county, region_code="140105")
    case = town.apply()
    assert not queue_of(colleague).exists() and not queue_of(town.business).exists()
    town.opine(case, town.head)
    assert not queue_of(colleague).exists() and list(queue_of(town.business)) == [case]


def test_what_waits_for_the_head_is_shared_out_to_no_reviewer(
    town: Town, make_user: Callable[..., Any]
) -> None:
    make_user("reviewer", agency=town.county, region_code="140105")
    case = town.apply()
    assert sharing.share(agency=town.county, by=town.head, now=town.now) is None
    town.opine(case, town.head)
    shared = sharing.share(agency=town.city, by=town.head, now=town.now, automatic=True)
    assert shared is not None
    assert Case.objects.get().assigned_to == town.business


def test_a_draft_is_its_author_s_alone(
    town: Town, desk: Client, make_user: Callable[..., Any], at_screen: Callable[[Any], Client]
) -> None:
    draft = begin(desk, town)
    colleague = at_screen(make_user("reviewer", agency=town.county, region_code="140105"))
    neighbour = at_screen(make_user("counter_clerk", agency=town.city, region_code="140100"))
    for other in (colleague, neighbour):
        assert other.get(reverse("bureau:applications-form", args=[draft.pk])).status_code == 404
        assert draft.number not in other.get(reverse("bureau:applications")).content.decode()


def test_nobody_applies_for_another_agency(
    town: Town, at_screen: Callable[[Any], Client], make_user: Callable[..., Any]
) -> None:
    stranger = at_screen(make_user("counter_clerk", agency=town.city, region_code="140100"))
    place = reverse("bureau:applications-begin", args=[town.county.pk, "account.request"])
    assert stranger.post(place).status_code == 404


def test_a_province_without_the_sheet_offers_none(
    make_user: Callable[..., Any], agency: Any, at_screen: Callable[[Any], Client]
) -> None:
    clerk = at_screen(make_user("counter_clerk", agency=agency, region_code="220104"))
    assert "账号申请（变更）" not in clerk.get(reverse("bureau:applications")).content.decode()
    place = reverse("bureau:applications-begin", args=[agency.pk, "account.request"])
    assert clerk.post(place).status_code == 404


def test_returned_it_is_mended_and_withdrawn_by_the_agency(town: Town, desk: Client) -> None:
    from yonggong.cases.procedure import Outcome

    case = town.opine(town.apply(), town.head, Outcome.RETURN, "写明范围")
    page = desk.get(reverse("bureau:case", args=[case.pk])).content.decode()
    assert "修改重报" in page and "写明范围" in page
    town.apply(case)
    desk.post(reverse("bureau:applications-withdraw", args=[case.pk]))
    assert Case.objects.get(pk=case.pk).state == "voided"
