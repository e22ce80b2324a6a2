"""A province takes only some codes of a table (ALL-2): on the page, when filed, in the workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.batch.workbooks import as_xlsx, rows
from yonggong import policy
from yonggong.batch import actions as batches
from yonggong.cases import checking
from yonggong.cases.for_province import for_province
from yonggong.employers.initial.kind import KIND as INITIAL
from yonggong.policy import Policy

pytestmark = pytest.mark.django_db

XIAODIAN, CHAOYANG = "140105", "220104"


def rules(region: str, now: datetime) -> Policy:
    return policy.of(region, now.date())


def test_what_no_file_narrows_is_offered_whole(now: datetime) -> None:
    assert for_province(INITIAL.form, rules(CHAOYANG, now)) is INITIAL.form


def test_a_province_offers_its_codes_in_its_order(now: datetime) -> None:
    form = for_province(INITIAL.form, rules(XIAODIAN, now))
    codes = form.fields_by_name["nature"].codes
    assert codes == rules(XIAODIAN, now).choices("employer_nature")
    assert codes is not None and "60" not in codes
    assert for_province(INITIAL.form, rules(XIAODIAN, now)) is form


@pytest.fixture
def shanxi(make_employer: Callable[..., Any]) -> Any:
    return make_employer(region_code=XIAODIAN)


def test_what_is_not_offered_is_refused(
    shanxi: Any, make_employer: Any, make_user: Any, now: datetime
) -> None:
    """基金会 (60) files in Inner Mongolia, which names it, not in Shanxi, which does not."""
    for employer, refused in ((shanxi, True), (make_employer(region_code="150102"), False)):
        operator = make_user("employer_operator", employer=employer)
        _, problems, _ = checking.attempt(
            kind=INITIAL, raw={"nature": "60"}, applicant=employer.party, by=operator, now=now
        )
        found = [problem.code for problem in problems if problem.field == "nature"]
        assert bool(found) is refused, found


def test_a_workbook_is_read_by_what_the_province_offers(
    shanxi: Any, make_user: Any, now: datetime
) -> None:
    batch = batches.upload(
        kind="contract.new",
        employer=shanxi,
        file_name="名单.xlsx",
        content=as_xlsx(rows(1, today=now.date())),
        key=uuid4(),
        by=make_user("employer_operator", employer=shanxi),
        today=now.date(),
        address=None,
    )
    codes = rules(XIAODIAN, now).choices("post_kind")
    assert codes is not None and batch.form.fields_by_name["post_kind"].codes == codes
    batches.work(batch.pk, now=now)
    batch.refresh_from_db()
    assert batch.filed_rows == 1


def test_a_column_refuses_what_is_not_offered(now: datetime) -> None:
    form = for_province(INITIAL.form, rules(XIAODIAN, now))
    cleaned = form.clean_columns({"nature": ["基金会", "企业"]}, 2)
    assert [problem.code for problem in cleaned.problems[0] if problem.field == "nature"] == [
        "choice.not_allowed"
    ]
    assert cleaned.values["nature"][1] == "10"
