"""The application's database role: it may do less than the migrator.

What only grows (histories, access log, saved papers) it may add to and read, never change or
delete; the database itself refuses, whatever the code above it does. The role signs in itself, owns
nothing and may act in no other, so there is nothing that it could take back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from django.conf import settings
from django.db import (
    IntegrityError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)

from yonggong.addresses import signed_in_as

# Tables to which the application only ever adds.
ADD_ONLY = (
    "accounts_accessentry",
    "annual_filedrows",
    "batch_rowevent",
    "cases_consequence",
    "cases_event",
    "cases_formversion",
    "cases_itemversion",
    "cases_movedcase",
    "cases_note",
    "cases_sharedcase",
    "cases_version",
    "contracts_carried",
    "contracts_officeending",
    "counters_countersample",
    "contracts_succession",
    "disputes_exhibit",
    "disputes_thirdparty",
    "documents_document",
    "documents_entry",
    "employers_operatorchange",
    "entitlements_declaration",
    "registry_evidence",
    "registry_personhistory",
    "registry_registrationchange",
    "registry_registrationfeed",
    "relations_enteredlicence",
    "relations_licenceending",
    "services_photo",
    "services_record",
    "sources_confirmation",
    "sources_daysoffnotice",
    "supervision_act",
    "supervision_insuredfigure",
    "supervision_look",
    "supervision_notice",
    "supervision_penalty",
    "supervision_plan",
    "supervision_reply",
)

_MADE_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Login:
    """A role of the database that signs in: its name, its password, and the note kept with it that
    tells whether the password is the one it has."""

    name: str
    password: str
    note: str

    @property
    def quoted(self) -> str:
        return connection.ops.quote_name(self.name)


def application() -> Login:
    return Login(
        settings.APPLICATION_ROLE,
        settings.APPLICATION_PASSWORD,
        f"yonggong {settings.APPLICATION_PASSWORD_NOTE}",
    )


class WrongRole(OperationalError):
    """A connection acts in another role than it must; the message says which, and what to do."""


def application_url() -> str:
    """Where web and job processes connect."""
    return signed_in_as(
        settings.DATABASE_URL, settings.APPLICATION_ROLE, settings.APPLICATION_PASSWORD
    )


def compare_role(connection: Any, **of_signal: object) -> None:
    """Heard of every connection that Django opens: in a process that is to be the application it
    must be signed in as, and act in, the application's role. Looked at once a connection of the
    pool. Raises `WrongRole`."""
    if not settings.ACTS_AS_APPLICATION:
        return
    raw = connection.connection
    if getattr(raw, "acts_as_application", False):
        return
    wrong = wrong_role(raw.execute("SELECT current_user, session_user").fetchone())
    if wrong:
        connection.close()
        raise WrongRole(wrong)
    raw.acts_as_application = True


def wrong_role(found: tuple[Any, ...] | None) -> str:
    """What is wrong with a connection's current and session user; "" where both are the
    application's role."""
    acting, signed_in = found or ("", "")
    role = settings.APPLICATION_ROLE
    if (acting, signed_in) == (role, role):
        return ""
    return (
        f"连接以 {signed_in} 登录、以 {acting} 操作，应为 {role}：应用可以改动只增的历史记录，已停止使用。"
        "请检查 DATABASE_URL 中的用户和 options，以及连接池（如 PgBouncer）是否改换了登录用户"
    )


def why_not_application() -> str:
    """Sign in as the application; why that fails, or what the role could do beyond its own, ""
    where all is as it must be."""
    try:
        with psycopg.connect(application_url(), connect_timeout=10) as signed_in:
            found = signed_in.execute("SELECT current_user, session_user").fetchone()
            return wrong_role(found) or _too_much(signed_in)
    except psycopg.OperationalError as error:
        return f"不能以应用角色 {settings.APPLICATION_ROLE} 登录：{str(error).splitlines()[0]}"


def _too_much(signed_in: psycopg.Connection) -> str:
    above, members, owned, changeable = (
        signed_in.execute(
            "SELECT (SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
            "   FROM pg_roles WHERE rolname = current_user),"
            " (SELECT string_agg(rolname, '、') FROM pg_roles"
            "   WHERE rolname <> current_user AND pg_has_role(rolname, 'MEMBER')),"
            " (SELECT count(*) FROM pg_class JOIN pg_roles r ON r.oid = relowner"
            "   WHERE rolname = current_user),"
            " (SELECT string_agg(t, '、') FROM unnest(%s::text[]) AS t WHERE to_regclass(t) IS NOT NULL"
            "   AND has_table_privilege(t, 'UPDATE, DELETE, TRUNCATE'))",
            [list(ADD_ONLY)],
        ).fetchone()
        or (None,) * 4
    )
    if above:
        return "应用角色有超出应用所需的权力（超级用户、建角色、建库、复制或绕过行级安全）"
    if members:
        return f"应用角色可以改用其他角色：{members}"
    if owned:
        return f"应用角色拥有 {owned} 个数据库对象"
    return f"只增表可被修改：{changeable}" if changeable else ""


@transaction.atomic
def grant_application_role() -> None:
    """Make the role if it is missing and give it its rights on every table there is now.

    Idempotent; run after every migration by a role that owns the tables.
    """
    role = application().quoted
    make(application())
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        cursor.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}"
        )
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role}")
        for table in ADD_ONLY:
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quoted} FROM {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")


def make(login: Login) -> None:
    """Make the role, and let the owner of the tables act in it.

    A role is the server's, not the database's: databases migrated at once may all find it missing.
    Whoever comes later waits for the first, is refused, and finds it there.
    """
    for last in (*[False] * _MADE_AT_ONCE, True):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                _make_once(login, cursor)
            return
        except (IntegrityError, ProgrammingError, InternalError):
            if last:
                raise


def _make_once(login: Login, cursor: Any) -> None:
    cursor.execute(
        "SELECT rolcanlogin, shobj_description(oid, 'pg_authid') = %s FROM pg_roles"
        " WHERE rolname = %s",
        [login.note, login.name],
    )
    found = cursor.fetchone()
    if found != (True, True):
        raw = connection.connection
        # Hashed here: what is sent may stand in the server's log.
        hashed = raw.pgconn.encrypt_password(
            login.password.encode(), login.name.encode(), b"scram-sha-256"
        ).decode()
        act = "ALTER" if found else "CREATE"
        cursor.execute(f"{act} ROLE {login.quoted} LOGIN PASSWORD '{hashed}'")
        cursor.execute(f"COMMENT ON ROLE {login.quoted} IS %s", [login.note])
    cursor.execute("SELECT pg_has_role(current_user, %s, 'USAGE')", [login.name])
    if not cursor.fetchone()[0]:
        cursor.execute(f"GRANT {login.quoted} TO CURRENT_USER")
