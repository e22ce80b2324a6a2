"""Within how many days an employer must file, and on which day that ends (NMG-6)."""

from datetime import date

import pytest

from yonggong import policy

TODAY = date(2026, 11, 20)
JILIN, HOHHOT, WUHAI, TAIYUAN, BEIJING = "220104", "150102", "150302", "140105", "110105"


@pytest.mark.parametrize(
    "event",
    [
        "initial",
        "contract_signed",
        "contract_changed",
        "contract_renewed",
        "contract_ended",
        "employer_changed",
        "employer_closed",
    ],
)
def test_inner_mongolia_gives_thirty_days_for_every_event(event: policy.Event) -> None:
    for region in (HOHHOT, WUHAI):
        assert policy.of(region, TODAY).deadline(event) == policy.Period(30, "natural")


@pytest.mark.parametrize("region", [JILIN, TAIYUAN, BEIJING])
def test_a_region_whose_documents_say_nothing_takes_the_national_base(region: str) -> None:
    signed = policy.of(region, TODAY).deadline("contract_signed")
    assert signed == policy.Period(30, "natural", since="hired")
    assert str(signed) == "自用工之日起 30 日"
    assert policy.of(region, TODAY).deadline("contract_ended") == policy.Period(7, "natural")


def test_an_unknown_event_is_an_error() -> None:
    with pytest.raises(KeyError):
        policy.of(JILIN, TODAY).deadline("contract_lost")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "kind", "start", "due"),
    [
        # Civil Code 201: the day of the event does not count.
        (30, "natural", date(2026, 3, 2), date(2026, 4, 1)),
        # Civil Code 203: 2026-01-31 is a Saturday, so the period ends on Monday.
        (30, "natural", date(2026, 1, 1), date(2026, 2, 2)),
        # 1 to 8 October 2026 lie within the National Day holiday or a weekend until the 7th.
        (7, "natural", date(2026, 9, 25), date(2026, 10, 8)),
        # Working days: Friday, then Monday to Friday.
        (5, "working", date(2026, 11, 20), date(2026, 11, 27)),
        # At once: on the day itself, whatever day it is.
        (0, "working", date(2026, 11, 21), date(2026, 11, 21)),
        (0, "natural", date(2026, 11, 21), date(2026, 11, 21)),
    ],
)
def test_a_period_ends_on_the_day_the_civil_code_has_it(
    days: int, kind: str, start: date, due: date
) -> None:
    assert policy.Period(days, kind).due(start) == due  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (policy.Period(30, "natural"), "30 日"),
        (policy.Period(5, "working"), "5 个工作日"),
        (policy.Period(0, "working"), "即办"),
    ],
)
def test_a_period_says_itself_in_chinese(period: policy.Period, said: str) -> None:
    assert str(period) == said
