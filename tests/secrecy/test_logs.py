"""The application's own logs say nothing of anybody: the main ways are gone, with everything logged, and
neither a name, nor a number, nor a phone is in what came out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.making import Hall, answers
from yonggong.registry.models import Worker
from yonggong.vault import logs

pytestmark = pytest.mark.django_db

NUMBER, MOBILE = "220104199003072136", "13812345678"


def test_the_main_ways_log_no_personal_data(
    hall: Hall, screen: Client, make_user: Any, at_screen: Callable[[Any], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """Filed with mistakes and without, looked for, looked at whole, decided, exported, refused."""
    with caplog.at_level(logging.DEBUG):
        raw = answers(today=hall.today, name="试留痕")
        number, mobile = raw["document_number"], raw["mobile"]
        screen.post(reverse("employer:new-add"), {**raw, "end_on": "不是日期"})
        case = hall.file("new", raw)
        desk = at_screen(hall.reviewer)
        for address in ("bureau:queue", "bureau:cases", "bureau:people"):
            desk.get(reverse(address), {"number": number, "name": "试留痕"})
        desk.post(reverse("bureau:case-whole", args=[case.pk]))
        hall.approve(case)
        desk.get(reverse("bureau:contracts"), {"export": "csv", "number": number})
        desk.get(f"/bureau/people/{number}/")
        screen.post("/sign-in/", {"username": mobile, "password": number})
        Worker.objects.filter(pk=case.filing.worker_id).update(document_sealed="s2a:000000:spoiled")
        desk.get(reverse("bureau:person", args=[case.filing.worker_id]))
    said = "\n".join(
        logs.hidden(record.getMessage())
        for record in caplog.records
        if not record.name.startswith("django.db")
    )
    assert "sealed value does not open" in said, "something was logged"
    for personal in (number, mobile, "试留痕"):
        assert personal not in said


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"GET /people/{NUMBER}/", "GET /people/2201************36/"),
        (f"sms to {MOBILE} failed", "sms to 138****5678 failed"),
        ("11010119900307001X 和 6222020200112233445", "1101************1X 和 6222***********3445"),
        ("case 2026112000000017 took 12 ms", "case 2026112000000017 took 12 ms"),
        ("port 8158, 2026-11-28 20:15:30", "port 8158, 2026-11-28 20:15:30"),
    ],
)
def test_numbers_of_people_are_starred_and_those_of_cases_are_not(said: str, kept: str) -> None:
    assert logs.hidden(said) == kept


def test_every_handler_of_the_platform_hides_also_what_an_exception_says(settings: Any) -> None:
    """The last line of defence: what a library puts into its exception is starred as well."""
    formatter = logs.Hiding("%(message)s")
    try:
        raise ValueError(f"bad number {NUMBER}")
    except ValueError:
        import sys

        record = logging.LogRecord("x", logging.ERROR, "x", 1, "for %s", (MOBILE,), sys.exc_info())
    said = formatter.format(record)
    assert NUMBER not in said and MOBILE not in said and "138****5678" in said
    handlers = settings.LOGGING["handlers"].values()
    formatters = settings.LOGGING["formatters"]
    assert all(
        formatters[one["formatter"]]["()"] == "yonggong.vault.logs.Hiding" for one in handlers
    )
