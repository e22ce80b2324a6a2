"""Who is known: one person one row, employers by scope, agencies of a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from yonggong.registry import actions, people, queries
from yonggong.registry.actions import document_digest
from yonggong.registry.handling import Matter, agencies_for
from yonggong.registry.models import Agency, Worker

pytestmark = pytest.mark.django_db
NUMBER = "22010419900307213X"


def _add(**changed: Any) -> Worker:
    given = {
        "document_type": "01",
        "number": NUMBER,
        "name": "试一",
        "sex": "1",
        "birth_on": date(1990, 3, 7),
    } | changed
    return actions.get_or_add_worker(**given)


def test_a_person_has_one_row() -> None:
    assert _add() == _add(number=NUMBER.lower())


def test_until_an_approval_a_person_is_as_whoever_filed_last_says() -> None:
    _add()
    assert _add(name="试二").name == Worker.objects.get().name == "试二"


def test_filing_again_does_not_change_who_is_confirmed(reviewer: Any, now: Any) -> None:
    worker = _add()
    people.take_approved(
        worker=worker, approved=people.Particulars.of(worker), why="办件", by=reviewer, at=now
    )
    assert _add(name="试二").name == Worker.objects.get().name == "试一"


def test_the_number_is_sealed_and_shown_masked() -> None:
    worker = _add()
    assert NUMBER not in worker.document_sealed
    assert (worker.document_number, worker.masked_document) == (NUMBER, "2201************3X")


def test_id_numbers_share_one_space_and_other_papers_do_not() -> None:
    assert document_digest("01", NUMBER) == document_digest("16", NUMBER)
    assert document_digest("04", "H12345678") != document_digest("08", "H12345678")


@pytest.mark.parametrize(
    ("role", "region", "seen"),
    [
        ("reviewer", "220104", True),
        ("reviewer", "220102", False),
        ("bureau_supervisor", "220100", True),
        ("bureau_supervisor", "220000", True),
        ("bureau_supervisor", "150000", False),
        ("counter_clerk", "220104", True),
        ("system_administrator", "220000", False),
        ("business_administrator", "220000", False),
        ("auditor", "220000", False),
    ],
)
def test_employers_are_seen_by_role_and_region(
    make_user: Callable[..., Any], employer: Any, role: str, region: str, seen: bool
) -> None:
    user = make_user(role, region_code=region)
    assert queries.employers_visible_to(user).filter(pk=employer.pk).exists() is seen


def test_an_operator_sees_their_own_employer_only(
    operator: Any, employer: Any, make_employer: Callable[..., Any]
) -> None:
    make_employer()
    assert list(queries.employers_visible_to(operator)) == [employer]


def test_an_employer_may_send_up_its_own_line(agency: Any) -> None:
    city = Agency.objects.create(name="市", level="prefecture", region_code="220100")
    province = Agency.objects.create(name="省", level="province", region_code="220000")
    Agency.objects.create(name="邻区", level="county", region_code="220102")
    Agency.objects.create(name="不受理", level="county", region_code="220104", reviews=False)
    assert set(agencies_for("220104", Matter("contract.new", "人社", "劳动关系"))) == {
        agency,
        city,
        province,
    }


def test_a_code_is_registered_once(employer: Any) -> None:
    with pytest.raises(actions.AlreadyRegistered):
        actions.register_employer(
            credit_code=employer.credit_code, name="另一家", region_code="220104"
        )
