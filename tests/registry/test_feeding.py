"""Registrations taken in (NMG-4): what is new, what has changed, what nobody but its region may load."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registry.feeding import feed, registered
from yonggong.codes.invent import invent_credit_code
from yonggong.registry.actions import document_digest
from yonggong.registry.feeding import FEED_FORM
from yonggong.registry.models import Registration, RegistrationChange, RegistrationFeed

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(make_user: Any) -> Any:
    return make_user("bureau_supervisor", region_code="220100")


@pytest.fixture
def code(chance: Any) -> str:
    return invent_credit_code(chance, region="220104")


def test_a_row_is_kept_with_number_and_mobile_sealed_and_found_by_digest(
    supervisor: Any, now: Any, code: str
) -> None:
    taken, _ = feed([registered(code)], by=supervisor, now=now)
    kept = Registration.objects.get(credit_code=code)
    assert (taken.added, taken.problems) == (1, {})
    assert (kept.register, kept.state, kept.registered_on) == ("market", "active", date(2024, 1, 2))
    assert "220104199003072134" not in kept.representative_document_sealed
    assert kept.opened("representative_document") == "220104199003072134"
    assert kept.opened("contact_mobile") == "16012345678"
    assert bytes(kept.representative_digest) == document_digest("01", "220104199003072134")
    assert kept.operator == "试小满" and kept.opened("operator_mobile") == "16022345678"
    assert "220104199205112165" not in kept.operator_document_sealed
    assert kept.opened("operator_document") == "220104199205112165"
    assert bytes(kept.operator_digest) == document_digest("01", "220104199205112165")


def test_only_what_changed_is_kept_as_history_sealed_for_its_own_row(
    supervisor: Any, now: Any, code: str
) -> None:
    feed([registered(code)], by=supervisor, now=now, source="一月")
    later = now + timedelta(days=30)
    taken, _ = feed([registered(code)], by=supervisor, now=later)
    assert (taken.same, taken.changed) == (1, 0) and not RegistrationChange.objects.exists()
    assert Registration.objects.get().seen_at == later
    taken, _ = feed(
        [registered(code, name="长春试验更名有限公司", contact_mobile="16087654321")],
        by=supervisor,
        now=later,
    )
    (change,) = RegistrationChange.objects.all()
    assert taken.changed == 1 and set(change.before) == {"name", "contact_mobile"}
    assert change.before["name"] == "长春试验登记有限公司" and change.source == "一月"
    assert change.opened("contact_mobile") == "16012345678"
    now_held = Registration.objects.get()
    assert now_held.name == "长春试验更名有限公司" and now_held.first_seen_at == now
    feeds = RegistrationFeed.objects.order_by("pk").values_list("added", "changed", "same")
    assert list(feeds) == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]


def test_a_wrong_row_is_named_and_keeps_no_other_out(
    supervisor: Any, now: Any, code: str, chance: Any
) -> None:
    other = invent_credit_code(chance, region="220104")
    taken, _ = feed(
        [
            registered(code),
            registered(code),
            registered(other, region_code="150302"),
            registered(other, state="吊销"),
            registered(other, registered_on="2031-01-01"),
        ],
        by=supervisor,
        now=now,
    )
    said = {number: {one.code for one in found} for number, found in taken.problems.items()}
    assert said == {
        3: {"repeated"},
        4: {"elsewhere"},
        5: {"required", "repeated"},
        6: {"in_future", "repeated"},
    }
    assert Registration.objects.count() == taken.added == 1


def test_a_unit_that_another_region_loaded_stays_theirs(
    supervisor: Any, make_user: Any, now: Any, code: str
) -> None:
    feed([registered(code)], by=supervisor, now=now)
    elsewhere = make_user("bureau_supervisor", region_code="220200")
    row = registered(code, region_code="220202", name="吉林试验有限公司")
    taken, _ = feed([row], by=elsewhere, now=now)
    assert {one.code for one in taken.problems[2]} == {"of_another_region"}
    above = make_user("business_administrator", region_code="220000")
    assert feed([row], by=above, now=now)[0].changed == 1


@given(cells=st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_whatever_stands_in_a_cell_is_a_value_or_a_problem(cells: list[str]) -> None:
    columns = {name: cells for name in FEED_FORM.fields_by_name}
    cleaned = FEED_FORM.clean_columns(columns, len(cells))
    assert all(cleaned.problems.get(row) for row in range(len(cells)))
