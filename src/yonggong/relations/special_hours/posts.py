"""The posts that an application names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yonggong.relations.permit_models import PermittedPost
from yonggong.relations.special_hours.form import AVERAGED, FLEXIBLE

System = PermittedPost.System
_TABLES = {AVERAGED: System.AVERAGED, FLEXIBLE: System.FLEXIBLE}


def posts_of(values: Mapping[str, Any]) -> list[PermittedPost]:
    """Each post with its system, heads, period and term, unsaved."""
    return [
        PermittedPost(
            system=system,
            job=row["job"],
            headcount=row["headcount"],
            cycle=f"{row['cycle_length']} {row['cycle_unit']}" if system == System.AVERAGED else "",
            from_on=row["from_on"],
            until_on=row["until_on"],
        )
        for table, system in _TABLES.items()
        for row in values[table] or ()
    ]
