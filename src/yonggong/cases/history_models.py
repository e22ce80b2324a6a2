"""What was done to a case, by people and by the approval of another."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from yonggong.accounts.models import User
from yonggong.cases.life import ACTION_TITLES


class Event(models.Model):
    """One thing done to a case. Only ever added; a case's state is what its events make it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="events", db_index=False)
    action = models.CharField("操作", max_length=10)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="操作人", db_index=False
    )
    at = models.DateTimeField("时间")
    opinion = models.CharField("意见", max_length=500, blank=True, default="")
    # [field, label, old text, new text] each, personal data masked.
    changes = models.JSONField("变更内容", default=list)
    # Of a return: [field, label, what is wrong with it or ""] each, as the reviewer ticked them.
    marked = models.JSONField("标记的项目", default=list, db_default=[])
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "办理记录"
        # Events are added in the order of time, so a block's range is enough to find a day's; with
        # the key's it tells how far back the newest of them lies (`listings.finding`). What a list of
        # a region's events looks at of each of its cases is in the index that finds them.
        indexes = [
            BrinIndex(fields=["id", "at"], name="event_at", pages_per_range=32, autosummarize=True),
            models.Index(fields=["case", "at"], include=["id"], name="event_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.action}"

    @property
    def action_title(self) -> str:
        return ACTION_TITLES[self.action]


class Consequence(models.Model):
    """What the approval of one case did to another of its applicant's: voided it, or brought it about.
    Only ever added. Taking the approval back begins here.

    was   the state in which the other was; "" where it came into being
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="consequence_of")
    cause = models.ForeignKey("cases.Case", models.PROTECT, related_name="consequences")
    was = models.CharField("原状态", max_length=10, blank=True, default="")

    class Meta:
        verbose_name = "随办结果"

    def __str__(self) -> str:
        return f"{self.cause_id} {self.case_id} {self.was}"
