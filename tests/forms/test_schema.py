"""The API's schema comes from the form and says what the form says."""

from __future__ import annotations

from collections.abc import Callable

import jsonschema
import pytest

from tests.forms.club import CLUB
from yonggong.forms.schema import json_schema

SCHEMA = json_schema(CLUB)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
Answers = Callable[..., dict[str, object]]


def test_it_is_a_sound_schema_with_chinese_titles() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    properties: dict[str, dict[str, object]] = SCHEMA["properties"]  # type: ignore[assignment]
    assert SCHEMA["title"] == "村体育俱乐部入会登记"
    assert properties["fee"]["title"] == "会费"
    assert properties["fee"]["description"] == "每年一次缴清"
    assert properties["sex"]["enum"] == ["1", "2"]
    assert "enum" not in properties["home_region"]


def test_what_the_form_dumps_is_valid(answers: Answers) -> None:
    sent = answers(
        left_on="2024-12-31",
        reason="搬家",
        languages="汉族",
        hours="7.5",
        season="2024-03",
        first_year="2019",
        games="3",
        mobile="16100001234",
        email="a@example.com",
    )
    cleaned = CLUB.clean(sent)
    assert cleaned.ok
    VALIDATOR.validate(CLUB.dump(cleaned.values))


@pytest.mark.parametrize(
    "changed",
    [
        {"joined_on": None},
        {"fee": None},
        {"fee": 120},
        {"fee": "1.234"},
        {"fee": "-1"},
        {"pays": False},
        {"left_on": "2024-12-31"},
        {"sex": "9"},
        {"languages": ["01", "01"]},
        {"mobile": "123"},
        {"season": "2024-13"},
        {"games": -1},
        {"team": "队" * 31},
        {"shoe_size": 43},
    ],
)
def test_what_the_form_refuses_is_not_valid(answers: Answers, changed: dict[str, object]) -> None:
    dumped = CLUB.dump(CLUB.clean(answers()).values) | changed
    assert not VALIDATOR.is_valid(
        {name: value for name, value in dumped.items() if value is not None}
    )


def test_what_an_id_number_fills_need_not_be_sent(answers: Answers, number: str) -> None:
    VALIDATOR.validate(
        {
            "name": "测试",
            "document_type": "01",
            "document_number": number,
            "joined_on": "2024-01-05",
            "pays": False,
        }
    )
    assert CLUB.clean(answers(pays=False, fee=None)).ok
