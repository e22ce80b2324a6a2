"""A single filing, from request to answer, against a view that inserts one row."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client
from django.test.utils import override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from bench.results import Result, interleaved
from yonggong.accounts.models import AccessEntry
from yonggong.accounts.roles import Power
from yonggong.cases.models import Case
from yonggong.demonstration import inventing
from yonggong.demonstration.people import PASSWORD
from yonggong.portals.access import needs, user_of

_ROUNDS = 120


@needs(Power.FILE)
def insert_one(request: HttpRequest) -> HttpResponse:
    """The floor: the same middleware, one row, a redirect."""
    AccessEntry.objects.create(kind="export", subject="bench", user=user_of(request))
    return HttpResponseRedirect("/employer/")


urlpatterns = [path("bench/", insert_one), path("", include("yonggong.urls"))]


@override_settings(ROOT_URLCONF="bench.filing", ALLOWED_HOSTS=["testserver"])
def run() -> list[Result]:
    """Submit a new contract by its page, a new person each time."""
    file, client = filer(_ROUNDS + 20)
    ours, floor = interleaved(file, lambda: client.post("/bench/"), rounds=_ROUNDS)
    assert Case.objects.filter(state="pending").exists()
    return [Result("filing: one new contract", "ms", ours, floor, "ratio ≤ 3")]


def filer(count: int) -> tuple[Callable[[], None], Client]:
    """What files one new contract by its page, up to `count` times, and its signed-in client."""
    client = Client()
    client.post("/sign-in/", {"username": "danwei", "password": PASSWORD})
    today = timezone.localdate()
    rng = Random(uuid4().int)
    people = iter(inventing.people(rng, region="220183", today=today, count=count))
    drafts = iter([_draft(client) for _ in range(count)])

    def file() -> None:
        values = inventing.contract(
            rng, next(people), region="220104", start=today, dispatcher=False, part_time=False
        )
        sent: dict[str, Any] = {
            name: "1" if value is True else "0" if value is False else str(value)
            for name, value in values.items()
            if value is not None
        }
        sent |= {"ask": "submit", "idempotency_key": str(uuid4())}
        answer = client.post(next(drafts), sent)
        assert answer.status_code == 302, answer.content.decode()[:3000]

    return file, client


def _draft(client: Client) -> str:
    answer = client.post(reverse("employer:new-add"))
    return str(answer["Location"])
