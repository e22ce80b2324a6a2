"""The models that hold sealed values: each yields them with their owners (`sealed_values`)."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Field, JSONField, Model


def holders() -> list[type[Model]]:
    """The models that hold sealed values."""
    return [model for model in apps.get_models() if hasattr(model, "sealed_values")]


@cache
def sealed_columns(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns in which a model keeps sealed values: texts named so, files, and JSON, of which
    `SEALED_IN` names those columns that hold any."""
    inside = getattr(model, "SEALED_IN", None)
    return [
        field
        for field in model._meta.concrete_fields
        if field.name.endswith("_sealed")
        or _holds_a_file(field)
        or (isinstance(field, JSONField) and (inside is None or field.name in inside))
    ]


def holds_files(model: type[Model]) -> bool:
    """Whether its rows may be megabytes each."""
    return any(_holds_a_file(field) for field in model._meta.concrete_fields)


def _holds_a_file(field: Field[Any, Any]) -> bool:
    return isinstance(field, BinaryField) and field.max_length is None
