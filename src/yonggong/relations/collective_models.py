"""Reviews of collective contracts. The contract itself stands on the employer's one register
(`entitlements.CollectiveAgreement`), however it came there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yonggong.cases.models import Case
from yonggong.entitlements.models import CollectiveAgreement
from yonggong.registry.models import Employer


class CollectiveReview(models.Model):
    """What came of a review: nothing objected to and registered, objected to, or a contract ended."""

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="collective_review"
    )
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="collective_reviews")
    # The line of the register that it made, or took up; None where it was objected to, or an ending.
    agreement = models.OneToOneField(
        CollectiveAgreement, models.PROTECT, null=True, related_name="review"
    )
    made = models.BooleanField("新增登记", default=False)
    # The contract that this one renews, changes or ends, and the day of its end as it stood before.
    before = models.ForeignKey(
        CollectiveAgreement, models.PROTECT, null=True, related_name="followed_by"
    )
    before_ended_on = models.DateField("原终止日期", null=True)
    scope = models.CharField("适用范围", max_length=10)
    signing = models.CharField("签订类别", max_length=8)
    # Of a regional or industrial one: of what region or trade.
    place = models.CharField("区域、行业", max_length=120, blank=True, default="")
    received_on = models.DateField("收到文本日期")
    reviewed_on = models.DateField("审查日期")
    objected = models.BooleanField("提出异议")
    effective_on = models.DateField("生效日期", null=True)

    class Meta:
        verbose_name = "集体合同审查"
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_on__isnull=True) | Q(effective_on__gt=F("received_on")),
                name="collective_effective_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(made=False) | Q(agreement__isnull=False),
                name="collective_made_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.signing}"
