"""办件: one page for who filed and who reviews; its dates, its line of time, what its kind adds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cases import regatta
from tests.contracts.making import Hall
from yonggong.accounts.models import AccessEntry
from yonggong.cases import actions as case_actions
from yonggong.cases import handling
from yonggong.cases.models import Case, Step, Version
from yonggong.cases.procedure import Outcome
from yonggong.registry.models import Agency

pytestmark = pytest.mark.django_db

SPACES = ["employer", "bureau"]


@pytest.fixture
def screens(at_screen: Callable[[Any], Client], hall: Hall) -> dict[str, Client]:
    return {"employer": at_screen(hall.operator), "bureau": at_screen(hall.reviewer)}


@pytest.fixture
def entry(hall: Hall) -> Case:
    return entered(hall)


def entered(hall: Hall) -> Case:
    """An item of six steps."""
    Agency.objects.create(name="市船检处", level="prefecture", region_code="220100")
    return case_actions.submit(
        kind=regatta.ENTRY,
        raw={"boat": "白鹭", "phone": "16012345678"},
        applicant=hall.employer.party,
        key=None,
        by=hall.operator,
        now=timezone.now(),
        address=None,
    )


def accept(case: Case, hall: Hall) -> None:
    step = case.steps.get(acted_at__isnull=True)
    assert case.filed_at is not None
    handling.complete(
        case=case,
        step=step.pk,
        outcome=Outcome.NEXT,
        opinion="",
        answers={},
        seen=case.filed_at,
        by=hall.reviewer,
        now=timezone.now(),
        address=None,
    )


def page(screens: dict[str, Client], space: str, case: Case) -> Any:
    answer = screens[space].get(reverse(f"{space}:case", args=[case.pk]))
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("space", SPACES)
def test_an_item_says_by_law_as_promised_and_as_it_was(
    screens: dict[str, Client], entry: Case, space: str
) -> None:
    by_law, promised = page(screens, space, entry).context["dates"]
    assert (by_law.label, by_law.day) == ("法定办结日期", entry.due_by_law_on)
    assert (promised.label, promised.day) == ("承诺办结日期", entry.due_on)
    assert "工作日" in promised.said


def test_a_filing_has_one_limit_and_says_how_it_was_kept(
    screens: dict[str, Client], hall: Hall
) -> None:
    filed = hall.filed()
    (limit,) = page(screens, "employer", filed).context["dates"]
    assert (limit.label, limit.day) == ("办理期限", filed.due_on)
    approved = hall.approve(filed)
    _, done = page(screens, "employer", approved).context["dates"]
    assert done.label == "实际办结日期" and done.said.startswith("提前")


def test_a_paused_clock_names_no_day(screens: dict[str, Client], entry: Case, hall: Hall) -> None:
    accept(entry, hall)
    handling.pause(
        case=entry,
        step=entry.steps.get(acted_at__isnull=True).pk,
        reason="风浪过大",
        by=hall.reviewer,
        now=timezone.now(),
        address=None,
    )
    answer = page(screens, "employer", Case.objects.get(pk=entry.pk))
    (line,) = answer.context["dates"]
    assert line.day is None and "暂停" in line.said
    assert "风浪过大" in answer.content.decode()


@pytest.mark.parametrize("space", SPACES)
def test_the_line_of_time_has_what_is_done_open_and_coming(
    screens: dict[str, Client], entry: Case, hall: Hall, space: str
) -> None:
    accept(entry, hall)
    lines = page(screens, space, entry).context["step_lines"]
    assert [(line.title, line.standing) for line in lines] == [
        ("受理", "done"),
        ("验船", "open"),
        ("审核", "coming"),
        ("公示", "coming"),
        ("决定", "coming"),
        ("发证", "coming"),
    ]


@pytest.mark.parametrize("space", SPACES)
def test_the_history_names_the_step_that_was_done(
    screens: dict[str, Client], entry: Case, hall: Hall, space: str
) -> None:
    accept(entry, hall)
    answer = page(screens, space, entry)
    assert [said for _, said in answer.context["history"]] == ["提交", "受理：完成"]
    assert "完成环节" not in answer.content.decode()


def test_a_step_past_its_limit_says_by_how_much(
    screens: dict[str, Client], entry: Case, hall: Hall
) -> None:
    ago = timezone.localdate() - timedelta(days=14)
    Step.objects.filter(case=entry).update(due_on=ago)
    (first, *_) = page(screens, "bureau", entry).context["step_lines"]
    assert first.late.startswith("超期")


@pytest.mark.parametrize("space", SPACES)
def test_a_kind_adds_its_panels(screens: dict[str, Client], hall: Hall, space: str) -> None:
    first = hall.approve(hall.filed())
    shown = page(screens, space, first).content.decode()
    assert "合同沿革" in shown and "备案生成表号" in shown and "是否在职" in shown


@pytest.mark.parametrize("space", SPACES)
def test_personal_data_is_whole_on_request_and_the_look_is_recorded(
    screens: dict[str, Client], hall: Hall, space: str
) -> None:
    case = hall.filed()
    number = case.values["document_number"]
    assert number not in page(screens, space, case).content.decode()
    whole = screens[space].post(reverse(f"{space}:case-whole", args=[case.pk]))
    assert number in whole.content.decode()
    assert AccessEntry.objects.filter(kind=AccessEntry.Kind.PERSONAL).count() == 1


def asked(screens: dict[str, Client], space: str, case: Case) -> list[str]:
    with CaptureQueriesContext(connection) as noted:
        page(screens, space, case)
    return [query["sql"] for query in noted.captured_queries]


def grow(case: Case, versions: int) -> None:
    last = case.version
    for number in range(last.number + 1, versions + 1):
        Version.objects.create(
            case=case,
            form_id=last.form_id,
            number=number,
            data=last.data,
            judged_on=last.judged_on,
            by_id=last.by_id,
            at=last.at,
        )


@pytest.mark.parametrize("space", SPACES)
def test_ten_versions_and_many_steps_ask_no_more_than_one(
    screens: dict[str, Client], entry: Case, hall: Hall, space: str
) -> None:
    """Nor is what the other versions say read for the page."""
    accept(entry, hall)
    before = len(asked(screens, space, entry))
    grow(entry, 10)
    first = entry.steps.get(acted_at__isnull=False)
    for place, plan in enumerate(regatta.PROCEDURE.steps):
        Step.objects.create(
            case=entry,
            round=2,
            position=place,
            key=plan.key,
            kind="survey",
            agency_id=first.agency_id,
            opened_at=first.opened_at,
            filed_by_id=first.filed_by_id,
            acted_by_id=first.acted_by_id,
            acted_at=first.acted_at,
            outcome="next",
        )
    queries = asked(screens, space, entry)
    assert len(queries) <= before <= 20
    listed = [sql for sql in queries if 'ORDER BY "cases_version"."number"' in sql]
    assert listed and not any('"cases_version"."data"' in sql for sql in listed)
