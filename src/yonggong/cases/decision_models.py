"""What stands beside a decision on a case: that it is held back for a few seconds, what colleagues say to
one another before it, and that an approval is asked to be withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.registry.models import Evidence


class HeldDecision(models.Model):
    """A decision that its reviewer may still take back: nothing of it is done, and nobody but the
    office knows of it. Once it is due it is carried out, and this row goes.

    decision   what was decided: an `Action` of a case of one step, the `Outcome` of a step's
    step       key of the step that it ends; None for a case of one step
    marked     the fields that a return names as wrong, as in `Event.marked`
    answers    what the step asks the office to fill in, personal fields sealed
    seen       when the version was filed that the reviewer had before them
    took       whether the case was nobody's before, and lies with the reviewer only for this
    failure    why it could not be carried out once it was due, for its reviewer to read; "" while it
               is held
    """

    SEALED_IN = ("answers",)

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, related_name="held_decisions", db_index=False
    )
    decision = models.CharField("决定", max_length=10)
    step = models.BigIntegerField(null=True, blank=True)
    opinion = models.CharField("意见", max_length=500, blank=True, default="")
    marked = models.JSONField("标记的项目", default=list, db_default=[])
    answers = models.JSONField("办理内容", default=dict)
    seen = models.DateTimeField("所见版本的提交时间")
    took = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="办理人")
    decided_at = models.DateTimeField("作出时间")
    carry_out_at = models.DateTimeField("生效时间")
    address = models.GenericIPAddressField("来源地址", null=True)
    failure = models.CharField("未能生效的原因", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "待生效的决定"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(failure=""), name="held_decision_once"
            ),
            models.CheckConstraint(
                condition=Q(carry_out_at__gte=models.F("decided_at")),
                name="held_decision_not_before_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.decision}"

    @property
    def owner(self) -> str:
        """To whom its sealed answers belong."""
        return f"cases_helddecision/{self.case_id}/{self.step}"

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        step = self.case.steps.filter(pk=self.step or 0).first()
        return step.personal_in(self.answers, self.owner) if step else iter(())

    def who_for(self, reader: User) -> str:
        """Who decided, as `reader` is told it."""
        return "您" if self.by_id == reader.pk else str(self.by)


class Revocation(models.Model):
    """撤销审核: one person of the office asks that an approval be withdrawn, another decides.

    filed_by, applicant   copies of the case's, so that the database itself refuses who filed it, or
                          applied for it, on either side
    asked_as, decided_as  who these two are as persons
    agreed                None while it waits; else whether the approval was withdrawn
    """

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, related_name="revocations", db_index=False
    )
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    applicant = models.BigIntegerField()
    region_code = models.CharField("行政区划", max_length=6)
    reason = models.CharField("撤销原因", max_length=500)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    asked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="申请人", db_index=False
    )
    asked_as = models.BigIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField("申请时间")
    address = models.GenericIPAddressField("来源地址", null=True)
    agreed = models.BooleanField("同意撤销", null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="决定人",
        db_index=False,
    )
    decided_as = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    opinion = models.CharField("决定意见", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "撤销审核"
        indexes = [
            models.Index(fields=["region_code", "-id"], name="revocation_in_region"),
            models.Index(fields=["decided_at"], name="revocation_decided"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(agreed__isnull=True), name="revocation_one_open"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(agreed=True), name="revocation_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="revocation_has_reason"),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(agreed__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(opinion="")
                ),
                name="revocation_decided_has_who_when_why",
            ),
            # Two people, neither of whom filed the case or applied for it.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="revocation_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=models.F("filed_by"))
                & (Q(decided_by__isnull=True) | ~Q(decided_by=models.F("filed_by"))),
                name="revocation_by_no_filer",
            ),
            models.CheckConstraint(
                condition=(Q(asked_as__isnull=True) | ~Q(asked_as=models.F("applicant")))
                & (Q(decided_as__isnull=True) | ~Q(decided_as=models.F("applicant"))),
                name="revocation_by_no_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.agreed}"

    @property
    def result(self) -> str:
        """How it stands, in words."""
        return {None: "待决定", True: "已撤销", False: "不予撤销"}[self.agreed]


class Note(models.Model):
    """What somebody of the office says of a case to their colleagues. Only ever added; nobody who
    applied, took part or filed reads it."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="notes")
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="填写人", db_index=False
    )
    at = models.DateTimeField("时间")
    text = models.CharField("内容", max_length=500)

    class Meta:
        verbose_name = "内部备注"

    def __str__(self) -> str:
        return f"{self.case_id} {self.by_id}"


class OpinionTemplate(models.Model):
    """What a reviewer writes often: a word for the button, and what a press puts into the opinion."""

    user = models.ForeignKey(User, models.CASCADE, related_name="opinion_templates")
    word = models.CharField("名称", max_length=12)
    text = models.CharField("意见内容", max_length=300)
    place = models.SmallIntegerField("顺序")

    class Meta:
        verbose_name = "常用意见"
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "word"], name="opinion_template_word_once")
        ]

    def __str__(self) -> str:
        return self.word
