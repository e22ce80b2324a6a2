"""A case's state for whoever holds its receipt, and nothing else of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.cases.query_codes import code_of, find
from yonggong.portals.public.progress import ASKING

pytestmark = pytest.mark.django_db


def test_number_and_code_belong_together(submit: Callable[..., Case]) -> None:
    one, other = submit(), submit(name="试二")
    assert code_of(one) != code_of(other)
    assert find(number=one.number, code=code_of(one).lower()) == one
    for number, code in (
        (one.number, code_of(other)),
        (f"2020{one.number[4:]}", code_of(one)),
        ("", ""),
        ("２０", code_of(one)),
        ("9" * 60, code_of(one)),
    ):
        assert find(number=number, code=code) is None


def test_the_page_tells_the_state_and_no_more(
    submit: Callable[..., Case], decide: Any, client: Client
) -> None:
    case = submit()
    asked = {"number": case.number, "code": code_of(case)}
    shown = client.post("/progress/", asked).content.decode()
    assert "正在办理" in shown
    decide(case, "return", opinion="请补充材料")
    shown = client.post("/progress/", asked).content.decode()
    assert "已退回" in shown
    for secret in ("请补充材料", case.applicant.name, case.subject_name, case.kind_title):
        assert secret not in shown


def test_one_refused_is_told_in_the_words_of_its_state(
    submit: Callable[..., Case], client: Client, reviewer: Any
) -> None:
    case = submit()
    Case.objects.filter(pk=case.pk).update(
        state=State.REFUSED, decided_by=reviewer, decided_at=case.filed_at
    )
    shown = client.post("/progress/", {"number": case.number, "code": code_of(case)})
    assert "办件不予办理，理由和救济途径" in shown.content.decode()


def test_known_and_unknown_are_answered_alike_and_asking_is_limited(
    submit: Callable[..., Case], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = submit()
    wrong = client.post("/progress/", {"number": case.number, "code": "ABCDEFGH"})
    unknown = client.post("/progress/", {"number": "2026112000999999", "code": "ABCDEFGH"})
    said = "没有查到编号和查询码都与所填一致的办件"
    assert said in wrong.content.decode() and said in unknown.content.decode()
    monkeypatch.setattr("yonggong.portals.public.progress.ASKING", type(ASKING)("progress", 2, 2))
    refused = client.post("/progress/", {"number": case.number, "code": code_of(case)})
    assert refused.status_code == 422 and "操作过于频繁" in refused.content.decode()
