"""How DATABASE_URL is read, and what becomes of it for the application."""

from __future__ import annotations

import pytest

from yonggong.addresses import (
    AddressProblem,
    django_settings,
    parameters,
    role_of,
    signed_in_as,
)

_TWO = "postgresql://own:pa%40ss@one:5432,two:5433/jilin?target_session_attrs=read-write"


def test_several_hosts_each_with_its_port_are_accepted() -> None:
    given = django_settings(_TWO)
    assert (given["HOST"], given["PORT"]) == ("one,two", "5432,5433")
    assert given["OPTIONS"]["target_session_attrs"] == "read-write"
    assert (given["USER"], given["PASSWORD"], given["NAME"]) == ("own", "pa@ss", "jilin")


def test_a_connection_is_looked_at_before_it_is_used_again() -> None:
    assert django_settings(_TWO)["CONN_HEALTH_CHECKS"] is True


def test_the_application_reaches_the_same_database_by_its_own_name() -> None:
    """Hosts, ports and options of the URL are kept: nothing replaces, or is replaced by, the role."""
    url = signed_in_as(f"{_TWO}&options=-c%20statement_timeout%3D9s", "jilin_app", "s3/cret")
    assert parameters(url) == parameters(_TWO) | {
        "user": "jilin_app",
        "password": "s3/cret",
        "options": "-c statement_timeout=9s",
    }


def test_a_url_that_names_the_role_itself_is_taken_as_it_is() -> None:
    url = "postgresql://jilin_app@db/jilin?passfile=/etc/p"
    assert signed_in_as(url, "jilin_app", "derived") == url


def test_two_provinces_on_one_server_have_roles_of_their_own() -> None:
    urls = [f"postgresql://own@db/{name}" for name in ("jilin", "shanxi", "postgres")]
    assert [role_of(url) for url in urls] == ["jilin_app", "shanxi_app", "yonggong_app"]
    assert len(role_of(f"postgresql://own@db/{'省' * 40}").encode()) <= 63


def test_a_url_that_is_none_is_named() -> None:
    with pytest.raises(AddressProblem, match="DATABASE_URL 不能识别"):
        parameters("postgresql://h:port:/x y")
