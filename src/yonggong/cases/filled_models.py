"""What is filled in of a case: what was submitted, on which form, and what is typed and not sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.sealing import personal_values, sealed, unsealed
from yonggong.forms import Form
from yonggong.registry.models import Agency


class FormVersion(models.Model):
    """A form as it was on some day, so that what was filed with it can be shown as it was filed.
    Only ever added. Its key is made from its content, so the same form is the same row."""

    id = models.BigIntegerField(primary_key=True)
    name = models.CharField("表单", max_length=80)
    sha256 = models.CharField("摘要", max_length=64, unique=True)
    description = models.JSONField("表单内容")
    at = models.DateTimeField("启用时间", auto_now_add=True)

    class Meta:
        verbose_name = "表单版本"

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"


class Filled(models.Model):
    """A form's values in `data`, of a case, personal fields sealed for their `owner`: the row, told
    by columns (`told_by`) that are known before it is written."""

    case: Any
    data: Any
    told_by: ClassVar[tuple[str, ...]]
    SEALED_IN = ("data",)

    class Meta:
        abstract = True

    @property
    def owner(self) -> str:
        """To whom its sealed values belong."""
        told = (str(getattr(self, column)) for column in self.told_by)
        return "/".join((self._meta.db_table, *told))

    def opened(self, form: Form) -> dict[str, Any]:
        """The values as they are stored, personal fields of `form` opened. Raises `SealBroken`."""
        return unsealed(self.data, form.personal_fields, self.owner)

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        return personal_values(self.data, self.case.definition.form, self.owner)


class Version(Filled):
    """What was submitted, once and for good. Only ever added: amending a case adds another.

    form        the form as it was when it was filled in
    data        the form's values, as `Form.dump` gives them, personal fields sealed one by one
    findings    what the law said of them, with the explanations given
    judged_on   the day whose policy and law judged it
    by, counter who submitted it, and at which counter
    """

    told_by = ("case_id", "number")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="versions", db_index=False)
    # Guarded by who adds it (`form_versions`): checking it again would cost each row of a workbook.
    form = models.ForeignKey(
        "FormVersion", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    number = models.SmallIntegerField("版本号")
    data = models.JSONField("填报内容")
    findings = models.JSONField("合规提示", default=list)
    judged_on = models.DateField("判定日期")
    # No constraint of its own, which a workbook pays for by the row: the event that is written with
    # a version names the same account, and holds it.
    by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name="经办人",
        db_index=False,
        db_constraint=False,
    )
    at = models.DateTimeField("提交时间")
    # The version of the joint case that it was taken from; None where it was filled in itself.
    taken_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    counter = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="代录机构",
        db_index=False,
    )

    class Meta:
        verbose_name = "填报版本"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} 第 {self.number} 版"

    @staticmethod
    def owner_of(case: int, number: int) -> str:
        """The `owner` of a case's version that is still to be written."""
        return f"cases_version/{case}/{number}"

    def values_on(self, form: Form) -> dict[str, Any]:
        """What was filed, typed, personal fields opened, by the fields of `form`."""
        return form.load(self.opened(form))


class Draft(Filled):
    """What has been typed and not sent yet: a new filing, or the mending of a returned one beside
    what was filed. Kept as typed, personal fields sealed; explanations stand among it.

    revision   counted up by every save; a page names the one it was drawn from
    tab        the page that saved it last, by the name it was drawn with; "" where it was no page
    carried_by   the cases by whose approvals it went over to other applicants, the last one last
    """

    told_by = ("case_id",)

    case = models.OneToOneField(
        "cases.Case", models.CASCADE, primary_key=True, related_name="draft"
    )
    data = models.JSONField("草稿内容", default=dict)
    revision = models.IntegerField("修订号", default=1, db_default=1)
    tab = models.CharField("窗口", max_length=40, default="", db_default="", blank=True)
    saved_at = models.DateTimeField("保存时间", auto_now=True)
    carried_by = ArrayField(models.BigIntegerField(), null=True, verbose_name="承继")

    class Meta:
        verbose_name = "草稿"

    def __str__(self) -> str:
        return f"{self.case_id}"


class ConflictingDraft(Filled):
    """What was typed on a page that had been overtaken by another, kept beside the draft until
    somebody chooses; sealed as that is."""

    told_by = ("case_id", "tab")

    case = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="conflicting_drafts", db_index=False
    )
    tab = models.CharField("窗口", max_length=40)
    data = models.JSONField("草稿内容", default=dict)
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="填写人", db_index=False
    )
    saved_at = models.DateTimeField("保存时间")

    class Meta:
        verbose_name = "未采用的草稿"
        constraints = [
            models.UniqueConstraint(fields=["case", "tab"], name="conflicting_once_a_tab")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.tab}"

    def keep(self, typed: Mapping[str, Any], form: Form) -> None:
        """Take in what was typed, sealed for this case and tab. Unsaved."""
        self.data = sealed(typed, form.personal_fields, self.owner)
