"""Search boxes find code tables and agencies by pinyin and initials."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db


def _found(client: Client, source: str, name: str, text: str) -> list[str]:
    answer = client.get(reverse("forms:search", args=[source, name]), {"q": text})
    return [option["label"] for option in answer.json()["options"]]


def test_a_code_table_is_searched_by_letters(client: Client) -> None:
    assert _found(client, "table", "occupation", "kjzy")[0] == "会计专业人员"
    assert "朝阳区" in _found(client, "table", "region", "chaoyang")


def test_agencies_are_searched_by_letters(screen: Client) -> None:
    Agency.objects.create(
        name="长春市绿园区人力资源和社会保障局", level="county", region_code="220106", reviews=True
    )
    for text in ("lvyuan", "ccslyq", "绿园"):
        found = _found(screen, "options", "reviewing-agencies", text)
        assert found == ["长春市绿园区人力资源和社会保障局"], text


def test_choices_on_the_page_carry_their_spellings(screen: Client, hall: Any) -> None:
    form = screen.post(reverse("employer:new-add"))["Location"]
    shown = screen.get(form).content.decode()
    assert re.search(r'data-pinyin="[^"]*\bmanzu\b[^"]*\bmz\b[^"]*">[^<]*满族', shown)
