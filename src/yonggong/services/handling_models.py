"""What is kept beside a case's steps: longer limits, photos of a check, objections to what is publicised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.models import Case, Step
from yonggong.registry.models import Evidence
from yonggong.vault.sealing import open_value, seal_value


class Extension(models.Model):
    """A limit asked to be made longer: by whom and why, what a supervisor decided."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    days = models.SmallIntegerField("延长天数")
    reason = models.CharField("延长理由", max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    agreed = models.BooleanField("是否同意", null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    decided_at = models.DateTimeField("批准时间", null=True)
    said = models.CharField("批准意见", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "延长办理期限"
        constraints = [
            # Asked for once more only where it was declined.
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(agreed__isnull=True) | Q(agreed=True),
                name="extension_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="extension_by_another",
            ),
            models.CheckConstraint(condition=Q(days__gt=0), name="extension_of_days"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.days}"


class Photo(models.Model):
    """A photo taken at a check on site. Only added."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="photos")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    said = models.CharField("说明", max_length=100, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="上传人")
    at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "现场照片"

    def __str__(self) -> str:
        return f"{self.step_id} {self.said}"


class Objection(models.Model):
    """Somebody objects to what is publicised; the office says what it found.

    `by` is who wrote it down: the objector themselves, or the office at its counter, which then says
    who came (`name`, and a sealed phone number).
    """

    step = models.ForeignKey(Step, models.PROTECT, related_name="objections")
    text = models.CharField("异议内容", max_length=1000)
    name = models.CharField("异议人", max_length=50)
    phone_sealed = models.TextField("联系电话", blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("提出时间")
    founded = models.BooleanField("是否成立", null=True)
    answer = models.CharField("核实情况", max_length=1000, blank=True, default="")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核实人"
    )
    answered_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        verbose_name = "公示异议"
        constraints = [
            models.CheckConstraint(
                condition=Q(founded__isnull=True, answered_by__isnull=True, answer="")
                | (Q(founded__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="objection_answered_in_full",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.name}"

    def seal_phone(self, phone: str) -> None:
        """Take in the number, sealed; the row has its key."""
        self.phone_sealed = seal_value(phone, self._owner)

    @property
    def phone(self) -> str:
        """The number; "" where none was given. Raises `SealBroken`."""
        return str(open_value(self.phone_sealed, self._owner))

    @property
    def _owner(self) -> str:
        return f"services_objection/{self.pk}/phone"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        if self.phone_sealed:
            yield self.phone_sealed, self._owner
