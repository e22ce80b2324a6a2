"""Whether a finding blocks, warns or informs: by kind of case, by province, by the rule."""

from datetime import date

import pytest

from yonggong import law, policy
from yonggong.policy.register import registered_rules
from yonggong.policy.schema import schema

TODAY = date(2026, 11, 20)


def test_a_rule_that_no_file_names_keeps_its_own_default() -> None:
    for name, rule in registered_rules().items():
        named = f"severities.{name}" in policy.of("110105", TODAY).values
        if not named:
            assert policy.of("110105", TODAY).severity(name) is rule.default_severity


@pytest.mark.parametrize(
    ("kind", "severity"),
    [
        ("", law.Severity.BLOCK),
        ("contract.new", law.Severity.BLOCK),
        ("contract.renewal", law.Severity.INFORM),
    ],
)
def test_a_file_may_weigh_a_rule_by_kind_of_case(
    invented: policy.Book, kind: str, severity: law.Severity
) -> None:
    assert invented.of("630102", TODAY).severity("minimum-age", kind) is severity


def test_a_file_changes_the_weight_only_from_its_day(invented: policy.Book) -> None:
    default = registered_rules()["probation-length"].default_severity
    assert default is not law.Severity.WARN
    assert invented.of("630102", date(2026, 1, 31)).severity("probation-length") is default
    assert invented.of("630102", date(2026, 2, 1)).severity("probation-length") == "warn"


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        policy.of("220104", TODAY).severity("no-such-rule")


@pytest.mark.parametrize(
    ("region", "on", "severity"),
    [
        ("220104", date(2021, 11, 30), law.Severity.WARN),
        ("220104", date(2021, 12, 1), law.Severity.BLOCK),
        ("220104", date(2025, 11, 30), law.Severity.BLOCK),
        ("220104", date(2025, 12, 1), law.Severity.WARN),
        ("150302", TODAY, law.Severity.WARN),
        ("140105", TODAY, law.Severity.WARN),
    ],
)
def test_a_wage_that_nobody_checked_never_blocks(
    region: str, on: date, severity: law.Severity
) -> None:
    assert schema().wage_rules
    for rule in schema().wage_rules:
        assert policy.of(region, on).severity(rule) is severity


def test_inner_mongolia_asks_why_dispatch_is_filed_on_one_side_only() -> None:  # NMG-3
    assert policy.of("150102", TODAY).severity("dispatch-both-sides") is law.Severity.WARN
    assert policy.of("220104", TODAY).severity("dispatch-both-sides") is law.Severity.INFORM


def test_jilin_refuses_a_second_full_time_contract() -> None:  # JL-6
    assert policy.of("220104", TODAY).severity("other-full-time") is law.Severity.BLOCK
    assert policy.of("220104", TODAY).one_full_time_contract


@pytest.mark.parametrize("region", ["000000", "140105", "150102"])
def test_elsewhere_a_second_full_time_contract_has_consequences_and_is_not_refused(
    region: str,
) -> None:
    assert policy.of(region, TODAY).severity("other-full-time") is law.Severity.WARN
    assert not policy.of(region, TODAY).one_full_time_contract
