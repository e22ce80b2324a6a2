"""What the scripts of a page ask: choices, and facts of an identifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace

import pytest
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from yonggong.forms import Option, choices, register_choices, register_lookup, views


class Teams:
    """Two teams, as a room with a database would give them."""

    _teams = (Option(code="e", label="东街队"), Option(code="w", label="西街队"))

    def find(self, code: str) -> Option | None:
        return next((team for team in self._teams if team.code == code), None)

    def by_name(self, text: str) -> Option | None:
        return next((team for team in self._teams if team.label == text), None)

    def search(self, text: str, limit: int) -> Sequence[Option]:
        return [team for team in self._teams if text in team.label][:limit]

    def children(self, parent: str | None) -> Sequence[Option]:
        return () if parent else self._teams

    def path(self, code: str) -> Sequence[Option]:
        found = self.find(code)
        return (found,) if found else ()


def captain(request: HttpRequest, value: str) -> Mapping[str, object] | None:
    """Who leads a team."""
    return {"captain": "测试"} if value == "e" else None


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(choices, "_registered", {})
    monkeypatch.setattr(choices, "_lookups", {})
    register_choices("teams", Teams())
    register_lookup("captain", captain)
    yield


def signed_in(request: HttpRequest) -> HttpRequest:
    request.user = SimpleNamespace(is_authenticated=True)  # type: ignore[assignment]
    return request


def codes(response: object) -> list[str]:
    import json

    return [option["code"] for option in json.loads(response.content)["options"]]  # type: ignore[attr-defined]


def test_children_of_a_region_are_listed(rf: RequestFactory) -> None:
    answer = views.children(rf.get("/", {"parent": "220100"}), "table", "region")
    assert "220104" in codes(answer)


def test_without_a_parent_the_top_level_is_listed(rf: RequestFactory) -> None:
    assert codes(views.children(rf.get("/"), "table", "sex")) == ["0", "1", "2", "9"]


def test_a_search_says_what_lies_above(rf: RequestFactory) -> None:
    answer = views.search(rf.get("/", {"q": "朝阳区"}), "table", "region")
    assert '"code": "220104", "label": "朝阳区"' in answer.content.decode()
    assert "吉林省 长春市" in answer.content.decode()


def test_an_unchanged_answer_is_not_sent_again(rf: RequestFactory) -> None:
    first = views.children(rf.get("/"), "table", "sex")
    again = views.children(rf.get("/", headers={"If-None-Match": first["ETag"]}), "table", "sex")
    assert again.status_code == 304
    assert again.content == b""
    assert "max-age=86400" in again["Cache-Control"]


@pytest.mark.parametrize(
    ("source", "name"), [("table", "no_such"), ("options", "no"), ("x", "sex")]
)
def test_what_is_not_there_is_not_found(rf: RequestFactory, source: str, name: str) -> None:
    with pytest.raises(Http404):
        views.search(signed_in(rf.get("/")), source, name)


def test_registered_choices_are_for_those_signed_in(rf: RequestFactory, registered: None) -> None:
    answer = views.search(signed_in(rf.get("/", {"q": "东"})), "options", "teams")
    assert codes(answer) == ["e"]
    assert "private" in answer["Cache-Control"]
    with pytest.raises(Http404):
        views.search(rf.get("/"), "options", "teams")


def test_a_lookup_tells_facts_to_those_signed_in(rf: RequestFactory, registered: None) -> None:
    known = views.lookup(signed_in(rf.get("/", {"value": "e"})), "captain")
    assert b'"found": true' in known.content
    assert known["Cache-Control"] == "private, no-store"
    unknown = views.lookup(signed_in(rf.get("/", {"value": "x"})), "captain")
    assert b'"found": false' in unknown.content
    with pytest.raises(Http404):
        views.lookup(rf.get("/", {"value": "e"}), "captain")


def test_only_reading_is_allowed(rf: RequestFactory) -> None:
    assert views.search(rf.post("/"), "table", "sex").status_code == 405


def test_a_name_is_registered_once(registered: None) -> None:
    with pytest.raises(ValueError, match="twice"):
        register_choices("teams", Teams())
    with pytest.raises(ValueError, match="twice"):
        register_lookup("captain", captain)
