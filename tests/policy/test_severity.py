"""Whether a finding blocks, warns or informs: by kind of case, by province, by the rule."""

from datetime import date

import pytest

from yonggong import law, policy
from yonggong.policy.register import registered_rules

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
