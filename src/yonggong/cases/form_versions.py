"""The forms that were in use, kept by what they say: a form that changes is another row.

A version of a case names the form it was filled in on; the key is made from the form's content, so
that filing asks the database nothing once a process knows the row to be there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache

from django.db import connection, transaction

from yonggong.forms import Form

# Keys of rows that this process knows to be there for good.
_there: set[int] = set()


@lru_cache(maxsize=1024)
def _described(form: Form) -> tuple[int, str, str]:
    """(key, SHA-256, description as JSON) of a form."""
    text = json.dumps(form.to_data(), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).digest()
    # Sixty-three bits, so that the key is a positive number.
    return int.from_bytes(digest[:8], "big") >> 1, digest.hex(), text


def key_of(form: Form) -> int:
    """The key under which the form is kept, kept now if it was not yet. Call in the transaction
    that files with it."""
    key, sha256, text = _described(form)
    if key in _there:
        return key
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_formversion (id, name, sha256, description, at)"
            " VALUES (%s, %s, %s, %s::jsonb, now()) ON CONFLICT (id) DO NOTHING",
            [key, form.name[:80], sha256, text],
        )
    transaction.on_commit(lambda: _there.add(key))
    return key


@transaction.atomic
def keep(forms: Iterable[Form]) -> None:
    """Keep these forms: after each migration those of every kind, so that filing need not."""
    for form in forms:
        key_of(form)


def is_kept_as(form: Form, key: int) -> bool:
    """Whether the form says what the one kept under `key` said."""
    return _described(form)[0] == key
