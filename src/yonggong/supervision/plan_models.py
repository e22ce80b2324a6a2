"""Inspection plans: who may be drawn, by which seed, who was; what each inspection found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.registry.models import Employer


class Plan(models.Model):
    """A random choice of employers and inspectors (双随机). Everything that the draw went by is kept,
    so that anybody can repeat it. Only ever added."""

    title = models.CharField("计划名称", max_length=100)
    region_code = models.CharField("行政区划", max_length=6)
    # In words and as asked.
    conditions = models.JSONField("抽取范围")
    told = models.CharField("抽取范围说明", max_length=500)
    wanted = models.IntegerField("抽取户数")
    each = models.SmallIntegerField("每户监察员人数", default=2)
    # Keys of the employers in order; keys of the inspectors in order; who keeps out of which.
    population = models.JSONField("抽取对象")
    inspectors = models.JSONField("监察员名单")
    excluded = models.JSONField("回避")
    seed = models.CharField("随机种子", max_length=64)
    digest = models.CharField("抽取依据摘要", max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = "双随机检查计划"
        indexes = [models.Index(fields=["region_code", "-id"], name="plan_in_region")]
        constraints = [
            models.CheckConstraint(condition=Q(wanted__gt=0, each__gt=0), name="plan_draws_some")
        ]

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """One employer that was drawn, by whom it is inspected, and what came of it."""

    class Result(models.TextChoices):
        OPEN = "open", "待检查"
        FINE = "fine", "未发现问题"
        TOLD = "told", "当场指导改正"
        ORDERED = "ordered", "责令限期改正"
        PASSED_ON = "passed_on", "移送查处"
        NOT_FOUND = "not_found", "不在登记地址，无法联系"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="inspections")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    region_code = models.CharField("行政区划", max_length=6)
    position = models.IntegerField("抽取次序")
    # Keys of the inspectors, as drawn: what the draw is repeated against.
    inspectors = models.JSONField("抽取的监察员")
    # Keys of those who inspect now, and their names: as drawn, but for who handed over.
    acting = models.JSONField("监察员")
    names = models.CharField("监察员姓名", max_length=200)
    result = models.CharField(
        "检查结果", max_length=10, choices=Result.choices, default=Result.OPEN
    )
    inspected_on = models.DateField("检查日期", null=True)
    found = models.CharField("检查情况", max_length=1000, blank=True, default="")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    recorded_at = models.DateTimeField("登记时间", null=True)

    class Meta:
        verbose_name = "双随机检查"
        constraints = [
            models.UniqueConstraint(fields=["plan", "employer"], name="inspection_drawn_once"),
            models.CheckConstraint(
                condition=Q(result="open", recorded_at__isnull=True, inspected_on__isnull=True)
                | (
                    ~Q(result="open")
                    & Q(recorded_at__isnull=False, recorded_by__isnull=False)
                    & Q(inspected_on__isnull=False)
                    & ~Q(found="")
                ),
                name="inspection_recorded_whole",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "-id"], name="inspection_in_region")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"
