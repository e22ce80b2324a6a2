"""A random sample of what counters typed in, and what was found of each of its cases."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.registry.models import Agency


class CounterSample(models.Model):
    """As it was drawn, only ever added: from which cases, how many of how many, by which seed."""

    region_code = models.CharField("行政区划", max_length=6)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="+", verbose_name="窗口机构", db_index=False
    )
    since = models.DateField("提交日期起")
    until = models.DateField("提交日期止")
    size = models.IntegerField("抽取件数")
    among = models.IntegerField("总件数")
    seed = models.CharField("随机种子", max_length=32)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="抽取人")
    at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = "窗口抽查"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=1) & Q(size__lte=F("among")), name="sample_of_what_there_is"
            ),
            models.CheckConstraint(condition=Q(since__lte=F("until")), name="sample_of_days"),
        ]
        indexes = [models.Index(fields=["region_code", "-id"], name="sample_in_region")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.at:%Y-%m-%d}"


class SampledCase(models.Model):
    """One case of a sample, and what a supervisor found who compared it with the papers."""

    class Finding(models.TextChoices):
        RIGHT = "right", "录入正确"
        WRONG = "wrong", "录入有误"

    sample = models.ForeignKey(CounterSample, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    # Who typed it in where: of the case as it was when it was drawn.
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="窗口机构", db_index=False
    )
    clerk = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="经办人", db_index=False
    )
    finding = models.CharField(
        "检查结果", max_length=5, choices=Finding.choices, blank=True, default="", db_default=""
    )
    remark = models.CharField("检查说明", max_length=200, blank=True, default="", db_default="")
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="检查人", db_index=False
    )
    at = models.DateTimeField("检查时间", null=True)

    class Meta:
        verbose_name = "抽查的办件"
        constraints = [
            models.UniqueConstraint(fields=["sample", "case"], name="sampled_once"),
            models.CheckConstraint(
                condition=Q(finding="", by__isnull=True, at__isnull=True)
                | (Q(finding__in=["right", "wrong"]) & Q(by__isnull=False, at__isnull=False)),
                name="sampled_finding_whole",
            ),
            models.CheckConstraint(
                condition=~Q(finding="wrong") | ~Q(remark=""), name="sampled_wrong_says_what"
            ),
            models.CheckConstraint(condition=~Q(by=F("clerk")), name="sampled_by_another"),
        ]
        indexes = [
            models.Index(fields=["case"], name="sampled_wrong", condition=Q(finding="wrong")),
            models.Index(fields=["clerk"], name="sampled_wrong_of", condition=Q(finding="wrong")),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.case_id}"
