"""Many cases decided at once, as the pages ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.test import Client
from django.urls import reverse

from yonggong.batch.models import BulkDecision
from yonggong.cases.models import Case


def choose(
    desk: Client, cases: Iterable[Case] = (), *, act: str = "approve", **more: Any
) -> BulkDecision:
    """Tick the cases on a list and press the button; what was chosen."""
    given = {"ids": [case.pk for case in cases], **more}
    answer = desk.post(reverse(f"bureau:{act}-many"), given)
    found = BulkDecision.objects.latest("pk")
    assert answer["Location"] == reverse("bureau:bulk", args=[found.pk])
    return found


def confirmed(desk: Client, bulk: BulkDecision, **given: Any) -> str:
    """Confirm what was chosen; the page that follows."""
    answer = desk.post(reverse("bureau:bulk-confirm", args=[bulk.pk]), given, follow=True)
    return str(answer.content.decode())
