"""The application's database role: it may do less than the migrator.

What only grows (histories, access log, saved papers) it may add to and read, never change or
delete; the database itself refuses, whatever the code above it does.
"""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction

# Tables to which the application only ever adds.
ADD_ONLY = (
    "accounts_accessentry",
    "batch_rowevent",
    "cases_event",
    "cases_formversion",
    "cases_itemversion",
    "cases_version",
    "contracts_carried",
    "contracts_officeending",
    "documents_document",
    "documents_entry",
    "registry_evidence",
    "registry_personhistory",
    "sources_confirmation",
    "sources_daysoffnotice",
)


@transaction.atomic
def grant_application_role() -> None:
    """Make the role if it is missing and give it its rights on every table there is now.

    Idempotent; run after every migration by a role that owns the tables.
    """
    role = connection.ops.quote_name(settings.APPLICATION_ROLE)
    _make(role)
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


def _make(role: str) -> None:
    """Make the role, and let the owner of the tables act in it.

    A role is the server's, not the database's: two databases migrated at once may both find it
    missing. Whoever comes second waits for the first, is refused, and finds it there.
    """
    for last in (False, False, True):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APPLICATION_ROLE]
                )
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE ROLE {role} NOLOGIN")
                cursor.execute(f"GRANT {role} TO CURRENT_USER")
            return
        except (IntegrityError, ProgrammingError, InternalError):
            if last:
                raise
