"""Whether a finding blocks, warns or informs: by kind of case, by province, by the rule."""

from datetime import date

import pytest

from yonggong import law, policy
from yonggong.law.articles import article
from yonggong.law.findings import Seen
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


SEEN = Seen("公报", date(2026, 1, 1))


def finding(rule: str, *articles: law.Article) -> law.Finding:
    return law.Finding(
        rule=rule, message="月工资偏低", articles=articles, field="base_pay", remedy="请核对。"
    )


def checked(number: int) -> law.Article:
    return law.Article("示例", number, checked=SEEN)


@pytest.mark.parametrize(
    ("region", "on", "severity"),
    [
        ("220104", date(2021, 11, 30), law.Severity.INFORM),
        ("220104", date(2021, 12, 1), law.Severity.BLOCK),
        ("220104", date(2025, 11, 30), law.Severity.BLOCK),
        ("220104", date(2025, 12, 1), law.Severity.INFORM),
        ("150302", TODAY, law.Severity.INFORM),
        ("140105", TODAY, law.Severity.INFORM),
    ],
)
def test_a_wage_that_nobody_checked_informs_and_says_so(
    region: str, on: date, severity: law.Severity
) -> None:
    """待核 informs, never blocks nor asks for an explanation."""
    assert schema().wage_rules
    for rule in schema().wage_rules:
        weighed = policy.of(region, on).weigh(finding(rule, checked(1)), on=on)
        assert weighed.severity is severity
        assert ("待核，仅作提示" in weighed.message) is (severity is law.Severity.INFORM)


@pytest.mark.parametrize(
    ("articles", "severity"),
    [
        ((checked(1),), law.Severity.BLOCK),
        ((checked(1), law.Article("草案", 2)), law.Severity.BLOCK),
        ((law.Article("草案", 2),), law.Severity.INFORM),
        ((law.Article("草案", 2), law.Article("草案", 3)), law.Severity.INFORM),
    ],
)
def test_an_article_that_nobody_checked_never_blocks(
    articles: tuple[law.Article, ...], severity: law.Severity
) -> None:
    """What blocks, blocks on a checked article; one beside it that is 待核 is marked as such."""
    weighed = policy.of("220104", TODAY).weigh(finding("minimum-age", *articles), on=TODAY)
    assert weighed.severity is severity
    assert ("所依据的条文待核" in weighed.message) is (severity is law.Severity.INFORM)
    assert weighed.basis.count("（待核）") == sum(not one.checked for one in articles)


def test_the_rule_on_workers_past_retirement_only_informs() -> None:
    """No text of it in force was seen: what rests on it alone is told, no more."""
    alone = finding("pension-drawn", article("超龄劳动者规定", 6))
    for region in ("220104", "150302", "140105", "110105"):
        assert policy.of(region, TODAY).weigh(alone, on=TODAY).severity is law.Severity.INFORM


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2025, 1, 1), False), (date(2025, 1, 2), True), (TODAY, True)],
)
def test_a_wage_older_than_two_years_is_named_as_possibly_changed(on: date, said: bool) -> None:
    """Shanxi's wages end in 2023."""
    weighed = policy.of("140105", on).weigh(finding("minimum-wage", checked(1)), on=on)
    assert ("自 2023-01-01 起执行，可能已经调整" in weighed.message) is said


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
