"""Inspectors declare whose matters they keep out of (Regulation on Labour Security Inspection, Art. 16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.contracts.making import Hall
from tests.supervision.making import clue_about, ordered, recused
from yonggong.supervision import clues, recusals
from yonggong.supervision.acting import Act, Hand, Unfit, acts_on
from yonggong.supervision.models import Recusal

pytestmark = pytest.mark.django_db


def test_whoever_declared_it_does_nothing_there_until_they_end_it(hall: Hall, hand: Hand) -> None:
    clue = clue_about(hall.employer)
    declared = recused(hall.employer, hand)
    with pytest.raises(Unfit, match="应当回避"):
        clues.dismiss(clue=clue, reason="已核实", hand=hand)
    with pytest.raises(Unfit, match="应当回避"):
        ordered(hall.employer, hand)
    recusals.end(recusal=declared, said="配偶已离职", hand=hand)
    clues.dismiss(clue=clue, reason="已核实", hand=hand)
    assert [act.act for act in acts_on(Act.Thing.RECUSAL, declared.pk)] == ["申报回避", "结束回避"]


def test_it_is_declared_with_a_reason_once_about_an_employer_of_the_region(
    hall: Hall, hand: Hand, make_employer: Callable[..., Any]
) -> None:
    with pytest.raises(Unfit, match="请填写回避理由"):
        recused(hall.employer, hand, reason=" ")
    with pytest.raises(Unfit, match="本辖区没有"):
        recused(make_employer(region_code="220102"), hand)
    declared = recused(hall.employer, hand)
    with pytest.raises(Unfit, match="已申报"):
        recused(hall.employer, hand)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.filter(pk=declared.pk).update(reason="")


def test_nobody_ends_anothers_and_nobody_ends_one_twice(
    hall: Hall, hand: Hand, make_user: Callable[..., Any]
) -> None:
    declared = recused(hall.employer, hand)
    colleague = make_user("inspector", region_code="220104")
    with pytest.raises(Recusal.DoesNotExist):
        recusals.end(recusal=declared, said="无", hand=replace(hand, by=colleague))
    assert not recusals.visible_to(colleague).exists(), "the reason is told supervisors alone"
    recusals.end(recusal=declared, said="无", hand=hand)
    with pytest.raises(Unfit, match="已经结束"):
        recusals.end(recusal=declared, said="无", hand=hand)


def test_it_is_declared_and_ended_on_its_pages(
    hall: Hall, hand: Hand, at_screen: Callable[[Any], Client]
) -> None:
    office = at_screen(hand.by)
    office.get("/bureau/recusals/")
    sent = {"credit_code": hall.employer.credit_code, "reason": "配偶为该单位主要负责人"}
    page = office.post("/bureau/recusals/declare/", sent, follow=True).content.decode()
    declared = Recusal.objects.get()
    assert "已申报回避" in page and f"/bureau/recusals/{declared.pk}/" in page
    assert "结束回避" in office.get(f"/bureau/recusals/{declared.pk}/").content.decode()
    done = office.post(f"/bureau/recusals/{declared.pk}/end/", {"said": "已离职"}, follow=True)
    assert "已结束回避" in done.content.decode()
