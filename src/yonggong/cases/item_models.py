"""Versions of service items, and what administrators propose as such. Versions are only ever added."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yonggong.accounts.models import User
from yonggong.catalogue.versions import LONGEST_KEY


class ItemVersion(models.Model):
    """A service item as it holds in a region ("" everywhere) for cases begun from a day on (None:
    ever). Only ever added. What came with the package was proposed by nobody."""

    key = models.CharField("事项编码", max_length=LONGEST_KEY)
    number = models.SmallIntegerField("版本号")
    region_code = models.CharField("适用地区", max_length=6, blank=True, default="")
    holds_from = models.DateField("启用日期", null=True, blank=True)
    title = models.CharField("事项名称", max_length=200)
    content = models.JSONField("事项内容")
    sha256 = models.CharField("摘要", max_length=64)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟定人"
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人"
    )
    at = models.DateTimeField("生效登记时间")

    class Meta:
        verbose_name = "事项版本"
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="item_version_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="item_version_numbered_from_one"
            ),
            # Who proposes does not approve, whatever the code above says.
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(approved_by__isnull=False) & ~Q(approved_by=F("proposed_by")),
                name="item_version_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} 第 {self.number} 版"


class ItemProposal(models.Model):
    """A version that somebody proposes; one that another person approves becomes an `ItemVersion`.
    One proposed by nobody came with the package, over what administrators had changed."""

    class State(models.TextChoices):
        WAITING = "waiting", "待审定"
        APPROVED = "approved", "已审定"
        DECLINED = "declined", "未采纳"
        WITHDRAWN = "withdrawn", "已撤回"

    key = models.CharField("事项编码", max_length=LONGEST_KEY)
    region_code = models.CharField("适用地区", max_length=6, blank=True, default="")
    holds_from = models.DateField("启用日期")
    title = models.CharField("事项名称", max_length=200)
    content = models.JSONField("事项内容")
    sha256 = models.CharField("摘要", max_length=64)
    reason = models.CharField("修改说明", max_length=500)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="拟定人"
    )
    proposed_at = models.DateTimeField("拟定时间")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审定人"
    )
    decided_at = models.DateTimeField("审定时间", null=True, blank=True)
    opinion = models.CharField("审定意见", max_length=500, blank=True, default="")
    version = models.OneToOneField(
        ItemVersion, models.PROTECT, null=True, blank=True, related_name="proposal"
    )

    class Meta:
        verbose_name = "事项修改"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | ~Q(state="waiting") & Q(decided_at__isnull=False),
                name="item_proposal_decided_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(version__isnull=False),
                name="item_proposal_approved_is_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
