"""The register of workers of 16 to 18 (未成年工)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from yonggong.cases.models import Case
from yonggong.registry.models import Employer, Worker
from yonggong.relations.health_checks import Due, next_due


class Minor(models.Model):
    """A worker under 18 as registered with an employer; withdrawn, the row goes."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="minor")
    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="minors", verbose_name="用人单位"
    )
    worker = models.ForeignKey(
        Worker, models.PROTECT, related_name="registered_minor", verbose_name="未成年工"
    )
    number = models.CharField("登记证编号", max_length=24, unique=True)
    region_code = models.CharField("行政区划", max_length=6)
    birth_on = models.DateField("出生日期")
    adult_on = models.DateField("年满十八周岁日期")
    begins_on = models.DateField("上岗日期")
    occupation = models.CharField("工种", max_length=60)
    # No column: whether the contract for which they were registered has ended (`register.on_record`).
    left = False

    class Meta:
        verbose_name = "未成年工登记"
        constraints = [
            models.UniqueConstraint(fields=["employer", "worker"], name="minor_once_an_employer"),
            models.CheckConstraint(condition=Q(adult_on__gt=F("begins_on")), name="minor_is_minor"),
        ]
        indexes = [
            models.Index(fields=["region_code", "-case"], name="minor_in_region"),
            models.Index(fields=["adult_on"], name="minor_adult_on"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def examined(self) -> list[date]:
        """The days of the health checks known, the first one first."""
        return sorted(check.examined_on for check in self.health_checks.all())

    @property
    def next_check(self) -> Due | None:
        """The next health check that the law asks for; None where none is, or they have left."""
        if self.left:
            return None
        return next_due(birth_on=self.birth_on, begins_on=self.begins_on, examined=self.examined)


class HealthCheck(models.Model):
    """A health check of a registered minor, with the case that brought it."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="+")
    minor = models.ForeignKey(Minor, models.PROTECT, related_name="health_checks")
    examined_on = models.DateField("检查日期")

    class Meta:
        verbose_name = "未成年工健康检查"

    def __str__(self) -> str:
        return f"{self.minor_id} {self.examined_on}"
