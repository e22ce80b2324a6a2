"""What the migrations ask of the database."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_OURS = {app.label for app in apps.get_app_configs() if app.name.startswith("yonggong.")}
# Not `… ADD COLUMN "x" … CONSTRAINT "name" CHECK (…)`, which has one.
_UNNAMED = re.compile(r'ADD COLUMN (?:(?!CONSTRAINT "|ADD COLUMN).)*? CHECK \(', re.S)


@pytest.mark.django_db
def test_no_column_is_added_with_a_check_that_has_no_name() -> None:
    """A sharded server (Citus) refuses that."""
    loader = MigrationExecutor(connection).loader
    unnamed = []
    for key in sorted(loader.graph.nodes):
        if key[0] in _OURS:
            for statement in loader.collect_sql([(loader.get_migration(*key), False)]):
                if _UNNAMED.search(statement):
                    unnamed.append((*key, statement))
    assert unnamed == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('ALTER TABLE "a" ADD COLUMN "b" integer DEFAULT 0 NOT NULL CHECK ("b" >= 0);', True),
        ('ALTER TABLE "a" ADD COLUMN "b" integer CONSTRAINT "c" CHECK ("b" >= 0);', False),
        ('ALTER TABLE "a" ADD CONSTRAINT "c" CHECK ("b" >= 0);', False),
    ],
)
def test_such_a_check_is_found(statement: str, found: bool) -> None:
    assert bool(_UNNAMED.search(statement)) is found
