"""Cases of the rules on collective contracts, on special hours and on disputes."""

from .cases import Case, day, yuan

_SENT = {"signed_on": day("2026-11-01")}
_TERM = {"start_on": day("2026-01-01")}
_YEARS = {"end_on": day("2028-12-31")}

COLLECTIVE_CASES = [
    Case("collective-equal-sides", "R19", "5:4", {"employer_side": 5, "employee_side": 4}, True),
    Case("collective-equal-sides", "R19", "5:5", {"employer_side": 5, "employee_side": 5}, False),
    Case(
        "collective-outsiders", "R23", "2 of 5", {"employee_side": 5, "employee_outside": 2}, True
    ),
    Case(
        "collective-outsiders", "R23", "1 of 3", {"employer_side": 3, "employer_outside": 1}, False
    ),
    Case("collective-chiefs", "R20", "another", {"unlike_chiefs": ("企业方",)}, True),
    Case("collective-chiefs", "R20", "themselves", {"unlike_chiefs": ()}, False),
    Case(
        "collective-answer",
        "R32",
        "day 21",
        {"offered_on": day("2026-10-01"), "answered_on": day("2026-10-22")},
        True,
    ),
    Case(
        "collective-answer",
        "R32",
        "day 20",
        {"offered_on": day("2026-10-01"), "answered_on": day("2026-10-21")},
        False,
    ),
    Case(
        "collective-congress",
        "R36",
        "19 of 30 there",
        {"congress_all": 30, "congress_present": 19, "congress_for": 19},
        True,
    ),
    Case(
        "collective-congress",
        "R36",
        "14 of 30 in favour",
        {"congress_all": 30, "congress_present": 28, "congress_for": 14},
        True,
    ),
    Case(
        "collective-congress",
        "R36",
        "20 there, 15 in favour",
        {"congress_all": 30, "congress_present": 20, "congress_for": 15},
        False,
    ),
    Case("collective-filed-late", "R42", "day 11", _SENT | {"filed_on": day("2026-11-12")}, True),
    Case("collective-filed-late", "R42", "day 10", _SENT | {"filed_on": day("2026-11-11")}, False),
    Case(
        "collective-filed-seven", "standard", "day 8", _SENT | {"filed_on": day("2026-11-09")}, True
    ),
    Case(
        "collective-filed-seven",
        "standard",
        "day 7",
        _SENT | {"filed_on": day("2026-11-08")},
        False,
    ),
    Case(
        "collective-filed-seven",
        "standard",
        "day 11",
        _SENT | {"filed_on": day("2026-11-12")},
        False,
    ),
    Case("collective-term", "R38", "less than a year", _TERM | {"end_on": day("2026-12-30")}, True),
    Case("collective-term", "R38", "more than three", _TERM | {"end_on": day("2029-01-01")}, True),
    Case("collective-term", "R38", "a year", _TERM | {"end_on": day("2026-12-31")}, False),
    Case("collective-term", "R38", "three years", _TERM | _YEARS, False),
    Case("collective-wages-yearly", "9", "three years", _TERM | _YEARS | {"wages": True}, True),
    Case("collective-wages-yearly", "9", "not on wages", _TERM | _YEARS | {"wages": False}, False),
]

SPECIAL_HOURS_CASES = [
    Case("special-hours-day", "standard", "11.5", {"longest_day": yuan("11.5")}, True),
    Case("special-hours-day", "standard", "11", {"longest_day": yuan("11")}, False),
    Case("special-hours-average", "WH3", "44", {"weekly": (("装卸工", yuan("44")),)}, True),
    Case("special-hours-average", "WH3", "40.1", {"weekly": (("装卸工", yuan("40.1")),)}, True),
    Case("special-hours-average", "WH3", "40", {"weekly": (("装卸工", yuan("40")),)}, False),
    Case("special-hours-rest", "LL38", "none", {"rest_days": 0}, True),
    Case("special-hours-rest", "LL38", "one", {"rest_days": 1}, False),
]

_LIMIT = "arbitration-limitation"
_SEVERANCE, _PAY = {"other_claims": ("经济补偿",)}, {"claims_of_pay": ("拖欠劳动报酬",)}
_YEAR_AND_A_DAY, _YEAR = day("2025-11-01"), day("2025-11-02")

DISPUTE_CASES = [
    Case(_LIMIT, "27(1)", "a day late", _SEVERANCE | {"known_on": _YEAR_AND_A_DAY}, True),
    Case(_LIMIT, "27(1)", "the last day", _SEVERANCE | {"known_on": _YEAR}, False),
    Case(
        _LIMIT,
        "27(2)",
        "claimed of the other side since",
        _SEVERANCE | {"known_on": day("2024-01-05"), "broken_on": _YEAR},
        False,
    ),
    Case(
        _LIMIT,
        "27(2)",
        "and a year gone again",
        _SEVERANCE | {"known_on": day("2024-01-05"), "broken_on": _YEAR_AND_A_DAY},
        True,
    ),
    Case(
        _LIMIT,
        "27(3)",
        "a day in which nothing could be claimed",
        _SEVERANCE | {"known_on": _YEAR_AND_A_DAY, "suspended_days": 1},
        False,
    ),
    Case(_LIMIT, "27(4)", "pay, working on", _PAY | {"known_on": day("2021-05-06")}, False),
    Case(_LIMIT, "27(4)", "pay, ended too long ago", _PAY | {"ended_on": _YEAR_AND_A_DAY}, True),
    Case(_LIMIT, "27(4)", "pay, ended a year ago", _PAY | {"ended_on": _YEAR}, False),
]
