"""Clues, and what the daily run has gathered and gone through to find them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.contracts.models import Contract
from yonggong.registry.models import Employer
from yonggong.vault.digests import DIGEST_BYTES


class Clue(models.Model):
    """Something that the platform noticed by itself and somebody looks into: no finding of fact.

    `subject` tells it from others of its kind: the same on another day is the same clue. `rows` are
    keys of the cases, of one of addresses of the employers, that stand behind it, `figure` how many
    there are in all.
    """

    class Kind(models.TextChoices):
        UNFILED = "unfiled", "登记未备案"
        INSURED = "insured", "参保未备案"
        LATE = "late", "逾期备案"
        SHARED_PHONE = "shared_phone", "多人共用手机号"
        MINIMUM_PAY = "minimum_pay", "工资均为最低标准"
        SAME_ADDRESS = "same_address", "多户地址相同"
        DATES = "dates", "日期不合常理"

    class State(models.TextChoices):
        NEW = "new", "待核查"
        DISMISSED = "dismissed", "已排除"
        TAKEN_UP = "taken_up", "已处置"

    kind = models.CharField("线索类型", max_length=12, choices=Kind.choices)
    subject = models.CharField(max_length=80)
    # Whoever never came to the platform is no employer here yet.
    employer = models.ForeignKey(
        Employer, models.PROTECT, null=True, related_name="+", verbose_name="用人单位"
    )
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    name = models.CharField("单位名称", max_length=120)
    region_code = models.CharField("行政区划", max_length=6)
    reason = models.CharField("发现的情况", max_length=500)
    # What an inspector is told beside it, and no order says: from how many on it is a clue.
    aside = models.CharField("列为线索的界限", max_length=100, blank=True, default="")
    figure = models.IntegerField("涉及数目")
    rows = models.JSONField(default=list)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NEW)
    found_on = models.DateField("发现日期")
    seen_on = models.DateField("最近一次发现")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="核查人", db_index=False
    )
    decided_at = models.DateTimeField("核查时间", null=True)
    opinion = models.CharField("核查意见", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "监督检查线索"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="clue_once"),
            models.CheckConstraint(
                condition=Q(state="new", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(state__in=["dismissed", "taken_up"], decided_by__isnull=False)
                    & Q(decided_at__isnull=False)
                ),
                name="clue_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(opinion=""), name="clue_dismissed_says_why"
            ),
        ]
        indexes = [models.Index(fields=["region_code", "state", "-id"], name="clue_in_region")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def told(self) -> str:
        """What was found, with what is told beside it."""
        return "；".join(filter(None, (self.reason, self.aside)))


class Trait(models.Model):
    """What clues compare of a contract in force, as its present values have it: gathered beside the
    sealed filings, so that no run opens them all again. The phone is a keyed digest."""

    contract = models.OneToOneField(
        Contract, models.CASCADE, primary_key=True, related_name="+", db_constraint=False
    )
    phone = models.BinaryField("手机号摘要", max_length=DIGEST_BYTES, null=True)
    # Base and performance pay, yuan a month; None where pay is by the hour.
    monthly_pay = models.DecimalField("月工资", max_digits=14, decimal_places=2, null=True)

    class Meta:
        verbose_name = "线索比对数据"

    def __str__(self) -> str:
        return f"{self.contract_id}"


class Gathered(models.Model):
    """Up to which event of the cases' histories traits were gathered; one row."""

    event = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "线索比对进度"

    def __str__(self) -> str:
        return str(self.event)


class Looked(models.Model):
    """That a day's run looked for a kind of clue in a prefecture: one that was killed goes on behind
    it."""

    on = models.DateField("日期")
    kind = models.CharField(max_length=12, choices=Clue.Kind.choices)
    stem = models.CharField("盟市", max_length=4)

    class Meta:
        verbose_name = "线索查找进度"
        constraints = [models.UniqueConstraint(fields=["on", "kind", "stem"], name="looked_once")]

    def __str__(self) -> str:
        return f"{self.on} {self.kind} {self.stem}"


class InsuredFigure(models.Model):
    """How many an employer insures, as a workbook of the social insurance agency says. Only added:
    of an employer's several the latest counts."""

    credit_code = models.CharField("统一社会信用代码", max_length=18)
    name = models.CharField("单位名称", max_length=120)
    region_code = models.CharField("行政区划", max_length=6)
    people = models.IntegerField("参保人数")
    as_of = models.DateField("截至日期")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("载入时间")

    class Meta:
        verbose_name = "参保人数"
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=0), name="insured_figure_not_negative"),
            models.UniqueConstraint(
                fields=["credit_code", "as_of", "people"], name="insured_figure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.credit_code} {self.as_of}"
