"""The checklist of an open step answered as met, so that a case goes on."""

from __future__ import annotations

from typing import Any

from yonggong.cases import handling
from yonggong.cases.models import Case


def passing(case: Case, **more: Any) -> dict[str, Any]:
    """All checks of the open step met, and what else the step asks for."""
    form = handling.form_of(case, case.steps.get(acted_at__isnull=True))
    checks = (
        [field.name for field in form.fields if field.name.startswith("check_")] if form else []
    )
    return {name: "right" for name in checks if not name.endswith("_said")} | more
