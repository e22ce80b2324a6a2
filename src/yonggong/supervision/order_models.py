"""Orders to correct (责令限期改正), what employers answered, penalties, who refused to correct."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.registry.models import Employer, Evidence
from yonggong.supervision.clue_models import Clue
from yonggong.vault.digests import file_digest
from yonggong.vault.sealing import open_bytes, seal_bytes


class Order(models.Model):
    """An order to correct within a time, from its issue to its end. An office's act, not an
    application: docs/decisions tells why it is no case."""

    class State(models.TextChoices):
        ISSUED = "issued", "待送达"
        SERVED = "served", "待改正"
        REPLIED = "replied", "待复查"
        CORRECTED = "corrected", "已改正"
        REFUSED = "refused", "拒不改正，移送查处"
        WITHDRAWN = "withdrawn", "已撤销"

    class Service(models.TextChoices):
        DIRECT = "direct", "直接送达"
        LEFT = "left", "留置送达"
        POST = "post", "邮寄送达"
        ELECTRONIC = "electronic", "电子送达"
        PUBLIC = "public", "公告送达"

    number = models.CharField("文书编号", max_length=30, unique=True)
    employer = models.ForeignKey(Employer, models.PROTECT, verbose_name="用人单位")
    region_code = models.CharField("行政区划", max_length=6)
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, related_name="orders")
    office = models.CharField("发出机关", max_length=100)
    wrong = models.CharField("存在的问题", max_length=1000)
    wanted = models.CharField("改正要求", max_length=500)
    # Keys of `grounds.yaml`.
    grounds = models.JSONField("依据")
    correct_by = models.DateField("改正期限")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ISSUED)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField("发出时间")
    served_how = models.CharField(
        "送达方式", max_length=10, choices=Service.choices, blank=True, default=""
    )
    served_on = models.DateField("送达日期", null=True)
    received_by = models.CharField("收件人", max_length=100, blank=True, default="")
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "责令限期改正"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["issued", "withdrawn"])
                | (Q(served_on__isnull=False) & ~Q(served_how="") & ~Q(received_by="")),
                name="order_served_says_how",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["corrected", "refused", "withdrawn"])
                ^ Q(ended_at__isnull=True),
                name="order_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(wrong="") & ~Q(wanted=""), name="order_says_what_is_wrong"
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "-id"], name="order_in_region"),
            models.Index(
                fields=["correct_by"],
                name="order_running",
                condition=Q(state__in=["issued", "served", "replied"]),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class Notice(models.Model):
    """The paper of an order as it was issued, sealed. Only ever added."""

    order = models.OneToOneField(
        Order, models.PROTECT, primary_key=True, related_name="notice", verbose_name="责令改正"
    )
    pdf_sealed = models.BinaryField()
    digest = models.CharField("文件摘要", max_length=64)

    class Meta:
        verbose_name = "责令限期改正通知书"

    def __str__(self) -> str:
        return str(self.order_id)

    def keep(self, pdf: bytes) -> None:
        """Take in the paper, sealed; the row has its key. Unsaved."""
        self.digest = file_digest(pdf)
        self.pdf_sealed = seal_bytes(pdf, self._owner)

    @property
    def pdf(self) -> bytes:
        """The paper as it was issued. Raises `SealBroken`."""
        return open_bytes(bytes(self.pdf_sealed), self._owner)

    @property
    def _owner(self) -> str:
        return f"supervision_notice/{self.order_id}/pdf"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.pdf_sealed, self._owner


class Reply(models.Model):
    """What an employer says that it has done about an order. Only ever added."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="replies")
    said = models.CharField("改正情况", max_length=1000)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, related_name="+", db_index=False
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("提交时间")
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "改正情况回复"
        constraints = [models.CheckConstraint(condition=~Q(said=""), name="reply_says_something")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.at}"


class Penalty(models.Model):
    """A penalty that was decided elsewhere, recorded. Only ever added."""

    class Kind(models.TextChoices):
        WARNING = "warning", "警告"
        FINE = "fine", "罚款"
        OTHER = "other", "其他"

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="penalties")
    region_code = models.CharField("行政区划", max_length=6)
    decision_number = models.CharField("决定书文号", max_length=60)
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    amount = models.DecimalField("罚款金额（元）", max_digits=12, decimal_places=2, null=True)
    decided_on = models.DateField("决定日期")
    ground = models.CharField("依据", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "处罚记录"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "decision_number"], name="penalty_recorded_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="fine", amount__gt=0) | (~Q(kind="fine") & Q(amount__isnull=True)),
                name="penalty_fine_has_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.decision_number


class Defaulter(models.Model):
    """That an employer refused to correct after an order, from its entry on the list to its removal."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="defaults")
    order = models.ForeignKey(Order, models.PROTECT, related_name="+")
    region_code = models.CharField("行政区划", max_length=6)
    reason = models.CharField("列入理由", max_length=500)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField("列入时间")
    removal = models.CharField("移出理由", max_length=500, blank=True, default="")
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField("移出时间", null=True)

    class Meta:
        verbose_name = "拒不改正名单"
        constraints = [
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(removed_at__isnull=True),
                name="defaulter_listed_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removal="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal="")),
                name="defaulter_removed_whole",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="defaulter_has_reason"),
        ]
        indexes = [models.Index(fields=["region_code", "-id"], name="defaulter_in_region")]

    def __str__(self) -> str:
        return f"{self.employer_id}"
