"""Personal fields of a form's stored values, sealed each for its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from yonggong.forms import Form
from yonggong.vault.sealing import is_sealed, open_value, seal_value


def sealed(stored: Mapping[str, Any], personal: Collection[str], owner: str) -> dict[str, Any]:
    """`stored` with its personal fields sealed, whatever type they have, each for its place in the
    row that `owner` tells."""
    return {
        name: seal_value(value, f"{owner}/{name}") if name in personal else value
        for name, value in stored.items()
    }


def unsealed(stored: Mapping[str, Any], personal: Collection[str], owner: str) -> dict[str, Any]:
    """The reverse of `sealed`. Raises `SealBroken`."""
    return {
        name: open_value(value, f"{owner}/{name}") if name in personal else value
        for name, value in stored.items()
    }


def personal_values(stored: Mapping[str, Any], form: Form, owner: str) -> Iterator[tuple[Any, str]]:
    """The sealed values among those stored by a form's fields, and to whom each belongs; also those of
    fields that were personal on the form as it was when they were filled in."""
    personal = form.personal_fields
    for name, value in stored.items():
        if name in personal or is_sealed(value):
            yield value, f"{owner}/{name}"
