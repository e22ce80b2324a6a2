"""What the law says of a whole workforce stands on the employer's first page and on its file at the
bureau; where nothing is wrong, nothing stands there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall
from yonggong.contracts.models import Contract

pytestmark = pytest.mark.django_db


def pages(screen: Client, desk: Client, hall: Hall) -> list[str]:
    file = reverse("bureau:employer", args=[hall.employer.pk])
    return [
        screen.get("/employer/").content.decode(),
        desk.get(file).content.decode(),
    ]


def test_terms_that_ran_out_over_a_month_ago_are_said_with_their_article(
    screen: Client, at_screen: Callable[[Any], Client], hall: Hall
) -> None:
    """Labour Contract Law 10 and 82: work that goes on without a written contract."""
    desk = at_screen(hall.reviewer)
    contract = hall.in_force()
    for page in pages(screen, desk, hall):
        assert "用工合规提示" not in page
    Contract.objects.filter(pk=contract.pk).update(
        start_on=hall.today - timedelta(days=400), end_on=hall.today - timedelta(days=40)
    )
    for page in pages(screen, desk, hall):
        assert "用工合规提示" in page and "《劳动合同法》" in page
        assert 'class="yf-finding yf-warn"' in page or 'class="yf-finding yf-inform"' in page
