"""Programs read what a filing of each kind holds; nobody's data, nothing written."""

from __future__ import annotations

import jsonschema
import pytest
from django.test import Client
from django.urls import reverse

from tests.cases import crew
from yonggong.cases.items import kinds_in_use
from yonggong.forms.schema import json_schema

pytestmark = pytest.mark.django_db


def test_every_kind_is_listed_with_its_schema(client: Client) -> None:
    listed = client.get(reverse("kinds")).json()["kinds"]
    assert [one["name"] for one in listed] == [kind.name for kind in kinds_in_use()]
    for one in listed:
        answer = client.get(one["schema"])
        assert answer["Content-Type"] == "application/schema+json"
        jsonschema.Draft202012Validator.check_schema(answer.json())
        assert answer.json()["title"]


def test_a_schema_is_that_of_the_form_with_its_tables(client: Client) -> None:
    schema = client.get(reverse("kind-schema", args=[crew.CREW.name])).json()
    assert schema == json_schema(crew.CREW.form)
    assert schema["properties"]["guests"]["x-unique"] == [["number"]]


@pytest.mark.parametrize("name", ["nothing.known", "contract", "x" * 300])
def test_an_unknown_kind_has_none(client: Client, name: str) -> None:
    assert client.get(reverse("kind-schema", args=[name])).status_code == 404


def test_it_is_only_read(client: Client) -> None:
    for address in (reverse("kinds"), reverse("kind-schema", args=[crew.CREW.name])):
        assert client.post(address).status_code == 405
