"""What approved applications order of those who administer accounts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yonggong.accounts.roles import branch_choices


class Order(models.Model):
    """One account to be created, or whose rights are to be changed, by an approved application: a
    system administrator creates it, a business administrator grants (SX-5)."""

    class State(models.TextChoices):
        CREATE = "create", "待创建账号"
        GRANT = "grant", "待分配权限"
        DONE = "done", "已办结"

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, related_name="orders", verbose_name="申请办件"
    )
    # Which row of the application, from 0.
    row = models.SmallIntegerField("行", default=0)
    state = models.CharField("状态", max_length=8, choices=State.choices)
    branch = models.CharField("账号类别", max_length=8, choices=branch_choices())
    name = models.CharField("使用人", max_length=50)
    unit = models.CharField("单位", max_length=120)
    post = models.CharField("职务", max_length=50, blank=True, default="")
    rights = models.CharField("申请的权限", max_length=1000, blank=True, default="")
    region_code = models.CharField("所属区划", max_length=6)
    agency = models.ForeignKey("registry.Agency", models.PROTECT, verbose_name="机构")
    account = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="orders", verbose_name="账号"
    )
    ordered_at = models.DateTimeField("批准时间")
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="创建人"
    )
    created_at = models.DateTimeField("创建时间", null=True)
    granted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="授权人"
    )
    granted_at = models.DateTimeField("授权时间", null=True)

    class Meta:
        verbose_name = "账号办理"
        constraints = [
            models.UniqueConstraint(fields=["case", "row"], name="order_once"),
            models.CheckConstraint(
                condition=Q(state="create", account__isnull=True, granted_by__isnull=True)
                | Q(state="grant", account__isnull=False, granted_by__isnull=True)
                | Q(
                    state="done",
                    account__isnull=False,
                    granted_by__isnull=False,
                    granted_at__isnull=False,
                ),
                name="order_in_its_state",
            ),
            # Two of the powers, two people.
            models.CheckConstraint(
                condition=Q(created_by__isnull=True)
                | Q(granted_by__isnull=True)
                | ~Q(created_by=F("granted_by")),
                name="order_by_two",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region_code"], condition=~Q(state="done"), name="order_open_in_region"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.row}"
