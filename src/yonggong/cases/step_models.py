"""The steps of a case's procedure, and the times in which their clocks stood still."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from yonggong.accounts.models import User
from yonggong.cases.sealing import personal_values, unsealed
from yonggong.forms import Form
from yonggong.registry.models import Agency


class Step(models.Model):
    """One step of a case's procedure, as it was done. A kind of one step has none.

    A return opens the step that returned again, as another round. What the office fills in is the
    step's data, never a version's.
    """

    SEALED_IN = ("data",)

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="steps")
    round = models.SmallIntegerField("轮次")
    position = models.SmallIntegerField("次序")
    key = models.CharField("环节", max_length=24)
    kind = models.CharField("环节类型", max_length=16)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="办理机构")
    opened_at = models.DateTimeField("开始时间")
    due_on = models.DateField("承诺期限", null=True, blank=True)
    due_by_law_on = models.DateField("法定期限", null=True, blank=True)
    # A copy of the case's, so that the database itself refuses who decides what they filed.
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    acted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    acted_at = models.DateTimeField("办理时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=8, blank=True, default="")
    opinion = models.CharField("意见", max_length=500, blank=True, default="")
    data = models.JSONField("办理内容", default=dict)

    class Meta:
        verbose_name = "办理环节"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(acted_at__isnull=True), name="step_one_open"
            ),
            models.UniqueConstraint(fields=["case", "round", "position"], name="step_once_a_round"),
            models.CheckConstraint(
                condition=Q(acted_at__isnull=True, acted_by__isnull=True, outcome="")
                | (Q(acted_at__isnull=False, acted_by__isnull=False) & ~Q(outcome="")),
                name="step_done_has_who_when_how",
            ),
            models.CheckConstraint(
                condition=Q(acted_by__isnull=True) | ~Q(acted_by=models.F("filed_by")),
                name="step_done_by_another",
            ),
            # 审核、复核、决定: different people, whatever the code above says.
            models.UniqueConstraint(
                fields=["case", "round", "acted_by"],
                condition=Q(kind__in=["review", "second_review", "approve", "decide"]),
                name="step_judged_by_different_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key} {self.round}"

    @property
    def owner(self) -> str:
        """To whom its sealed values belong."""
        return f"cases_step/{self.pk}"

    def values_on(self, form: Form) -> dict[str, Any]:
        """What the office filled in, typed, personal fields opened."""
        return form.load(unsealed(self.data, form.personal_fields, self.owner))

    def sealed_values(self) -> Iterator[tuple[Any, str]]:
        """What of the row is sealed, and to whom each belongs."""
        return self.personal_in(self.data, self.owner)

    def personal_in(self, stored: Mapping[str, Any], owner: str) -> Iterator[tuple[Any, str]]:
        """The sealed values among what the office filled in for this step, wherever that stands."""
        procedure = self.case.definition.procedure
        form = procedure.step(self.key).form if procedure else None
        return personal_values(stored, form, owner) if form else iter(())


class Pause(models.Model):
    """A time in which a step's clock stood still, with its reason.

    `left` holds what was left of each limit when it began, in the limit's own days; the limits are
    set again from it when it ends.
    """

    step = models.ForeignKey(Step, models.PROTECT, related_name="pauses")
    reason = models.CharField("原因", max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    began_on = models.DateField("开始日期")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    left = models.JSONField("剩余期限", default=dict)

    class Meta:
        verbose_name = "暂停计时"
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=Q(ended_on__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("began_on")),
                name="pause_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} {self.reason}"
