"""Contracts and the filings on them; the database refuses what must not be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.life import STATE_TITLES
from yonggong.cases.models import Case, Version
from yonggong.cases.sealing import personal_values, unsealed
from yonggong.contracts.forms import NEW_FORM
from yonggong.contracts.posting_models import Posting as Posting
from yonggong.documents.models import Document
from yonggong.forms import Form
from yonggong.registry.models import Agency, Employer, Evidence, Worker


class Contract(models.Model):
    """One labour relation as a thread: first filed, renewed, changed, ended."""

    class State(models.TextChoices):
        FILING = "filing", "待首次审核"
        ACTIVE = "active", "履行中"
        ENDED = "ended", "已解除（终止）"
        VOID = "void", "已作废"

    employer = models.ForeignKey(Employer, models.PROTECT, verbose_name="用人单位")
    worker = models.ForeignKey(Worker, models.PROTECT, verbose_name="劳动者")
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.FILING)
    # Not the thread that a user unit files of a dispatched worker: that contract is another's.
    full_time = models.BooleanField("全日制")
    # Set where the province refuses a second full-time contract beside it; given up by the approval
    # of another employer's contract once this one has run out.
    exclusive = models.BooleanField("不得同时另订", default=False, db_default=False)
    work_start_on = models.DateField("用工之日")
    start_on = models.DateField("本期起始日期")
    end_on = models.DateField("本期结束日期", null=True, blank=True)
    term_type = models.CharField("期限类型", max_length=1)
    term_count = models.PositiveSmallIntegerField("已订立次数", default=1)
    ended_on = models.DateField("解除（终止）日期", null=True, blank=True)
    # The filing whose values now hold: the last approved new, renewal or change filing.
    current = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="现行备案",
        db_index=False,
    )
    migrated = models.BooleanField("历史数据迁移", default=False)
    user_unit_code = models.CharField(
        "用工单位统一社会信用代码", max_length=18, blank=True, default="", db_default=""
    )
    # The employers (keys) from which it was carried over by merger or split, the first one first:
    # service with them is service here (Regulations, 10). None where it never was.
    predecessors = ArrayField(models.BigIntegerField(), verbose_name="原用人单位", null=True)
    # From which day severance is owed, where an employer before has paid for the years with it.
    severance_since = models.DateField("经济补偿起算日期", null=True)

    class Meta:
        verbose_name = "劳动合同"
        constraints = [
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(exclusive=True, state="active"),
                name="contract_one_exclusive",
            ),
            models.CheckConstraint(
                condition=Q(exclusive=False) | Q(full_time=True),
                name="contract_exclusive_is_full_time",
            ),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gte=models.F("start_on")),
                name="contract_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(term_type="1") | Q(end_on__isnull=False),
                name="contract_fixed_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(term_type="2") | Q(end_on__isnull=True),
                name="contract_open_has_no_end",
            ),
            models.CheckConstraint(
                condition=Q(state="ended") ^ Q(ended_on__isnull=True),
                name="contract_ended_has_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["employer", "end_on"],
                name="contract_ending_soon",
                condition=Q(state="active"),
            ),
            # The dispatched workers of a user unit (Interim Provisions on Labour Dispatch, 4).
            models.Index(
                fields=["user_unit_code"],
                name="contract_of_user_unit",
                condition=Q(state="active") & ~Q(user_unit_code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def has_run_out(self, on: date) -> bool:
        """Whether the term agreed was over before a day, whatever has been filed since."""
        return self.end_on is not None and self.end_on < on


class Filing(models.Model):
    """The searchable row of a contract filing; its form is in the case, column by column here
    only what people look for."""

    class Kind(models.TextChoices):
        NEW = "new", "新订"
        RENEWAL = "renewal", "续订"
        CHANGE = "change", "变更"
        ENDING = "ending", "解除（终止）"

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="filing")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="filings")
    # Copies of what the case and the contract hold, whose constraints guard them: checking them
    # again here would cost a third of filing a workbook.
    employer = models.ForeignKey(
        Employer, models.PROTECT, verbose_name="用人单位", db_index=False, db_constraint=False
    )
    worker = models.ForeignKey(Worker, models.PROTECT, verbose_name="劳动者", db_constraint=False)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="送审机构", db_constraint=False)
    region_code = models.CharField("行政区划", max_length=6)
    kind = models.CharField("合同状态", max_length=8, choices=Kind.choices)
    state = models.CharField("审核状态", max_length=10, choices=list(STATE_TITLES.items()))
    in_post = models.BooleanField("是否在职", default=False)
    full_time = models.BooleanField("全日制")
    exclusive = models.BooleanField("不得同时另订", default=False, db_default=False)
    name = models.CharField("姓名", max_length=50)
    sex = models.CharField("性别", max_length=1)
    employment_form = models.CharField("用工形式", max_length=1)
    term_type = models.CharField("合同期限类型", max_length=1)
    job = models.CharField("岗位工作", max_length=60)
    signed_on = models.DateField("签订日期", null=True)
    start_on = models.DateField("合同起始日期")
    end_on = models.DateField("合同结束日期", null=True)
    ended_on = models.DateField("解除（终止）日期", null=True)
    end_reason = models.CharField("解除（终止）原因", max_length=10, blank=True, default="")
    filed_on = models.DateField("备案日期")
    late_days = models.PositiveIntegerField("逾期天数", default=0)
    roster = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="名册",
        db_index=False,
    )
    certificate = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="证明书",
        db_index=False,
    )

    class Meta:
        verbose_name = "劳动合同备案"
        constraints = [
            # 此人存在未审核的备案信息 (JL-6): one unreviewed filing a contract, …
            models.UniqueConstraint(
                fields=["contract"], condition=Q(state="pending"), name="filing_one_pending"
            ),
            # … one unreviewed full-time engagement a person where the province has it so, …
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(state="pending", kind="new", exclusive=True),
                name="filing_one_pending_exclusive",
            ),
            # … and one of any form with the same employer.
            models.UniqueConstraint(
                fields=["worker", "employer"],
                condition=Q(state="pending", kind="new"),
                name="filing_one_pending_with_employer",
            ),
            models.CheckConstraint(
                condition=Q(roster__isnull=True) | Q(state__in=["approved", "revoked"]),
                name="filing_on_roster_is_approved",
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "-case"], name="filing_of_employer"),
            models.Index(fields=["region_code", "-case"], name="filing_in_region"),
            # Days follow the order of filing, so a block's range is enough to find a day's; with
            # the key's it tells how far back the newest of them lies (`listings.finding`).
            BrinIndex(
                fields=["case", "filed_on", "signed_on", "start_on", "end_on"],
                name="filing_days",
                pages_per_range=32,
                autosummarize=True,
            ),
            models.Index(fields=["name"], name="filing_name", opclasses=["text_pattern_ops"]),
            # Not touched by filing: what waits for its roster.
            models.Index(
                fields=["employer", "kind", "-case"],
                name="filing_unrostered",
                condition=Q(state="approved", roster__isnull=True),
            ),
            # Layoffs are seen from endings that add up (Labour Contract Law, 41).
            models.Index(
                fields=["employer", "ended_on"],
                name="filing_endings",
                condition=Q(kind="ending"),
            ),
            # A quarter of the filings end something: among the ranges of all of them, a day of ending
            # says little, and every row of them would be looked at.
            models.Index(fields=["ended_on"], name="filing_ended", condition=Q(kind="ending")),
            models.Index(
                fields=["end_reason"], name="filing_end_reason", condition=Q(kind="ending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


# The filings that say what a contract's terms are; an ending says of them only that they are over.
WITH_TERMS = (Filing.Kind.NEW, Filing.Kind.RENEWAL, Filing.Kind.CHANGE)


class OfficeEnding(models.Model):
    """The ending of a contract as a bureau recorded it, with evidence, because its employer has
    not filed it. Only ever added; the employer sees it with the contract."""

    contract = models.OneToOneField(
        Contract, models.PROTECT, primary_key=True, related_name="office_ending"
    )
    ended_on = models.DateField("解除（终止）日期")
    reason = models.CharField("依据", max_length=500)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="办理人", db_index=False
    )
    at = models.DateTimeField("时间", db_index=True)
    address = models.GenericIPAddressField("来源地址", null=True)

    class Meta:
        verbose_name = "部门登记的终止"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="office_ending_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.ended_on}"


class Succession(models.Model):
    """A contract carried over to the employer that goes on with it (Labour Contract Law, 34). Only ever
    added: what was taken back again is told by the cause, which is revoked then."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="successions")
    # The merger or split by whose approval it was.
    cause = models.ForeignKey(Case, models.PROTECT, related_name="+")
    from_employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="+", verbose_name="原用人单位", db_index=False
    )
    to_employer = models.ForeignKey(
        Employer, models.PROTECT, related_name="+", verbose_name="承继单位", db_index=False
    )
    on = models.DateField("承继日期")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "合同承继"
        constraints = [
            models.UniqueConstraint(fields=["contract", "cause"], name="succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} {self.to_employer_id}"


class Carried(models.Model):
    """What was filed before and still holds, beside the version of a renewal or change whose form
    does not ask for it again. Only ever added, by approval; the version stays as it was filed."""

    SEALED_IN = ("data",)

    version = models.OneToOneField(
        Version, models.PROTECT, primary_key=True, related_name="carried"
    )
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", db_index=False)
    # As in the versions it comes from, personal fields sealed.
    data = models.JSONField("沿用内容")

    class Meta:
        verbose_name = "沿用的合同内容"

    def __str__(self) -> str:
        return f"{self.version_id}"

    @staticmethod
    def owner_of(version: int) -> str:
        """To whom the sealed values of what was carried over beside a version belong."""
        return f"contracts_carried/{version}"

    def opened(self, form: Form) -> dict[str, Any]:
        """What was carried over, personal fields of `form` opened."""
        return unsealed(self.data, form.personal_fields, self.owner_of(self.version_id))

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        return personal_values(self.data, NEW_FORM, self.owner_of(self.version_id))
