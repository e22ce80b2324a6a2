"""What user units file of the workers whom dispatchers send them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yonggong.cases.life import STATE_TITLES
from yonggong.cases.models import Case
from yonggong.documents.models import Document
from yonggong.registry.models import Agency, Employer, Worker


class Posting(models.Model):
    """What a user unit filed of a worker whom a dispatcher sends it: the searchable row of the case.
    Whether the dispatcher filed the same is looked at when it is asked (`matching`), never kept."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="posting")
    user_unit = models.ForeignKey(Employer, models.PROTECT, verbose_name="用工单位")
    worker = models.ForeignKey(Worker, models.PROTECT, verbose_name="劳动者")
    # Copies of what the case holds, whose constraints guard them.
    agency = models.ForeignKey(
        Agency, models.PROTECT, verbose_name="送审机构", related_name="+", db_constraint=False
    )
    region_code = models.CharField("行政区划", max_length=6)
    state = models.CharField("审核状态", max_length=10, choices=list(STATE_TITLES.items()))
    name = models.CharField("姓名", max_length=50)
    dispatcher_code = models.CharField("劳务派遣单位统一社会信用代码", max_length=18)
    dispatcher = models.CharField("劳务派遣单位", max_length=120)
    job = models.CharField("岗位工作", max_length=60)
    start_on = models.DateField("派遣起始日期")
    end_on = models.DateField("派遣结束日期")
    filed_on = models.DateField("备案日期")
    # What the unit filed before, which this changes or ends.
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="原备案"
    )
    # The mergers and splits by which it went over to another unit, the last one last.
    carried_by = ArrayField(models.BigIntegerField(), verbose_name="承继", null=True)
    roster = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="名册",
        db_index=False,
    )

    class Meta:
        verbose_name = "被派遣劳动者用工备案"
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "user_unit"],
                condition=Q(state="pending"),
                name="posting_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(end_on__gte=models.F("start_on")), name="posting_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "-case"], name="posting_in_region"),
            models.Index(fields=["filed_on"], name="posting_filed"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.dispatcher_code}"
