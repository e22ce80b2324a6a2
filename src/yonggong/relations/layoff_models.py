"""Reports of economic layoffs, with the persons named in them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yonggong.cases.models import Case
from yonggong.contracts.models import Contract
from yonggong.registry.models import Employer


class LayoffReport(models.Model):
    """A report that was answered; withdrawn, the row goes."""

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="layoff_report"
    )
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="layoff_reports", verbose_name="用人单位"
    )
    region_code = models.CharField("行政区划", max_length=6)
    explained_on = models.DateField("说明情况日期")
    layoff_on = models.DateField("拟裁员日期")
    staff = models.IntegerField("职工总数")
    persons = models.IntegerField("裁员人数")

    class Meta:
        verbose_name = "经济性裁员报告"
        constraints = [
            models.CheckConstraint(
                condition=Q(layoff_on__gt=F("explained_on")), name="layoff_after_explained"
            )
        ]
        indexes = [models.Index(fields=["region_code", "-case"], name="layoff_in_region")]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.layoff_on}"


class LaidOff(models.Model):
    """A contract named in a report."""

    report = models.ForeignKey(LayoffReport, models.PROTECT, related_name="laid_off")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="laid_off_by")

    class Meta:
        verbose_name = "被裁减人员"
        constraints = [
            models.UniqueConstraint(fields=["report", "contract"], name="laid_off_once_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.contract_id}"
