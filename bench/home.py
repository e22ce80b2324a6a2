"""A bureau's home page with its counts over all cases: a county reviewer's, a prefecture's and a province's
supervisor's. The floor counts the cases that wait there, and nothing else."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from bench.results import Result, interleaved
from yonggong.accounts.models import Grant, User
from yonggong.codes.regions import span

_ROUNDS = 15
_PASSWORD = "Bench-2026-home"


@override_settings(ALLOWED_HOSTS=["testserver"])
def run() -> list[Result]:
    """Medians of the whole page, as a browser asks for it."""
    return [_measured(name, grant) for name, grant in _people().items()]


def _people() -> dict[str, Grant]:
    """Who looks, by the level of their bureau."""
    reviewer = Grant.objects.filter(user__username="shenhe").select_related("agency").get()
    return {
        "county": Grant(
            role=reviewer.role, region_code=reviewer.region_code, agency=reviewer.agency
        ),
        "prefecture": Grant(role="bureau_supervisor", region_code="220100"),
        "province": Grant(role="bureau_supervisor", region_code="220000"),
    }


def _measured(name: str, grant: Grant) -> Result:
    user = User(username=f"bench_home_{name}", name=name)
    user.set_password(_PASSWORD)
    user.save()
    grant.user = user
    grant.save()
    client = Client()
    signed_in = client.post("/sign-in/", {"username": user.username, "password": _PASSWORD})
    assert signed_in.status_code == 302
    address = reverse("bureau:home")

    def page() -> None:
        assert client.get(address).status_code == 200

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM cases_case"
                " WHERE state = 'pending' AND region_code >= %s AND region_code < %s",
                span(grant.region_code),
            )
            cursor.fetchone()

    ours, bare = interleaved(page, floor, rounds=_ROUNDS)
    return Result(f"home: {name}", "ms", ours, bare, "< 150 ms")
