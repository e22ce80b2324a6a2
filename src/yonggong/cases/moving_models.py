"""An applicant whose cases are reviewed by another agency from now on, and what of it was open then."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.registry.models import Agency
from yonggong.registry.parties import Party


class Move(models.Model):
    """The approval of a change moved an applicant to another agency, with what was open (改由其他机构
    办理). What was decided before stays with whoever decided it."""

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="move")
    applicant = models.ForeignKey(Party, models.PROTECT, verbose_name="申请人")
    from_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="moves_away", verbose_name="原送审机构"
    )
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="moves_here", verbose_name="现送审机构"
    )
    from_region = models.CharField("原行政区划", max_length=6)
    to_region = models.CharField("现行政区划", max_length=6)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="审核人", db_index=False
    )
    at = models.DateTimeField("时间")
    # Set where the approval was withdrawn: what was still open went back.
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="撤销人", db_index=False
    )
    undone_at = models.DateTimeField("转回时间", null=True)

    class Meta:
        verbose_name = "送审机构变更"
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="move_undone_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_agency_id} {self.to_agency_id}"


class MovedCase(models.Model):
    """One of the cases that went along. Only ever added."""

    move = models.ForeignKey(Move, models.PROTECT, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = "随转办件"
        constraints = [models.UniqueConstraint(fields=["move", "case"], name="moved_case_once")]

    def __str__(self) -> str:
        return f"{self.move_id} {self.case_id}"
