"""An account whose looks at personal data stood out on a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User


class UnusualLooking(models.Model):
    """By one rule on one day, found by the nightly job; somebody who watches over accounts then finds out
    whether it was for the work."""

    class Rule(models.TextChoices):
        DAY = "day", "一日查看次数过多"
        HOUR = "hour", "短时间内大量查看"
        NIGHT = "night", "夜间查看"
        ELSEWHERE = "elsewhere", "查看本机构以外的办件"
        OTHERS = "others", "查看同事办理的办件"

    class Finding(models.TextChoices):
        WORK = "work", "属于正常工作"
        ASKED = "asked", "已要求说明"
        MISUSE = "misuse", "违规查看，已移交处理"

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="账号")
    day = models.DateField("日期")
    rule = models.CharField("情形", max_length=10, choices=Rule.choices)
    count = models.IntegerField("次数")
    most = models.IntegerField("标准")
    found_at = models.DateTimeField("发现时间")
    finding = models.CharField(
        "核实结果", max_length=10, choices=Finding.choices, blank=True, default="", db_default=""
    )
    remark = models.CharField("核实说明", max_length=200, blank=True, default="", db_default="")
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核实人", db_index=False
    )
    at = models.DateTimeField("核实时间", null=True)

    class Meta:
        verbose_name = "异常查看"
        constraints = [
            models.UniqueConstraint(fields=["user", "day", "rule"], name="unusual_once"),
            models.CheckConstraint(
                condition=Q(rule__in=["day", "hour", "night", "elsewhere", "others"]),
                name="unusual_rule_known",
            ),
            models.CheckConstraint(
                condition=Q(count__gte=models.F("most")), name="unusual_is_many"
            ),
            models.CheckConstraint(
                condition=Q(finding="", by__isnull=True, at__isnull=True)
                | (~Q(finding="") & Q(by__isnull=False, at__isnull=False)),
                name="unusual_finding_whole",
            ),
            models.CheckConstraint(condition=~Q(by=models.F("user")), name="unusual_by_another"),
        ]
        indexes = [models.Index(fields=["-day", "-id"], name="unusual_newest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day} {self.rule}"

    @property
    def reason(self) -> str:
        """Why it stands out, in words."""
        return f"{_WORDS[self.Rule(self.rule)].format(self.count)}，标准为 {self.most} 次"


_WORDS = {
    UnusualLooking.Rule.DAY: "当日查看个人信息 {} 次",
    UnusualLooking.Rule.HOUR: "一小时内查看个人信息 {} 次",
    UnusualLooking.Rule.NIGHT: "夜间查看个人信息 {} 次",
    UnusualLooking.Rule.ELSEWHERE: "查看不由本机构办理的办件或者人员 {} 次",
    UnusualLooking.Rule.OTHERS: "查看本机构其他人员办理的办件、非本人经办的人员 {} 次",
}
