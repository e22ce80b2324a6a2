"""Every write about secrecy that somebody asks for."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yonggong.accounts.actions import record
from yonggong.accounts.models import AccessEntry, User
from yonggong.secrecy.models import UnusualLooking
from yonggong.secrecy.queries import unusual_visible_to


class Refused(Exception):
    """What was asked is refused; the message is for who asked."""


@transaction.atomic
def conclude(
    *, looking: int, finding: str, remark: str, by: User, now: datetime, address: str | None
) -> UnusualLooking:
    """Write down what was found out of an unusual looking; what was written before is replaced, both
    stand in the access log. Raises `Refused`, `UnusualLooking.DoesNotExist`."""
    row = unusual_visible_to(by).select_for_update(of=("self",)).get(pk=looking)
    if finding not in UnusualLooking.Finding.values:
        raise Refused("请选择核实结果。")
    remark = remark.strip()
    if not remark or len(remark) > 200:
        raise Refused("请填写核实说明，不超过 200 个字。")
    row.finding, row.remark, row.by, row.at = finding, remark, by, now
    row.save(update_fields=["finding", "remark", "by", "at"])
    record(
        AccessEntry.Kind.UNUSUAL,
        f"账号 {row.user.username}",
        f"{row.day} {row.get_rule_display()}：{row.get_finding_display()}。{remark}",
        by=by,
        about=row.user,
        address=address,
    )
    return row
