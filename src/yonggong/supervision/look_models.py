"""Looks of inspectors at whole records, and what other services asked; each with its reason."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.registry.models import Employer, Worker


class Look(models.Model):
    """That an inspector opened an employer's or a worker's record, and what for. Only ever added."""

    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("事由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "监察查阅"
        constraints = [
            models.CheckConstraint(
                condition=Q(employer__isnull=True) ^ Q(worker__isnull=True), name="look_at_one"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="look_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} {self.at}"
