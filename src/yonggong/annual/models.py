"""What is filed once a year; the rows of its tables lie beside its drafts and versions, sealed by the
thousand: a version of 40,000 persons is opened in a moment, and so is one page of it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.models import Case, Draft
from yonggong.registry.models import Employer
from yonggong.vault.sealing import open_bytes, seal_bytes


class Return(models.Model):
    """What an employer has filed of a year, by the kind of case: found by who looks what is missing."""

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="annual_return"
    )
    employer = models.ForeignKey(Employer, models.PROTECT, verbose_name="用人单位", db_index=False)
    kind = models.CharField("事项", max_length=20)
    year = models.SmallIntegerField("年度")

    class Meta:
        verbose_name = "年度填报"
        indexes = [models.Index(fields=["employer", "kind", "year"], name="return_of_employer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100), name="return_year_likely"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.year}"


class SurveyAsked(models.Model):
    """That a bureau asked an employer to take part in the survey of pay of a year, by when."""

    employer = models.ForeignKey(Employer, models.PROTECT, verbose_name="用人单位", db_index=False)
    year = models.SmallIntegerField("调查年度")
    due_on = models.DateField("填报期限")
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="列入人", db_index=False
    )
    at = models.DateTimeField("列入时间")

    class Meta:
        verbose_name = "薪酬调查单位"
        constraints = [
            models.UniqueConstraint(fields=["employer", "year"], name="survey_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.year}"


class SurveyPost(models.Model):
    """A post of an employer in an approved survey: how many have it, what it pays in the year, in yuan."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="survey_posts")
    employer = models.ForeignKey(Employer, models.PROTECT, verbose_name="用人单位", db_index=False)
    year = models.SmallIntegerField("调查年度")
    job = models.CharField("岗位名称", max_length=60)
    post_kind = models.CharField("岗位类别", max_length=2, blank=True, default="")
    persons = models.IntegerField("人数")
    lowest = models.BigIntegerField("最低年工资报酬")
    average = models.BigIntegerField("平均年工资报酬")
    highest = models.BigIntegerField("最高年工资报酬")

    class Meta:
        verbose_name = "薪酬调查岗位"

    def __str__(self) -> str:
        return f"{self.case_id} {self.job}"


class Rows(models.Model):
    """Some rows of a table, by columns, sealed as one for where they stand.

    table     which of the tables (`tables.TABLES`)
    position  counts from 0: the first rows, the next ones
    count     how many rows
    """

    table = models.CharField("表", max_length=8)
    position = models.SmallIntegerField("次序")
    count = models.SmallIntegerField("行数")
    sealed = models.BinaryField("内容（加密）")

    class Meta:
        abstract = True

    # Whose rows they are, by names of columns.
    BELONGS_TO: ClassVar[tuple[str, ...]]

    @property
    def owner(self) -> str:
        """To whom what is sealed belongs."""
        whose = (getattr(self, name) for name in self.BELONGS_TO)
        return "/".join(map(str, (self._meta.db_table, *whose, self.table, self.position)))

    def keep(self, columns: Mapping[str, list[Any]]) -> None:
        """Take in the columns of the rows, of equal length. Unsaved."""
        self.count = len(next(iter(columns.values())))
        said = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
        self.sealed = seal_bytes(zlib.compress(said.encode(), 1), self.owner)

    def opened(self) -> dict[str, list[Any]]:
        """The columns. Raises `SealBroken`."""
        found: dict[str, list[Any]] = json.loads(
            zlib.decompress(open_bytes(bytes(self.sealed), self.owner))
        )
        return found

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.sealed, self.owner


class DraftRows(Rows):
    """Rows that are typed and not sent: they go with the draft that they belong to."""

    BELONGS_TO = ("draft_id",)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="annual_rows", db_index=False)

    class Meta:
        verbose_name = "年度备案表草稿"
        constraints = [
            models.UniqueConstraint(fields=["draft", "table", "position"], name="draft_rows_once")
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.table} {self.position}"


class FiledRows(Rows):
    """Rows as they were filed with a version of a case. Only ever added."""

    BELONGS_TO = ("case_id", "number")
    case = models.ForeignKey(Case, models.PROTECT, related_name="annual_rows", db_index=False)
    number = models.SmallIntegerField("版本号")

    class Meta:
        verbose_name = "年度备案表"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number", "table", "position"], name="filed_rows_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number} {self.table} {self.position}"
