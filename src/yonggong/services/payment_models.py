"""What is to be paid of cases whose item pays, and the lists on which it is handed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.models import Step
from yonggong.registry.models import Agency
from yonggong.vault.sealing import open_value, seal_value


class PaymentList(models.Model):
    """Payments of one agency handed over together to whoever keeps the fund."""

    number = models.CharField("清单编号", max_length=30, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机构")
    region_code = models.CharField("行政区划", max_length=6)
    kind = models.CharField("事项", max_length=80)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="生成人")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "支付清单"
        indexes = [models.Index(fields=["region_code", "-id"], name="payment_list_in_region")]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """One payment of a case: what is to be paid to whom, and what came of it. One that failed stays
    as it was; the next try is another row.

    settled_by, address   who loaded what came of it, or last took its case up, and from where
    going_on   it is paid, and its case has yet to be taken on to the next step
    held_up    why that could not be done
    """

    class State(models.TextChoices):
        OPEN = "open", "待支付"
        PAID = "paid", "已支付"
        FAILED = "failed", "支付失败"

    step = models.ForeignKey(Step, models.PROTECT, related_name="payments")
    list = models.ForeignKey(
        PaymentList, models.PROTECT, null=True, blank=True, related_name="payments"
    )
    payee = models.CharField("收款人", max_length=100)
    bank = models.CharField("开户银行", max_length=100, blank=True, default="")
    account_sealed = models.TextField("收款账号", blank=True, default="")
    amount = models.DecimalField("金额", max_digits=14, decimal_places=2)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    paid_on = models.DateField("支付日期", null=True)
    voucher = models.CharField("凭证号", max_length=50, blank=True, default="")
    failure = models.CharField("失败原因", max_length=200, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="载入人"
    )
    address = models.GenericIPAddressField("来源地址", null=True)
    going_on = models.BooleanField("待进入下一环节", default=False)
    held_up = models.CharField("未进入下一环节的原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "支付"
        indexes = [
            models.Index(fields=["list"], name="payment_going_on", condition=Q(going_on=True)),
            models.Index(
                fields=["step"], name="payment_held_up", condition=Q(state="paid") & ~Q(held_up="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=~Q(state="failed"), name="payment_once_a_step"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_on__isnull=False), name="payment_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="payment_failed_says_why"
            ),
            models.CheckConstraint(
                condition=Q(going_on=False) | Q(state="paid", settled_by__isnull=False),
                name="payment_goes_on_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.amount}"

    def seal_account(self, account: str) -> None:
        """Take in the account's number, sealed; the row has its key."""
        self.account_sealed = seal_value(account, self._owner)

    @property
    def account(self) -> str:
        """The account's number; "" where none was given. Raises `SealBroken`."""
        return str(open_value(self.account_sealed, self._owner))

    @property
    def _owner(self) -> str:
        return f"services_payment/{self.pk}/account"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        if self.account_sealed:
            yield self.account_sealed, self._owner
