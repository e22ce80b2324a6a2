"""A batch: one uploaded workbook, what became of each of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong import policy
from yonggong.accounts.models import User
from yonggong.cases import items
from yonggong.cases.for_province import for_province
from yonggong.cases.kinds import CaseKind, get_kind
from yonggong.cases.models import Blob, Case
from yonggong.forms import Form
from yonggong.registry.models import Agency, Employer


class Batch(models.Model):
    """One upload. `filed_rows` and `next_row` move in the transaction that files a chunk, so a
    job killed anywhere goes on exactly where it stopped."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        READING = "reading", "正在读取"
        ASKING = "asking", "待确认"
        FILING = "filing", "正在校验并提交"
        DONE = "done", "已完成"
        REFUSED = "refused", "文件未受理"
        CANCELLED = "cancelled", "已取消"
        UNDONE = "undone", "已撤回"
        HALTED = "halted", "处理中断"

    kind = models.CharField("业务类型", max_length=30)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    employer = models.ForeignKey(Employer, models.PROTECT, verbose_name="用人单位")
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name="送审机构")
    region_code = models.CharField("行政区划", max_length=6)
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    counter = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="代录机构"
    )
    file_name = models.CharField("文件名", max_length=120)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    key = models.UUIDField("提交凭据")
    address = models.GenericIPAddressField("来源地址", null=True)
    # The day the rows are judged by: the same after a crash past midnight.
    filed_on = models.DateField("备案日期")
    total_rows = models.PositiveIntegerField("总行数", default=0)
    next_row = models.PositiveIntegerField("已处理行数", default=0)
    filed_rows = models.PositiveIntegerField("成功行数", default=0)
    bad_rows = models.PositiveIntegerField("失败行数", default=0)
    # How often the job was begun since it last got on; it is not begun for ever.
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    message = models.CharField("说明", max_length=500, blank=True, default="")
    # What the filer is told before any row is filed; until they confirm it, the batch is ASKING.
    notices = models.JSONField("读取说明", default=list, db_default=[])
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    # From which batch the bad rows came that this one mends.
    mends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="mended_by"
    )
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    # The earliest end that the pace has promised so far: what is left to wait never grows again.
    expected_at = models.DateTimeField("预计完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "批次"
        constraints = [
            models.UniqueConstraint(fields=["filed_by", "key"], name="batch_once"),
            models.CheckConstraint(
                condition=Q(filed_rows__lte=models.F("next_row")), name="batch_filed_within_read"
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "-id"], name="batch_of_employer"),
            models.Index(fields=["region_code", "-id"], name="batch_in_region"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.file_name}"

    @property
    def number(self) -> str:
        """The number users quote."""
        return f"PL{self.created_at.astimezone():%Y%m%d}{self.pk:06d}"

    @property
    def definition(self) -> CaseKind:
        kind = get_kind(self.kind)
        return items.holding(kind, region=self.region_code, on=self.filed_on)

    @property
    def form(self) -> Form:
        """The columns, with the choices that the employer's province offers on the day."""
        bulk = self.definition.workbook
        assert bulk is not None
        return for_province(bulk.form, policy.of(self.region_code, self.filed_on))

    @property
    def key_field(self) -> str:
        """The field by which the rows of its tables name theirs; "" where it has none."""
        workbook = self.definition.workbook
        return workbook.key if workbook else ""

    @property
    def is_open(self) -> bool:
        """Whether the job is still to do or under way."""
        return self.state in (self.State.WAITING, self.State.READING, self.State.FILING)

    @property
    def asks(self) -> bool:
        """Whether it waits for the filer to confirm what is not read."""
        return self.state == self.State.ASKING

    @property
    def may_mend(self) -> bool:
        """Whether its bad rows can be mended or put aside now."""
        return not self.is_open and self.state != self.State.UNDONE


class BadRow(models.Model):
    """A row that was not filed: its cells as read (sealed whole), and everything wrong with it."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="bad")
    number = models.PositiveIntegerField("行号")
    # JSON of {field: text}, sealed: it holds people's numbers.
    cells_sealed = models.TextField()
    # [field, label, code, message, remedy] each, and what a question is about.
    problems = models.JSONField(default=list)
    mended = models.BooleanField("已修正", default=False)
    # The later batch whose workbook filed the row; empty where it was mended on the page.
    mended_in = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mended_rows",
        verbose_name="修正批次",
    )
    # Nobody means to file it any more; who said so stands in `RowEvent`.
    aside = models.BooleanField("不再处理", default=False, db_default=False)

    class Meta:
        verbose_name = "失败行"
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="bad_row_once"),
            models.CheckConstraint(
                condition=Q(mended_in__isnull=True) | Q(mended=True), name="bad_row_mended_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"

    @staticmethod
    def owner_of(batch: int, number: int) -> str:
        """To whom the cells of a batch's row belong."""
        return f"batch_badrow/{batch}/{number}/cells"

    @property
    def owner(self) -> str:
        return self.owner_of(self.batch_id, self.number)

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        yield self.cells_sealed, self.owner


class RowEvent(models.Model):
    """That a bad row was put aside or taken up again. Only ever added."""

    class Act(models.TextChoices):
        ASIDE = "aside", "不再处理"
        AGAIN = "again", "重新处理"

    row = models.ForeignKey(BadRow, models.CASCADE, related_name="events")
    act = models.CharField("动作", max_length=5, choices=Act.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "失败行办理记录"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.row_id} {self.act}"


class BulkDecision(models.Model):
    """What a reviewer decides of many cases at once, each of them on its own. The cases are those
    that were there when they were chosen, as they were then; it is asked for confirmation first.
    `next_case` moves in the transaction that decides some of them, so a job killed anywhere goes on
    exactly where it stopped.

    batch         where all of a batch were chosen
    acknowledged  rules of the warnings that the reviewer compared with what the filers said
    """

    class State(models.TextChoices):
        ASKED = "asked", "待确认"
        RUNNING = "running", "正在审核"
        DONE = "done", "已完成"
        STOPPED = "stopped", "已停止"

    class Decision(models.TextChoices):
        APPROVE = "approve", "审核通过"
        RETURN = "return", "审核不通过"

    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="审核人")
    decision = models.CharField("决定", max_length=8, choices=Decision.choices)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.ASKED)
    opinion = models.CharField("审核意见", max_length=500, blank=True, default="")
    acknowledged = models.JSONField("已核对的提示", default=list)
    asked_at = models.DateTimeField("发起时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    total = models.PositiveIntegerField("待审核件数", default=0)
    decided = models.PositiveIntegerField("已办件数", default=0)
    refused = models.PositiveIntegerField("未办件数", default=0)
    next_case = models.BigIntegerField("下一办件", default=0)
    # As of a batch.
    expected_at = models.DateTimeField("预计完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "成批审核"
        constraints = [
            models.UniqueConstraint(
                fields=["batch"], condition=Q(state="running"), name="bulk_decision_of_batch_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["state"], condition=Q(state__in=["asked", "running"]), name="bulk_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.total} {self.state}"

    @property
    def done(self) -> int:
        """How many cases are dealt with, one way or the other."""
        return self.decided + self.refused

    @property
    def is_open(self) -> bool:
        """Whether the job is still to do or under way."""
        return self.state == self.State.RUNNING

    @property
    def left(self) -> models.QuerySet[Chosen]:
        """The cases that could not be decided, with the reasons."""
        return self.chosen.exclude(reason="").select_related("case").order_by("case")


class Chosen(models.Model):
    """A case among many that are decided at once.

    seen    when the version was filed that was there
    reason  why it could not be decided; "" where it is, or still waits
    """

    bulk = models.ForeignKey(BulkDecision, models.CASCADE, related_name="chosen", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    seen = models.DateTimeField("所见版本的提交时间")
    reason = models.CharField("未办原因", max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "成批审核的办件"
        constraints = [models.UniqueConstraint(fields=["bulk", "case"], name="chosen_once")]

    def __str__(self) -> str:
        return f"{self.bulk_id}:{self.case_id}"

    @property
    def outcome(self) -> str:
        """What became of it, in words."""
        if self.reason:
            return "未办理"
        return (
            self.bulk.get_decision_display() if self.case_id < self.bulk.next_case else "等待办理"
        )
