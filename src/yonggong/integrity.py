"""Which rule of the database a write broke, told by the rule's name and not by an error's words."""

from __future__ import annotations

from django.db import IntegrityError
from psycopg import Error


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint or unique index that refused; "" where the error is of another
    making."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, Error) else ""
