"""Declarations of inspectors that they keep out of an employer's matters (回避)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.registry.models import Employer


class Recusal(models.Model):
    """That an inspector keeps out for a reason which the platform cannot know, a relative there say,
    from their declaration until they end it."""

    inspector = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="监察员", db_index=False
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="+", verbose_name="用人单位"
    )
    reason = models.CharField("回避理由", max_length=200)
    declared_at = models.DateTimeField("申报时间")
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "回避申报"
        constraints = [
            models.UniqueConstraint(
                fields=["inspector", "employer"],
                condition=Q(ended_at__isnull=True),
                name="recusal_declared_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.inspector_id} {self.employer_id}"
