"""An employer moved to another agency takes its open cases along; what was decided stays counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.making import Hall, answers, approve, revoke
from tests.employers.particulars import particulars
from yonggong.batch.actions import upload
from yonggong.cases import actions as case_actions
from yonggong.cases import moving, queues, workload
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case, Move
from yonggong.registry.models import Agency, Employer
from yonggong.reminders.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_papers")]

XIAODIAN = "140105"


@pytest.fixture
def offices(db: None) -> dict[str, Agency]:
    return {
        level: Agency.objects.create(name=name, level=level, region_code=region)
        for level, name, region in (
            ("county", "小店区劳动关系股", XIAODIAN),
            ("province", "省劳动关系处", "140000"),
        )
    }


@pytest.fixture
def hall(offices: dict[str, Agency], make_employer: Any, make_user: Any, now: datetime) -> Hall:
    employer = make_employer(region_code=XIAODIAN, agency=offices["county"], economic_type="110")
    employer.state, employer.filed_on, employer.agency = Employer.State.UNFILED, None, None
    employer.save()
    hall = Hall(
        employer=employer,
        operator=make_user("employer_operator", employer=employer),
        reviewer=make_user("reviewer", agency=offices["county"], region_code=XIAODIAN),
        now=now,
    )
    approve(filed(hall, "initial"), by=hall.reviewer, now=now)
    hall.employer = Employer.objects.get(pk=employer.pk)
    return hall


@pytest.fixture
def above(make_user: Callable[..., Any], offices: dict[str, Agency]) -> list[Any]:
    """Two reviewers of the province's agency."""
    return [
        make_user("reviewer", agency=offices["province"], region_code="140000") for _ in range(2)
    ]


def filed(hall: Hall, act: str, **changed: str) -> Case:
    """A filing about the employer, of the city's county or of the province."""
    employer = Employer.objects.get(pk=hall.employer.pk)
    typed = particulars(employer, agency=Agency.objects.earliest("pk"), today=hall.today)
    return case_actions.submit(
        kind=get_kind(f"employer.{act}"),
        raw=typed | {"economic_type": "110", "affiliation": "50"} | changed,
        applicant=employer.party,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )


def moved(hall: Hall, above: list[Any]) -> Case:
    """The approved change by which the employer belongs to the province."""
    case = filed(
        hall, "change", affiliation="20", change_kind="3", changed_on=hall.today.isoformat()
    )
    case = approve(case, by=above[0], now=hall.now)
    hall.employer = Employer.objects.select_related("agency").get(pk=hall.employer.pk)
    return case


def test_open_cases_batches_and_queue_follow_and_decisions_stay(
    hall: Hall, above: list[Any], offices: dict[str, Agency], make_user: Any
) -> None:
    waiting, decided = hall.filed(), hall.approved()
    hall.return_(hall.filed())
    case_actions.assign(case=waiting, by=hall.reviewer, now=hall.now, address=None)
    batch = upload(
        kind="contract.new",
        employer=hall.employer,
        file_name="名单.xlsx",
        content=b"",
        key=uuid4(),
        by=hall.operator,
        today=hall.today,
        address=None,
    )
    change = moved(hall, above)
    assert change.agency == offices["province"] == hall.employer.agency
    waiting.refresh_from_db()
    assert waiting.agency == waiting.acting_agency == offices["province"]
    assert waiting.filing.agency == offices["province"]
    assert waiting.assigned_to is None
    assert waiting.events.order_by("pk").last().opinion.startswith("单位的送审机构变更，随转省")
    batch.refresh_from_db()
    assert batch.agency == offices["province"]
    assert list(queues.queue_of(above[0])) == [waiting]
    assert not queues.queue_of(hall.reviewer).exists()
    decided.refresh_from_db()
    assert (decided.agency, decided.decided_by) == (offices["county"], hall.reviewer)
    watching = make_user("bureau_supervisor", region_code="140000")
    loads = {
        load.agency: load.decided
        for load in workload.of_regions(watching, today=hall.today, since=hall.now).agencies
    }
    assert loads[offices["county"].pk] == 3  # the initial filing, one approved, one returned
    # Both agencies see that it went, and what.
    for user in (hall.reviewer, above[0]):
        (move,) = moving.visible_to(user)
        assert {one.case for one in move.cases.all()} == {waiting}


def test_what_was_returned_goes_to_the_new_agency_once_it_is_mended(
    hall: Hall, above: list[Any], offices: dict[str, Agency]
) -> None:
    raw = answers(today=hall.today)
    returned = hall.return_(hall.file("new", raw))
    moved(hall, above)
    returned.refresh_from_db()
    assert returned.agency == offices["county"], "the return was the county's"
    mended = hall.file("new", raw | {"job": "出纳"}, case=returned)
    assert mended.agency == mended.filing.agency == offices["province"]


def test_what_another_agency_was_handed_stays_there(
    hall: Hall, above: list[Any], make_user: Any
) -> None:
    third = Agency.objects.create(name="市劳动关系科", level="prefecture", region_code="140100")
    make_user("reviewer", agency=third, region_code="140100")
    case = hall.filed()
    case_actions.transfer(
        case=case, agency=third, reason="请市里办理", by=hall.reviewer, now=hall.now, address=None
    )
    moved(hall, above)
    case.refresh_from_db()
    assert case.agency == third


def test_withdrawing_the_approval_brings_back_what_is_still_open(
    hall: Hall, above: list[Any], offices: dict[str, Agency]
) -> None:
    stays, open_ = hall.filed(), hall.filed()
    change = moved(hall, above)
    stays.refresh_from_db()
    approve(stays, by=above[1], now=hall.now)
    revoke(change, by=above[0], second=above[1], now=hall.now)
    for case in (stays, open_):
        case.refresh_from_db()
    assert open_.agency == open_.acting_agency == open_.filing.agency == offices["county"]
    assert stays.agency == offices["province"], "decided there, counted there"
    assert Employer.objects.get().agency == offices["county"]
    assert Move.objects.get().undone_by == above[1]


def test_an_employer_that_moves_to_another_county_takes_its_region_along(
    hall: Hall, make_user: Callable[..., Any]
) -> None:
    there = Agency.objects.create(name="迎泽区劳动关系股", level="county", region_code="140106")
    reviewer = make_user("reviewer", agency=there, region_code="140106")
    case = hall.filed()
    change = filed(
        hall,
        "change",
        region_code="140106",
        change_kind="3",
        changed_on=hall.today.isoformat(),
    )
    approve(change, by=reviewer, now=hall.now)
    case.refresh_from_db()
    filing = case.filing
    assert (case.agency, case.region_code) == (there, "140106")
    assert (filing.agency, filing.region_code) == (there, "140106")
    assert list(queues.queue_of(reviewer)) == [case]
    (move,) = moving.visible_to(hall.reviewer)
    assert (move.from_region, move.to_region) == (XIAODIAN, "140106")


def test_whoever_acts_for_it_is_told_by_whom_it_is_reviewed(
    hall: Hall, above: list[Any], offices: dict[str, Agency]
) -> None:
    def told() -> list[str]:
        rows = Message.objects.filter(user=hall.operator, topic__startswith="move-")
        return list(rows.order_by("pk").values_list("title", flat=True))

    approve(
        filed(hall, "change", contact="试柏舟", change_kind="9"), by=hall.reviewer, now=hall.now
    )
    assert told() == []
    change = moved(hall, above)
    assert told() == [f"{hall.employer.name}的送审机构改为省劳动关系处"]
    revoke(change, by=above[0], second=above[1], now=hall.now)
    assert told()[1:] == [f"{hall.employer.name}的送审机构改为小店区劳动关系股"]


def test_a_change_that_moves_nobody_holds_up_no_case(hall: Hall) -> None:
    hall.filed()
    change = filed(hall, "change", contact="试柏舟", change_kind="9")
    with CaptureQueriesContext(connection) as statements:
        approve(change, by=hall.reviewer, now=hall.now)
    held = [one["sql"] for one in statements if "FOR UPDATE" in one["sql"]]
    assert not [one for one in held if '"cases_case"."state" = ' in one]
