"""How the database is reached: read from its URL, for its owner and for the application.

The owner migrates; web and job processes sign in with a role of their own that owns nothing and may
act in no other role, so that nothing they run can give itself more.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

_LONGEST_NAME = 63  # bytes of a name in PostgreSQL
# What stands in a URL's path and head; all else is a parameter.
_HEAD = ("user", "password", "host", "port", "dbname")


class AddressProblem(Exception):
    """The database's URL cannot be read; the message says what is wrong with it."""


def parameters(url: str) -> dict[str, str]:
    """What a postgresql:// URL says, as libpq reads it: several hosts with a port each, and any
    further parameter. Raises `AddressProblem`."""
    try:
        read = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise AddressProblem(f"DATABASE_URL 不能识别：{str(error).strip()}。") from error
    # An empty password, as some write it, is none.
    return {name: str(value) for name, value in read.items() if value not in (None, "")}


def django_settings(url: str) -> dict[str, Any]:
    """Django's connection settings for the URL."""
    given = parameters(url)
    # A password of a file or of the environment is libpq's matter.
    head = {name: given.pop(name, "") for name in _HEAD}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": head["dbname"] or head["user"] or "postgres",
        "USER": head["user"],
        "PASSWORD": head["password"],
        "HOST": head["host"],
        "PORT": head["port"],
        "OPTIONS": {"pool": {"min_size": 0, "max_size": 8, "timeout": 10}, **given},
        # A connection that died with its server is noticed before a page uses it.
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": "test_yonggong"},
    }


def role_of(url: str) -> str:
    """The application's role for the database: of the installation's own name, since roles are the
    server's, and two provinces on one server are not to read each other."""
    name = parameters(url).get("dbname", "")
    stem = "yonggong" if name in ("", "postgres") else name
    return stem.encode()[: _LONGEST_NAME - 4].decode(errors="ignore") + "_app"


def rotation_role_of(application_role: str) -> str:
    """The name of the role that seals anew under another key, beside the application's."""
    stem = application_role.removesuffix("_app")
    return stem.encode()[: _LONGEST_NAME - 5].decode(errors="ignore") + "_keys"


def signed_in_as(url: str, role: str, password: str) -> str:
    """The same database, with another role signing in; the URL as it is where the role already
    does (then its password is whoever's business that wrote it)."""
    given = parameters(url)
    if given.get("user") == role:
        return url
    given |= {"user": role, "password": password}
    head = f"{quote(role, safe='')}:{quote(password, safe='')}@"
    name = quote(given.get("dbname", "postgres"), safe="")
    rest = {key: value for key, value in given.items() if key not in ("user", "password", "dbname")}
    return f"postgresql://{head}/{name}" + (f"?{urlencode(rest, quote_via=quote)}" if rest else "")
