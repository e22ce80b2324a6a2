"""A bureau confirms a value with its document: it then counts as checked, as long as it stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from yonggong import law, policy
from yonggong.law.findings import Seen

TODAY = date(2026, 11, 28)
WAGES = ("minimum_wage.rates", "minimum_wage.areas")


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    yield
    policy.hold_confirmations([])


def held(path: str, region: str = "140105") -> policy.Explanation:
    (found,) = [one for one in policy.explain(region, TODAY) if one.path == path]
    return found


def confirmation(path: str) -> policy.Confirmation:
    found = held(path)
    return policy.Confirmation(
        region=found.region,
        path=path,
        since=found.since,
        digest=found.digest,
        title="山西省人民政府办公厅关于调整最低工资标准的通知",
        number="晋政办发〔2023〕1号",
        on=TODAY,
        by="山西省人力资源和社会保障厅 王某某",
    )


def severity_of_a_low_wage() -> law.Severity | None:
    article = law.Article("示例", 1, checked=Seen("公报", TODAY))
    finding = law.Finding("minimum-wage", "月工资偏低", (article,), "base_pay", "请核对。")
    return policy.of("140105", TODAY).weigh(finding, on=TODAY).severity


def test_a_confirmed_value_counts_as_checked_and_names_its_document() -> None:
    assert held(WAGES[0]).state == "open"
    policy.hold_confirmations([confirmation(WAGES[0])])
    found = held(WAGES[0])
    assert (found.state, found.checked) == ("checked", TODAY)
    assert "晋政办发〔2023〕1号" in found.confirmed and "王某某" in found.confirmed
    assert held(WAGES[1]).state == "open"


def test_the_wage_weighs_again_once_all_of_it_is_confirmed() -> None:
    assert severity_of_a_low_wage() is law.Severity.INFORM
    policy.hold_confirmations([confirmation(WAGES[0])])
    assert severity_of_a_low_wage() is law.Severity.INFORM
    policy.hold_confirmations([confirmation(path) for path in WAGES])
    assert severity_of_a_low_wage() is law.Severity.BLOCK
    wage = policy.of("140105", TODAY).minimum_wage("140105", TODAY)
    assert wage is not None and wage.checked == TODAY


@pytest.mark.parametrize(
    "changed",
    [
        {"digest": "0" * 64},  # the file says something else by now
        {"since": date(2021, 10, 1)},
        {"region": "220000"},
        {"path": "minimum_wage.areas"},
    ],
)
def test_a_confirmation_of_something_else_confirms_nothing(changed: dict[str, object]) -> None:
    policy.hold_confirmations([replace(confirmation(WAGES[0]), **changed)])  # type: ignore[arg-type]
    assert held(WAGES[0]).state == "open"


def test_without_confirmations_the_files_answer() -> None:
    policy.hold_confirmations([confirmation(WAGES[0])])
    policy.hold_confirmations([])
    assert held(WAGES[0]).state == "open"


def test_a_comparison_later_than_the_confirmation_stands() -> None:
    seen = next(one for one in policy.explain("150102", TODAY) if one.state == "checked")
    old = replace(
        confirmation(WAGES[0]),
        region=seen.region, path=seen.path, since=seen.since, digest=seen.digest,
        on=date(2020, 1, 1),
    )  # fmt: skip
    policy.hold_confirmations([old])
    (found,) = [one for one in policy.explain("150102", TODAY) if one.path == seen.path]
    assert found.checked == seen.checked


def test_what_was_not_looked_at_for_a_year_is_listed() -> None:
    book = policy.default_book()
    assert policy.stale(book, date(2026, 11, 28)) == []
    found = policy.stale(book, date(2028, 1, 1))
    assert ("inner_mongolia.yaml", "deadlines.contract_ended") in {one[:2] for one in found}
    assert all(entry.checked for _, _, entry in found)
