"""A single filing, from request to answer, against a view that inserts one row."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
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
    """The floor: the same form sent through the same middleware, one row, a redirect."""
    AccessEntry.objects.create(kind="export", subject="bench", user=user_of(request))
    return HttpResponseRedirect("/employer/")


urlpatterns = [path("bench/", insert_one), path("", include("yonggong.urls"))]


@override_settings(ROOT_URLCONF="bench.filing", ALLOWED_HOSTS=["testserver"])
def run() -> list[Result]:
    """Submit a new contract by its page, a new person each time."""
    filing = Filer(_ROUNDS + 20)
    ours, floor = interleaved(filing.file, filing.insert, rounds=_ROUNDS)
    assert Case.objects.filter(state="pending").exists()
    return [Result("filing: one new contract", "ms", ours, floor, "ratio ≤ 2.5")]


class Filer:
    """Files one new contract by its page, up to `count` times, as an employer's operator.

    What a browser would do is done beforehand, so that only request to answer is measured.
    """

    def __init__(self, count: int) -> None:
        # Django's client skips the check of the token, and with it the reading of the form that
        # the middleware of every page does.
        self._client = Client(enforce_csrf_checks=True)
        self._send("/sign-in/", self._encoded({"username": "danwei", "password": PASSWORD}))
        self._drafts = iter([self._draft() for _ in range(count)])
        self._forms = iter([self._encoded(values) for values in _forms(2 * count)])

    def file(self) -> None:
        """Submit a draft, filled in."""
        answer = self._send(next(self._drafts), next(self._forms))
        assert answer.status_code == 302, answer.content.decode()[:3000]
        # Only a filing leads there; a page that refuses to file leads elsewhere.
        assert "state=pending" in str(answer["Location"]), answer["Location"]

    def insert(self) -> None:
        """Send the same to the floor."""
        answer = self._send("/bench/", next(self._forms))
        assert answer.status_code == 302, answer.status_code

    def _draft(self) -> str:
        """The address of a draft with something typed: an empty one would be given out again."""
        address = str(self._send(reverse("employer:new-add"), self._encoded({}))["Location"])
        answer = self._send(f"{address}draft/", self._encoded({"name": "张"}))
        assert answer.status_code == 204, answer.status_code
        return address

    def _encoded(self, values: dict[str, Any]) -> bytes:
        if settings.CSRF_COOKIE_NAME not in self._client.cookies:
            self._client.get("/sign-in/")
        token = self._client.cookies[settings.CSRF_COOKIE_NAME].value
        return encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token, **values})

    def _send(self, address: str, body: bytes) -> Any:
        return self._client.generic("POST", address, body, MULTIPART_CONTENT)


def _forms(count: int) -> Iterator[dict[str, Any]]:
    """New contracts as the page sends them, a new person each."""
    rng, today = Random(uuid4().int), timezone.localdate()
    for person in inventing.people(rng, region="220183", today=today, count=count):
        values = inventing.contract(
            rng, person, region="220104", start=today, dispatcher=False, part_time=False
        )
        sent = {
            name: "1" if value is True else "0" if value is False else str(value)
            for name, value in values.items()
            if value is not None
        }
        yield sent | {"ask": "submit", "idempotency_key": str(uuid4())}
