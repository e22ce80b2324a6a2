"""What a reviewer must have looked at before approving: every material, and every warning with what
the filer said to it. Approval by habit is what a list of hundreds invites."""

from __future__ import annotations

from collections.abc import Collection

from yonggong.accounts.models import AccessEntry, User
from yonggong.cases import queries
from yonggong.cases.errors import Refused
from yonggong.cases.models import Case
from yonggong.cases.verdicts import stored_verdicts
from yonggong.forms import Problem


def opened(case: Case, by: User) -> set[str]:
    """Names of the materials that `by` opened since the case was filed as it is now, as the access
    log has it."""
    if case.filed_at is None or not (
        there := dict(case.materials.values_list("name", "file_name"))
    ):
        return set()
    looks = AccessEntry.objects.filter(key=case.number, user=by, at__gte=case.filed_at)
    told = set(looks.values_list("detail", flat=True))
    return {name for name, file_name in there.items() if look_of(file_name) in told}


def look_of(file_name: str) -> str:
    """How the access log tells of a look at a material."""
    return f"材料 {file_name}"


def check(case: Case, *, looked: Collection[str], acknowledged: Collection[str]) -> None:
    """Raises `Refused` naming what is not in `looked` (materials) or `acknowledged` (rules)."""
    there = set(case.materials.values_list("name", flat=True))
    problems = [
        Problem(
            field=f"looked-{item.name}",
            code="not_looked_at",
            message=f"尚未查看材料“{item.label}”",
            remedy="请查看后再审核",
        )
        for item in queries.required_materials(case)
        if item.name in there and item.name not in looked
    ]
    problems += [
        Problem(
            field=f"acknowledged-{verdict.rule}",
            code="not_acknowledged",
            message=f"尚未核对：{verdict.message.rstrip('。')}",
            remedy="请核对单位说明，勾选“已核对”后再审核",
        )
        for verdict in stored_verdicts(case.version.findings)
        if verdict.severity == "warn" and verdict.rule not in acknowledged
    ]
    if problems:
        raise Refused(problems)
