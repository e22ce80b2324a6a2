"""Lists at a million contracts: every condition alone, and many together."""

from __future__ import annotations

import statistics
from random import Random
from typing import Any

from django.db import connection

from bench.results import Result, median_ms
from yonggong.accounts.models import User
from yonggong.contracts.models import Filing
from yonggong.listings.listing import Listing
from yonggong.listings.pages import page_of
from yonggong.portals.bureau.lists import CASES, CONTRACTS, QUEUE
from yonggong.portals.employer.contracts import ALL

_COMBINATIONS = 60
_ANSWERS: dict[str, list[str]] = {
    "name": ["王安望", "李", "欧阳"],
    "subject": ["王安望", "李", "欧阳"],
    "document": ["220104199003072130"[:17] + "X"],
    "employer": ["规模测试77号", "规模"],
    "kind": ["new", "renewal", "ending", "contract.new", "contract.ending"],
    "state": ["pending", "approved", "returned", "voided"],
    "in_post": ["1", "0"],
    "rostered": ["1", "0"],
    "certified": ["1", "0"],
    "employment_form": ["1", "2", "3"],
    "term_type": ["1", "2"],
    "end_reason": ["3701", "4403"],
    "late": ["1", "0"],
    "overdue": ["1", "0"],
    "region": ["220104", "150300"],
}
_DATES = ("start_on", "end_on", "signed_on", "filed_on", "ended_on", "filed", "due", "decided")


def run() -> list[Result]:
    """Median and worst of each list, by somebody who sees it all; floor: rows by key."""
    people()
    floor = statistics.median(median_ms(_floor) for _ in range(40))
    results = []
    for title, listing, user in _lists():
        times = [_time(listing, user, asked) for asked in _questions(listing)]
        worst = max(times, key=lambda pair: pair[0])
        print(f"  {title}: worst {worst[0]:.0f} ms for {worst[1]}")
        results.append(
            Result(
                f"lists: {title}, median of {len(times)}",
                "ms",
                statistics.median(time for time, _ in times),
                floor,
                "< 150 ms",
            )
        )
        results.append(Result(f"lists: {title}, worst", "ms", worst[0], floor, ""))
    return results


def _floor() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM contracts_filing ORDER BY case_id DESC LIMIT 50")
        cursor.fetchall()


def _lists() -> list[tuple[str, Listing, User]]:
    supervisor = User.objects.get(username="bench_province")
    large = User.objects.get(username="bench_employer")
    reviewer = User.objects.get(username="shenhe")
    return [
        ("contracts of a large employer", ALL, large),
        ("contracts of a county", CONTRACTS, reviewer),
        ("contracts of all provinces", CONTRACTS, supervisor),
        ("cases of all provinces", CASES, supervisor),
        ("queue of a county", QUEUE, reviewer),
    ]


def _questions(listing: Listing) -> list[dict[str, list[str]]]:
    rng = Random(11)
    names = [condition.name for condition in listing.conditions]
    single = [{}] + [{name: [value]} for name in names for value in _ANSWERS.get(name, [])]
    single += [
        {f"{name}_from": ["2024-03-01"], f"{name}_to": ["2024-03-31"]}
        for name in names
        if name in _DATES
    ]
    mixed = []
    for _ in range(_COMBINATIONS):
        asked: dict[str, list[str]] = {}
        for part in rng.sample(single[1:], rng.randrange(2, 5)):
            asked |= part
        mixed.append(asked)
    return single + mixed


def _time(listing: Listing, user: User, asked: dict[str, list[str]]) -> tuple[float, Any]:
    times = [median_ms(lambda: list(page_of(listing, user, asked).rows)) for _ in range(3)]
    return statistics.median(times), asked


def people() -> None:
    """Somebody who sees all provinces, and the operator of the largest employer."""
    for username, grants in (
        ("bench_province", [{"role": "bureau_supervisor", "region_code": code} for code in
                            ("220000", "150000", "140000")]),
        ("bench_employer", [{"role": "employer_operator", "employer_id":
                             Filing.objects.order_by("-case").filter(employer__credit_code__startswith="B0")
                             .values_list("employer", flat=True).order_by("employer")[0]}]),
    ):  # fmt: skip
        user, created = User.objects.get_or_create(username=username, defaults={"name": username})
        if created:
            for grant in grants:
                user.grants.create(**grant)
