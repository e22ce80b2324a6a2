"""The database role of `yonggong rotate-keys`: the only one that may seal histories anew.

It reads everything, as sealed as it lies there, and updates the columns with sealed values, of
versions and saved papers too; nothing else of a row, and it deletes nothing. Beside that it adds its
line to the access log. The application cannot act in it, nor it in the application's.
"""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from yonggong.addresses import signed_in_as
from yonggong.privileges import Login, make
from yonggong.vault.holders import holders, sealed_columns
from yonggong.vault.keys import subkey


def rotation() -> Login:
    note = subkey(settings.ROTATION_PASSWORD.encode(), "note").hex()[:16]
    return Login(settings.ROTATION_ROLE, settings.ROTATION_PASSWORD, f"yonggong {note}")


def rotation_url() -> str:
    """Where the rotation connects."""
    return signed_in_as(settings.DATABASE_URL, settings.ROTATION_ROLE, settings.ROTATION_PASSWORD)


def grant_rotation_role() -> str:
    """Make the role if it is missing and give it its rights on every table there is now; why that
    could not be done, "" where it was. Whoever may not make roles runs the platform all the same."""
    try:
        with transaction.atomic():
            make(rotation())
            _grant(rotation().quoted)
    except DatabaseError as error:
        return str(error).splitlines()[0]
    return ""


def _grant(role: str) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = quote(cursor.fetchone()[0])
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}")
        for model in holders():
            columns = ", ".join(quote(str(field.column)) for field in sealed_columns(model))
            cursor.execute(f"GRANT UPDATE ({columns}) ON {quote(model._meta.db_table)} TO {role}")
        cursor.execute(f"GRANT INSERT ON accounts_accessentry TO {role}")
        cursor.execute(f"GRANT USAGE ON SEQUENCE accounts_accessentry_id_seq TO {role}")
