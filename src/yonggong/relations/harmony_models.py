"""Units recognised as having harmonious labour relations."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from yonggong.cases.models import Case
from yonggong.registry.models import Employer


class HarmonyRecognition(models.Model):
    """A recognition, as it was put on file. One that was withdrawn stays, with its day."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="recognition")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="recognitions")
    number = models.CharField("认定文号", max_length=30, unique=True)
    score = models.DecimalField("自评得分", max_digits=6, decimal_places=1)
    in_industrial_park = models.BooleanField("工业园区单位")
    recognised_on = models.DateField("认定日期")
    # Where the document of recognition names one: the standard does not.
    valid_until = models.DateField("有效期至", null=True)
    withdrawn_on = models.DateField("撤销日期", null=True)

    class Meta:
        verbose_name = "和谐劳动关系单位"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("recognised_on")),
                name="recognition_term_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def state_on(self, day: date) -> str:
        """Whether it holds on a day, in words."""
        if self.withdrawn_on is not None:
            return "已撤销"
        return "已到期" if self.valid_until is not None and self.valid_until < day else "有效"
