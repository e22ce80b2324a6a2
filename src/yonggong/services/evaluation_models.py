"""好差评: what an applicant says of how a case was handled, and what the agency replies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.models import Case

# From this level down an evaluation is a complaint, which the agency must answer.
COMPLAINT = 2


class Evaluation(models.Model):
    """One evaluation of one case, by its applicant, after its end."""

    class Level(models.IntegerChoices):
        VERY_GOOD = 5, "非常满意"
        GOOD = 4, "满意"
        FAIR = 3, "基本满意"
        BAD = 2, "不满意"
        VERY_BAD = 1, "非常不满意"

    case = models.OneToOneField(Case, models.PROTECT, related_name="evaluation")
    level = models.SmallIntegerField("评价", choices=Level.choices)
    tags = models.JSONField("评价内容", default=list)
    text = models.CharField("文字评价", max_length=500, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="评价人")
    at = models.DateTimeField("评价时间")
    reply_by = models.DateField("答复期限", null=True)
    reply = models.CharField("答复", max_length=1000, blank=True, default="")
    replied_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="答复人"
    )
    replied_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "好差评"
        indexes = [
            models.Index(
                fields=["reply_by"],
                name="evaluation_to_answer",
                condition=Q(level__lte=COMPLAINT, reply=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="evaluation_of_five_levels"
            ),
            models.CheckConstraint(
                condition=Q(level__gt=COMPLAINT) | Q(reply_by__isnull=False),
                name="evaluation_complaint_has_limit",
            ),
            models.CheckConstraint(
                condition=Q(reply="") | Q(replied_by__isnull=False, replied_at__isnull=False),
                name="evaluation_reply_has_who_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"

    @property
    def is_complaint(self) -> bool:
        """Whether the agency must answer it."""
        return self.level <= COMPLAINT
