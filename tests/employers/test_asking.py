"""What an employer is asked to file because its registration changed (NMG-4, NMG-6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contracts.making import Hall
from tests.employers.closing import closed
from tests.employers.particulars import particulars
from tests.papers import ask_for_none
from tests.registry.feeding import feed, registered
from yonggong.cases import actions as case_actions
from yonggong.cases.kinds import get_kind
from yonggong.cases.models import Case
from yonggong.employers import asking, drafts
from yonggong.employers import registered as listed
from yonggong.employers.models import AskedFiling
from yonggong.registry.models import Employer
from yonggong.reminders import digests
from yonggong.reminders.models import Message, Progress
from yonggong.reminders.todos import todos_of

pytestmark = pytest.mark.django_db
RENAMED = "长春试验更名有限公司"


@pytest.fixture
def supervisor(make_user: Any) -> Any:
    return make_user("bureau_supervisor", region_code="220100")


@pytest.fixture
def hall(make_employer: Any, make_user: Any, reviewer: Any, now: Any) -> Hall:
    """An employer filed as it is registered."""
    employer = make_employer(legal_representative="试景行")
    operator = make_user("employer_operator", employer=employer)
    return Hall(employer=employer, operator=operator, reviewer=reviewer, now=now)


def row(hall: Hall, **changed: Any) -> dict[str, Any]:
    return registered(hall.employer.credit_code, name=hall.employer.name) | changed


def open_acts(hall: Hall) -> list[tuple[str, list[str]]]:
    return [(asked.act, asked.differs) for asked in asking.open_of(hall.employer)]


def changed(hall: Hall, agency: Any, monkeypatch: Any, **said: str) -> Case:
    """A change of the employer, approved."""
    ask_for_none(monkeypatch)
    typed = particulars(hall.employer, agency=agency, today=hall.today)
    own = {"change_kind": "3", "changed_on": hall.today.isoformat()}
    case = case_actions.submit(
        kind=get_kind("employer.change"),
        raw=typed | own | said,
        applicant=Employer.objects.get(pk=hall.employer.pk).party,
        key=None,
        by=hall.operator,
        now=hall.now,
        address=None,
    )
    return hall.approve(case)


def test_nothing_is_asked_where_the_two_agree(hall: Hall, supervisor: Any, now: Any) -> None:
    _, asked = feed([row(hall)], by=supervisor, now=now)
    assert asked == 0 and open_acts(hall) == []


def test_a_changed_registration_asks_for_a_change_within_the_law_s_time(
    hall: Hall, supervisor: Any, now: Any
) -> None:
    day = hall.today - timedelta(days=3)
    _, asked = feed([row(hall, name=RENAMED, changed_on=day)], by=supervisor, now=now)
    (found,) = asking.open_of(hall.employer)
    assert asked == 1 and (found.act, found.differs, found.since) == ("change", ["name"], day)
    assert (found.due_on - day).days >= 30
    topics = {todo.topic: todo.due_on for todo in todos_of(hall.operator, today=hall.today)}
    assert topics["asked-change"] == found.due_on
    # Loaded again, nobody is asked twice.
    assert feed([row(hall, name=RENAMED, changed_on=day)], by=supervisor, now=now)[1] == 0


def test_the_employer_is_told_the_next_morning(hall: Hall, supervisor: Any, now: Any) -> None:
    feed([row(hall, name=RENAMED)], by=supervisor, now=now)
    Progress.objects.create(pk=1, through=hall.today)
    digests.run(today=hall.today + timedelta(days=1))
    (message,) = Message.objects.filter(user=hall.operator, topic="asked-change")
    assert "单位名称与本单位备案信息不一致" in message.body and "变更备案" in message.title


def test_the_change_begins_with_what_is_registered_and_settles_it(
    hall: Hall, supervisor: Any, now: Any, agency: Any, monkeypatch: Any, withdraw: Any
) -> None:
    feed([row(hall, name=RENAMED, changed_on=hall.today)], by=supervisor, now=now)
    hall.employer.refresh_from_db()
    draft = drafts.begin(employer=hall.employer, by=hall.operator, now=now)
    typed = draft.draft.data
    assert typed["name"] == RENAMED and typed["change_kind"] == "3"
    assert typed["changed_on"] == hall.today.isoformat()
    draft.delete()
    # Whoever files something else is still asked.
    changed(hall, agency, monkeypatch)
    assert open_acts(hall) == [("change", ["name"])]
    case = changed(hall, agency, monkeypatch, name=RENAMED)
    assert open_acts(hall) == []
    assert AskedFiling.objects.get().settled_at == now
    withdraw(case)
    assert open_acts(hall) == [("change", ["name"])]


def test_a_registration_put_right_settles_it_too(hall: Hall, supervisor: Any, now: Any) -> None:
    feed([row(hall, legal_representative="试别人")], by=supervisor, now=now)
    assert open_acts(hall) == [("change", ["legal_representative"])]
    feed([row(hall)], by=supervisor, now=now)
    assert open_acts(hall) == []


def test_a_cancelled_registration_asks_for_the_cancellation(
    hall: Hall, supervisor: Any, now: Any, withdraw: Any
) -> None:
    over = {"state": "吊销", "state_on": date(2026, 11, 2)}
    feed([row(hall, name=RENAMED, **over)], by=supervisor, now=now)
    assert open_acts(hall) == [("cancel", [])]
    begun = drafts.begin_cancellation(employer=hall.employer, by=hall.operator, now=now)
    assert begun.draft.data["closed_on"] == "2026-11-02"
    assert "吊销" in begun.draft.data["reason"]
    begun.delete()
    case = closed(hall)
    assert open_acts(hall) == []
    withdraw(case)
    assert open_acts(hall) == [("cancel", [])]


def test_the_initial_filing_begins_with_what_is_registered(
    make_employer: Any, make_user: Any, supervisor: Any, now: Any, reviewer: Any
) -> None:
    employer = make_employer(state="unfiled", filed_on=None, agency=None, economic_type="")
    operator = make_user("employer_operator", employer=employer)
    feed([registered(employer.credit_code)], by=supervisor, now=now)
    typed = drafts.begin(employer=employer, by=operator, now=now).draft.data
    assert typed["name"] == "长春试验登记有限公司" and typed["licence_on"] == "2024-01-02"
    assert (typed["legal_representative"], typed["economic_type"]) == ("试景行", "173")
    # Number and mobile are for comparing, not for telling whoever knows a code.
    assert "16012345678" not in str(typed) and "220104199003072134" not in str(typed)


def test_who_is_registered_and_has_not_filed_is_listed_for_the_region(
    hall: Hall, supervisor: Any, make_user: Any, now: Any, chance: Any
) -> None:
    from yonggong.codes.invent import invent_credit_code

    unknown = invent_credit_code(chance, region="220104")
    over = invent_credit_code(chance, region="220104")
    feed(
        [row(hall), registered(unknown), registered(over, state="注销", state_on="2026-11-01")],
        by=supervisor,
        now=now,
    )
    codes = list(listed.not_filed(supervisor).values_list("credit_code", flat=True))
    assert codes == [unknown]
    neighbour = make_user("reviewer", region_code="220200")
    assert not listed.not_filed(neighbour).exists() and not listed.rows(neighbour).exists()
