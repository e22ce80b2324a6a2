"""Wages declared by an employer's own program: with a key, within the employer's own, and no further."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.test import Client, override_settings

from tests.contracts.making import Hall, contract_of
from tests.entitlements.declaring import wage
from tests.portals.test_declared import hall  # noqa: F401
from yonggong.accounts.models import Grant
from yonggong.entitlements.interface import MOST_KEYS, MOST_LINES
from yonggong.entitlements.models import Declaration, InterfaceKey, WagePaid
from yonggong.registry.models import Employer

pytestmark = pytest.mark.django_db
PAGE, PLACE = "/employer/declared/wages/interface/", "/api/declared/wages/"


def send(key: str, lines: Any, **given: Any) -> Any:
    """What a program without session or token is answered."""
    strict = Client(enforce_csrf_checks=True)
    return strict.post(
        PLACE,
        json.dumps({"lines": lines}, ensure_ascii=False),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
        **given,
    )


def made(screen: Client, hall: Hall) -> str:  # noqa: F811
    """A key, as its page shows it once."""
    sent = {"program": "工资系统", "opened_for": str(hall.employer.pk)}
    page = screen.post(PAGE, sent).content.decode()
    found = re.search(r'id="made">([^<]+)<', page)
    assert found, page
    assert found[1] not in screen.get(PAGE).content.decode()
    return found[1]


def test_a_program_declares_with_the_key_of_its_employer(
    hall: Hall,  # noqa: F811
    screen: Client,
) -> None:
    worker, key = contract_of(hall.approved()).worker, made(screen, hall)
    line = wage(worker, year=2026, month=10)
    jsonschema.validate(line, Client().get(f"{PLACE}schema/").json())
    # An amount may come as a number too.
    line["gross"] = 5000.5
    answer = send(key, [line, line | {"name": "试别人"}])
    said = answer.json()
    assert (answer.status_code, said["added"]) == (200, 1), said
    assert [(one["line"], one["field"]) for one in said["refused"]] == [(2, "name")]
    assert str(WagePaid.objects.get().gross) == "5000.50"
    declaration = Declaration.objects.get()
    assert (declaration.by, declaration.file_name) == (hall.operator, "接口：工资系统")
    assert send(key, [line]).json()["same"] == 1
    assert "最近使用" in screen.get(PAGE).content.decode()


def test_what_is_no_line_is_refused_whole_and_said(hall: Hall, screen: Client) -> None:  # noqa: F811
    worker, key = contract_of(hall.approved()).worker, made(screen, hall)
    for lines, words in (
        ([], "每一行一个对象"),
        ("all", "每一行一个对象"),
        ([wage(worker) | {"gros": 1}], "没有这些项目：gros"),
        ([{}] * (MOST_LINES + 1), f"一次最多 {MOST_LINES} 行"),
    ):
        answer = send(key, lines)
        assert answer.status_code == 400 and words in answer.json()["message"]
    assert not WagePaid.objects.exists()


def test_a_key_is_good_as_long_as_who_made_it_files_for_the_employer(
    hall: Hall,  # noqa: F811
    screen: Client,
    at_screen: Callable[[Any], Client],
    make_user: Any,
) -> None:
    key = made(screen, hall)
    # A line that names nobody here, so that nothing is written either way.
    assert send(key, [{}]).status_code == 200
    for other in ("", "x" * 43):
        assert send(other, [{}]).status_code == 401
    with override_settings(NETWORK="office"):
        assert send(key, [{}]).status_code == 404
    employer = Employer.objects.filter(pk=hall.employer.pk)
    employer.update(state=Employer.State.UNFILED, filed_on=None)
    assert send(key, [{}]).status_code == 403
    employer.update(state=Employer.State.FILED, filed_on=hall.employer.filed_on)
    # Another operator sees that it is there; only who is in charge ends it.
    second = at_screen(make_user("employer_operator", employer=hall.employer))
    assert "停用</button>" not in second.get(PAGE).content.decode()
    end = f"{PAGE}{InterfaceKey.objects.get().pk}/end/"
    assert second.post(end, {"opened_for": str(hall.employer.pk)}).status_code == 404
    screen.post(end, {"opened_for": str(hall.employer.pk)})
    assert send(key, [{}]).status_code == 401
    key = made(screen, hall)
    assert send(key, [{}]).status_code == 200
    Grant.objects.filter(user=hall.operator).delete()
    assert send(key, [{}]).status_code == 401


def test_keys_are_few(hall: Hall, screen: Client) -> None:  # noqa: F811
    for _ in range(MOST_KEYS):
        made(screen, hall)
    answer = screen.post(PAGE, {"program": "另一个", "opened_for": str(hall.employer.pk)})
    assert answer.status_code == 422 and InterfaceKey.objects.count() == MOST_KEYS
