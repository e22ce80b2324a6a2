"""Figures of handling by region, as `parameters.yaml` has them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _all() -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("parameters.yaml").read_text("utf-8")
    )
    return found


def parameter(name: str, region: str) -> dict[str, Any]:
    """The figures called `name` where `region` lies. Raises KeyError."""
    values = _all()[name]
    reach = (code for code in values if region.startswith(code.rstrip("0")))
    return values[max(reach, key=len)]


def is_open(value: dict[str, Any], kind: str) -> bool:
    """Whether nobody has compared a figure with its source, or that speaks of other items than `kind`
    (待核)."""
    return str(value["checked"]).startswith("待核") or kind not in value.get("sure_for", (kind,))
