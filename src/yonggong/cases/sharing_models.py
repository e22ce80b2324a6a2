"""Who does a reviewer's work while they are away, and how an agency's open cases are shared out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yonggong.accounts.models import User
from yonggong.registry.models import Agency


class StandIn(models.Model):
    """A reviewer is away, and a colleague of the agency does their cases (请假代班). It ends by itself
    with its last day, or is ended before."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="stand_ins")
    reviewer = models.ForeignKey(
        User, models.PROTECT, related_name="leaves", verbose_name="请假审核员"
    )
    stand_in = models.ForeignKey(
        User, models.PROTECT, related_name="stands_in", verbose_name="代班审核员"
    )
    from_on = models.DateField("起始日期")
    until_on = models.DateField("结束日期")
    reason = models.CharField("事由", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("登记时间")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField("提前结束时间", null=True)

    class Meta:
        verbose_name = "请假代班"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewer=F("stand_in")), name="stand_in_is_another"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="stand_in_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="stand_in_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.stand_in_id} {self.from_on}"


class SharingRule(models.Model):
    """An agency's cases are shared out by themselves as they arrive."""

    agency = models.OneToOneField(
        Agency, models.PROTECT, primary_key=True, related_name="sharing_rule"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "自动分派"

    def __str__(self) -> str:
        return str(self.agency_id)


class Sharing(models.Model):
    """One sharing out of what waited in nobody's hands at an agency (分派)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="sharings")
    automatic = models.BooleanField("自动分派", default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("分派时间")
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    taken_back_at = models.DateTimeField("收回时间", null=True)

    class Meta:
        verbose_name = "分派"
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_by__isnull=True, taken_back_at__isnull=True)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False),
                name="sharing_taken_back_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.at}"


class SharedCase(models.Model):
    """One of the cases shared out, and to whom. Only ever added."""

    sharing = models.ForeignKey(Sharing, models.PROTECT, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    to = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = "分派的办件"
        constraints = [models.UniqueConstraint(fields=["sharing", "case"], name="shared_case_once")]

    def __str__(self) -> str:
        return f"{self.sharing_id} {self.case_id}"
