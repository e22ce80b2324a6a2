"""Permits of special hours, and the posts that they cover."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from yonggong.cases.models import Case
from yonggong.registry.models import Employer


class SpecialHoursPermit(models.Model):
    """What an approval permits, as the decision says it."""

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="special_hours_permit"
    )
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="special_hours_permits")
    number = models.CharField("批准文号", max_length=30, unique=True)
    granted_on = models.DateField("批准日期")
    headcount = models.IntegerField("实行人数")
    # Of all its posts: the first day and the last.
    from_on = models.DateField("起始日期")
    until_on = models.DateField("截止日期")

    class Meta:
        verbose_name = "特殊工时批准"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="permit_term_runs_forward"
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "until_on"], name="permit_of_employer"),
            models.Index(fields=["until_on"], name="permit_by_end"),
        ]

    def __str__(self) -> str:
        return self.number

    def state_on(self, day: date) -> str:
        """Whether it holds on a day, in words."""
        if self.until_on < day:
            return "已到期"
        return "有效" if self.from_on <= day else "未到起始日"


class PermittedPost(models.Model):
    """A post that may work averaged or flexible hours, for so many people, from a day to a day."""

    class System(models.TextChoices):
        AVERAGED = "averaged", "综合计算工时工作制"
        FLEXIBLE = "flexible", "不定时工作制"

    permit = models.ForeignKey(SpecialHoursPermit, models.CASCADE, related_name="posts")
    system = models.CharField("工时制度", max_length=10, choices=System.choices)
    job = models.CharField("岗位或工种", max_length=200)
    headcount = models.IntegerField("人数")
    # The averaging period: "3 月"; "" of flexible hours.
    cycle = models.CharField("计算周期", max_length=20, blank=True, default="")
    from_on = models.DateField("起始日期")
    until_on = models.DateField("截止日期")

    class Meta:
        verbose_name = "特殊工时岗位"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="post_term_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.job

    def covers(self, system: str, job: str, day: date) -> bool:
        """Whether somebody with this job may work so on a day. A contract often says the post with
        its place or team, so one within the other is the same post."""
        ours, theirs = "".join(self.job.split()), "".join(job.split())
        return (
            self.system == system
            and self.from_on <= day <= self.until_on
            and bool(theirs)
            and (ours in theirs or theirs in ours)
        )
