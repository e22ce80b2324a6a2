"""Wages paid and social insurance as an employer declares them, and its collective agreements as
reviewed (内人社发〔2014〕95号第五条第四、七、八、九项). Pay is no personal datum by itself, as on a contract."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.registry.models import Agency, Employer, Worker
from yonggong.vault.digests import DIGEST_BYTES


class Declaration(models.Model):
    """One act of declaring, for one person or by a workbook. Only ever added."""

    class What(models.TextChoices):
        WAGES = "wages", "工资支付"
        INSURANCE = "insurance", "社会保险"

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="declarations")
    what = models.CharField("内容", max_length=10, choices=What.choices)
    file_name = models.CharField("文件名", max_length=120, blank=True, default="")
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="填报人", db_index=False
    )
    # Of whoever came with papers: the agency at whose counter it was typed in.
    counter = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField("时间")
    address = models.GenericIPAddressField("来源地址", null=True)
    added = models.IntegerField("新增", default=0)
    replaced = models.IntegerField("更正", default=0)
    same = models.IntegerField("重复", default=0)
    refused = models.IntegerField("未采用", default=0)

    class Meta:
        verbose_name = "申报"
        indexes = [
            models.Index(
                fields=["at"], name="declared_at_counter", condition=Q(counter__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.what} {self.at}"


class InterfaceKey(models.Model):
    """By which an employer's own program declares for it; kept as a keyed digest, shown once. It reaches no
    further than whoever had it made: when they file for the employer no more, it is good no more."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="interface_keys")
    digest = models.BinaryField(max_length=DIGEST_BYTES, unique=True)
    program = models.CharField("系统名称", max_length=50)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="生成人", db_index=False
    )
    at = models.DateTimeField("生成时间")
    used_at = models.DateTimeField("最近使用", null=True)
    ended_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "接口密钥"

    def __str__(self) -> str:
        return f"{self.employer_id} {self.program}"


class Declared(models.Model):
    """A line of a declaration. What is declared again otherwise takes its place; it stays, with what
    took it (`replaced_by`)."""

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+", verbose_name="劳动者")
    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="+", db_index=False)
    replaced_by = models.ForeignKey(
        Declaration, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class WagePaid(Declared):
    """What a worker was paid for a month, or for a year, in yuan."""

    class Span(models.TextChoices):
        MONTH = "month", "按月"
        YEAR = "year", "按年"

    span = models.CharField("周期", max_length=5, choices=Span.choices)
    # Its first day.
    begins_on = models.DateField("所属期")
    gross = models.DecimalField("应发工资", max_digits=12, decimal_places=2)
    net = models.DecimalField("实发工资", max_digits=12, decimal_places=2, null=True)
    paid_on = models.DateField("发放日期", null=True)

    class Meta:
        verbose_name = "工资支付"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "begins_on", "span", "worker"],
                condition=Q(replaced_by__isnull=True),
                name="wage_once_a_period",
            ),
            models.CheckConstraint(condition=Q(gross__gte=0), name="wage_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.begins_on}"

    @property
    def period(self) -> str:
        """The month or the year, in words."""
        month = f"{self.begins_on.month} 月" if self.span == self.Span.MONTH else "全年"
        return f"{self.begins_on.year} 年 {month}"


# The five insurances, as they are called.
INSURANCES = {
    "pension": "养老保险",
    "medical": "医疗保险",
    "unemployment": "失业保险",
    "injury": "工伤保险",
    "maternity": "生育保险",
}


class Insured(Declared):
    """In which insurances an employer insures a worker, since when, on what base in yuan a month."""

    since = models.DateField("参保起始月份")
    pension = models.BooleanField(INSURANCES["pension"])
    medical = models.BooleanField(INSURANCES["medical"])
    unemployment = models.BooleanField(INSURANCES["unemployment"])
    injury = models.BooleanField(INSURANCES["injury"])
    maternity = models.BooleanField(INSURANCES["maternity"])
    base = models.DecimalField("缴费基数", max_digits=12, decimal_places=2, null=True)

    class Meta:
        verbose_name = "参加社会保险"
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "worker", "since"],
                condition=Q(replaced_by__isnull=True),
                name="insured_once_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.since}"

    @property
    def named(self) -> str:
        """The insurances, in words."""
        found = [
            label.removesuffix("保险") for name, label in INSURANCES.items() if getattr(self, name)
        ]
        return "、".join(found) or "未参加"


# Sorts of collective contracts: Labour Contract Law, 51 and 52, and the agreements on wages among them.
SORTS = {
    "general": "集体合同",
    "wages": "工资专项集体合同",
    "safety": "劳动安全卫生专项集体合同",
    "women": "女职工权益保护专项集体合同",
    "other": "其他专项集体合同",
}


class CollectiveAgreement(models.Model):
    """A collective contract or wage agreement of an employer, as its filing or its review was approved."""

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="collective_agreement"
    )
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="collective_agreements")
    sort = models.CharField("种类", max_length=10)
    title = models.CharField("名称", max_length=120)
    number = models.CharField("审查备案编号", max_length=60, blank=True, default="")
    signed_on = models.DateField("签订日期")
    start_on = models.DateField("生效日期")
    end_on = models.DateField("期满日期")
    covered = models.IntegerField("覆盖职工人数")
    reviewed_by = models.CharField("审查机关", max_length=80, blank=True, default="")
    reviewed_on = models.DateField("审查日期", null=True)
    # Ended or followed by another one before its term ran out.
    ended_on = models.DateField("提前终止日期", null=True)

    class Meta:
        verbose_name = "集体合同"

    def __str__(self) -> str:
        return self.title

    @property
    def sort_title(self) -> str:
        """The sort in words."""
        return SORTS[self.sort]

    def state_on(self, day: date) -> str:
        """Whether it holds on a day, in words."""
        if self.ended_on is not None and self.ended_on < day:
            return "已终止"
        if self.end_on < day:
            return "已期满"
        return "履行中" if self.start_on <= day else "未到起始日"
