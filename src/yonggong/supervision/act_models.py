"""What was done, by whom, about which thing of this room."""

from __future__ import annotations

from django.db import models

from yonggong.accounts.models import User
from yonggong.registry.models import Evidence


class Act(models.Model):
    """One act on a clue, an order, an entry among the defaulters, a plan, an inspection or a recusal (`thing`,
    its `key`). Only ever added."""

    class Thing(models.TextChoices):
        CLUE = "clue", "线索"
        ORDER = "order", "责令改正"
        DEFAULTER = "defaulter", "拒不改正名单"
        PENALTY = "penalty", "处罚记录"
        PLAN = "plan", "检查计划"
        INSPECTION = "inspection", "检查"
        RECUSAL = "recusal", "回避申报"

    thing = models.CharField("对象", max_length=10, choices=Thing.choices)
    key = models.BigIntegerField("编号")
    act = models.CharField("事项", max_length=30)
    said = models.CharField("说明", max_length=1000, blank=True, default="")
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, related_name="+", db_index=False
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("时间")
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "监督检查记录"
        indexes = [models.Index(fields=["thing", "key", "id"], name="act_on_thing")]

    def __str__(self) -> str:
        return f"{self.thing} {self.key} {self.act}"
