"""A longer limit: asked for with reasons, agreed to once by a supervisor, told as a notice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.services.handling import Office
from yonggong.cases.models import Case
from yonggong.documents.queries import papers_of_item
from yonggong.services import extensions
from yonggong.services.errors import Unfit

pytestmark = pytest.mark.django_db


def asked(case: Case, office: Office, days: int = 5, reason: str = "等待外地复函") -> Any:
    return extensions.ask(case=case, days=days, reason=reason, by=office.people[0], now=office.now)


def decided(extension: Any, office: Office, *, by: Any = None, agreed: bool = True) -> Any:
    return extensions.decide(
        extension=extension,
        agreed=agreed,
        said="" if agreed else "可以按期办结",
        by=by or office.supervisor,
        now=office.now,
    )


def test_agreed_to_it_moves_the_limits_and_is_told(
    filed: Case, office: Office, operator: Any
) -> None:
    decided(asked(filed, office), office)
    case = Case.objects.get(pk=filed.pk)
    assert (filed.due_on, case.due_on) == (date(2026, 11, 27), date(2026, 12, 4))
    assert case.due_by_law_on == date(2026, 12, 25)
    (paper,) = papers_of_item(operator, case)
    assert paper.title == "延期办理通知书"


def test_what_is_publicised_is_so_no_longer_for_it(filed: Case, office: Office) -> None:
    case = office.bring(filed, "publicity")
    step = case.steps.get(acted_at__isnull=True)
    decided(asked(case, office), office)
    assert case.steps.get(acted_at__isnull=True).due_on == step.due_on
    assert Case.objects.get(pk=case.pk).due_on == date(2026, 12, 4)


@pytest.mark.parametrize(("days", "reason"), [(0, "等待"), (11, "等待"), (5, "")])
def test_it_has_a_reason_and_no_more_days_than_the_law_gives(
    filed: Case, office: Office, days: int, reason: str
) -> None:
    with pytest.raises(Unfit):
        asked(filed, office, days, reason)


def test_it_is_asked_for_once_and_again_only_where_it_was_declined(
    filed: Case, office: Office
) -> None:
    first = asked(filed, office)
    with pytest.raises(Unfit, match="只能延长一次"):
        asked(filed, office)
    decided(first, office, agreed=False)
    assert Case.objects.get(pk=filed.pk).due_on == filed.due_on
    decided(asked(filed, office), office)
    with pytest.raises(Unfit, match="只能延长一次"):
        asked(Case.objects.get(pk=filed.pk), office)


def test_what_was_asked_for_an_ended_case_waits_no_more(filed: Case, office: Office) -> None:
    extension = asked(filed, office)
    assert list(extensions.waiting(office.supervisor)) == [extension]
    office.finish(filed)
    assert not extensions.waiting(office.supervisor).exists()
    assert list(extensions.of_region(office.supervisor)) == [extension]


def test_the_ten_days_are_sure_for_what_their_source_speaks_of_alone(filed: Case) -> None:
    assert extensions.most_days(filed) == (10, True)
    filed.kind = "labour-dispatch-licence"
    assert extensions.most_days(filed) == (10, False)


def test_who_asks_does_not_agree_nor_a_reviewer_nor_a_supervisor_of_elsewhere(
    filed: Case, office: Office, make_user: Any
) -> None:
    extension = asked(filed, office)
    elsewhere = make_user("bureau_supervisor", region_code="150102")
    for user in (office.people[0], office.people[1], elsewhere):
        with pytest.raises(Unfit, match="业务主管批准"):
            decided(extension, office, by=user)
