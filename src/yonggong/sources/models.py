"""Confirmations of policy values and notices on days off, each with its document. Only added."""

from __future__ import annotations

from datetime import date

from django.db import models

from yonggong.accounts.models import User
from yonggong.cases.models import Blob
from yonggong.codes.notices import Notice


class Brought(models.Model):
    """What is common: the document as it is cited, its file, who brought it and when.

    `blob` and `by` are empty where a notice was loaded by command.
    """

    title = models.CharField("文件名称", max_length=200)
    number = models.CharField("文号", max_length=100)
    issued = models.DateField("发文日期")
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField("文件名", max_length=120, blank=True, default="")
    content_type = models.CharField("类型", max_length=40, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def cited(self) -> str:
        """The document as it is cited."""
        return f"{self.title}（{self.number}）" if self.number else self.title


class Confirmation(Brought):
    """That somebody compared one value of a policy file with its document.

    `region_code`, `path`, `since` and `digest` say which value (`policy.Confirmation`); `what` and
    `value` keep it in words, as it was shown; `agency_name` is the bureau it was confirmed for.
    """

    region_code = models.CharField("区划", max_length=6)
    path = models.CharField("项目代码", max_length=80)
    since = models.DateField("起始日期")
    digest = models.CharField(max_length=64)
    what = models.CharField("项目", max_length=120)
    value = models.TextField("规定")
    agency_name = models.CharField("核对单位", max_length=100)

    class Meta:
        verbose_name = "政策核对"
        indexes = [models.Index(fields=["region_code", "path"], name="confirmation_place")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.path} {self.since}"


class DaysOffNotice(Brought):
    """A yearly notice on days off as loaded; of a year's several the last one holds.

    `off` and `worked` are lists of ISO dates.
    """

    year = models.PositiveSmallIntegerField("年份")
    source = models.CharField("来源", max_length=200)
    off = models.JSONField("放假日期")
    worked = models.JSONField("上班日期")

    class Meta:
        verbose_name = "放假安排"

    def __str__(self) -> str:
        return f"{self.year} 年放假安排"

    def as_notice(self) -> Notice:
        """The notice as the calendar counts by it."""
        return Notice(
            year=self.year,
            title=self.title,
            number=self.number,
            issued=self.issued,
            source=self.source,
            off=frozenset(map(date.fromisoformat, self.off)),
            worked=frozenset(map(date.fromisoformat, self.worked)),
        )
