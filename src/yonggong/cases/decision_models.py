"""What stands beside a decision on a case: that it is held back for a few seconds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User


class HeldDecision(models.Model):
    """A decision that its reviewer may still take back: nothing of it is done, and nobody but the
    office knows of it. Once it is due it is carried out, and this row goes.

    decision   what was decided: an `Action` of a case of one step, the `Outcome` of a step's
    step       key of the step that it ends; None for a case of one step
    answers    what the step asks the office to fill in, personal fields sealed
    seen       when the version was filed that the reviewer had before them
    took       whether the case was nobody's before, and lies with the reviewer only for this
    failure    why it could not be carried out once it was due, for its reviewer to read; "" while it
               is held
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, related_name="held_decisions", db_index=False
    )
    decision = models.CharField("决定", max_length=10)
    step = models.BigIntegerField(null=True, blank=True)
    opinion = models.CharField("意见", max_length=500, blank=True, default="")
    answers = models.JSONField("办理内容", default=dict)
    seen = models.DateTimeField("所见版本的提交时间")
    took = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="办理人")
    decided_at = models.DateTimeField("作出时间")
    carry_out_at = models.DateTimeField("生效时间")
    address = models.GenericIPAddressField("来源地址", null=True)
    failure = models.CharField("未能生效的原因", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "待生效的决定"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(failure=""), name="held_decision_once"
            ),
            models.CheckConstraint(
                condition=Q(carry_out_at__gte=models.F("decided_at")),
                name="held_decision_not_before_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision}"

    def who_for(self, reader: User) -> str:
        """Who decided, as `reader` is told it."""
        return "您" if self.by_id == reader.pk else str(self.by)
