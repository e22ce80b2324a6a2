"""The register of dispatch licences (劳务派遣经营许可证)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from yonggong.accounts.models import User
from yonggong.cases.models import Case
from yonggong.registry.models import Agency, Employer
from yonggong.relations.licence_terms import Term


class Particulars(models.Model):
    """What a licence says of its holder, and how long it holds."""

    name = models.CharField("单位名称", max_length=120)
    address = models.CharField("住所（经营场所）", max_length=200)
    capital_10k = models.DecimalField("注册资本（万元）", max_digits=14, decimal_places=2)
    premises_area = models.DecimalField("经营场所面积（平方米）", max_digits=12, decimal_places=2)
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止")

    class Meta:
        abstract = True


class DispatchLicence(Particulars):
    """A licence as it stands: what its acts, the last of them, made of it (`licences.rebuild`)."""

    class Ended(models.TextChoices):
        CANCELLED = "cancelled", "注销"
        WITHDRAWN = "withdrawn", "撤销"
        REVOKED = "revoked", "吊销"

    employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="dispatch_licences", verbose_name="劳务派遣单位"
    )
    number = models.CharField("许可证编号", max_length=24, unique=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name="许可机关", db_index=False
    )
    region_code = models.CharField("行政区划", max_length=6)
    ended_on = models.DateField("终止日期", null=True)
    ended_how = models.CharField(
        "终止方式", max_length=10, choices=Ended.choices, blank=True, default=""
    )

    # No column: its end has passed, its extension, asked for in time, is not decided (`licences.standing_on`).
    deemed_extended = False

    class Meta:
        verbose_name = "劳务派遣经营许可证"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="licence_ends_after_begun"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_how="")
                | (Q(ended_on__isnull=False) & ~Q(ended_how="")),
                name="licence_ended_says_how",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "-id"], name="licence_in_region")]

    def __str__(self) -> str:
        return self.number

    @property
    def holds_until(self) -> date:
        """The last day of its term, of the longer one where it is deemed extended."""
        term = Term(self.valid_from, self.valid_until)
        return term.extended.ends if self.deemed_extended else term.ends

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on a day; on the day on which it is ended it is not any more."""
        ended = self.ended_on is not None and day >= self.ended_on
        return self.valid_from <= day <= self.holds_until and not ended

    def held_in(self, year: int) -> bool:
        """Whether it was valid on any day of a year."""
        last = min(self.holds_until, self.ended_on - timedelta(days=1)) if self.ended_on else None
        return self.valid_from.year <= year <= (last or self.holds_until).year

    def state_on(self, day: date) -> str:
        """How it stands on a day, in words."""
        if self.ended_on is not None and day >= self.ended_on:
            return f"已{self.get_ended_how_display()}"
        if day > self.holds_until:
            return "已过期"
        if day > self.valid_until:
            return "有效（视为准予延续）"
        return "有效" if day >= self.valid_from else "尚未生效"


class EnteredLicence(Particulars):
    """What a licence said that was granted before the platform was there, when it was entered: what it
    goes back to where all acts on it are taken back. Only ever added."""

    licence = models.OneToOneField(
        DispatchLicence, models.PROTECT, primary_key=True, related_name="entered"
    )

    class Meta:
        verbose_name = "平台启用前核发的许可证"

    def __str__(self) -> str:
        return str(self.licence_id)


class LicenceAct(Particulars):
    """What an approved application made of a licence. Taken back, it goes, and the licence is what the
    acts before made of it."""

    class Act(models.TextChoices):
        ISSUE = "申请", "核发"
        EXTEND = "延续申请", "延续"
        CHANGE = "变更申请", "变更"
        CANCEL = "注销", "注销"

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="licence_act")
    licence = models.ForeignKey(DispatchLicence, models.PROTECT, related_name="acts")
    act = models.CharField("事项", max_length=8, choices=Act.choices)
    on = models.DateField("决定日期")

    class Meta:
        verbose_name = "许可证记录"

    def __str__(self) -> str:
        return f"{self.licence_id} {self.act}"


class LicenceEnding(models.Model):
    """A licence withdrawn or revoked by the office, with its ground. Only ever added."""

    licence = models.OneToOneField(
        DispatchLicence, models.PROTECT, primary_key=True, related_name="ending"
    )
    how = models.CharField("方式", max_length=10, choices=DispatchLicence.Ended.choices)
    on = models.DateField("日期")
    ground = models.CharField("事实和依据", max_length=500)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="办理人", db_index=False
    )
    at = models.DateTimeField("时间")
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "许可证撤销、吊销"
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="licence_ending_has_ground")
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.how}"


class DispatchReport(models.Model):
    """What a dispatcher reported of a year, as it was read and approved."""

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="dispatch_report"
    )
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="dispatch_reports")
    year = models.IntegerField("年度")
    dispatched = models.IntegerField("被派遣劳动者人数")

    class Meta:
        verbose_name = "劳务派遣年度报告"
        constraints = [
            models.UniqueConstraint(fields=["employer", "year"], name="dispatch_report_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.year}"
