"""A table of the orchard's form ticked as wrong, and mended."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cases.orchard.kind import KIND as ORCHARD
from tests.cases.orchard.test_orchard import ANSWERS
from tests.contracts.making import Hall
from tests.portals.conftest import hall as hall
from tests.portals.test_marked_fields import at_field, send_back, summary, text
from yonggong.cases import actions as case_actions

pytestmark = pytest.mark.django_db


def test_a_table_is_ticked_as_one_until_a_cell_is_changed(
    desk: Client, screen: Client, hall: Hall
) -> None:
    case = case_actions.submit(
        kind=ORCHARD,
        raw=ANSWERS,
        applicant=hall.employer.party,
        key=None,
        by=hall.operator,
        now=timezone.now(),
        address=None,
    )
    send_back(desk, case, wrong=["plots"], **{"wrong-plots": "第 2 行面积不符"})
    form = reverse("employer:item-form", args=[case.pk])
    page = text(screen.get(form))
    assert "审核标记有误：第 2 行面积不符" in at_field(page, "plots")
    assert 'href="#f-plots"' in summary(page)
    mended = [ANSWERS["plots"][0], ANSWERS["plots"][1] | {"area": "3.50"}]  # type: ignore[index]
    sent = ANSWERS | {"plots": json.dumps(mended)}
    screen.post(f"{form}draft/", sent)
    assert "审核标记有误" not in at_field(text(screen.get(form)), "plots")
