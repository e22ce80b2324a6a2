"""The register of disputes: who against whom, about which contract, where it stands; and hearings."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from yonggong.accounts.models import User
from yonggong.cases.life import State
from yonggong.cases.models import Case
from yonggong.contracts.models import Contract
from yonggong.documents.models import Document
from yonggong.policy import Period
from yonggong.registry.models import Employer, Evidence, Worker
from yonggong.registry.parties import Party

# 劳动争议调解仲裁法 43: within so many days of its acceptance, and so many more where that is agreed to.
AWARD_DAYS, MORE_DAYS = 45, 15
# 30: the application is served within so many days of its acceptance, and answered within so many of that.
SERVICE_DAYS, ANSWER_DAYS = 5, 10
# 14: whoever has no agreement by then may go on to arbitration.
MEDIATION_DAYS = 15


class Dispute(models.Model):
    """A dispute brought to mediation or arbitration.

    employer, worker   the two sides, None for one that the platform does not know
    contract   the contract on file that it is about, where one was named or there is but one
    counter_to  the dispute in whose answer period the other side brought this one (反申请)
    """

    class Sort(models.TextChoices):
        ARBITRATION = "arbitration", "仲裁"
        MEDIATION = "mediation", "调解"

    class Result(models.TextChoices):
        AWARD = "award", "裁决"
        SETTLED = "settled", "仲裁调解"
        DEEMED = "deemed", "按撤回申请处理"
        AGREED = "agreed", "达成调解协议"
        FAILED = "failed", "调解终止"
        REFUSED = "refused", "不予受理"
        WITHDRAWN = "withdrawn", "申请人撤回"
        MERGED = "merged", "并入原案处理"
        APART = "apart", "告知另行申请"

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="dispute")
    sort = models.CharField("类别", max_length=11, choices=Sort.choices)
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, related_name="disputes", verbose_name="用人单位"
    )
    worker = models.ForeignKey(
        Worker, models.PROTECT, null=True, related_name="disputes", verbose_name="劳动者"
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, related_name="disputes", verbose_name="涉争合同"
    )
    counter_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="counters", verbose_name="原案"
    )
    claimed = models.DecimalField("请求金额", max_digits=14, decimal_places=2)
    accepted_on = models.DateField("受理日期", null=True)
    served_on = models.DateField("送达被申请人日期", null=True)
    answered_on = models.DateField("答辩日期", null=True)
    # By how many days more time was given, why and by whom.
    more_days = models.SmallIntegerField("延长天数", default=0)
    more_reason = models.CharField("延长理由", max_length=200, blank=True, default="")
    more_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ended_on = models.DateField("结案日期", null=True)
    result = models.CharField(
        "结案方式", max_length=9, choices=Result.choices, blank=True, default=""
    )

    class Meta:
        verbose_name = "劳动争议"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, result="")
                | Q(ended_on__isnull=False) & ~Q(result=""),
                name="dispute_ended_has_result",
            ),
            models.CheckConstraint(
                condition=Q(more_days=0) | Q(more_days__gt=0, more_by__isnull=False)
                & Q(more_days__lte=MORE_DAYS) & ~Q(more_reason=""),
                name="dispute_more_time_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True) | Q(served_on__gte=F("accepted_on")),
                name="dispute_served_once_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(result__in=["merged", "apart"]) | Q(counter_to__isnull=False),
                name="dispute_merged_is_counter",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id}"

    @property
    def award_due_on(self) -> date | None:
        """By when the award is to be made; None before it is accepted, and of mediation."""
        if self.accepted_on is None or self.sort != self.Sort.ARBITRATION:
            return None
        return Period(AWARD_DAYS + self.more_days, "natural").due(self.accepted_on)

    @property
    def answer_due_on(self) -> date | None:
        """By when the other side is to answer; None before it was served."""
        return Period(ANSWER_DAYS, "natural").due(self.served_on) if self.served_on else None

    @property
    def other_side(self) -> int | None:
        """The key of the side that did not apply; None where the platform does not know it."""
        sides = (self.employer_id, self.worker_id)
        return next((one for one in sides if one and one != self.case.applicant_id), None)

    @property
    def is_open(self) -> bool:
        """Whether it is accepted and not ended."""
        return self.accepted_on is not None and self.ended_on is None

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.result:
            return str(self.get_result_display())
        if self.accepted_on is None:
            return "待补正" if self.case.state == State.RETURNED else "待受理"
        return "审理中" if self.sort == self.Sort.ARBITRATION else "调解中"


class Hearing(models.Model):
    """A hearing (开庭): when and where, and the notice of it; put off, it stays with the reason."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="hearings")
    at = models.DateTimeField("开庭时间")
    place = models.CharField("开庭地点", max_length=100)
    arbitrators = models.CharField("仲裁员", max_length=100)
    notice = models.OneToOneField(
        Document, models.PROTECT, related_name="+", verbose_name="开庭通知书"
    )
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField("通知时间")
    put_off = models.CharField("延期理由", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "开庭"
        constraints = [
            models.CheckConstraint(condition=Q(at__gt=F("set_at")), name="hearing_is_to_come"),
        ]
        indexes = [models.Index(fields=["at"], name="hearing_by_day", condition=Q(put_off=""))]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.at}"


class ThirdParty(models.Model):
    """Somebody with an interest in how a dispute ends (第三人), who takes part in its case in that role
    from the notice on; how they came in stays."""

    class Ground(models.TextChoices):
        ASKED = "asked", "第三人申请参加"
        NOTIFIED = "notified", "仲裁委员会通知参加"

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="thirds", db_index=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="第三人")
    ground = models.CharField("参加方式", max_length=8, choices=Ground.choices)
    interest = models.CharField("与处理结果的利害关系", max_length=200)
    notice = models.OneToOneField(
        Document, models.PROTECT, related_name="+", verbose_name="参加仲裁通知书"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("通知时间")

    class Meta:
        verbose_name = "第三人"
        constraints = [
            models.UniqueConstraint(fields=["dispute", "party"], name="third_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.party_id}"


class Exhibit(models.Model):
    """Evidence that somebody who takes part brought once the dispute was accepted (举证): all who take
    part and the office see it. Only ever added.

    late_reason  why it comes only after a hearing began; empty of what came before
    """

    class Role(models.TextChoices):
        APPLICANT = "applicant", "申请人"
        OTHER = "other", "被申请人"
        THIRD = "third", "第三人"

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="exhibits")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name="提交人")
    role = models.CharField("身份", max_length=9, choices=Role.choices)
    name = models.CharField("证据名称", max_length=100)
    proves = models.CharField("证明的内容", max_length=200, blank=True, default="")
    with_answer = models.BooleanField("随答辩书提交", default=False)
    late_reason = models.CharField("逾期理由", max_length=200, blank=True, default="")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "证据"

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.name}"
